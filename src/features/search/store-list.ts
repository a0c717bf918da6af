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

/** The number that was given last to a document: it moves whenever one is written. */
export async function readLastOrd(db: SearchDb): Promise<number> {
  const { rows } = await sql<{ last: string }>`select last_value as last from search_document_ord_seq`.execute(db)
  return Number(rows[0]?.last ?? 0)
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

/** The ids of all that a reader may see. */
export async function listVisibleIds(db: RecordDb, reader: Pick<Reader, 'audience'>): Promise<Set<string>> {
  const { rows } = await sql<{ ids: string }>`
    select coalesce(string_agg(seen.id, ' '), '') as ids from ${everyVisibleId(db, reader)} as seen`.execute(db)
  return new Set((rows[0]?.ids ?? '').split(' '))
}
