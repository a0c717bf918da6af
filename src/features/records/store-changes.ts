import { sql } from 'kysely'
import type { KindName } from './domain.ts'
import type { RecordDb } from './store.ts'
import type { RecordIds } from './store-ids.ts'

/** What a harvest asks for, in the order of ids, which never change: nothing is missed or told twice when records change meanwhile. */
export interface ChangeFilter {
  readonly kind: KindName
  /** Changed at this instant or later. */
  readonly from?: string | undefined
  /** Changed before this instant. */
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly within?: RecordIds | undefined
  readonly limit: number
}

export interface Change {
  readonly id: string
  readonly updatedAt: string
  /** The public has seen it, and may not see it any more: it was withdrawn, or is for members now. */
  readonly isGone: boolean
}

const isPublic = sql<boolean>`(status = 'published' and visibility = 'public')`

function changes(db: RecordDb, kind: KindName) {
  return db
    .selectFrom('record')
    .where('kind', '=', kind)
    .where(sql<boolean>`(${isPublic} or was_public)`)
}

const shown = ['id', 'updated_at as updatedAt', sql<boolean>`not ${isPublic}`.as('isGone')] as const

/** Records that the public sees or has seen, by when they last changed. */
export async function listChanges(db: RecordDb, filter: ChangeFilter): Promise<Change[]> {
  const { kind, from, before, after, within, limit } = filter
  let query = changes(db, kind).select(shown)
  if (from !== undefined) query = query.where('updated_at', '>=', from)
  if (before !== undefined) query = query.where('updated_at', '<', before)
  if (after !== undefined) query = query.where('id', '>', after)
  if (within !== undefined) query = query.where('id', 'in', within)
  return query.orderBy('id').limit(limit).execute()
}

/** One such record, or null. */
export async function findChange(db: RecordDb, kind: KindName, id: string): Promise<Change | null> {
  return (await changes(db, kind).select(shown).where('id', '=', id).executeTakeFirst()) ?? null
}

/** When the first of them changed; null when there are none. */
export async function findFirstChange(db: RecordDb, kind: KindName): Promise<string | null> {
  const row = await changes(db, kind)
    .select(sql<string | null>`min(updated_at)`.as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}
