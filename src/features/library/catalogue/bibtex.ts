import type { Contributor, ContributorRole, PublicationType } from '../domain.ts'
import type { Work } from '../work.ts'
import { readBibtexSyntax, type BibEntry, type BibField } from './bibtex-syntax.ts'
import { flatten, toPatch, valuesOf, type FlatWork } from './flat.ts'
import { readLatex, writeLatex } from './latex.ts'
import { MOST_WORKS, Problems, type CatalogueContext, type CatalogueEntry, type CatalogueRead } from './read.ts'
import {
  addressOf,
  anOrganisation,
  aPerson,
  isPublicationId,
  looksLikeOrganisation,
  readIdentifier,
  readIssued,
  readTypes,
} from './values.ts'

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

/** What an entry is, where it does not say so in our words. */
const typesOf: Readonly<Record<string, PublicationType>> = {
  techreport: 'report',
  report: 'report',
  book: 'book',
  mvbook: 'book',
  collection: 'book',
  proceedings: 'book',
  booklet: 'leaflet',
  manual: 'manual',
  article: 'article',
  incollection: 'chapter',
  inbook: 'chapter',
  inproceedings: 'paper',
  conference: 'paper',
  phdthesis: 'thesis',
  mastersthesis: 'thesis',
  thesis: 'thesis',
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

/** Reads BibTeX and BibLaTeX. */
export function readBibtex(text: string, context: CatalogueContext): CatalogueRead {
  const { entries, faults } = readBibtexSyntax(text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'))
  if (entries.length === 0 && faults.length === 0)
    return { ok: false, fault: text.trim() === '' ? 'empty' : 'format', line: null }
  if (entries.length > MOST_WORKS) return { ok: false, fault: 'tooMany', line: entries[MOST_WORKS]?.line ?? null }
  const byKey = new Map(entries.map((entry) => [entry.key.toLowerCase(), entry]))
  const keys = new Set<string>()
  const read = entries.map((entry) => {
    const isTwice = keys.has(entry.key)
    keys.add(entry.key)
    return readEntry(entry, byKey, isTwice, context)
  })
  const broken = faults.map(({ line, key, at }): CatalogueEntry => {
    const problems = new Problems(line, key)
    problems.add('broken', null, at)
    return problems.finish(null)
  })
  return { ok: true, entries: [...read, ...broken].toSorted((one, other) => one.line - other.line), problems: [] }
}

function readEntry(
  entry: BibEntry,
  byKey: ReadonlyMap<string, BibEntry>,
  isTwice: boolean,
  context: CatalogueContext,
): CatalogueEntry {
  const problems = new Problems(entry.line, entry.key)
  if (isTwice) problems.add('twice', null, entry.key)
  const fields = withParent(entry, byKey, problems)
  const get = (name: string) => fields.get(name)
  const plain = (name: string) => readLatex(get(name)?.value ?? '').trim()
  const title = plain('title')
  if (title === '') problems.add('noTitle', 'title', '')
  const language = get('language') ?? get('langid')
  const date = readDate(fields, problems)
  const number = readNumber(get('number') ?? get('volume'), plain('series') !== '', problems)
  const patch = toPatch(
    {
      ...(isPublicationId(entry.key) ? { id: entry.key } : {}),
      types: readEntryTypes(entry, plain('type')),
      title,
      subtitle: plain('subtitle'),
      summary: plain('abstract'),
      ...(date === null ? {} : { issued: date }),
      seriesName: plain('series'),
      seriesNumber: number,
      contributors: readContributors(fields, problems),
      identifiers: readIdentifiers(entry, fields, number, problems),
      addresses: ['url', 'alsoat'].flatMap((field) =>
        readBare(get(field)?.value ?? '')
          .split(/\s+/)
          .filter(Boolean)
          .map((value) => ({ field, value })),
      ),
      keywords: plain('keywords')
        .split(/[,;]/)
        .map((value) => value.trim())
        .filter(Boolean)
        .map((value) => ({ field: 'keywords', value })),
      ...(language ? { language: { field: language.name, value: readLatex(language.value) } } : {}),
    },
    context,
    problems,
  )
  return problems.finish(patch)
}

/** Addresses are written as they are; some programs escape signs in them all the same. */
const readBare = (value: string) => value.replaceAll(/\\([&%#_$~{}])/g, '$1').replaceAll(/\\url\s*\{([^}]*)\}/g, '$1')

/** An entry has what it does not say itself from the one it refers to. */
function withParent(
  { fields, key }: BibEntry,
  byKey: ReadonlyMap<string, BibEntry>,
  problems: Problems,
): ReadonlyMap<string, BibField> {
  const own = new Map(fields.map((field) => [field.name, field]))
  const reference = own.get('crossref')
  if (!reference) return own
  const parent = byKey.get(reference.value.trim().toLowerCase())
  if (!parent || parent.key === key) {
    problems.add('parent', 'crossref', reference.value, { line: reference.line })
    return own
  }
  const inherited = parent.fields.filter(
    ({ name }) => !['title', 'subtitle', 'crossref', 'isbn', 'doi', 'abstract'].includes(name),
  )
  return new Map([...inherited.map((field): [string, BibField] => [field.name, field]), ...own])
}

function readEntryTypes({ type }: BibEntry, said: string): PublicationType[] {
  const types = said === '' ? null : readTypes(said.split(','))
  if (types && types.length > 0) return types
  const known = Object.hasOwn(typesOf, type) ? typesOf[type] : undefined
  return known ? [known] : []
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

function readDate(fields: ReadonlyMap<string, BibField>, problems: Problems): string | null {
  const date = fields.get('date')
  const year = fields.get('year')
  const field = date ?? year
  if (!field || field.value.trim() === '') return null
  const written = date ? readLatex(date.value) : [readLatex(field.value).trim(), ...readMonth(fields)].join('-')
  const issued = readIssued(written)
  if (issued === null) problems.add('date', field.name, written, { line: field.line })
  return issued
}

function readMonth(fields: ReadonlyMap<string, BibField>): string[] {
  const month = readLatex(fields.get('month')?.value ?? '')
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
  if (month === '') return []
  const named = monthNames.findIndex((name) => month.length >= 3 && name.startsWith(month))
  const number = named >= 0 ? String(named + 1) : month
  const day = readLatex(fields.get('day')?.value ?? '').trim()
  return /^\d+$/.test(number) ? [number, ...(/^\d+$/.test(day) ? [day] : [])] : []
}

/** A place in a series; without a series the number of an entry is that of the report. */
function readNumber(field: BibField | undefined, hasSeries: boolean, problems: Problems): number | null {
  if (!field || !hasSeries) return null
  const number = /^(?:n[o°º]?\.?\s*)?(\d{1,6})$/i.exec(readLatex(field.value).trim())?.[1]
  if (number === undefined) problems.add('number', field.name, field.value, { line: field.line })
  return number === undefined ? null : Number(number)
}

function readIdentifiers(
  { type }: BibEntry,
  fields: ReadonlyMap<string, BibField>,
  seriesNumber: number | null,
  problems: Problems,
) {
  const isReport = type === 'techreport' || type === 'report'
  const schemes = [
    ['doi', 'doi', /\s+/],
    ['isbn', 'isbn', /[,;]|\s{2,}/],
    ['issn', 'issn', /[,;]|\s{2,}/],
    ['reportnumber', 'report', / and /],
    ...(isReport && seriesNumber === null && !fields.has('series') ? [['number', 'report', / and /] as const] : []),
  ] as const
  return schemes.flatMap(([name, scheme, between]) => {
    const field = fields.get(name)
    if (!field) return []
    const written = scheme === 'doi' ? readBare(field.value) : readLatex(field.value)
    const values = written
      .split(between)
      .map((value) => value.trim())
      .filter(Boolean)
    return values.flatMap((value) => {
      const found = readIdentifier(scheme, value)
      if (found === null) problems.add('identifier', name, value, { line: field.line })
      return found ?? []
    })
  })
}

function readContributors(fields: ReadonlyMap<string, BibField>, problems: Problems): Contributor[] {
  const publisher = ['publisher', 'institution', 'organization', 'school'].find((name) => fields.has(name))
  const roles = [
    ['author', 'author'],
    ['editor', 'editor'],
    ...(publisher === undefined ? [] : [[publisher, 'publisher'] as const]),
  ] as const
  return roles.flatMap(([name, role]) => {
    const field = fields.get(name)
    if (!field) return []
    return splitOutsideBraces(field.value, /\s+and\s+/iy).flatMap((one) => {
      const read = readName(one.trim(), role)
      if (read?.kind === 'person' && looksLikeOrganisation(one))
        problems.add('isOrganisation', name, one, { line: field.line })
      return read ?? []
    })
  })
}

/** Pieces of a value at what stands outside all braces. */
function splitOutsideBraces(value: string, between: RegExp): string[] {
  const pieces: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < value.length; at += 1) {
    const char = value[at]
    if (char === '\\') at += 1
    else if (char === '{') depth += 1
    else if (char === '}') depth -= 1
    else if (depth === 0) {
      between.lastIndex = at
      const found = between.exec(value)
      if (found) {
        pieces.push(value.slice(start, at))
        start = at + found[0].length
        at = start - 1
      }
    }
  }
  return [...pieces, value.slice(start)]
}

const plainName = (value: string) => readLatex(value).replaceAll('\u00A0', ' ').trim()

function readName(value: string, role: ContributorRole): Contributor | null {
  const parts = splitOutsideBraces(value, /\s*,\s*/y).map(plainName)
  const [first = '', second, third] = parts
  if (parts.every((part) => part === '')) return null
  if (role === 'publisher' || isBraced(value)) return anOrganisation(role, plainName(value))
  if (third !== undefined) return aPerson(role, `${first} ${second ?? ''}`.trim(), parts.slice(2).join(', '))
  if (second !== undefined) return aPerson(role, first, second)
  if (first === 'others') return null
  return readUnordered(value, role)
}

/** The whole name stands in one pair of braces: it is not to be taken apart. */
function isBraced(value: string): boolean {
  if (!value.startsWith('{') || !value.endsWith('}')) return false
  let depth = 0
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1
    else if (value[at] === '{') depth += 1
    else if (value[at] === '}') depth -= 1
    if (depth === 0 && at < value.length - 1) return false
  }
  return true
}

/** `Ludwig van Beethoven`: the family name is the last, with the small words before it. */
function readUnordered(value: string, role: ContributorRole): Contributor {
  const words = splitOutsideBraces(value, /\s+|~/y).map(plainName).filter(Boolean)
  if (words.every((word) => looksLikeOrganisation(word))) return anOrganisation(role, words.join(' '))
  const small = words.findIndex((word, index) => index > 0 && index < words.length - 1 && /^\p{Ll}/u.test(word))
  const family = small > 0 ? small : words.length - 1
  return aPerson(role, words.slice(family).join(' '), words.slice(0, family).join(' '))
}
