import {
  findSuccessors,
  listTwinSlugs,
  loadRecords,
  nameFor,
  slugify,
  unmergedIds,
  type Reader,
  type RecordDb,
  type RecordStatus,
  type TextValue,
} from '#features/records/index.ts'
import { foldName } from '../catalogue/places.ts'
import { readPublicationRows } from '../store.ts'
import { libraryTables } from '../store-desk.ts'
import { listDistinct, listSharedIdentifiers, type Pair } from './store-pairs.ts'

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

/** The most pairs that are looked for at once: whoever has decided on these finds the next. */
const MOST = 500

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
export async function proposePairs(db: RecordDb, reader: Reader): Promise<ProposedPair[]> {
  const own = libraryTables(db)
  const among = unmergedIds(db, 'publication')
  const [byIdentifier, twins, distinct] = await Promise.all([
    listSharedIdentifiers(own, among, MOST),
    listTwinSlugs(db, 'publication', MOST),
    listDistinct(own),
  ])
  const later = await findSuccessors(
    db,
    twins.flatMap(({ one, other }) => [one, other]),
  )
  const byTitle = twins.map(({ one, other }): Pair => {
    const [first = '', second = ''] = [later.get(one) ?? one, later.get(other) ?? other].toSorted()
    return { one: first, other: second, reason: 'title' }
  })
  const pairs = [...new Map([...byTitle, ...byIdentifier].map((pair) => [`${pair.one} ${pair.other}`, pair])).values()]
  const open = pairs.filter(({ one, other }) => one !== other && !distinct.has(`${one} ${other}`))
  return draw(db, reader, open)
}

async function draw(db: RecordDb, reader: Reader, pairs: readonly Pair[]): Promise<ProposedPair[]> {
  const ids = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))]
  const [records, rows] = await Promise.all([
    loadRecords(db, ids, ['title']),
    readPublicationRows(libraryTables(db), ids),
  ])
  const issuedOf = new Map(rows.publications.map(({ id, issued }) => [id, issued]))
  const namesOf = Map.groupBy(rows.contributors, (row) => row.publication_id)
  const work = (id: string): NearWork => ({
    issued: issuedOf.get(id) ?? null,
    names: (namesOf.get(id) ?? []).map(({ name }) => name),
  })
  const side = (id: string): PairSide | null => {
    const record = records.get(id)
    if (!record || record.status === 'withdrawn') return null
    return { id, name: nameFor(record, reader), status: record.status, issued: issuedOf.get(id) ?? null }
  }
  const titles = (id: string) =>
    (records.get(id)?.texts['title'] ?? []).map(({ lang, value }) => `${lang} ${slugify(value)}`)
  const isLike = (one: string, other: string) => {
    const theirs = new Set(titles(other))
    return titles(one).some((title) => theirs.has(title)) && isNear(work(one), work(other))
  }
  return pairs.flatMap(({ one, other, reason }): ProposedPair[] => {
    const [first, second] = [side(one), side(other)]
    if (!first || !second || (reason === 'title' && !isLike(one, other))) return []
    return [{ one: first, other: second, reason }]
  })
}
