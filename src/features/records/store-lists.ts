import type { KindName, Reader } from './domain.ts'
import { visibleIds, type RecordIds } from './store-ids.ts'
import type { RecordDb } from './store.ts'

/** A part of a list of ids: so many, those after one of them. */
export interface IdsPart {
  readonly after: string | null
  readonly limit: number
}

/** Ids of visible records of one kind, oldest first; `within` narrows them (tags, places, links). */
export async function listIds(
  db: RecordDb,
  kind: KindName,
  reader: Reader,
  within?: RecordIds,
  part?: IdsPart,
): Promise<string[]> {
  let query = db
    .selectFrom('record')
    .select('id')
    .where('id', 'in', visibleIds(db, kind, reader))
  if (within) query = query.where('id', 'in', within)
  if (part) query = query.limit(part.limit)
  if (part && part.after !== null) query = query.where('id', '>', part.after)
  const rows = await query.orderBy('id').execute()
  return rows.map((row) => row.id)
}

interface LastPart {
  readonly within?: RecordIds | undefined
  readonly limit: number
}

/** Ids of visible records of one kind, those that changed last first. */
export async function listLastChangedIds(
  db: RecordDb,
  kind: KindName,
  reader: Reader,
  part: LastPart,
): Promise<string[]> {
  return listLastIds(db, kind, reader, 'updated_at', part)
}

/** Ids of visible records of one kind, those that were published last first. */
export async function listLastPublishedIds(
  db: RecordDb,
  kind: KindName,
  reader: Reader,
  part: LastPart,
): Promise<string[]> {
  return listLastIds(db, kind, reader, 'published_at', part)
}

async function listLastIds(
  db: RecordDb,
  kind: KindName,
  reader: Reader,
  by: 'updated_at' | 'published_at',
  { within, limit }: LastPart,
): Promise<string[]> {
  let query = db
    .selectFrom('record')
    .select('id')
    .where('id', 'in', visibleIds(db, kind, reader))
  if (within) query = query.where('id', 'in', within)
  const rows = await query.orderBy(by, 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => row.id)
}
