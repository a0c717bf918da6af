import { createOrders, type Orders } from './orders.ts'

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

export interface Selecting {
  readonly audience: readonly string[]
  /** At most one of a group; all of them hold. */
  readonly filters: readonly FacetValue[]
  readonly sort: 'date' | 'title'
  /** Titles are put in the order of this language. */
  readonly lang: string
  readonly skip: number
  readonly take: number
}

export interface Selected {
  readonly ids: readonly string[]
  readonly total: number
  /** Per group, how many there would be with each value in place of the one chosen in that group. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** Finds publications by what they are tagged with, and counts them; in memory, in a few bytes for each. */
export interface FacetIndex {
  put(row: IndexRow): void
  remove(id: string): void
  select(asked: Selecting): Promise<Selected>
}

/** A list that hands out a number for each text, the same each time. */
function createCodes() {
  const names: string[] = []
  const codes = new Map<string, number>()
  return {
    names,
    find: (name: string) => codes.get(name),
    of: (name: string): number => {
      const known = codes.get(name)
      if (known !== undefined) return known
      codes.set(name, names.length)
      return names.push(name) - 1
    },
  }
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
function unpackTitle(packed: string, lang: string): string {
  const own = packed.indexOf(`\u0001${lang}\u0000`)
  const from = packed.indexOf('\u0000', own < 0 ? 0 : own) + 1
  const end = packed.indexOf('\u0001', from)
  return packed.slice(from, end < 0 ? undefined : end)
}

/** The values of a publication are a stretch of one long list; a changed one gets a new stretch at its end. */
interface Columns {
  readonly ids: string[]
  readonly slots: Map<string, number>
  readonly titles: string[]
  dates: Int32Array
  /** Code of who may see it; 255: nobody, it is gone. */
  visibility: Uint8Array
  start: Uint32Array
  length: Uint16Array
  pool: Uint32Array
  used: number
}

const GONE = 255

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

const createColumns = (): Columns => ({
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

const ordersOf = (columns: Columns): Orders =>
  createOrders({
    slots: () => columns.ids.length,
    isThere: (slot) => columns.visibility[slot] !== GONE,
    idOf: (slot) => columns.ids[slot] ?? '',
    dateOf: (slot) => columns.dates[slot] ?? 0,
    titleOf: (slot, lang) => unpackTitle(columns.titles[slot] ?? '', lang),
  })

/** An index with nothing in it. */
export function createFacetIndex(): FacetIndex {
  const values = createCodes()
  const groups = createCodes()
  const visibilities = createCodes()
  const groupOf: number[] = []
  const columns = createColumns()
  const orders = ordersOf(columns)

  function codeOf({ group, value }: FacetValue): number {
    const code = values.of(`${group}\u0000${value}`)
    groupOf[code] ??= groups.of(group)
    return code
  }

  return {
    put: (row) => {
      const slot = slotFor(columns, row.id)
      const codes = new Set(row.values.map(codeOf))
      columns.visibility[slot] = visibilities.of(row.visibility)
      columns.dates[slot] = dateKey(row.issued)
      columns.titles[slot] = packTitles(row)
      writeValues(columns, slot, codes)
      orders.changed(slot)
    },
    remove: (id) => {
      const slot = columns.slots.get(id)
      if (slot === undefined) return
      columns.visibility[slot] = GONE
      columns.length[slot] = 0
      columns.titles[slot] = ''
      orders.changed(slot)
    },
    select: async (asked) => {
      const order = await orders.read(asked.sort, asked.lang)
      const filters = asked.filters.map(({ group, value }) => ({
        group: groups.of(group),
        code: values.find(`${group}\u0000${value}`) ?? -1,
      }))
      const allowed = visibilities.names.map((name) => asked.audience.includes(name))
      const found = count(columns, { filters, allowed, groupOf: Uint32Array.from(groupOf) })
      return {
        ids: pick(order, found.isIn, asked).map((slot) => columns.ids[slot] ?? ''),
        total: found.total,
        counts: nameCounts(found.counts, values.names),
      }
    },
  }
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

interface Counting {
  readonly filters: readonly { readonly group: number; readonly code: number }[]
  readonly allowed: readonly boolean[]
  readonly groupOf: Uint32Array
}

const NONE = -1
const SEVERAL = -2

/**
 * One walk over all: a publication that meets every filter counts for all its values, one that fails in one group only for its
 * values of that group.
 */
function count(columns: Columns, { filters, allowed, groupOf }: Counting) {
  const { ids, visibility, start, length, pool } = columns
  const isIn = new Uint8Array(ids.length)
  const counts = new Uint32Array(groupOf.length)
  let total = 0
  for (let slot = 0; slot < ids.length; slot += 1) {
    if (allowed[visibility[slot] ?? GONE] !== true) continue
    const from = start[slot] ?? 0
    const end = from + (length[slot] ?? 0)
    let missed = NONE
    for (const { group, code } of filters) {
      let at = from
      while (at < end && pool[at] !== code) at += 1
      if (at === end) missed = missed === NONE ? group : SEVERAL
    }
    if (missed === SEVERAL) continue
    if (missed === NONE) {
      isIn[slot] = 1
      total += 1
    }
    for (let at = from; at < end; at += 1) {
      const code = pool[at] ?? 0
      if (missed === NONE || groupOf[code] === missed) counts[code] = (counts[code] ?? 0) + 1
    }
  }
  return { isIn, counts, total }
}

function pick(order: Uint32Array, isIn: Uint8Array, { skip, take }: Pick<Selecting, 'skip' | 'take'>): number[] {
  const picked: number[] = []
  let seen = 0
  for (const slot of order) {
    if (isIn[slot] !== 1) continue
    seen += 1
    if (seen > skip) picked.push(slot)
    if (picked.length === take) break
  }
  return picked
}

function nameCounts(counts: Uint32Array, names: readonly string[]): Map<string, Map<string, number>> {
  const named = new Map<string, Map<string, number>>()
  for (const [code, number] of counts.entries()) {
    if (number === 0) continue
    const [group = '', value = ''] = names[code]?.split('\u0000') ?? []
    const own = named.get(group) ?? new Map<string, number>()
    named.set(group, own.set(value, number))
  }
  return named
}
