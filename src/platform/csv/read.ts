import Papa from 'papaparse'
import { decode, guessDelimiter } from './decode.ts'

/** One row of a table: its number in the file, counted from 1 and with the heading, and its cells by column. */
export interface TableRow<Column extends string> {
  readonly row: number
  readonly cells: Readonly<Record<Column, string>>
}

/** Why a file is no table: the file as a whole is refused. */
export interface TableProblem {
  readonly problem: 'binary' | 'empty' | 'heading' | 'quotes' | 'rows'
  readonly row: number | null
}

export type ReadTable<Column extends string> =
  | { readonly ok: true; readonly rows: readonly TableRow<Column>[]; readonly encoding: string }
  | ({ readonly ok: false } & TableProblem)

export interface TableShape<Column extends string> {
  /** Each column in its place when the file has no heading, with the names a heading may give it. */
  readonly columns: Readonly<Record<Column, readonly string[]>>
  readonly mostRows: number
}

/**
 * Reads a table of comma-, semicolon- or tab-separated values, in UTF-8, UTF-16 or Windows-1252, with or without a heading. A heading
 * names each column; without one the columns are taken by their place. Rows without any text are left out.
 */
export function readTable<Column extends string>(bytes: Uint8Array, shape: TableShape<Column>): ReadTable<Column> {
  const { text, encoding } = decode(bytes)
  if (text.includes('\0')) return { ok: false, problem: 'binary', row: null }
  const parsed = Papa.parse<string[]>(text, {
    delimiter: guessDelimiter(text),
    // A heading, the last row that is allowed, and one that is too many.
    preview: shape.mostRows + 2,
  })
  const quotes = parsed.errors.find(({ type }) => type === 'Quotes')
  if (quotes) return { ok: false, problem: 'quotes', row: (quotes.row ?? 0) + 1 }
  const filled = parsed.data.flatMap((cells, index) => {
    const trimmed = cells.map((cell) => cell.trim())
    return trimmed.some((cell) => cell !== '') ? [{ row: index + 1, cells: trimmed }] : []
  })
  const [first] = filled
  if (!first) return { ok: false, problem: 'empty', row: null }
  const heading = placesOf(first.cells, shape)
  if (heading === 'partial') return { ok: false, problem: 'heading', row: first.row }
  const body = heading ? filled.slice(1) : filled
  if (body.length === 0) return { ok: false, problem: 'empty', row: null }
  if (body.length > shape.mostRows) return { ok: false, problem: 'rows', row: shape.mostRows + (heading ? 2 : 1) }
  const places = heading ?? listColumns(shape).map((column, place) => [column, place] as const)
  return { ok: true, encoding, rows: body.map(({ row, cells }) => ({ row, cells: pick(cells, places) })) }
}

type Places<Column> = readonly (readonly [Column, number])[]

const listColumns = <Column extends string>({ columns }: TableShape<Column>) => Object.keys(columns) as Column[]

/** Where the heading puts each column; null when the row is none, `partial` when it names only some of them. */
function placesOf<Column extends string>(
  cells: readonly string[],
  shape: TableShape<Column>,
): Places<Column> | 'partial' | null {
  const names = cells.map((cell) => cell.toLowerCase())
  const places = listColumns(shape).map((column) => {
    const known: readonly string[] = [column, ...shape.columns[column]]
    return [column, names.findIndex((name) => known.includes(name))] as const
  })
  const found = places.filter(([, place]) => place >= 0)
  if (found.length === 0) return null
  return found.length === places.length ? places : 'partial'
}

function pick<Column extends string>(cells: readonly string[], places: Places<Column>): Record<Column, string> {
  return Object.fromEntries(places.map(([column, place]) => [column, cells[place] ?? ''])) as Record<Column, string>
}
