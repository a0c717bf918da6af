import { decodeText, readRows } from '#platform/csv/index.ts'
import { readSpreadsheet } from '#platform/spreadsheet/index.ts'
import type { Work } from '../work.ts'
import { readBibtex } from './bibtex-read.ts'
import { readCslJson } from './csl-json-read.ts'
import { writeInPieces, type WrittenCatalogue } from './pieces.ts'
import { MOST_WORKS, type CatalogueContext, type CatalogueFault, type CatalogueRead } from './read.ts'
import { readRis } from './ris.ts'
import { languagesOf, readTableOfWorks } from './table.ts'

/** The forms in which works come in and go out: how a file's name ends, and its media type. */
export const catalogueFormats = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  bib: 'application/x-bibtex; charset=utf-8',
  ris: 'application/x-research-info-systems; charset=utf-8',
  'csl.json': 'application/vnd.citationstyles.csl+json',
} as const
export type CatalogueFormat = keyof typeof catalogueFormats

/** The most bytes of a catalogue. */
export const MOST_CATALOGUE_BYTES = 50_000_000

/** The format that a file's name ends in, or null. */
export function formatOfName(name: string): CatalogueFormat | null {
  const lower = name.toLowerCase()
  if (lower.endsWith('.json')) return 'csl.json'
  if (/\.(?:bib|bibtex)$/.test(lower)) return 'bib'
  if (/\.(?:csv|tsv)$/.test(lower)) return 'csv'
  return (['xlsx', 'ris'] as const).find((format) => lower.endsWith(`.${format}`)) ?? null
}

/** Works as a whole file of a format. Tables have their headings in `lang`, and columns for each of `langs` at least. */
export async function writeCatalogue(
  works: readonly Work[],
  format: CatalogueFormat,
  context: WrittenCatalogue,
): Promise<Uint8Array | string> {
  const langs = [...new Set([...context.langs, ...works.flatMap(languagesOf)])]
  const whole = (async function* () {
    yield works
  })()
  const pieces = await Array.fromAsync(writeInPieces(whole, format, { ...context, langs }))
  const [first] = pieces
  return typeof first === 'object' ? first : pieces.join('')
}

/** Reads a catalogue by what it is, and by its name where that does not tell. */
export async function readCatalogue(
  bytes: Uint8Array,
  name: string,
  context: CatalogueContext,
): Promise<CatalogueRead> {
  if (bytes.length > MOST_CATALOGUE_BYTES) return { ok: false, fault: 'tooLarge', line: null }
  if (isPackage(bytes) || formatOfName(name) === 'xlsx') return readXlsx(bytes, context)
  const { text } = decodeText(bytes)
  if (text.includes('\0')) return { ok: false, fault: 'binary', line: null }
  const format = formatOfContent(text) ?? formatOfName(name) ?? 'csv'
  if (format === 'bib') return readBibtex(text, context)
  if (format === 'ris') return readRis(text, context)
  if (format === 'csl.json') return readCslJson(text, context)
  return readCsv(bytes, context)
}

/** `PK`: a ZIP file; or the container of older and of locked spreadsheets. */
const isPackage = ([first, second]: Uint8Array) =>
  (first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf)

function formatOfContent(text: string): CatalogueFormat | null {
  const start = text.slice(0, 5000).trimStart()
  if (/^[[{]\s*["{\]]/.test(start)) return 'csl.json'
  if (/^TY {1,2}- /.test(start)) return 'ris'
  return /^(?:%[^\n]*\n\s*)*@\s*[a-z]+\s*[{(]/i.test(start) ? 'bib' : null
}

const faults: Readonly<Record<string, CatalogueFault>> = { rows: 'tooMany', large: 'tooLarge' }
const isFault = (problem: string): problem is CatalogueFault =>
  ['binary', 'empty', 'quotes', 'broken', 'encrypted'].includes(problem)
const faultOf = (problem: string): CatalogueFault => faults[problem] ?? (isFault(problem) ? problem : 'broken')

/** A heading of some rows above the works. */
const MOST_ROWS = MOST_WORKS + 25

async function readXlsx(bytes: Uint8Array, context: CatalogueContext): Promise<CatalogueRead> {
  const read = await readSpreadsheet(bytes, MOST_ROWS)
  return read.ok
    ? readTableOfWorks(read.rows, context, read.isFrom1904 ? 1904 : 1900)
    : { ok: false, fault: faultOf(read.problem), line: null }
}

function readCsv(bytes: Uint8Array, context: CatalogueContext): CatalogueRead {
  const read = readRows(bytes, MOST_ROWS)
  return read.ok ? readTableOfWorks(read.rows, context) : { ok: false, fault: faultOf(read.problem), line: read.row }
}
