import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { RecordingDb } from '../../store.ts'
import type { Noted } from '../domain.ts'

/** What somebody has answered in a session, and who noted it. */
export interface ConsentRow extends Noted {
  readonly sessionId: string
  readonly seminarId: string
  readonly personId: string
  readonly notedAt: Instant
  readonly notedBy: string
}

/** What was answered in the sessions of seminars. */
export async function listConsents(db: RecordingDb, seminarIds: readonly string[]): Promise<ConsentRow[]> {
  return db
    .selectFrom('speaker_consent')
    .select(['session_id as sessionId', 'seminar_id as seminarId', 'person_id as personId'])
    .select(['recording', 'transcript', 'publication', 'noted_at as notedAt', 'noted_by as notedBy'])
    .select(sql<string>`coalesce(note, '')`.as('note'))
    .where(sql<boolean>`seminar_id = any(${[...seminarIds]})`)
    .orderBy('session_id')
    .orderBy('person_id')
    .execute()
}

/** Writes what people have answered in a session, in place of what was noted of them. Run it inside a transaction. */
export async function writeConsents(tx: RecordingDb, rows: readonly ConsentRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('speaker_consent')
    .values(
      rows.map(({ sessionId, seminarId, personId, note, notedAt, notedBy, recording, transcript, publication }) => ({
        session_id: sessionId,
        seminar_id: seminarId,
        person_id: personId,
        recording,
        transcript,
        publication,
        note: note === '' ? null : note,
        noted_at: notedAt,
        noted_by: notedBy,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['session_id', 'person_id']).doUpdateSet((set) => ({
        recording: set.ref('excluded.recording'),
        transcript: set.ref('excluded.transcript'),
        publication: set.ref('excluded.publication'),
        note: set.ref('excluded.note'),
        noted_at: set.ref('excluded.noted_at'),
        noted_by: set.ref('excluded.noted_by'),
      })),
    )
    .execute()
}

/** Every recording of a seminar, in the order of their ids. */
export async function listRecordingsOf(db: RecordingDb, seminarId: string): Promise<string[]> {
  const rows = await db.selectFrom('recording').select('id').where('seminar_id', '=', seminarId).orderBy('id').execute()
  return rows.map((row) => row.id)
}
