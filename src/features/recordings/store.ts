import { sql, type JoinBuilder, type Kysely } from 'kysely'
import type { RecordDb, RecordIds } from '#features/records/index.ts'
import { holdsChathamHouse } from '#features/seminars/index.ts'
import { cutOf } from './cuts/store.ts'
import type { MediaFacts, Span, TrackKind } from './domain.ts'
import { copyName, type VersionKind } from './media/versions.ts'
import type { MediaCutTable, RecordingTables, TrackTable } from './schema.ts'

/** The tables of recordings. */
export type RecordingDb = Kysely<RecordingTables>

/** The desk hands over the spine's handle, of a transaction too; recordings write their own tables through it. */
export function recordingTables(db: RecordDb): RecordingDb {
  return db.$extendTables<Pick<RecordingTables, keyof RecordingTables>>().$pickTables<keyof RecordingTables>()
}

/** The recordings and tracks a reader may see, and the sessions that they are of, for queries. */
export interface VisibleRecordings {
  readonly recordings: RecordIds
  readonly tracks: RecordIds
  readonly sessions: RecordIds
}

/** Whether a recording holds a session under the Chatham House Rule, for queries of `recording`: then nobody outside the desk is told of it. */
export const isChathamHouse = holdsChathamHouse(
  sql`recording.seminar_id`,
  sql`(select recording.session_id union all
    select held.session_id from recording_part as held where held.recording_id = recording.id)`,
)

/** Recordings none of whose sessions is hidden, or held under the Chatham House Rule: a file cannot be shown in part. */
export const ofSeenSessions = (
  sessions: RecordIds,
) => sql<boolean>`(recording.session_id is null or recording.session_id in ${sessions})
  and not exists (select from recording_part as hidden
    where hidden.recording_id = recording.id and hidden.session_id not in ${sessions})
  and not ${isChathamHouse}`

/** What was made of a track's file. */
export interface VersionRow {
  readonly kind: VersionKind
  readonly file: string
  readonly type: string
  readonly ending: string
  readonly bytes: number
}

/** The file of a track without what is taken down of its recording. */
type CopyRow = Omit<VersionRow, 'kind'>

/** A track with what was read of its file, or of the copy that is offered in its place. */
export interface FullTrackRow extends TrackTable {
  readonly copy: CopyRow | null
  readonly media: MediaFacts | null
  readonly versions: readonly VersionRow[]
  readonly cues: number
  readonly textBytes: number
  /** The state of the lines it was made from, then and now. */
  readonly sourceNoted: string | null
  readonly sourcePresent: string | null
}

/** A recording as one session has it: the part of it that is the session, null when all of it is. */
interface RecordingOf {
  readonly id: string
  readonly sessionId: string
  readonly part: Span | null
  readonly begins: string | null
}

