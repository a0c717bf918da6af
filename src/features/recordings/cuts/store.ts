import { sql, type RawBuilder } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { Span } from '../care/domain.ts'
import type { MediaCutTable } from '../schema.ts'
import type { RecordingDb } from '../store.ts'

/**
 * What is taken down of a recording, by a name that changes with it, for queries; null: nothing. Spans that overlap or touch are one,
 * whoever asked for them.
 */
export const cutOf = (recordingId: RawBuilder<string>): RawBuilder<string | null> => sql`(
  select encode(sha256(convert_to(range_agg(int4range(starts_at, ends_at))::text, 'UTF8')), 'hex')
  from takedown where takedown.recording_id = ${recordingId} and lifted_at is null)`

/** Whether a copy is of a file of a track, and without just what is taken down of its recording, for queries. */
const isWanted = sql<boolean>`exists (
  select from track where track.file = media_cut.sha256 and media_cut.cut = ${cutOf(sql`track.recording_id`)})`

/** A film or a sound that is to be offered without some spans, which overlap nowhere. */
export interface WaitingCut {
  readonly sha256: string
  readonly cut: string
  readonly spans: readonly Span[]
  /** Milliseconds. */
  readonly duration: number | null
  readonly isFilm: boolean
}

/** Copies that should be there and nobody is making; those begun before `stale` and not heard of since are among them. */
export async function listWaitingCuts(
  db: RecordingDb,
  { stale, limit }: { readonly stale: Instant; readonly limit: number },
): Promise<WaitingCut[]> {
  const { rows } = await sql<WaitingCut>`
    with taken as (
      select recording_id, range_agg(int4range(starts_at, ends_at)) as spans, max(taken_at) as since
      from takedown where lifted_at is null group by recording_id),
    wanted as (
      select distinct on (media.sha256, spans) media.sha256, ${cutOf(sql`track.recording_id`)} as cut, spans, since,
        duration, video_codec is not null as "isFilm"
      from taken join track on track.recording_id = taken.recording_id
      join media on media.sha256 = track.file and media.state = 'read'
      where track.kind in ('video', 'audio'))
    select wanted.sha256, wanted.cut, duration, "isFilm", (
      select json_agg(json_build_object('startsAt', lower(span), 'endsAt', upper(span)) order by span)
      from unnest(spans) as span) as spans
    from wanted left join media_cut as copy on copy.sha256 = wanted.sha256 and copy.cut = wanted.cut
    where copy.sha256 is null or copy.state = 'making' and copy.updated_at < ${stale}
    order by since, wanted.sha256 limit ${limit}`.execute(db)
  return rows
}

type CutKey = Pick<MediaCutTable, 'sha256' | 'cut'>

/** Takes a copy on; how often it has been begun by now, or null when somebody else has it. */
export async function claimCut(
  db: RecordingDb,
  { sha256, cut }: CutKey,
  { stale, at }: { readonly stale: Instant; readonly at: Instant },
): Promise<number | null> {
  const { rows } = await sql<{ attempts: number }>`
    insert into media_cut (sha256, cut, state, attempts, updated_at) values (${sha256}, ${cut}, 'making', 1, ${at})
    on conflict (sha256, cut) do update
      set attempts = media_cut.attempts + 1, progress = 0, updated_at = excluded.updated_at
      where media_cut.state = 'making' and media_cut.updated_at < ${stale}
    returning attempts`.execute(db)
  return rows[0]?.attempts ?? null
}

/** How the copy of a file stands; null when nobody has begun it. */
export async function findCut(db: RecordingDb, sha256: string, cut: string): Promise<MediaCutTable | null> {
  const row = await db
    .selectFrom('media_cut')
    .selectAll()
    .where('sha256', '=', sha256)
    .where('cut', '=', cut)
    .executeTakeFirst()
  return row ?? null
}

/** Notes how a copy that is being made stands; false when nobody waits for it any more. */
export async function changeCut(
  db: RecordingDb,
  { sha256, cut }: CutKey,
  change: Partial<Omit<MediaCutTable, 'sha256' | 'cut'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('media_cut')
    .set(change)
    .where('sha256', '=', sha256)
    .where('cut', '=', cut)
    .where('state', '=', 'making')
    .where(isWanted)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Gives a copy back that was begun and could not be gone on with: it does not count as tried. */
export async function releaseCut(db: RecordingDb, { sha256, cut }: CutKey): Promise<void> {
  await db
    .deleteFrom('media_cut')
    .where('sha256', '=', sha256)
    .where('cut', '=', cut)
    .where('state', '=', 'making')
    .execute()
}

/** Forgets copies that nobody waits for any more. Those that are made stay for as long as their file does: the same may be wanted again. */
export async function forgetVoidCuts(db: RecordingDb): Promise<void> {
  await db
    .deleteFrom('media_cut')
    .where('state', '!=', 'made')
    .where((where) => where.not(isWanted))
    .execute()
}
