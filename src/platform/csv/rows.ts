import Papa from 'papaparse'
import { decode, guessDelimiter } from './decode.ts'

export type CsvRows =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[]; readonly encoding: string }
  | { readonly ok: false; readonly problem: 'binary' | 'empty' | 'quotes' | 'rows'; readonly row: number | null }

/** The rows of a file of comma-, semicolon- or tab-separated values, as they stand: row n of the file is at n - 1. */
export function readRows(bytes: Uint8Array, mostRows: number): CsvRows {
  const { text, encoding } = decode(bytes)
  if (text.includes('\0')) return { ok: false, problem: 'binary', row: null }
  if (text.trim() === '') return { ok: false, problem: 'empty', row: null }
  const parsed = Papa.parse<string[]>(text, { delimiter: guessDelimiter(text), preview: mostRows + 1 })
  const quotes = parsed.errors.find(({ type }) => type === 'Quotes')
  if (quotes) return { ok: false, problem: 'quotes', row: (quotes.row ?? 0) + 1 }
  if (parsed.data.length > mostRows) return { ok: false, problem: 'rows', row: mostRows + 1 }
  return { ok: true, rows: parsed.data, encoding }
}
