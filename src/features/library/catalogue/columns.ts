import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { columnNames, columns, columnTags, type Column } from './column-names.ts'
import { foldName } from './places.ts'

/** Columns that are there once for each language. */
export const perLanguage: ReadonlySet<Column> = new Set(['title', 'subtitle', 'summary', 'file'])

/** Columns that hold several values, parted by `|` or in columns of one name. */
export const manyValued: ReadonlySet<Column> = new Set([
  'types',
  'authors',
  'editors',
  'publishers',
  'doi',
  'isbn',
  'issn',
  'report',
  'handle',
  'url',
  'concepts',
  'places',
  'funders',
  'file',
])

/** A column of a file: what it holds, and in which language where it says so. */
export interface TableColumn {
  readonly column: Column
  readonly lang: string | null
}

const byName = new Map(
  columns
    .toReversed()
    .flatMap((column) =>
      [column, ...Object.values(columnNames[column]).flat()].map((name): [string, Column] => [foldName(name), column]),
    ),
)
const byTag = new Map(columns.map((column) => [tagKey(columnTags[column]), column]))

/** What a column is called in a language. */
export function columnName({ column, lang }: TableColumn, inLang: string): string {
  const name = columnNames[column][inLang]?.[0] ?? columnNames[column]['en']?.[0] ?? column
  return lang === null ? name : `${name} (${lang})`
}

/** The HXL tag of a column. */
export const columnTag = ({ column, lang }: TableColumn): string =>
  lang === null ? columnTags[column] : `${columnTags[column]}+i_${lang.toLowerCase().replaceAll('-', '_')}`

/** What a heading names: a column, of a language where one follows (`Titre (fr)`, `title_en`); null when it is not known. */
export function readHeading(heading: string): TableColumn | null {
  const name = foldName(heading.replace(/[*:\s]+$/, ''))
  const whole = byName.get(name) ?? byName.get(name.replace(/ ?\d{1,3}$/, ''))
  if (whole) return { column: whole, lang: null }
  const [, before, tag] =
    /^(.+?)[\s_:(/[-]+([a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)\s*[)\]]?(?:[\s_-]*\d{1,3})?$/i.exec(heading.trim()) ?? []
  const column = before === undefined ? undefined : byName.get(foldName(before))
  const lang = tag === undefined ? null : canonicalLanguageTag(tag.replaceAll('_', '-'))
  return column && lang !== null && perLanguage.has(column) ? { column, lang } : null
}

/** What an HXL tag names; attributes have no order. */
export function readTag(cell: string): TableColumn | null {
  const parts = cell
    .toLowerCase()
    .split('+')
    .map((part) => part.trim())
  const said =
    parts.find((part, index) => index > 0 && part.startsWith('i_')) ??
    parts.find((part, index) => index > 0 && /^[a-z]{2}$/.test(part))
  const column = byTag.get(tagKey(parts.filter((part) => part !== said).join('+')))
  const lang = said === undefined ? null : canonicalLanguageTag(said.replace(/^i_/, '').replaceAll('_', '-'))
  return column ? { column, lang } : null
}

/** Whether a row is one of HXL tags: it has some, and nothing else. */
export function isTagRow(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return filled.length > 0 && filled.every((cell) => /^#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*$/i.test(cell))
}

function tagKey(tag: string): string {
  const [first = '', ...rest] = tag.toLowerCase().split('+')
  return [first, ...rest.toSorted()].join('+')
}
