import type { Contributor, ContributorRole, PublicationType } from '../domain.ts'
import type { Work } from '../work.ts'
import { flatten, valuesOf, type FlatWork } from './flat.ts'
import { writeLatex } from './latex.ts'
import type { CatalogueContext } from './read.ts'
import { addressOf } from './values.ts'

const entryTypes: Readonly<Record<PublicationType, string>> = {
  paper: 'techreport',
  brief: 'techreport',
  study: 'techreport',
  report: 'techreport',
  evaluation: 'techreport',
  handbook: 'book',
  toolkit: 'manual',
  manual: 'manual',
  guideline: 'manual',
  'position-paper': 'techreport',
  policy: 'techreport',
  'training-material': 'manual',
  presentation: 'misc',
  leaflet: 'booklet',
  article: 'article',
  book: 'book',
  chapter: 'incollection',
  thesis: 'phdthesis',
  dataset: 'dataset',
}

/** Works as a BibTeX file, in UTF-8. A name that is not a person's stands in braces of its own, so that no program takes it apart. */
export function writeBibtex(works: readonly Work[], { origin }: Pick<CatalogueContext, 'origin'>): string {
  return works.map((work, index) => writeEntry(flatten(work), origin, index)).join('\n')
}

function writeEntry(flat: FlatWork, origin: string, index: number): string {
  const [first] = flat.types
  const others = flat.identifiers.flatMap((one) => addressOf(one) ?? [])
  const urls = others.filter((address) => !address.startsWith('https://doi.org/'))
  const [firstDoi, ...dois] = valuesOf(flat, 'doi')
  const own = flat.id === null ? [] : [`${origin}/r/${flat.id}`]
  const [url, ...also] = [...own, ...urls, ...dois.map((doi) => `https://doi.org/${doi}`)]
  const fields: readonly (readonly [string, string])[] = [
    ['title', `{${writeLatex(flat.title)}}`],
    ['subtitle', writeLatex(flat.subtitle)],
    ['author', writeNames(flat, 'author')],
    ['editor', writeNames(flat, 'editor')],
    ['publisher', writeNames(flat, 'publisher')],
    ['year', flat.issued?.slice(0, 4) ?? ''],
    ['date', flat.issued ?? ''],
    ['series', writeLatex(flat.seriesName)],
    ['number', flat.seriesNumber === null ? '' : String(flat.seriesNumber)],
    ['type', flat.types.join(', ')],
    ['language', flat.lang],
    ['doi', firstDoi ?? ''],
    ['isbn', valuesOf(flat, 'isbn').join(', ')],
    ['issn', valuesOf(flat, 'issn').join(', ')],
    ['reportnumber', valuesOf(flat, 'report').map(writeLatex).join(' and ')],
    ['url', url ?? ''],
    ['alsoat', also.join(' ')],
    ['keywords', flat.keywords.map(writeLatex).join(', ')],
    ['abstract', writeLatex(flat.summary)],
  ]
  const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `  ${name} = {${value}},\n`)
  return `@${first ? entryTypes[first] : 'misc'}{${flat.id ?? `work-${index + 1}`},\n${lines.join('')}}\n`
}

function writeNames({ contributors }: FlatWork, role: ContributorRole): string {
  return contributors
    .filter((one) => one.role === role)
    .map(writeName)
    .join(' and ')
}

function writeName({ kind, name, given }: Contributor): string {
  if (kind === 'organisation') return `{${writeLatex(name)}}`
  return `${protect(name)}, ${protect(given ?? '')}`.trimEnd()
}

/** A part of a name that holds what separates names or their parts stands in braces. */
const protect = (part: string) => (/,|\band\b/i.test(part) ? `{${writeLatex(part)}}` : writeLatex(part))
