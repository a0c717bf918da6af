import { readFacet, type FacetName, type FacetValue } from './domain.ts'
import type { DocumentRow } from './store-list.ts'

/** A record that has documents. */
export interface ListedRecord {
  readonly id: string
  readonly kind: string
  /** The day that it is from, as precise as known; nothing when it is not. */
  readonly dated: string
  /** Codes of what it is narrowed by; languages are those of its documents. */
  readonly facets: readonly number[]
}

/** What is known of every document in the index, in memory: whom it may be shown to, and what it is counted by. */
export interface DocumentList {
  readonly records: readonly ListedRecord[]
  /** Values of facets, by code. */
  readonly facets: readonly (FacetValue | null)[]
  facetCode(facet: FacetName, value: string): number
  /** The place of a document's record among the records; less than nothing when there is no such document. */
  recordOf(ord: number): number
  /** The code of a document's language. */
  langOf(ord: number): number
  /** Languages that documents are in. */
  langs(): readonly string[]
  /** The place of a record among all, the newest first: what has no date comes last. */
  ageOf(record: number): number
  /** Numbers of documents are smaller than this. */
  size(): number
  put(rows: readonly DocumentRow[]): void
  /** By number, 1 for documents that may be shown when these records may be seen. */
  seenBy(visible: ReadonlySet<string>): Uint8Array
  /** The same without what any of these records must be seen for. */
  without(seen: Uint8Array, ids: readonly string[]): Uint8Array
}

/** Hands out a number for each text, the same each time. */
function createCodes() {
  const names: string[] = []
  const codes = new Map<string, number>()
  return {
    names,
    of: (name: string): number => {
      const known = codes.get(name)
      if (known !== undefined) return known
      codes.set(name, names.length)
      return names.push(name) - 1
    },
  }
}

type Column = Int32Array<ArrayBuffer>

function grown(list: Column, size: number): Column {
  if (size <= list.length) return list
  const larger = new Int32Array(Math.max(size, Math.ceil(list.length * 1.5), 64)).fill(-1)
  larger.set(list)
  return larger
}

function agesOf(records: readonly ListedRecord[]): Column {
  const keys = records.map(({ dated, id }) => `${dated} ${id}`)
  const newest = Array.from(keys.keys()).toSorted((one, other) => compare(keys[other] ?? '', keys[one] ?? ''))
  const ages = new Int32Array(records.length)
  for (const [age, record] of newest.entries()) ages[record] = age
  return ages
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

/** A list with nothing in it. */
export function createDocumentList(): DocumentList {
  const records: ListedRecord[] = []
  const places = new Map<string, number>()
  const facets: (FacetValue | null)[] = []
  const facetCodes = createCodes()
  // Few combinations of needs are there for many documents.
  const needs = createCodes()
  let recordOf = new Int32Array()
  let langOf = new Int32Array()
  let needsOf = new Int32Array()
  let size = 0
  const langs = new Set<string>()
  let ages: Column | undefined

  function facetCode(name: string): number {
    const code = facetCodes.of(name)
    if (code === facets.length) facets.push(readFacet(name))
    return code
  }

  function placeOf({ recordId: id, kind, dated, facets: own }: DocumentRow): number {
    const record = { id, kind, dated: dated ?? '', facets: [`kind=${kind}`, ...own].map(facetCode) }
    const known = places.get(id)
    if (known !== undefined) {
      records[known] = record
      return known
    }
    places.set(id, records.length)
    return records.push(record) - 1
  }

  return {
    records,
    facets,
    facetCode: (facet, value) => facetCode(`${facet}=${value}`),
    recordOf: (ord) => recordOf[ord] ?? -1,
    langOf: (ord) => langOf[ord] ?? -1,
    langs: () => [...langs],
    ageOf: (record) => (ages ??= agesOf(records))[record] ?? 0,
    size: () => size,
    put: (rows) => {
      size = rows.reduce((most, { ord }) => Math.max(most, ord + 1), size)
      recordOf = grown(recordOf, size)
      langOf = grown(langOf, size)
      needsOf = grown(needsOf, size)
      ages = undefined
      for (const row of rows) {
        langs.add(row.lang)
        recordOf[row.ord] = placeOf(row)
        langOf[row.ord] = facetCode(`lang=${row.lang}`)
        needsOf[row.ord] = needs.of(row.needs.join(' '))
      }
    },
    seenBy: (visible) => {
      const isMet = Uint8Array.from(needs.names, (ids) => (ids.split(' ').every((id) => visible.has(id)) ? 1 : 0))
      return Uint8Array.from({ length: size }, (_, ord) => isMet[needsOf[ord] ?? -1] ?? 0)
    },
    without: (seen, ids) => {
      const hidden = new Set(ids)
      const isHidden = needs.names.map((needed) => needed.split(' ').some((id) => hidden.has(id)))
      return seen.map((mark, ord) => (isHidden[needsOf[ord] ?? -1] === true ? 0 : mark))
    },
  }
}
