import { readSheet } from 'read-excel-file/node'
import { prepareSheet, type MergedArea } from './prepare.ts'
import { isWithin } from './unpacked.ts'

export type SpreadsheetRows =
  | {
      readonly ok: true
      readonly rows: readonly (readonly string[])[]
      /** A number that stands for a day counts from 1904 and not from 1900. */
      readonly isFrom1904: boolean
    }
  | { readonly ok: false; readonly problem: 'broken' | 'encrypted' | 'large' | 'rows' | 'empty' }

/** Bytes of all that is unpacked from a spreadsheet. */
const MOST_UNPACKED = 120 * 1024 * 1024
/** Parts of the package: a spreadsheet has some dozens. */
const MOST_PARTS = 2000
/** Cells that take their value from the merged cell they are part of. */
const MOST_MERGED = 1_000_000

/**
 * The cells of the first sheet of an XLSX file as text; row n of the sheet is at n - 1. Of a formula its value is taken, or `=…` where
 * it has none or is in error; of a date its day; merged cells have their value in each of their rows, save those of the heading. It is
 * unpacked and counted first, so that a small file cannot fill the memory.
 */
export async function readSpreadsheet(bytes: Uint8Array, mostRows: number): Promise<SpreadsheetRows> {
  if (isOldOrLocked(bytes)) return { ok: false, problem: 'encrypted' }
  const size = isWithin(bytes, { bytes: MOST_UNPACKED, parts: MOST_PARTS })
  if (size !== 'within') return { ok: false, problem: size }
  try {
    const prepared = prepareSheet(bytes)
    const cells: readonly (readonly unknown[])[] = await readSheet(Buffer.from(prepared.bytes), { trim: false })
    if (cells.length > mostRows) return { ok: false, problem: 'rows' }
    const rows = cells.map((row) => row.map(toText))
    if (rows.every(isEmpty)) return { ok: false, problem: 'empty' }
    fillMerged(rows, prepared.merged)
    return { ok: true, rows, isFrom1904: prepared.isFrom1904 }
  } catch {
    return { ok: false, problem: 'broken' }
  }
}

const isEmpty = (row: readonly string[]) => row.every((cell) => cell === '')

/** Writes the value of merged cells into each of their rows. A heading over several rows stays in the first. */
function fillMerged(rows: string[][], merged: readonly MergedArea[]): void {
  const heading = rows.findIndex((row) => !isEmpty(row))
  let left = MOST_MERGED
  for (const { column, top, bottom } of merged) {
    const value = rows[top]?.[column] ?? ''
    if (top <= heading || value === '') continue
    for (const row of rows.slice(top + 1, bottom + 1)) {
      left -= 1
      if (left < 0) return
      if (row[column] === '') row[column] = value
    }
  }
}

/** The container that Office gives files with a password, and those of before 2007. */
function isOldOrLocked([first, second, third, fourth]: Uint8Array): boolean {
  return first === 0xd0 && second === 0xcf && third === 0x11 && fourth === 0xe0
}

function toText(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  if (typeof cell === 'string') return cell
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}
