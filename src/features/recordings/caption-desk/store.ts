import { sql } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { CaptionProblem } from '../captions/index.ts'
import type { CaptionFileTable, TrackTable } from '../schema.ts'
import type { RecordingDb } from '../store.ts'

/** A track with what was read in its file, and what that is compared with. */
export interface CaptionRow extends Pick<TrackTable, 'kind' | 'lang' | 'file'> {
  readonly state: CaptionFileTable['state'] | null
  readonly reason: string | null
  readonly format: string | null
  readonly guessedLang: string | null
  readonly cues: number
  readonly problems: readonly CaptionProblem[]
  readonly problemCount: number
  readonly sourceId: string | null
  /** The state of the lines it was made from, then and now. */
  readonly sourceNoted: string | null
  readonly sourcePresent: string | null
  /** Milliseconds: the longest film or sound of the recording. Null when none was read. */
  readonly duration: number | null
}

/** All that is known of the captions of a track; null when there is no such track. */
export async function readCaptionRow(db: RecordingDb, trackId: string): Promise<CaptionRow | null> {
  const row = await db
    .selectFrom('track')
    .leftJoin('caption_file as read', (join) =>
      join.onRef('read.track_id', '=', 'track.id').onRef('read.sha256', '=', 'track.file'),
    )
    .leftJoin('caption_file as source', 'source.track_id', 'track.source_id')
    .select(['track.kind', 'track.lang', 'track.file', 'track.source_id as sourceId'])
    .select(['read.state', 'read.reason', 'read.format', 'read.guessed_lang as guessedLang'])
    .select(['read.source_hash as sourceNoted', 'source.cues_hash as sourcePresent'])
    .select(sql<number>`coalesce(read.cues, 0)`.as('cues'))
    .select(sql<number>`coalesce(read.problem_count, 0)`.as('problemCount'))
    .select(sql<CaptionProblem[]>`coalesce(read.problems, '[]')`.as('problems'))
    .select(
      sql<number | null>`(
        select max(duration) from media join track as heard on heard.file = media.sha256
        where heard.recording_id = track.recording_id and heard.kind in ('video', 'audio'))`.as('duration'),
    )
    .where('track.id', '=', trackId)
    .executeTakeFirst()
  return row ?? null
}

/** Lines that end after a time, in milliseconds. */
export async function countLinesAfter(db: RecordingDb, trackId: string, time: number): Promise<number> {
  const { count } = await db
    .selectFrom('cue')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('track_id', '=', trackId)
    .where('ends_at', '>', time)
    .executeTakeFirstOrThrow()
  return count
}

/** A name of a speaker as the lines have it, and whom it means. */
export interface LabelRow {
  readonly label: string
  /** Lines that they speak. */
  readonly lines: number
  readonly isConfirmed: boolean
  readonly personId: string | null
}

/** The names of speakers in a track's lines, those who speak most first. */
export async function listLabels(db: RecordingDb, trackId: string, limit: number): Promise<LabelRow[]> {
  const { rows } = await sql<LabelRow>`
    select found.label, found.lines, known.track_id is not null as "isConfirmed", known.person_id as "personId"
    from (
      select speaker as label, count(*)::int as lines from cue
      where track_id = ${trackId} and speaker is not null group by speaker) as found
    left join caption_speaker as known on known.track_id = ${trackId} and known.label = found.label
    order by found.lines desc, found.label limit ${limit}`.execute(db)
  return rows
}

/** Everybody who speaks in the sessions that a track's recording is of; in the whole seminar, when it is of no session. */
export async function listSpeakersOf(db: RecordingDb, trackId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct person_id as id from session_speaker where session_id in (
      select session.id from track
      join recording on recording.id = track.recording_id
      join session on session.seminar_id = recording.seminar_id
      where track.id = ${trackId} and (
        session.id = recording.session_id
        or exists (select from recording_part as part where part.recording_id = recording.id and part.session_id = session.id)
        or recording.session_id is null
          and not exists (select from recording_part as part where part.recording_id = recording.id)))
    order by id`.execute(db)
  return rows.map((row) => row.id)
}

/** Writes whom names mean, in place of what was known of them. */
export async function writeSpeakersOf(
  tx: RecordingDb,
  trackId: string,
  meant: readonly { readonly label: string; readonly personId: string | null }[],
): Promise<void> {
  if (meant.length === 0) return
  await tx
    .insertInto('caption_speaker')
    .values(meant.map(({ label, personId }) => ({ track_id: trackId, label, person_id: personId })))
    .onConflict((conflict) =>
      conflict.columns(['track_id', 'label']).doUpdateSet((set) => ({ person_id: set.ref('excluded.person_id') })),
    )
    .execute()
}

/** Whom the names of speakers in a track's lines mean, of those people who are asked for. */
export async function listMeant(
  db: RecordingDb,
  trackId: string,
  people: RecordIds,
): Promise<{ label: string; personId: string }[]> {
  const { rows } = await sql<{ label: string; personId: string }>`
    select label, person_id as "personId" from caption_speaker
    where track_id = ${trackId} and person_id in ${people} order by label limit 200`.execute(db)
  return rows
}
