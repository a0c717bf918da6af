import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { RecordingDb } from '../store.ts'
import type { Answers, Span, TakedownReason } from './domain.ts'

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

/** Where a recording is of a session, that one; else every session of its seminar. */
export interface RecordingPlace {
  readonly id: string
  readonly seminarId: string
  readonly sessionId: string | null
}

/** Where recordings stand. */
export async function listPlaces(db: RecordingDb, recordingIds: readonly string[]): Promise<RecordingPlace[]> {
  return db
    .selectFrom('recording')
    .select(['id', 'seminar_id as seminarId', 'session_id as sessionId'])
    .where(sql<boolean>`id = any(${[...recordingIds]})`)
    .execute()
}

/** What somebody has answered in a session. */
export interface ConsentRow extends Answers {
  readonly sessionId: string
  readonly seminarId: string
  readonly personId: string
  readonly note: string | null
  readonly notedAt: Instant
  readonly notedBy: string
}

/** What was answered in the sessions of seminars. */
export async function listConsents(db: RecordingDb, seminarIds: readonly string[]): Promise<ConsentRow[]> {
  return db
    .selectFrom('speaker_consent')
    .select(['session_id as sessionId', 'seminar_id as seminarId', 'person_id as personId'])
    .select(['recording', 'transcript', 'publication', 'note', 'noted_at as notedAt', 'noted_by as notedBy'])
    .where(sql<boolean>`seminar_id = any(${[...seminarIds]})`)
    .execute()
}

/** What captions of recordings call those who speak. */
export async function listSpeakerNames(db: RecordingDb, recordingIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('cue')
    .innerJoin('track', 'track.id', 'cue.track_id')
    .select('speaker')
    .distinct()
    .where(sql<boolean>`recording_id = any(${[...recordingIds]})`)
    .where('speaker', 'is not', null)
    .execute()
  return rows.flatMap((row) => row.speaker ?? [])
}
