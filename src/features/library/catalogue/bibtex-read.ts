import type { PublicationType } from '../domain.ts'
import { readContributors } from './bibtex-names.ts'
import { readBibtexSyntax, type BibEntry, type BibField } from './bibtex-syntax.ts'
import { toPatch } from './flat.ts'
import { readLatex } from './latex.ts'
import { MOST_WORKS, Problems, type CatalogueContext, type CatalogueEntry, type CatalogueRead } from './read.ts'
import { isPublicationId, readIdentifier, readIssued, readTypes } from './values.ts'

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
