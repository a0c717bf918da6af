import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import { cutOf, findCut } from '../cuts/store.ts'
import type { MediaCutTable, MediaTable, MediaVersionTable } from '../schema.ts'
import type { RecordingDb } from '../store.ts'
import { LONG, type Original, type VersionKind } from './versions.ts'

/** Files of films and sounds that have not been looked at. */
export async function listUnreadMedia(db: RecordingDb, limit: number): Promise<string[]> {
  const { rows } = await sql<{ sha256: string }>`
    select distinct file as sha256 from track left join media on media.sha256 = track.file
    where kind in ('video', 'audio') and file is not null and media.sha256 is null
    order by file limit ${limit}`.execute(db)
  return rows.map((row) => row.sha256)
}

export type MediaRow = Omit<MediaTable, 'sha256' | 'read_at'>

/** Notes what was read in a file, in place of what was known of it. */
export async function noteMedia(db: RecordingDb, sha256: string, row: MediaRow, at: Instant): Promise<void> {
  const noted = { ...row, read_at: at }
  await db
    .insertInto('media')
    .values({ sha256, ...noted })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet(noted))
    .execute()
}

/** A version that is to be made. */
export interface WaitingVersion extends Original {
  readonly sha256: string
  readonly kind: VersionKind
}

/** Versions of the kinds named that files of tracks, and the copies in their place, should have and nobody is making; those begun before `stale` and not heard of since are among them. */
export async function listWaitingVersions(
  db: RecordingDb,
  kinds: readonly VersionKind[],
  { stale, limit }: { readonly stale: Instant; readonly limit: number },
): Promise<WaitingVersion[]> {
  const { rows } = await sql<WaitingVersion>`
    select media.sha256, wanted.kind, original.bytes, duration, video_codec as "videoCodec", audio_codec as "audioCodec"
    from media
    join (
      select file, max(bytes) as bytes from (
        select file, bytes from track where kind in ('video', 'audio')
        union all
        select copy.file, copy.bytes from media_cut as copy
        join track on track.file = copy.sha256 and copy.cut = ${cutOf(sql`track.recording_id`)}
        where copy.state = 'made') as offered
      group by file) as original on original.file = media.sha256
    cross join lateral (values
      (1, 'audio', video_codec is not null and audio_codec is not null),
      (2, 'poster', video_codec is not null),
      (3, 'small_audio', audio_codec is not null),
      (4, 'small_video', video_codec is not null),
      (5, 'stream', duration > ${LONG} and exists (
        select from media_version as small
        where small.sha256 = media.sha256 and small.kind = 'small_video' and small.state = 'made'))
    ) as wanted (rank, kind, is_wanted)
    left join media_version as version on version.sha256 = media.sha256 and version.kind = wanted.kind
    where media.state = 'read' and is_wanted and wanted.kind = any(${[...kinds]})
      and (version.sha256 is null or version.state = 'making' and version.updated_at < ${stale})
    order by rank, media.sha256 limit ${limit}`.execute(db)
  return rows
}

/** Takes a version on; how often it has been begun by now, or null when somebody else has it. */
export async function claimVersion(
  db: RecordingDb,
  { sha256, kind }: Pick<WaitingVersion, 'sha256' | 'kind'>,
  { stale, at }: { readonly stale: Instant; readonly at: Instant },
): Promise<number | null> {
  const { rows } = await sql<{ attempts: number }>`
    insert into media_version (sha256, kind, state, attempts, updated_at) values (${sha256}, ${kind}, 'making', 1, ${at})
    on conflict (sha256, kind) do update
      set attempts = media_version.attempts + 1, progress = 0, updated_at = excluded.updated_at
      where media_version.state = 'making' and media_version.updated_at < ${stale}
    returning attempts`.execute(db)
  return rows[0]?.attempts ?? null
}

type Change = Partial<Omit<MediaVersionTable, 'sha256' | 'kind'>>

