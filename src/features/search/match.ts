import type { DocumentList } from './document-list.ts'
import type { FacetName, FacetValue } from './domain.ts'

/** Documents that have what is asked for, by their numbers. */
export interface Matching {
  /** By number, 1 for what the reader may see. */
  readonly seen: Uint8Array
  /** For each word or phrase that must be there, where it is. */
  readonly wanted: readonly (readonly number[])[]
  /** Where other words for all of it are. */
  readonly instead: readonly number[]
  readonly unwanted: readonly number[]
  /** At most one of a facet. */
  readonly filters: readonly FacetValue[]
  /** Where no record has all that is wanted, those are taken that have most of it. */
  readonly isLenient?: boolean
}

/** Per facet, how many there would be with each value in place of the one chosen. */
export type FacetCounts = ReadonlyMap<FacetName, ReadonlyMap<string, number>>

export interface Matched {
  /** Places of records that were found, as narrowed. */
  readonly records: readonly number[]
  /** A record's documents that have something of what is asked for, by their numbers. */
  readonly documentsOf: (record: number) => number[]
  /** Whether one of those is in a language, by its code. */
  readonly isIn: (record: number, lang: number) => boolean
  readonly counts: FacetCounts
  /** No record has all that is wanted: these have most of it. */
  readonly isPartial: boolean
}

/**
 * The records that have every word, in whichever of the documents that a reader sees; each is counted once, whatever its languages. A
 * record that has what is not wanted is none of them.
 */
export function matchRecords(list: DocumentList, asked: Matching): Matched {
  const { chain, found, isPartial } = gather(list, asked)
  const documentsOf = (record: number): number[] => {
    const ords: number[] = []
    chain(record, (ord) => ords.push(ord))
    return ords.toSorted((one, other) => one - other)
  }
  const isIn = (record: number, lang: number): boolean => {
    let isThere = false
    chain(record, (ord) => (isThere ||= list.langOf(ord) === lang))
    return isThere
  }
  const filters = asked.filters.map(({ facet, value }) => ({ facet, code: list.facetCode(facet, value) }))
  const counts = new Uint32Array(list.facets.length)
  const records: number[] = []
  const langs: number[] = []
  // Tens of thousands of records are counted while somebody waits: nothing is made for each.
  for (const record of found) {
    const facets = list.records[record]?.facets ?? []
    langs.length = 0
    chain(record, (ord) => {
      const lang = list.langOf(ord)
      if (!langs.includes(lang)) langs.push(lang)
    })
    let missed = 0
    let miss: FacetName | undefined
    for (const { facet, code } of filters) {
      if (facets.includes(code) || langs.includes(code)) continue
      missed += 1
      miss = facet
    }
    if (missed > 1) continue
    if (missed === 0) records.push(record)
    for (const codes of [facets, langs])
      for (const code of codes)
        if (miss === undefined || list.facets[code]?.facet === miss) counts[code] = (counts[code] ?? 0) + 1
  }
  return { records, documentsOf, isIn, counts: nameCounts(list, counts), isPartial }
}

/** Which records have everything, and where. */
function gather(list: DocumentList, { seen, wanted, instead, unwanted, isLenient = false }: Matching) {
  const all = 2 ** wanted.length - 1
  const met = new Uint16Array(list.records.length)
  // A chain for each record: its last document, and the one before each.
  const last = new Int32Array(list.records.length).fill(-1)
  const before = new Int32Array(list.size()).fill(-2)
  const found = new Set<number>()
  const note = (ords: readonly number[], bits: number) => {
    for (const ord of ords) {
      if (seen[ord] !== 1) continue
      const record = list.recordOf(ord)
      const now = (met[record] ?? 0) | bits
      met[record] = now
      if (now === all) found.add(record)
      if (before[ord] !== -2) continue
      before[ord] = last[record] ?? -1
      last[record] = ord
    }
  }
  for (const [index, ords] of wanted.entries()) note(ords, 2 ** index)
  note(instead, all)
  const isPartial = isLenient && found.size === 0 && wanted.length > 1
  if (isPartial) for (const record of withMost(met, wanted.length)) found.add(record)
  for (const ord of unwanted) if (seen[ord] === 1) found.delete(list.recordOf(ord))
  /** Walks over the documents of a record that have something of what is asked for. */
  const chain = (record: number, visit: (ord: number) => void): void => {
    for (let ord = last[record] ?? -1; ord >= 0; ord = before[ord] ?? -1) visit(ord)
  }
  return { chain, found, isPartial }
}

/** Records that have more of what is wanted than others do, and half of it at least. */
function withMost(met: Uint16Array, wanted: number): number[] {
  const counts = Uint8Array.from(met, countBits)
  const most = counts.reduce((one, other) => Math.max(one, other), 0)
  if (most < wanted / 2) return []
  return [...counts.keys()].filter((record) => counts[record] === most)
}

function countBits(bits: number): number {
  let count = 0
  for (let left = bits; left > 0; left >>= 1) count += left & 1
  return count
}

function nameCounts({ facets }: DocumentList, counts: Uint32Array): FacetCounts {
  const byFacet = new Map<FacetName, Map<string, number>>()
  for (const [code, count] of counts.entries()) {
    const of = facets[code]
    if (count === 0 || !of) continue
    const values = byFacet.get(of.facet) ?? new Map<string, number>()
    byFacet.set(of.facet, values.set(of.value, count))
  }
  return byFacet
}
