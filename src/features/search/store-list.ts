import { sql } from 'kysely'
import { everyVisibleId, type Reader, type RecordDb } from '#features/records/index.ts'
import type { SearchDb } from './store-index.ts'

export interface DocumentRow {
  readonly ord: number
  readonly recordId: string
  readonly kind: string
  readonly lang: string
  readonly needs: readonly string[]
  readonly facets: readonly string[]
  readonly dated: string | null
}

/** The greatest number of a document that can be seen: those that are written now come after it. Another `counter` has begun anew. */
export async function readLastOrd(db: SearchDb): Promise<{ readonly last: number; readonly counter: string }> {
  const { rows } = await sql<{ last: number; counter: string }>`
    select coalesce(max(ord), 0) as last, pg_relation_filenode('search_document_ord_seq')::text as counter
    from search_document`.execute(db)
  const [row] = rows
  return { last: row?.last ?? 0, counter: row?.counter ?? '' }
}

/** Documents whose numbers are greater, in order. */
export async function listDocuments(db: SearchDb, after: number, limit: number): Promise<DocumentRow[]> {
  return db
    .selectFrom('search_document')
    .select(['ord', 'record_id as recordId', 'kind', 'lang', 'needs', 'facets', 'dated'])
    .where('ord', '>', after)
    .orderBy('ord')
    .limit(limit)
    .execute()
}

/** The ids of what was published after an instant, in milliseconds. */
export async function listPublishedSince(db: RecordDb, at: number): Promise<string[]> {
  const rows = await db
    .selectFrom('record')
    .select('id')
    .where('published_at', '>', new Date(at).toISOString())
    .execute()
  return rows.map(({ id }) => id)
}

/** The ids of all that a reader may see. */
export async function listVisibleIds(db: RecordDb, reader: Pick<Reader, 'audience'>): Promise<Set<string>> {
  const { rows } = await sql<{ ids: string }>`
    select coalesce(string_agg(seen.id, ' '), '') as ids from ${everyVisibleId(db, reader)} as seen`.execute(db)
  return new Set((rows[0]?.ids ?? '').split(' '))
}