/** Recordings of sessions that are seen, in their order; one that was cut stands there for each of the sessions. */
export async function listRecordingsOf(
  db: RecordingDb,
  sessionIds: readonly string[],
  { recordings, sessions }: Pick<VisibleRecordings, 'recordings' | 'sessions'>,
): Promise<RecordingOf[]> {
  const ids = [...sessionIds]
  return db
    .selectFrom('recording')
    .leftJoin('recording_part as part', (join) =>
      join.onRef('part.recording_id', '=', 'recording.id').on(sql<boolean>`part.session_id = any(${ids})`),
    )
    .select('id')
    .select(sql<string>`coalesce(part.session_id, recording.session_id)`.as('sessionId'))
    .select(sql<string | null>`begins`.as('begins'))
    .select(
      sql<Span | null>`case when part.session_id is null then null else
        json_build_object('startsAt', part.starts_at, 'endsAt', part.ends_at) end`.as('part'),
    )
    .where((where) =>
      where.or([sql<boolean>`recording.session_id = any(${ids})`, where('part.session_id', 'is not', null)]),
    )
    .where('id', 'in', recordings)
    .where(ofSeenSessions(sessions))
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** The sessions that a recording is seen of, for queries. */
export function recordedSessions({
  recordings,
  sessions,
}: Pick<VisibleRecordings, 'recordings' | 'sessions'>): RecordIds {
  return sql<string>`(
    select coalesce(part.session_id, recording.session_id)
    from recording left join recording_part as part on part.recording_id = recording.id
    where recording.id in ${recordings} and coalesce(part.session_id, recording.session_id) is not null
      and ${ofSeenSessions(sessions)})`
}

/** The copy of a track's file that lacks just what is taken down of its recording, where it is made. */
const copyInForce = (join: JoinBuilder<RecordingTables & { copy: MediaCutTable }, 'track' | 'copy'>) =>
  join
    .onRef('copy.sha256', '=', 'track.file')
    .on('copy.state', '=', 'made')
    .on('copy.cut', '=', cutOf(sql`track.recording_id`))

/** The file that is offered of a track: the copy, where there is one. Whether it may be, `reading.ts` knows. */
const offered = sql<string>`coalesce(copy.file, track.file)`

/** The seen tracks of recordings, in their order. */
export async function listTracks(
  db: RecordingDb,
  recordingIds: readonly string[],
  { tracks }: Pick<VisibleRecordings, 'tracks'>,
): Promise<FullTrackRow[]> {
  if (recordingIds.length === 0) return []
  return db
    .selectFrom('track')
    .leftJoin('media_cut as copy', copyInForce)
    .leftJoin('media', (join) => join.on('media.sha256', '=', offered).on('media.state', '=', 'read'))
    .leftJoin('caption_file', 'caption_file.track_id', 'track.id')
    .leftJoin('caption_file as source', 'source.track_id', 'track.source_id')
    .selectAll('track')
    .select(
      sql<CopyRow | null>`case when copy.file is null then null else json_build_object(
        'file', copy.file, 'type', copy.file_type, 'ending', copy.ending, 'bytes', copy.bytes) end`.as('copy'),
    )
    .select(['caption_file.source_hash as sourceNoted', 'source.cues_hash as sourcePresent'])
    .select(
      sql<MediaFacts | null>`case when media.sha256 is null then null else json_build_object(
        'duration', duration, 'width', width, 'height', height, 'videoCodec', video_codec, 'audioCodec', audio_codec)
        end`.as('media'),
    )
    .select(
      sql<VersionRow[]>`coalesce((
        select json_agg(json_build_object('kind', kind, 'file', file, 'type', file_type, 'ending', ending, 'bytes', bytes))
        from media_version as version where version.sha256 = ${offered} and version.state = 'made'), '[]')`.as(
        'versions',
      ),
    )
    .select(sql<number>`coalesce(caption_file.cues, 0)`.as('cues'))
    .select(sql<number>`coalesce(caption_file.text_bytes, 0)`.as('textBytes'))
    .where(sql<boolean>`recording_id = any(${[...recordingIds]})`)
    .where('track.id', 'in', tracks)
    .orderBy('track.position')
    .orderBy('track.id')
    .execute()
}

/** Which seminar, and which sessions of it, a recording is of, and whether nobody outside the desk is told of it; null when there is no such recording. */
export async function findRecordingPlace(
  db: RecordingDb,
  id: string,
): Promise<{ seminarId: string; sessionIds: string[]; isChathamHouse: boolean } | null> {
  const row = await db
    .selectFrom('recording')
    .select('seminar_id as seminarId')
    .select(
      sql<string[]>`case when session_id is null
        then array(select session_id from recording_part where recording_id = recording.id order by starts_at)
        else array[session_id] end`.as('sessionIds'),
    )
    .select(isChathamHouse.as('isChathamHouse'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** The recording a track belongs to; null when there is no such track. */
export async function findTrackRecording(db: RecordingDb, id: string): Promise<string | null> {
  const row = await db.selectFrom('track').select('recording_id').where('id', '=', id).executeTakeFirst()
  return row?.recording_id ?? null
}

/** A file as a track offers it: the track's own, the copy in its place, or a version that was made of either. */
export interface FileNameRow {
  readonly recordingId: string
  readonly kind: TrackKind
  /** It is, or was made of, the copy that lacks just what is taken down. */
  readonly isCut: boolean
  readonly of: string
  readonly version: { readonly kind: VersionKind; readonly ending: string } | null
}

/** The names of a file in tracks that are seen and offer it, or would, with their recording. */
export async function listFileNames(
  db: RecordingDb,
  sha256: string,
  visible: VisibleRecordings & { readonly seminars: RecordIds },
): Promise<FileNameRow[]> {
  const sources = sql`(select ${sha256} union all select sha256 from media_version where file = ${sha256})`
  const rows = await db
    .selectFrom('track')
    .innerJoin('recording', 'recording.id', 'track.recording_id')
    .leftJoin('media_cut as copy', copyInForce)
    .leftJoin('media_version', (join) =>
      join.on('media_version.sha256', '=', offered).on('media_version.file', '=', sha256),
    )
    .select(['recording_id as recordingId', 'track.kind', 'file_name', 'copy.ending as copy'])
    .select(['media_version.kind as version', 'media_version.ending'])
    .distinct()
    .where(
      sql<boolean>`track.file in (select ${sha256} union all select sha256 from media_version where file = ${sha256}
        union all select sha256 from media_cut where file in ${sources})`,
    )
    .where(sql<boolean>`${offered} in ${sources}`)
    .where('track.id', 'in', visible.tracks)
    .where('recording.id', 'in', visible.recordings)
    .where('seminar_id', 'in', visible.seminars)
    .where(ofSeenSessions(visible.sessions))
    .orderBy('file_name')
    .execute()
  return rows.map(({ recordingId, kind, file_name, copy, version, ending }) => ({
    recordingId,
    kind,
    isCut: copy !== null,
    of: copy === null ? (file_name ?? '') : copyName(file_name ?? '', copy),
    version: version === null || ending === null ? null : { kind: version, ending },
  }))
}

/** Of some files, those that a track is, the copies in their place as long as they are right, and what was made of either. */
export async function listTrackFiles(db: RecordingDb, hashes: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ file: string }>`
    select file from track where file = any(${[...hashes]})
    union
    select version.file from media_version as version join track on track.file = version.sha256
    where version.file = any(${[...hashes]})
    union
    select unnest(array[copy.file, version.file])
    from media_cut as copy join track on track.file = copy.sha256 and copy.cut = ${cutOf(sql`track.recording_id`)}
    left join media_version as version on version.sha256 = copy.file
    where copy.state = 'made' and (copy.file = any(${[...hashes]}) or version.file = any(${[...hashes]}))`.execute(db)
  return new Set(rows.map((row) => row.file))
}
