import type { Contributor, ContributorRole, PublicationType } from '../domain.ts'
import type { Work } from '../work.ts'
import { flatten, toPatch, valuesOf, type FlatWork } from './flat.ts'
import { MOST_WORKS, Problems, type CatalogueContext, type CatalogueEntry, type CatalogueRead } from './read.ts'
import {
  addressOf,
  anOrganisation,
  aPerson,
  looksLikeOrganisation,
  readIdentifier,
  readIssued,
  readTypes,
} from './values.ts'

const risTypes: Readonly<Record<PublicationType, string>> = {
  paper: 'RPRT',
  brief: 'RPRT',
  study: 'RPRT',
  report: 'RPRT',
  evaluation: 'RPRT',
  handbook: 'BOOK',
  toolkit: 'BOOK',
  manual: 'BOOK',
  guideline: 'RPRT',
  'position-paper': 'RPRT',
  policy: 'RPRT',
  'training-material': 'GEN',
  presentation: 'SLIDE',
  leaflet: 'PAMP',
  article: 'JOUR',
  book: 'BOOK',
  chapter: 'CHAP',
  thesis: 'THES',
  dataset: 'DATA',
}

const typesOf: Readonly<Record<string, PublicationType>> = {
  RPRT: 'report',
  BOOK: 'book',
  EDBOOK: 'book',
  EBOOK: 'book',
  SLIDE: 'presentation',
  PAMP: 'leaflet',
  JOUR: 'article',
  EJOUR: 'article',
  MGZN: 'article',
  NEWS: 'article',
  CHAP: 'chapter',
  ECHAP: 'chapter',
  CPAPER: 'paper',
  CONF: 'paper',
  UNPB: 'paper',
  THES: 'thesis',
  DATA: 'dataset',
  STAND: 'guideline',
}

/**
 * Works as a RIS file. An organisation is written as reference managers want it: its whole name with a comma at its end, and its
 * own commas doubled.
 */
export function writeRis(works: readonly Work[], { origin }: Pick<CatalogueContext, 'origin'>): string {
  return works.map((work) => writeRecord(flatten(work), origin)).join('\r\n')
}

function writeRecord(flat: FlatWork, origin: string): string {
  const [first] = flat.types
  const own = flat.id === null ? [] : [`${origin}/r/${flat.id}`]
  const [doi, ...dois] = valuesOf(flat, 'doi')
  const addresses = flat.identifiers.filter(({ scheme }) => scheme !== 'doi').flatMap((one) => addressOf(one) ?? [])
  const issued = flat.issued?.split('-') ?? []
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['TY', [first ? risTypes[first] : 'GEN']],
    ['M3', [flat.types.join(', ')]],
    ['TI', [flat.title]],
    ['AU', writeNames(flat, 'author')],
    ['ED', writeNames(flat, 'editor')],
    ['PB', flat.contributors.filter(({ role }) => role === 'publisher').map(({ name }) => name)],
    ['PY', issued.slice(0, 1)],
    ['DA', issued.length > 0 ? [[0, 1, 2].map((index) => issued[index] ?? '').join('/')] : []],
    ['T3', [flat.seriesName]],
    ['VL', flat.seriesNumber === null ? [] : [String(flat.seriesNumber)]],
    ['M1', valuesOf(flat, 'report')],
    ['SN', [...valuesOf(flat, 'isbn'), ...valuesOf(flat, 'issn')]],
    ['DO', doi === undefined ? [] : [doi]],
    ['UR', [...own, ...dois.map((one) => `https://doi.org/${one}`), ...addresses]],
    ['LA', [flat.lang]],
    ['KW', flat.keywords],
    ['AB', [flat.summary]],
  ]
  const written = lines.flatMap(([tag, values]) =>
    values.filter((value) => value !== '').map((value) => `${tag}  - ${value.replaceAll('\n', '\r\n ')}\r\n`),
  )
  return `${written.join('')}ER  - \r\n`
}

function writeNames({ contributors }: FlatWork, role: ContributorRole): string[] {
  return contributors
    .filter((one) => one.role === role)
    .map(({ kind, name, given }) => {
      if (kind === 'organisation') return `${name.replaceAll(',', ',,')},`
      return given === null ? name : `${name}, ${given}`
    })
}

interface RisLine {
  readonly tag: string
  readonly line: number
  value: string
}

