import type { Contributor, ContributorRole, IdentifierScheme } from '../domain.ts'
import type { Words, WorkConcept, WorkEdition, WorkIdentifier, WorkPatch } from '../work.ts'
import type { Column } from './column-names.ts'
import { readPlace } from './places.ts'
import { LONGEST_VALUE, Problems, type CatalogueContext, type CatalogueEntry } from './read.ts'
import {
  anOrganisation,
  aPerson,
  isPublicationId,
  looksLikeOrganisation,
  readDayNumber,
  readIdentifier,
  readIssued,
  readLanguage,
  readOwnId,
  readTypes,
} from './values.ts'

interface Cell {
  readonly name: string
  readonly lang: string | null
  readonly value: string
}

/** The cells of a row that hold something. */
export interface RowCells {
  readonly cells: ReadonlyMap<Column, readonly Cell[]>
  /** Those that hold a formula without its value. */
  readonly formulas: readonly { readonly name: string; readonly value: string }[]
}

/** The year from which a spreadsheet counts the days of its numbers. */
export type DayZero = 1900 | 1904

/** A row as a work: a column that is empty or not there leaves what the hub has. */
export function readRow(
  { cells, formulas }: RowCells,
  line: number,
  context: CatalogueContext,
  dayZero: DayZero,
): CatalogueEntry {
  const problems = new Problems(line, cells.get('id')?.[0]?.value ?? null)
  const get = (column: Column) => cells.get(column) ?? []
  for (const { name, value } of [...cells.values()].flat()) {
    if (value.length > LONGEST_VALUE) problems.add('tooLong', name, value)
  }
  for (const { name, value } of formulas) problems.add('formula', name, value)
  const sourceLang = readLanguageCell(get('language')[0], problems)
  const title = readWords(get('title'), sourceLang ?? context.lang)
  if (Object.keys(title).length === 0) problems.add('noTitle', 'title', '')
  // Where the language is not said, it is the one its title is in.
  const lang = sourceLang ?? (title[context.lang] === undefined ? Object.keys(title)[0] : context.lang) ?? context.lang
  const issued = readDateCell(get('issued')[0], dayZero, problems)
  const contributors = [
    ...readNames(get('authors'), 'author', problems),
    ...readNames(get('editors'), 'editor', problems),
    ...readNames(get('publishers'), 'publisher', problems),
  ]
  const identifiers = identifierColumns.flatMap((scheme) => readIdentifiers(scheme, get(scheme), problems))
  const patch: WorkPatch = {
    ...readId(get('id')[0], context, problems),
    sourceLang: lang,
    title,
    ...some('subtitle', readWords(get('subtitle'), lang)),
    ...some('summary', readWords(get('summary'), lang)),
    ...readTypeCells(get('types'), problems),
    ...(issued === null ? {} : { issued }),
    ...readSeries(get('series')[0], get('seriesNumber')[0], problems),
    ...(contributors.length > 0 ? { contributors } : {}),
    ...(identifiers.length > 0 ? { identifiers } : {}),
    ...someOf('concepts', get('concepts').map(readConcept)),
    ...someOf('places', readPlaces(get('places'), problems)),
    ...someOf(
      'funders',
      get('funders').map(({ value }) => value),
    ),
    ...someOf('editions', readFiles(get('file'), lang, problems)),
  }
  return problems.finish(patch)
}

const identifierColumns = ['doi', 'isbn', 'issn', 'report', 'handle', 'url'] as const

const some = (name: 'subtitle' | 'summary', words: Words) => (Object.keys(words).length > 0 ? { [name]: words } : {})
const someOf = (name: 'concepts' | 'places' | 'funders' | 'editions', values: readonly unknown[]) =>
  values.length > 0 ? { [name]: values } : {}

function readId(cell: Cell | undefined, { origin }: CatalogueContext, problems: Problems): { id?: string } {
  if (!cell) return {}
  const id = isPublicationId(cell.value) ? cell.value : readOwnId(cell.value, origin)
  if (id === null) problems.add('identifier', cell.name, cell.value)
  return id === null ? {} : { id }
}

