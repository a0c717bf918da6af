/** A publication as the index knows it. */
export interface IndexRow {
  readonly id: string
  readonly visibility: string
  /** As precise as known. */
  readonly issued: string | null
  readonly sourceLang: string
  readonly titles: Readonly<Record<string, string>>
  /** What it is found by. */
  readonly values: readonly FacetValue[]
}

/** A value of a group: `type` `paper`, `place` `ET`. */
export interface FacetValue {
  readonly group: string
  readonly value: string
}

/** 20210819 for a day, 20210800 for a month, 20210000 for a year; 0 when nothing is known. */
function dateKey(issued: string | null): number {
  const [year = 0, month = 0, day = 0] = (issued ?? '').split('-').map(Number)
  return year * 10_000 + month * 100 + day
}

/** Letters of a title that count for its order. */
const TITLE = 48

/** Titles of all languages in one flat text, the source first: pieces of larger texts would keep those in memory. */
function packTitles({ titles, sourceLang }: Pick<IndexRow, 'titles' | 'sourceLang'>): string {
  const langs = Object.keys(titles).toSorted((one, other) => Number(other === sourceLang) - Number(one === sourceLang))
  const packed = langs.map((lang) => `\u0001${lang}\u0000${titles[lang]?.slice(0, TITLE) ?? ''}`).join('')
  return Buffer.from(packed).toString()
}

/** The title in a language, else in that of the source. */
export function unpackTitle(packed: string, lang: string): string {
  const own = packed.indexOf(`\u0001${lang}\u0000`)
  const from = packed.indexOf('\u0000', own < 0 ? 0 : own) + 1
  const end = packed.indexOf('\u0001', from)
  return packed.slice(from, end < 0 ? undefined : end)
}

/** What is known of all, a list for each thing. The values of a publication are a stretch of one long list; a changed one gets a new stretch at its end. */
export interface Columns {
  readonly ids: string[]
  readonly slots: Map<string, number>
  readonly titles: string[]
  dates: Int32Array
  /** Code of who may see it. */
  visibility: Uint8Array
  start: Uint32Array
  length: Uint16Array
  pool: Uint32Array
  used: number
}

/** Nobody may see it: it is gone. */
export const GONE = 255

function grown<T extends Int32Array | Uint8Array | Uint16Array | Uint32Array>(
  list: T,
  needed: number,
  make: (length: number) => T,
): T {
  if (needed <= list.length) return list
  const larger = make(Math.max(needed, Math.ceil(list.length * 1.5), 64))
  larger.set(list)
  return larger
}

/** Lists with nothing in them. */
export const createColumns = (): Columns => ({
  ids: [],
  slots: new Map(),
  titles: [],
  dates: new Int32Array(),
  visibility: new Uint8Array(),
  start: new Uint32Array(),
  length: new Uint16Array(),
  pool: new Uint32Array(),
  used: 0,
})

function slotFor(columns: Columns, id: string): number {
  const known = columns.slots.get(id)
  if (known !== undefined) return known
  const slot = columns.ids.push(id) - 1
  columns.slots.set(id, slot)
  columns.dates = grown(columns.dates, slot + 1, (length) => new Int32Array(length))
  columns.visibility = grown(columns.visibility, slot + 1, (length) => new Uint8Array(length))
  columns.start = grown(columns.start, slot + 1, (length) => new Uint32Array(length))
  columns.length = grown(columns.length, slot + 1, (length) => new Uint16Array(length))
  return slot
}

/** Puts what is known of a publication at its place, with the codes of its values; a new one comes last. Returns the place. */
export function putRow(columns: Columns, row: IndexRow, visibility: number, codes: ReadonlySet<number>): number {
  const slot = slotFor(columns, row.id)
  columns.visibility[slot] = visibility
  columns.dates[slot] = dateKey(row.issued)
  columns.titles[slot] = packTitles(row)
  writeValues(columns, slot, codes)
  return slot
}

/** Takes a publication out; its place stays empty. Returns the place, if it had one. */
export function clearRow(columns: Columns, id: string): number | undefined {
  const slot = columns.slots.get(id)
  if (slot === undefined) return undefined
  columns.visibility[slot] = GONE
  columns.length[slot] = 0
  columns.titles[slot] = ''
  return slot
}

function writeValues(columns: Columns, slot: number, codes: ReadonlySet<number>): void {
  if (columns.used > 10_000 && columns.used + codes.size > columns.pool.length) compact(columns, slot)
  columns.pool = grown(columns.pool, columns.used + codes.size, (length) => new Uint32Array(length))
  columns.pool.set([...codes], columns.used)
  columns.start[slot] = columns.used
  columns.length[slot] = codes.size
  columns.used += codes.size
}

/** Takes out what no publication has any more, save the one about to be written anew. */
function compact(columns: Columns, leaving: number): void {
  const { start, length, pool } = columns
  length[leaving] = 0
  const kept = new Uint32Array(pool.length)
  let used = 0
  for (let slot = 0; slot < columns.ids.length; slot += 1) {
    const from = start[slot] ?? 0
    const size = length[slot] ?? 0
    kept.set(pool.subarray(from, from + size), used)
    start[slot] = used
    used += size
  }
  columns.pool = kept
  columns.used = used
}
