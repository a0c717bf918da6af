import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { RecordingDb } from '../store.ts'
import { cueColumns, type NumberedCue } from '../store-cues.ts'
import type { Change, Run } from './changes.ts'
import type { Link } from './undoing.ts'

/** Lines as they are kept, whatever was taken down: for who edits them. */
export async function listKeptCues(
  db: RecordingDb,
  trackId: string,
  from: number,
  limit: number,
): Promise<NumberedCue[]> {
  const rows = await db
    .selectFrom('cue')
    .select(cueColumns.as('cue'))
    .where('track_id', '=', trackId)
    .where('number', '>=', from)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => row.cue)
}

/** A change that was made, as the history of a transcript tells it. */
export interface MadeChange {
  readonly id: string
  readonly at: Instant
  readonly actor: string
  readonly change: Change
}

/** The newest changes of a transcript, newest first. */
export async function listChanges(db: RecordingDb, trackId: string, limit: number): Promise<MadeChange[]> {
  const rows = await db
    .selectFrom('cue_change')
    .select(['id', 'at', 'actor', 'change'])
    .where('track_id', '=', trackId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, id: String(row.id), change: row.change as Change }))
}

/** Changes among which one looks for what is in force. */
const MOST_LINKS = 1000

/** Which changes take back which, the newest first. */
export async function listLinks(db: RecordingDb, trackId: string): Promise<Link[]> {
  const rows = await db
    .selectFrom('cue_change')
    .select(['id', 'undoes'])
    .where('track_id', '=', trackId)
    .orderBy('id', 'desc')
    .limit(MOST_LINKS)
    .execute()
  return rows.map(({ id, undoes }) => ({ id: String(id), undoes: undoes === null ? null : String(undoes) }))
}

/** The number of the line that began last at a time, in milliseconds; 1 before the first. */
export async function findLineAt(db: RecordingDb, trackId: string, at: number): Promise<number> {
  const row = await db
    .selectFrom('cue')
    .select((select) => select.fn.max('number').as('number'))
    .where('track_id', '=', trackId)
    .where('starts_at', '<=', at)
    .executeTakeFirst()
  return row?.number ?? 1
}

/** A change of a transcript; null when it has none of that id. */
export async function findChange(db: RecordingDb, trackId: string, id: string): Promise<Change | null> {
  if (!/^\d{1,15}$/.test(id)) return null
  const row = await db
    .selectFrom('cue_change')
    .select('change')
    .where('track_id', '=', trackId)
    .where('id', '=', Number(id))
    .executeTakeFirst()
  return row ? (row.change as Change) : null
}

/** The speakers that lines are labelled with, in the order of the first line of each; at most so many. */
export async function listSpeakers(db: RecordingDb, trackId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('cue')
    .select('speaker')
    .where('track_id', '=', trackId)
    .where('speaker', 'is not', null)
    .groupBy('speaker')
    .orderBy((order) => order.fn.min('number'))
    .limit(limit)
    .execute()
  return rows.flatMap((row) => row.speaker ?? [])
}

/** Which lines are a speaker's, as runs of numbers. */
export async function listRunsOf(db: RecordingDb, trackId: string, label: string): Promise<Run[]> {
  const { rows } = await sql<{ first: number; last: number }>`
    select min(number) as first, max(number) as last
    from (select number, number - row_number() over (order by number) as run
      from cue where track_id = ${trackId} and speaker = ${label}) as spoken
    group by run order by 1`.execute(db)
  return rows.map(({ first, last }): Run => [first, last])
}
