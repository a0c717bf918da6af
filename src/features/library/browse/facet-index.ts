import {
  clearRow,
  createColumns,
  GONE,
  putRow,
  unpackTitle,
  type Columns,
  type FacetValue,
  type IndexRow,
} from './facet-columns.ts'
import { createOrders, type Orders } from './orders.ts'

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
      const codes = new Set(row.values.map(codeOf))
      orders.changed(putRow(columns, row, visibilities.of(row.visibility), codes))
    },
    remove: (id) => {
      const slot = clearRow(columns, id)
      if (slot !== undefined) orders.changed(slot)
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
