import { sql } from 'kysely'
import { only, type FactValues } from '#features/desk/index.ts'
import type { RecordDb, RecordIds } from '#features/records/index.ts'
import { writeClock } from '#platform/time.ts'
import { isChathamHouse, recordingTables, type RecordingDb } from '../store.ts'
import { readTime, type CitedSpan } from './domain.ts'

/** A moment that is kept: which span of which recording. */
export interface KeptMoment {
  readonly recordingId: string
  readonly span: CitedSpan
}

/** A moment with the seminar it is of, and the session in which it begins. */
export interface PlacedMoment extends KeptMoment {
  readonly seminarId: string
  readonly sessionId: string | null
  /** The recording's id, where it is not the only one of its seminar. */
  readonly which: string | null
  /** Whether nobody outside the desk is told of its recording. */
  readonly isChathamHouse: boolean
}

/** The span behind an id; null when there is none. */
export async function findMoment(db: RecordingDb, id: string): Promise<PlacedMoment | null> {
  const row = await db
    .selectFrom('moment')
    .innerJoin('recording', 'recording.id', 'moment.recording_id')
    .select(['recording_id', 'starts_at', 'ends_at', 'seminar_id'])
    .select(
      sql<string | null>`coalesce(session_id, (
        select part.session_id from recording_part part
        where part.recording_id = recording.id
          and part.starts_at <= moment.starts_at and part.ends_at > moment.starts_at limit 1))`.as('session_id'),
    )
    .select(
      sql<boolean>`exists (select 1 from recording other where other.seminar_id = recording.seminar_id
        and other.session_id is not distinct from recording.session_id and other.id <> recording.id)`.as(
        'is_one_of_several',
      ),
    )
    .select(isChathamHouse.as('isChathamHouse'))
    .where('moment.id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const { recording_id: recordingId, seminar_id: seminarId, session_id: sessionId } = row
  const which = row.is_one_of_several ? recordingId : null
  const span = { from: row.starts_at, to: row.ends_at }
  return { recordingId, span, seminarId, sessionId, which, isChathamHouse: row.isChathamHouse }
}

/** The first kept moment of exactly this span among those that are seen; null when it is not kept. */
export async function findKept(
  db: RecordingDb,
  { recordingId, span }: KeptMoment,
  moments: RecordIds,
): Promise<string | null> {
  const row = await db
    .selectFrom('moment')
    .select('id')
    .where('recording_id', '=', recordingId)
    .where('starts_at', '=', span.from)
    .where('ends_at', '=', span.to)
    .where('id', 'in', moments)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

/** What the desk edits of a moment. */
export async function readMomentFacts(db: RecordDb, id: string): Promise<FactValues> {
  const moment = await findMoment(recordingTables(db), id)
  if (!moment) return { recording: [], startsAt: [], endsAt: [] }
  const { recordingId, span } = moment
  return { recording: [recordingId], startsAt: [writeClock(span.from)], endsAt: [writeClock(span.to)] }
}

/** Writes what the desk edits of a moment, new or there already; its recording is set once. */
export async function writeMomentFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const times = { starts_at: readTime(only(facts, 'startsAt')) ?? 0, ends_at: readTime(only(facts, 'endsAt')) ?? 0 }
  await recordingTables(tx)
    .insertInto('moment')
    .values({ id, recording_id: only(facts, 'recording'), ...times })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(times))
    .execute()
}

/** The seminar of each moment: who organises it may edit all that was recorded there. */
export async function readSeminarsOfMoments(
  db: RecordDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await recordingTables(db)
    .selectFrom('moment')
    .innerJoin('recording', 'recording.id', 'moment.recording_id')
    .select(['moment.id', 'seminar_id'])
    .where(sql<boolean>`moment.id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.seminar_id]))
}