/** Notes how a version that is being made stands; false when nobody waits for it any more. */
export async function changeVersion(
  db: RecordingDb,
  { sha256, kind }: Pick<WaitingVersion, 'sha256' | 'kind'>,
  change: Change,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('media_version')
    .set(change)
    .where('sha256', '=', sha256)
    .where('kind', '=', kind)
    .where('state', '=', 'making')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Gives a version back that was begun and could not be gone on with: it does not count as tried. */
export async function releaseVersion(
  db: RecordingDb,
  { sha256, kind }: Pick<WaitingVersion, 'sha256' | 'kind'>,
): Promise<void> {
  await db
    .deleteFrom('media_version')
    .where('sha256', '=', sha256)
    .where('kind', '=', kind)
    .where('state', '=', 'making')
    .execute()
}

/** Writes down the playlist of a stream. */
export async function insertPlaylist(
  db: RecordingDb,
  row: Pick<MediaVersionTable, 'sha256' | 'file' | 'file_type' | 'ending' | 'bytes'>,
  at: Instant,
): Promise<void> {
  const values = { ...row, state: 'made' as const, reason: null, progress: 100, attempts: 1, updated_at: at }
  await db
    .insertInto('media_version')
    .values({ ...values, kind: 'playlist' })
    .onConflict((conflict) => conflict.columns(['sha256', 'kind']).doUpdateSet(values))
    .execute()
}

/** The file of a version that was made; null when there is none. */
export async function findVersionFile(db: RecordingDb, sha256: string, kind: VersionKind): Promise<string | null> {
  const row = await db
    .selectFrom('media_version')
    .select('file')
    .where('sha256', '=', sha256)
    .where('kind', '=', kind)
    .where('state', '=', 'made')
    .executeTakeFirst()
  return row?.file ?? null
}

/** What the desk shows of a track's file. */
export interface TrackMedia {
  readonly kind: string
  readonly file: string | null
  readonly name: string | null
  readonly bytes: number | null
  readonly media: MediaTable | null
  /** Of the copy where there is one, else of the file itself. */
  readonly versions: readonly MediaVersionTable[]
  /** Where something is taken down of its recording: the copy without that, as far as it is. */
  readonly cut: { readonly copy: MediaCutTable | null; readonly media: MediaTable | null } | null
}

/** All that is known of a track's file. */
export async function readTrackMedia(db: RecordingDb, id: string): Promise<TrackMedia | null> {
  const track = await db
    .selectFrom('track')
    .select(['kind', 'file', 'file_name as name', 'bytes', cutOf(sql`track.recording_id`).as('taken')])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!track) return null
  const { taken, ...own } = track
  if (own.file === null) return { ...own, media: null, versions: [], cut: null }
  const copy = taken === null ? null : await findCut(db, own.file, taken)
  const media = await findMedia(db, own.file)
  const offered = copy?.file ?? own.file
  const versions = await db.selectFrom('media_version').selectAll().where('sha256', '=', offered).execute()
  const cut = taken === null ? null : { copy, media: copy?.file ? await findMedia(db, copy.file) : null }
  return { ...own, media, versions, cut }
}

async function findMedia(db: RecordingDb, sha256: string): Promise<MediaTable | null> {
  return (await db.selectFrom('media').selectAll().where('sha256', '=', sha256).executeTakeFirst()) ?? null
}

/** Forgets what could not be read or made of a file, so that it is tried again. */
export async function forgetFailures(db: RecordingDb, sha256: string): Promise<void> {
  await db.deleteFrom('media').where('sha256', '=', sha256).where('state', '=', 'failed').execute()
  await db
    .deleteFrom('media_version')
    .where((where) =>
      where.or([
        where('sha256', '=', sha256),
        where('sha256', 'in', db.selectFrom('media_cut').select('file').where('media_cut.sha256', '=', sha256)),
      ]),
    )
    .where('state', 'in', ['failed', 'none'])
    .execute()
  await db.deleteFrom('media_cut').where('sha256', '=', sha256).where('state', '=', 'failed').execute()
}
