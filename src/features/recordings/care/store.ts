import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { RecordingDb } from '../store.ts'
import type { Span, TakedownReason } from './domain.ts'

/** A span that was taken down, as the desk lists it. */
export interface Takedown extends Span {
  readonly id: string
  readonly reason: TakedownReason
  readonly takenAt: Instant
  readonly takenBy: string
  /** Null while it is in force. */
  readonly liftedAt: Instant | null
}

/** Spans of a recording that were ever taken down, in their order. */
export async function listTakedowns(db: RecordingDb, recordingId: string): Promise<Takedown[]> {
  return db
    .selectFrom('takedown')
    .select(['id', 'starts_at as startsAt', 'ends_at as endsAt', 'reason'])
    .select(['taken_at as takenAt', 'taken_by as takenBy', 'lifted_at as liftedAt'])
    .where('recording_id', '=', recordingId)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

/** The spans in force of recordings. */
export async function listSpans(
  db: RecordingDb,
  recordingIds: readonly string[],
): Promise<(Span & { readonly recordingId: string; readonly reason: TakedownReason })[]> {
  return db
    .selectFrom('takedown')
    .select(['recording_id as recordingId', 'starts_at as startsAt', 'ends_at as endsAt', 'reason'])
    .where(sql<boolean>`recording_id = any(${[...recordingIds]})`)
    .where('lifted_at', 'is', null)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

/** Takes a span down. */
export async function insertTakedown(
  tx: RecordingDb,
  row: Span & { id: string; recordingId: string; reason: TakedownReason; at: Instant; by: string },
): Promise<void> {
  const { id, recordingId, startsAt, endsAt, reason, at, by } = row
  const times = { starts_at: startsAt, ends_at: endsAt }
  await tx
    .insertInto('takedown')
    .values({
      id,
      recording_id: recordingId,
      ...times,
      reason,
      taken_at: at,
      taken_by: by,
      lifted_at: null,
      lifted_by: null,
    })
    .execute()
}

/** Lifts a span of a recording that is in force; gives it, or null when there is none. */
export async function liftTakedown(
  tx: RecordingDb,
  { id, recordingId, at, by }: { id: string; recordingId: string; at: Instant; by: string },
): Promise<Span | null> {
  const row = await tx
    .updateTable('takedown')
    .set({ lifted_at: at, lifted_by: by })
    .where('id', '=', id)
    .where('recording_id', '=', recordingId)
    .where('lifted_at', 'is', null)
    .returning(['starts_at as startsAt', 'ends_at as endsAt'])
    .executeTakeFirst()
  return row ?? null
}

/** How long a recording is as far as its tracks tell, in milliseconds; null when none does. */
export async function readLength(db: RecordingDb, recordingId: string): Promise<number | null> {
  const { length } = await db
    .selectFrom('track')
    .leftJoin('media', 'media.sha256', 'track.file')
    .select((select) =>
      sql<number | null>`max(greatest(${select.ref('media.duration')},
        (select max(ends_at) from cue where cue.track_id = track.id)))`.as('length'),
    )
    .where('recording_id', '=', recordingId)
    .executeTakeFirstOrThrow()
  return length
}

/** What a recording is of. */
export interface RecordingPlace {
  readonly id: string
  readonly seminarId: string
  /** Its session, or those that it is cut into and whatever lies between them: a file cannot be shown in part. None: every one of its seminar. */
  readonly sessionIds: readonly string[]
}

/** Where recordings stand. */
export async function listPlaces(db: RecordingDb, recordingIds: readonly string[]): Promise<RecordingPlace[]> {
  return db
    .selectFrom('recording')
    .select(['id', 'seminar_id as seminarId'])
    .select(
      sql<string[]>`case when session_id is null
        then array(
          select session.id from session, (
            select min(held.number) as first, max(held.number) as last
            from recording_part as part join session as held on held.id = part.session_id
            where part.recording_id = recording.id) as cut
          where session.seminar_id = recording.seminar_id and session.number between cut.first and cut.last)
        else array[session_id] end`.as('sessionIds'),
    )
    .where(sql<boolean>`id = any(${[...recordingIds]})`)
    .orderBy('id')
    .execute()
}

/** A name in the captions of a recording, and whom it means where somebody has confirmed that. */
export interface SpeakerName {
  readonly recordingId: string
  readonly trackId: string
  readonly name: string
  readonly isConfirmed: boolean
  /** Null: nobody known, or nobody has confirmed it. */
  readonly personId: string | null
}

/** What captions of recordings call those who speak. */
export async function listSpeakerNames(db: RecordingDb, recordingIds: readonly string[]): Promise<SpeakerName[]> {
  const { rows } = await sql<SpeakerName>`
    select distinct track.recording_id as "recordingId", track.id as "trackId", cue.speaker as name,
      known.track_id is not null as "isConfirmed", known.person_id as "personId"
    from cue join track on track.id = cue.track_id
    left join caption_speaker as known on known.track_id = cue.track_id and known.label = cue.speaker
    where track.recording_id = any(${[...recordingIds]}) and cue.speaker is not null`.execute(db)
  return rows
}