/** Reads RIS. A line without a tag goes on with the value before it. */
export function readRis(text: string, context: CatalogueContext): CatalogueRead {
  const records: RisLine[][] = []
  let open: RisLine[] | null = null
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const found = /^([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$/.exec(line)
    const last = open?.at(-1)
    if (!found) {
      if (last && line !== '') last.value += `\n${line.replace(/^ /, '')}`
      continue
    }
    const [, tag = '', value = ''] = found
    if (tag === 'TY') records.push((open = []))
    if (records.length > MOST_WORKS) return { ok: false, fault: 'tooMany', line: index + 1 }
    if (tag === 'ER') open = null
    else open?.push({ tag, line: index + 1, value })
  }
  if (records.length === 0) return { ok: false, fault: text.trim() === '' ? 'empty' : 'format', line: null }
  return { ok: true, entries: records.map((lines) => readRecord(lines, context)), problems: [] }
}

function readRecord(lines: readonly RisLine[], context: CatalogueContext): CatalogueEntry {
  const all = (...tags: string[]) => lines.filter(({ tag }) => tags.includes(tag))
  const first = (...tags: string[]) => tags.flatMap((tag) => all(tag)).find(({ value }) => value.trim() !== '')
  const one = (...tags: string[]) => (first(...tags)?.value ?? '').trim()
  const id = one('ID')
  const problems = new Problems(lines[0]?.line ?? 1, id === '' ? null : id)
  const title = one('TI', 'T1', 'CT', 'BT').replaceAll(/[ \t\r\n]+/g, ' ')
  if (title === '') problems.add('noTitle', 'TI', '')
  const types = readTypes(one('M3').split(','))
  const known = typesOf[one('TY')]
  const language = first('LA')
  const seriesName = one('T3', 'T2').replaceAll(/[ \t\r\n]+/g, ' ')
  const date = readDate(first('DA', 'PY', 'Y1'), first('PY', 'Y1'), problems)
  const patch = toPatch(
    {
      types: types && types.length > 0 ? types : known ? [known] : [],
      title,
      summary: (first('AB', 'N2')?.value ?? '').trim(),
      ...(date === null ? {} : { issued: date }),
      seriesName,
      seriesNumber: seriesName === '' ? null : readNumber(first('VL', 'IS'), problems),
      contributors: [
        ...all('AU', 'A1').flatMap((line) => readName(line, 'author', problems) ?? []),
        ...all('ED', 'A2', 'A3').flatMap((line) => readName(line, 'editor', problems) ?? []),
        ...all('PB').flatMap(({ value }) => (value.trim() === '' ? [] : [anOrganisation('publisher', value.trim())])),
      ],
      identifiers: readIdentifiers(all('DO', 'SN', 'M1'), problems),
      addresses: all('UR', 'L2', 'LK').flatMap(({ tag, value }) =>
        value
          .split(/[\s;]+(?=https?:|$)/)
          .filter(Boolean)
          .map((address) => ({ field: tag, value: address })),
      ),
      keywords: all('KW').flatMap(({ value }) =>
        value
          .split('\n')
          .map((word) => word.trim())
          .filter(Boolean)
          .map((word) => ({ field: 'KW', value: word })),
      ),
      ...(language ? { language: { field: 'LA', value: language.value } } : {}),
    },
    context,
    problems,
  )
  return problems.finish(patch)
}

function readDate(date: RisLine | undefined, year: RisLine | undefined, problems: Problems): string | null {
  if (!date) return null
  const issued = readIssued(date.value) ?? readIssued(year?.value.trim().slice(0, 4) ?? '')
  if (issued === null) problems.add('date', date.tag, date.value, { line: date.line })
  return issued
}

function readNumber(field: RisLine | undefined, problems: Problems): number | null {
  if (!field) return null
  const number = /^(?:n[o°º]?\.?\s*)?(\d{1,6})$/i.exec(field.value.trim())?.[1]
  if (number === undefined) problems.add('number', field.tag, field.value, { line: field.line })
  return number === undefined ? null : Number(number)
}

function readIdentifiers(lines: readonly RisLine[], problems: Problems) {
  return lines.flatMap(({ tag, value, line }) => {
    if (value.trim() === '') return []
    const scheme = tag === 'DO' ? 'doi' : 'report'
    const found =
      tag === 'SN'
        ? value.split(/[;,]|\s{2,}/).flatMap((one) => readIdentifier('isbn', one) ?? readIdentifier('issn', one) ?? [])
        : [readIdentifier(scheme, value)].flatMap((one) => one ?? [])
    if (found.length === 0) problems.add('identifier', tag, value, { line })
    return found
  })
}

function readName({ tag, value, line }: RisLine, role: ContributorRole, problems: Problems): Contributor | null {
  const name = value.replaceAll(/[ \t\r\n]+/g, ' ').trim()
  if (name === '') return null
  const isWhole = name.endsWith(',') || name.includes(',,')
  if (isWhole) return anOrganisation(role, name.replace(/,$/, '').replaceAll(',,', ','))
  const [family = '', ...given] = name.split(',').map((part) => part.trim())
  if (given.length > 0) {
    if (looksLikeOrganisation(name)) problems.add('isOrganisation', tag, name, { line })
    return aPerson(role, family, given.join(', '))
  }
  // One word alone is somebody's name; several without a comma are not to be taken apart.
  return name.includes(' ') ? anOrganisation(role, name) : aPerson(role, name, null)
}
