import {
  loadRecords,
  nameFor,
  nearTitles,
  unmergedIds,
  type Reader,
  type RecordDb,
  type RecordStatus,
  type TextValue,
} from '#features/records/index.ts'
import { foldName } from '../catalogue/places.ts'
import { readPublicationRows } from '../store.ts'
import { libraryTables } from '../store-desk.ts'
import { listPairs, type Pair, type PairKey } from './store-pairs.ts'

/** A publication as it stands in a pair. */
export interface PairSide {
  readonly id: string
  readonly name: TextValue
  readonly status: RecordStatus
  readonly issued: string | null
}

/** Two publications that may be one work. */
export interface ProposedPair {
  readonly one: PairSide
  readonly other: PairSide
  readonly reason: Pair['reason']
}

/** Some of the pairs, how many there are in all, and where the next ones begin: null, there are none. */
export interface ProposedPairs {
  readonly pairs: readonly ProposedPair[]
  readonly count: number
  readonly next: PairKey | null
}

const PAGE = 50

/** As much of a work as tells whether near-equal titles are those of one. */
export interface NearWork {
  readonly issued: string | null
  readonly names: readonly string[]
}

/** Near-equal titles are of one work when the year is the same and an author too, as far as both are known. */
export function isNear(one: NearWork, other: NearWork): boolean {
  if (one.issued && other.issued && one.issued.slice(0, 4) !== other.issued.slice(0, 4)) return false
  const theirs = new Set(other.names.map(foldName))
  return one.names.length === 0 || theirs.size === 0 || one.names.some((name) => theirs.has(foldName(name)))
}

/** Publications that may be the same: by a DOI, an ISBN, or nearly the same title with year and author. */
export async function proposePairs(db: RecordDb, reader: Reader, after: PairKey | null): Promise<ProposedPairs> {
  const compared = { among: unmergedIds(db, 'publication'), titles: nearTitles(db) }
  const { pairs, count } = await listPairs(libraryTables(db), compared, { after, limit: PAGE + 1 })
  const shown = pairs.slice(0, PAGE)
  return { pairs: await draw(db, reader, shown), count, next: pairs.length > PAGE ? (shown.at(-1) ?? null) : null }
}

async function draw(db: RecordDb, reader: Reader, pairs: readonly Pair[]): Promise<ProposedPair[]> {
  const ids = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]
  const [records, { publications }] = await Promise.all([
    loadRecords(db, ids, ['title']),
    readPublicationRows(libraryTables(db), ids),
  ])
  const side = (id: string): PairSide | null => {
    const record = records.get(id)
    const issued = publications.find((row) => row.id === id)?.issued ?? null
    return record ? { id, name: nameFor(record, reader), status: record.status, issued } : null
  }
  return pairs.flatMap(({ one, other, reason }): ProposedPair[] => {
    const [first, second] = [side(one), side(other)]
    return first && second ? [{ one: first, other: second, reason }] : []
  })
}