function readLanguageCell(cell: Cell | undefined, problems: Problems): string | null {
  if (!cell) return null
  const lang = readLanguage(cell.value)
  if (lang === null) problems.add('language', cell.name, cell.value)
  return lang
}

function readWords(cells: readonly Cell[], lang: string): Record<string, string> {
  return Object.fromEntries(cells.map((cell) => [cell.lang ?? lang, cell.value]))
}

/** A date, or the number that a spreadsheet makes of one. */
function readDateCell(cell: Cell | undefined, dayZero: DayZero, problems: Problems): string | null {
  if (!cell) return null
  const issued = readIssued(cell.value) ?? readDayNumber(cell.value, dayZero)
  if (issued === null) problems.add('date', cell.name, cell.value)
  return issued
}

function readTypeCells(cells: readonly Cell[], problems: Problems) {
  const types = readTypes(cells.map(({ value }) => value))
  const wrong = types ? undefined : cells.find(({ value }) => readTypes([value]) === null)
  if (wrong) problems.add('type', wrong.name, wrong.value)
  return types && types.length > 0 ? { types } : {}
}

function readSeries(series: Cell | undefined, number: Cell | undefined, problems: Problems) {
  if (!series) return {}
  const read = number && /^(?:n[o°º]?\.?\s*)?(\d{1,6})(?:\.0)?$/i.exec(number.value)?.[1]
  if (number && read === undefined) problems.add('number', number.name, number.value)
  return { series: { id: null, name: series.value, number: read === undefined ? null : Number(read) } }
}

function readNames(cells: readonly Cell[], role: ContributorRole, problems: Problems): Contributor[] {
  return cells.map(({ name: column, value }) => {
    const [, braced] = /^\{(.+)\}$/s.exec(value) ?? []
    if (braced !== undefined) return anOrganisation(role, braced)
    const comma = value.indexOf(',')
    if (comma < 0) return anOrganisation(role, value)
    if (looksLikeOrganisation(value)) problems.add('isOrganisation', column, value)
    return aPerson(role, value.slice(0, comma).trim(), value.slice(comma + 1).trim())
  })
}

function readIdentifiers(scheme: IdentifierScheme, cells: readonly Cell[], problems: Problems): WorkIdentifier[] {
  return cells.flatMap(({ name, value }) => {
    const found = readIdentifier(scheme, value)
    if (found === null) problems.add('identifier', name, value)
    return found ?? []
  })
}

/** `scheme:notation`, or a label whose scheme is not said. */
function readConcept({ value }: Cell): WorkConcept {
  const [, scheme, notation] = /^([a-z][\w-]*):(\S+)$/i.exec(value) ?? []
  return scheme === undefined || notation === undefined ? { scheme: '', notation: value } : { scheme, notation }
}

function readPlaces(cells: readonly Cell[], problems: Problems): string[] {
  const codes = cells.flatMap(({ name, value }) => {
    const place = readPlace(value)
    if ('code' in place) {
      if (place.isGlobal) problems.add('global', name, value)
      return [place.code]
    }
    problems.add('cutOf' in place ? 'cut' : 'place', name, 'cutOf' in place ? `${value} (${place.cutOf})` : value)
    return []
  })
  return [...new Set(codes)]
}

/** Addresses of files, each language an edition. */
function readFiles(cells: readonly Cell[], lang: string, problems: Problems): WorkEdition[] {
  const files = cells.flatMap((cell) => {
    const isOwn = /^\/files\/[0-9a-f]{64}\//.test(cell.value)
    const found = isOwn ? cell.value : readIdentifier('url', cell.value)?.value
    if (found === undefined) problems.add('file', cell.name, cell.value)
    return found === undefined
      ? []
      : [{ lang: cell.lang ?? lang, url: found, type: null, bytes: null, pages: null, licence: null }]
  })
  return [...new Set(files.map((file) => file.lang))].map((one) => ({
    number: null,
    lang: one,
    issued: null,
    translationOf: null,
    pages: null,
    identifiers: [],
    files: files.filter((file) => file.lang === one),
  }))
}
