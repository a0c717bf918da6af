import { sql } from 'kysely'
import { offeredCues } from '../care/store-offered.ts'
import { silenced, type CueRules } from '../care/domain.ts'
import { isChathamHouse, type RecordingDb } from '../store.ts'

/** Captions that were read, each with a stamp of all that decides what of them is found. */
export async function listReadCaptions(db: RecordingDb): Promise<{ readonly id: string; readonly stamp: string }[]> {
  const { rows } = await sql<{ id: string; stamp: string }>`
    select track.id, md5(concat_ws(' ', cues_hash, track.lang, recording.session_id, ${isChathamHouse},
      (select string_agg(concat_ws(' ', session_id, starts_at, ends_at), ',' order by session_id)
        from recording_part where recording_part.recording_id = recording.id),
      (select string_agg(concat_ws(' ', id, lifted_at), ',' order by id) from takedown where takedown.recording_id = recording.id),
      (select string_agg(concat_ws(' ', session_id, person_id, transcript, publication, recording), ',' order by session_id, person_id)
        from speaker_consent where speaker_consent.seminar_id = recording.seminar_id),
      (select string_agg(concat_ws(' ', label, person_id), ',' order by label)
        from caption_speaker where caption_speaker.track_id = track.id))) as stamp
    from track join recording on recording.id = track.recording_id join caption_file on caption_file.track_id = track.id
    where track.kind = 'captions' and caption_file.state = 'read'
    order by track.id`.execute(db)
  return rows
}

/** Captions with the sessions that they are of. */
export interface CaptionPlace {
  readonly trackId: string
  readonly lang: string
  readonly recordingId: string
  readonly seminarId: string
  /** Null for the whole of it; else where in the recording the session is, in milliseconds. */
  readonly parts: readonly {
    readonly sessionId: string
    readonly startsAt: number | null
    readonly endsAt: number | null
  }[]
}

/** What some captions are of; those of sessions under the Chatham House Rule are left out. */
export async function readCaptionPlaces(db: RecordingDb, trackIds: readonly string[]): Promise<CaptionPlace[]> {
  const { rows } = await sql<CaptionPlace>`
    select track.id as "trackId", track.lang, recording.id as "recordingId", recording.seminar_id as "seminarId",
      case when recording.session_id is not null
        then json_build_array(json_build_object('sessionId', recording.session_id, 'startsAt', null, 'endsAt', null))
        else coalesce((select json_agg(json_build_object('sessionId', session_id, 'startsAt', starts_at, 'endsAt', ends_at)
          order by starts_at) from recording_part where recording_part.recording_id = recording.id), '[]'::json) end as parts
    from track join recording on recording.id = track.recording_id
    where track.id = any(${[...trackIds]}::text[]) and not ${isChathamHouse}`.execute(db)
  return rows
}

/** A line that may be read. */
export interface SaidLine {
  /** Milliseconds. */
  readonly startsAt: number
  readonly speaker: string | null
  readonly body: string
}

/** The lines of captions that may be read, in their order. */
export async function listSaidLines(db: RecordingDb, id: string, rules: CueRules): Promise<SaidLine[]> {
  return db
    .selectFrom(offeredCues(db, { id, rules }))
    .select(['offered.starts_at as startsAt', 'offered.speaker', 'offered.body'])
    .where('offered.body', 'not in', ['', silenced])
    .orderBy('offered.number')
    .execute()
}

/** The captions of a recording. */
export async function listCaptionIds(db: RecordingDb, recordingId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('track')
    .select('id')
    .where('recording_id', '=', recordingId)
    .where('kind', '=', 'captions')
    .execute()
  return rows.map(({ id }) => id)
}
