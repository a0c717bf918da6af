import type { ContributorRole, PublicationType } from '../domain.ts'
import type { Work } from '../work.ts'
import { flatten, valuesOf, type FlatWork } from './flat.ts'
import type { CatalogueContext } from './read.ts'
import { addressOf } from './values.ts'

const cslTypes: Readonly<Record<PublicationType, string>> = {
  paper: 'report',
  brief: 'report',
  study: 'report',
  report: 'report',
  evaluation: 'report',
  handbook: 'book',
  toolkit: 'book',
  manual: 'book',
  guideline: 'standard',
  'position-paper': 'report',
  policy: 'report',
  'training-material': 'document',
  presentation: 'speech',
  leaflet: 'pamphlet',
  article: 'article-journal',
  book: 'book',
  chapter: 'chapter',
  thesis: 'thesis',
  dataset: 'dataset',
}

/** What a work is in CSL, for citations and for other programs. */
const cslType = (types: readonly PublicationType[]): string => (types[0] ? cslTypes[types[0]] : 'document')

/** Works as CSL-JSON, the form that citation programs speak. */
export function writeCslJson(works: readonly Work[], { origin }: Pick<CatalogueContext, 'origin'>): string {
  const items = works.map((work, index) => toItem(flatten(work), origin, index))
  return `${JSON.stringify(items, null, 2)}\n`
}

function toItem(flat: FlatWork, origin: string, index: number): Record<string, unknown> {
  const own = flat.id === null ? [] : [`${origin}/r/${flat.id}`]
  const [doi, ...dois] = valuesOf(flat, 'doi')
  const addresses = flat.identifiers.filter(({ scheme }) => scheme !== 'doi').flatMap((one) => addressOf(one) ?? [])
  const [url, ...also] = [...own, ...dois.map((one) => `https://doi.org/${one}`), ...addresses]
  const reports = valuesOf(flat, 'report')
  const item = {
    id: flat.id ?? `work-${index + 1}`,
    type: cslType(flat.types),
    genre: flat.types.join(', '),
    title: flat.title,
    author: writeNames(flat, 'author'),
    editor: writeNames(flat, 'editor'),
    publisher: flat.contributors
      .filter(({ role }) => role === 'publisher')
      .map(({ name }) => name)
      .join('; '),
    issued: flat.issued === null ? undefined : { 'date-parts': [flat.issued.split('-').map(Number)] },
    'collection-title': flat.seriesName,
    'collection-number': flat.seriesNumber === null ? undefined : String(flat.seriesNumber),
    number: reports.join('; '),
    DOI: doi,
    ISBN: valuesOf(flat, 'isbn').join(' '),
    ISSN: valuesOf(flat, 'issn').join(' '),
    URL: url,
    language: flat.lang,
    keyword: flat.keywords.join(', '),
    abstract: flat.summary,
    custom: custom({ subtitle: flat.subtitle, alsoAt: also }),
  }
  return Object.fromEntries(Object.entries(item).filter(([, value]) => !isEmpty(value)))
}

const isEmpty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

function custom(values: Readonly<Record<string, string | readonly string[]>>) {
  const said = Object.entries(values).filter(([, value]) => !isEmpty(value))
  return said.length === 0 ? undefined : Object.fromEntries(said)
}

function writeNames({ contributors }: FlatWork, role: ContributorRole) {
  return contributors
    .filter((one) => one.role === role)
    .map(({ kind, name, given }) => {
      if (kind === 'organisation') return { literal: name }
      return given === null ? { family: name } : { family: name, given }
    })
}
