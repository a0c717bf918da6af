import { sql } from 'kysely'
import { kindOf, type KindName } from './domain.ts'
import type { RecordDb } from './store.ts'

/** How far the changes of records have been followed. */
export interface ChangeMark {
  /** The last line of the history. */
  readonly event: number
  readonly updatedAt: string
}

/** Lines of the history that are looked at once more: one that was written earlier may have been committed later. */
const lookBack = 100

/** Where the history stands now. */
export async function readChangeMark(db: RecordDb, kind: KindName): Promise<ChangeMark> {
  const newest = (status: string) =>
    sql`(select max(updated_at) from record where kind = ${kind} and status = ${status})`
  const { rows } = await sql<{ event: number | null; at: string | null }>`
    select (select max(id) from record_event) as event,
      greatest(${newest('published')}, ${newest('withdrawn')}) as at`.execute(db)
  return { event: rows[0]?.event ?? 0, updatedAt: rows[0]?.at ?? '1970-01-01T00:00:00.000Z' }
}

/**
 * The ids of a kind whose records, concepts or programmes have changed since; some that have not may be among them. What was
 * withdrawn is, too.
 */
export async function listChangedIds(db: RecordDb, kind: KindName, since: ChangeMark): Promise<string[]> {
  const changed = sql`(select record_id from record_event where id > ${since.event - lookBack})`
  const ours = `${kindOf(kind).prefix}\\_%`
  const { rows } = await sql<{ id: string }>`
    select id from record
      where kind = ${kind} and status in ('published', 'withdrawn') and updated_at > ${since.updatedAt}
    union select record_id from ${changed} as own where record_id like ${ours}
    union select record_concept.record_id from record_concept
      where concept_id in ${changed} and record_concept.record_id like ${ours}
    union select from_id from record_link where to_id in ${changed} and to_id like 'prg\\_%' and from_id like ${ours}
    union select to_id from record_link where from_id in ${changed} and from_id like 'prg\\_%' and to_id like ${ours}`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** Ids of what is published of a kind, whoever may see it, after one of them; in order. */
export async function listPublishedIds(db: RecordDb, kind: KindName, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('record')
    .select('id')
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** What records are found and sorted by. */
export interface RecordMarks {
  readonly id: string
  readonly visibility: string
  readonly sourceLang: string
  /** What it is called, per language. */
  readonly names: Readonly<Record<string, string>>
  readonly concepts: readonly string[]
  readonly places: readonly string[]
  /** Those it is tied to by any link. */
  readonly programmes: readonly string[]
}

/** What the published ones of some records are found by, in one query. */
export async function readMarks(db: RecordDb, kind: KindName, ids: readonly string[]): Promise<RecordMarks[]> {
  if (ids.length === 0) return []
  const lead = kindOf(kind).fields[0].name
  const asked = sql`any(${[...ids]}::text[])`
  const { rows } = await sql<RecordMarks>`
    with named as (select record_id, json_object_agg(lang, body) as names from record_text
      where record_id = ${asked} and field = ${lead} group by record_id),
    tagged as (select record_id, json_agg(concept_id) as concepts from record_concept
      where record_id = ${asked} group by record_id),
    placed as (select record_id, json_agg(code) as places from record_place
      where record_id = ${asked} group by record_id),
    tied as (
      select record_id, json_agg(distinct programme) as programmes from (
        select from_id as record_id, to_id as programme from record_link
          where from_id = ${asked} and to_id like 'prg\\_%'
        union all
        select to_id, from_id from record_link where to_id = ${asked} and from_id like 'prg\\_%') as link
      group by record_id)
    select id, visibility, source_lang as "sourceLang", coalesce(names, '{}'::json) as names,
      coalesce(concepts, '[]'::json) as concepts, coalesce(places, '[]'::json) as places,
      coalesce(programmes, '[]'::json) as programmes
    from record
      left join named on named.record_id = id left join tagged on tagged.record_id = id
      left join placed on placed.record_id = id left join tied on tied.record_id = id
    where id = ${asked} and kind = ${kind} and status = 'published'`.execute(db)
  return rows
}
