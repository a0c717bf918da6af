import { readSheet } from 'read-excel-file/node'
import { isWithin } from './unpacked.ts'

export type SpreadsheetRows =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly problem: 'broken' | 'encrypted' | 'large' | 'rows' | 'empty' }

/** Bytes of all that is unpacked from a spreadsheet. */
const MOST_UNPACKED = 120 * 1024 * 1024
/** Parts of the package: a spreadsheet has some dozens. */
const MOST_PARTS = 2000

/**
 * The cells of the first sheet of an XLSX file as text; row n of the sheet is at n - 1. Of a formula its value is taken, of a date
 * its day, of merged cells the first. It is unpacked and counted first, so that a small file cannot fill the memory.
 */
export async function readSpreadsheet(bytes: Uint8Array, mostRows: number): Promise<SpreadsheetRows> {
  if (isOldOrLocked(bytes)) return { ok: false, problem: 'encrypted' }
  const size = isWithin(bytes, { bytes: MOST_UNPACKED, parts: MOST_PARTS })
  if (size !== 'within') return { ok: false, problem: size }
  try {
    const cells: readonly (readonly unknown[])[] = await readSheet(Buffer.from(bytes), { trim: false })
    const rows = cells.map((row) => row.map(toText))
    if (rows.length > mostRows) return { ok: false, problem: 'rows' }
    if (rows.every((row) => row.every((cell) => cell === ''))) return { ok: false, problem: 'empty' }
    return { ok: true, rows }
  } catch {
    return { ok: false, problem: 'broken' }
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
