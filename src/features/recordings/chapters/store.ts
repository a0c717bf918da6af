import { sql } from 'kysely'
import { only, some, type FactProblem, type FactValues } from '#features/desk/index.ts'
import type { RecordDb, RecordIds } from '#features/records/index.ts'
import { readClock, writeClock } from '#platform/time.ts'
import type { Span } from '../domain.ts'
import { inPart } from '../store-cues.ts'
import { recordingTables, type RecordingDb } from '../store.ts'

/** A chapter as it is kept. */
export interface ChapterRow {
  readonly id: string
  readonly recordingId: string
  readonly startsAt: number
}

/** The seen chapters of recordings that were set by hand, in the order of their times. */
export async function listChapterRows(
  db: RecordingDb,
  recordingIds: readonly string[],
  visible: RecordIds,
): Promise<ChapterRow[]> {
  return db
    .selectFrom('chapter')
    .select(['id', 'recording_id as recordingId', 'starts_at as startsAt'])
    .where(sql<boolean>`recording_id = any(${[...recordingIds]})`)
    .where('id', 'in', visible)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}

/** The recording a chapter belongs to, and where it begins there; null when there is no such chapter. */
export async function findChapterPlace(db: RecordingDb, id: string): Promise<ChapterRow | null> {
  const row = await db
    .selectFrom('chapter')
    .select(['id', 'recording_id as recordingId', 'starts_at as startsAt'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/**
 * Lines of captions that have an identifier, in their order; of each track at most two thousand. Those that a program made up for each line
 * are long, and mark nothing.
 */
export async function listIdentifiers(
  db: RecordingDb,
  trackIds: readonly string[],
): Promise<{ trackId: string; identifier: string; startsAt: number }[]> {
  if (trackIds.length === 0) return []
  const { rows } = await sql<{ trackId: string; identifier: string; startsAt: number }>`
    select track.id as "trackId", line.identifier, line.starts_at as "startsAt"
    from unnest(${[...trackIds]}::text[]) as track (id)
    cross join lateral (
      select number, identifier, starts_at from cue
      where track_id = track.id and length(identifier) <= 40 order by number limit 2000) as line
    order by track.id, line.number`.execute(db)
  return rows
}

/** When the last line of each track ends, in milliseconds; tracks without lines are not in it. */
export async function listLastEnds(db: RecordingDb, trackIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (trackIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; endsAt: number }>`
    select track.id, line.ends_at as "endsAt"
    from unnest(${[...trackIds]}::text[]) as track (id)
    cross join lateral (
      select ends_at from cue where track_id = track.id order by number desc limit 1) as line`.execute(db)
  return new Map(rows.map(({ id, endsAt }) => [id, endsAt]))
}

/** The number of the first line at or after each time; null after the last line. */
export async function findFirstLines(
  db: RecordingDb,
  trackId: string,
  times: readonly number[],
): Promise<(number | null)[]> {
  if (times.length === 0) return []
  const { rows } = await sql<{ first: number | null }>`
    select (select number from cue where track_id = ${trackId} and starts_at >= wanted.at order by starts_at, number limit 1) as first
    from unnest(${[...times]}::int[]) with ordinality as wanted (at, place) order by place`.execute(db)
  return rows.map((row) => row.first)
}

/** The last line of a track, or of a part of it: its number, and when it ends; null without lines. */
export async function findLastLine(
  db: RecordingDb,
  trackId: string,
  part: Span | null,
): Promise<{ number: number; endsAt: number } | null> {
  const row = await db
    .selectFrom('cue')
    .select(['number', 'ends_at as endsAt'])
    .where('track_id', '=', trackId)
    .where(inPart(part))
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** The chapters of a recording, in their order. */
export async function listChapterIds(db: RecordDb, recordingId: string): Promise<string[]> {
  const rows = await recordingTables(db)
    .selectFrom('chapter')
    .select('id')
    .where('recording_id', '=', recordingId)
    .orderBy('starts_at')
    .execute()
  return rows.map((row) => row.id)
}

/** The seminar of each chapter: who organises it may edit all that was recorded there. */
export async function readSeminarsOfChapters(
  db: RecordDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await recordingTables(db)
    .selectFrom('chapter')
    .innerJoin('recording', 'recording.id', 'chapter.recording_id')
    .select(['chapter.id', 'seminar_id'])
    .where(sql<boolean>`chapter.id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.seminar_id]))
}

/** What the desk edits of a chapter. */
export async function readChapterFacts(db: RecordDb, id: string): Promise<FactValues> {
  const row = await findChapterPlace(recordingTables(db), id)
  return { recording: some(row?.recordingId), start: row ? [writeClock(row.startsAt)] : [] }
}

/** Writes what the desk edits of a chapter, new or there already; its recording is set once. */
export async function writeChapterFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const starts_at = readClock(only(facts, 'start')) ?? 0
  const own = recordingTables(tx)
  const changed = await own.updateTable('chapter').set({ starts_at }).where('id', '=', id).executeTakeFirst()
  if (changed.numUpdatedRows > 0n) return
  const recording_id = only(facts, 'recording')
  await own.insertInto('chapter').values({ id, recording_id, starts_at }).execute()
}

/** A chapter begins where no other of its recording does, and before the end. */
export async function checkChapter(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const own = recordingTables(db)
  const starts_at = readClock(only(facts, 'start'))
  if (starts_at === null) return []
  const recording = (await findChapterPlace(own, id))?.recordingId ?? only(facts, 'recording')
  const same = await own
    .selectFrom('chapter')
    .select('id')
    .where('recording_id', '=', recording)
    .where('starts_at', '=', starts_at)
    .where('id', '!=', id)
    .executeTakeFirst()
  if (same) return [{ fact: 'start', message: 'desk.problem.chapterTwice' }]
  const row = await own
    .selectFrom('track')
    .innerJoin('media', 'media.sha256', 'track.file')
    .select(sql<number | null>`max(duration)`.as('duration'))
    .where('recording_id', '=', recording)
    .executeTakeFirst()
  const duration = row?.duration ?? null
  return duration !== null && starts_at >= duration ? [{ fact: 'start', message: 'desk.problem.chapterBeyond' }] : []
}
