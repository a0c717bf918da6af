import { sql } from 'kysely'
import { kindOf, type KindName } from './domain.ts'
import type { RecordDb } from './store.ts'

/** How far the changes of records have been followed. */
export interface ChangeMark {
  /** The last line of the history. */
  readonly event: number
  readonly updatedAt: string
}

/** Where the history stands, and whether nobody was writing: else a line that was numbered earlier may be committed later. */
export interface ChangeMarkNow extends ChangeMark {
  readonly isSettled: boolean
}

/** Lines of the history that are looked at once more: a number is given just before it is known that somebody writes. */
const lookBack = 100

/** Lines, and milliseconds, that the first mark lies back while somebody writes: more than one transaction of ours takes. */
const FIRST_LINES = 10_000
const FIRST_TIME = 3_600_000

/** Where the history stands now. */
export async function readChangeMark(db: RecordDb, kind: KindName): Promise<ChangeMarkNow> {
  const newest = (status: string) =>
    sql`(select max(updated_at) from record where kind = ${kind} and status = ${status})`
  const { rows } = await sql<{ event: number | null; at: string | null; settled: boolean }>`
    select (select max(id) from record_event) as event,
      greatest(${newest('published')}, ${newest('withdrawn')}) as at,
      pg_snapshot_xmin(seen) = pg_snapshot_xmax(seen) as settled
    from pg_current_snapshot() as seen`.execute(db)
  const [row] = rows
  return {
    event: row?.event ?? 0,
    updatedAt: row?.at ?? '1970-01-01T00:00:00.000Z',
    isSettled: row?.settled ?? false,
  }
}

/** Up to where changes need not be looked for again, after those up to `now` were read: while somebody writes, no further than before. */
export function moveChangeMark({ isSettled, ...now }: ChangeMarkNow, before: ChangeMark | undefined): ChangeMark {
  if (isSettled) return now
  if (before) return before
  const updatedAt = new Date(Math.max(0, Date.parse(now.updatedAt) - FIRST_TIME)).toISOString()
  return { event: Math.max(0, now.event - FIRST_LINES), updatedAt }
}

/**
 * The ids of a kind whose records, concepts or programmes have changed since; some that have not may be among them. What was
 * withdrawn is, too.
 */
export async function listChangedIds(db: RecordDb, kind: KindName, since: ChangeMark): Promise<string[]> {
  const changed = sql`(select record_id from record_event where id > ${since.event - lookBack})`
  // What is new is not tied to anything yet: whoever ties to it has a line of its own.
  const altered = sql`(select record_id from record_event where id > ${since.event - lookBack} and verb <> 'create')`
  const ours = `${kindOf(kind).prefix}\\_%`
  const { rows } = await sql<{ id: string }>`
    select id from record
      where kind = ${kind} and status in ('published', 'withdrawn') and updated_at > ${since.updatedAt}
    union select record_id from ${changed} as own where record_id like ${ours}
    union select record_concept.record_id from record_concept
      where concept_id in ${altered} and record_concept.record_id like ${ours}
    union select from_id from record_link where to_id in ${altered} and to_id like 'prg\\_%' and from_id like ${ours}
    union select to_id from record_link where from_id in ${altered} and from_id like 'prg\\_%' and to_id like ${ours}`.execute(
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

/** Every record of some kinds, whatever its state, with a stamp that changes whenever it does. */
export async function listVersions(
  db: RecordDb,
  kinds: readonly KindName[],
): Promise<{ readonly id: string; readonly stamp: string }[]> {
  const rows = await db
    .selectFrom('record')
    .select(['id', 'version', 'updated_at as at'])
    .where('kind', 'in', [...kinds])
    .orderBy('id')
    .execute()
  return rows.map(({ id, version, at }) => ({ id, stamp: `${version} ${at}` }))
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
  // A lookup for each: joins of lists that were grouped first are planned as if they were short, and take seconds.
  const { rows } = await sql<RecordMarks>`
    select id, visibility, source_lang as "sourceLang",
      coalesce((select json_object_agg(lang, body) from record_text
        where record_id = record.id and field = ${lead}), '{}'::json) as names,
      coalesce((select json_agg(concept_id) from record_concept where record_id = record.id), '[]'::json) as concepts,
      coalesce((select json_agg(code) from record_place where record_id = record.id), '[]'::json) as places,
      coalesce((select json_agg(distinct programme) from (
        select to_id as programme from record_link where from_id = record.id and to_id like 'prg\\_%'
        union all
        select from_id from record_link where to_id = record.id and from_id like 'prg\\_%') as tied),
        '[]'::json) as programmes
    from record
    where id = ${asked} and kind = ${kind} and status = 'published'`.execute(db)
  return rows
}

/** The terms and places that records are tagged with, whatever their state. */
export async function readTags(
  db: RecordDb,
  ids: readonly string[],
): Promise<{ readonly concepts: readonly TagRow[]; readonly places: readonly TagRow[] }> {
  const asked = sql<boolean>`record_id = any(${[...ids]}::text[])`
  const [concepts, places] = await Promise.all([
    db.selectFrom('record_concept').select(['record_id as id', 'concept_id as tag']).where(asked).execute(),
    db.selectFrom('record_place').select(['record_id as id', 'code as tag']).where(asked).execute(),
  ])
  return { concepts, places }
}

interface TagRow {
  readonly id: string
  readonly tag: string
}
