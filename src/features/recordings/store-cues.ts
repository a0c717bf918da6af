import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import { noteLines } from './caption-desk/store-behind.ts'
import type { Cue } from './captions/index.ts'
import type { Span } from './domain.ts'
import { offeredCues, type OfferedCaptions } from './care/store-offered.ts'
import type { CaptionFileTable } from './schema.ts'
import type { RecordingDb } from './store.ts'

/** Rows of one statement: nobody waits long for the only session of the embedded database. */
const BATCH = 1000

/** A caption file whose lines are wanted. */
export interface WaitingCaptions {
  readonly trackId: string
  readonly sha256: string
}

/** Tracks of captions whose file has not been read, or is another one by now. */
export async function listWaitingCaptions(db: RecordingDb, limit: number): Promise<WaitingCaptions[]> {
  const { rows } = await sql<WaitingCaptions>`
    select track.id as "trackId", file as sha256
    from track left join caption_file on caption_file.track_id = track.id and caption_file.sha256 = track.file
    where kind = 'captions' and file is not null and caption_file.track_id is null
    order by track.id limit ${limit}`.execute(db)
  return rows
}

type Noted = 'cues' | 'text_bytes' | 'cues_hash' | 'source_hash'
type Outcome = Omit<CaptionFileTable, 'track_id' | 'sha256' | 'read_at' | Noted>

/**
 * Puts the lines of a file in place of those of a track, and notes what came of it, all at once; false when the track has another file
 * by now. Run it inside a transaction.
 */
export async function replaceCues(
  tx: RecordingDb,
  { trackId, sha256 }: WaitingCaptions,
  outcome: Outcome & { readonly lines: readonly Cue[] },
  at: Instant,
): Promise<boolean> {
  const { lines, problems, ...rest } = outcome
  const track = await tx.selectFrom('track').select('file').where('id', '=', trackId).forUpdate().executeTakeFirst()
  if (track?.file !== sha256) return false
  await tx.deleteFrom('cue').where('track_id', '=', trackId).execute()
  for (let from = 0; from < lines.length; from += BATCH)
    await insertCues(tx, trackId, from, lines.slice(from, from + BATCH))
  const row = {
    ...rest,
    sha256,
    problems: JSON.stringify(problems),
    cues: lines.length,
    text_bytes: lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    read_at: at,
  }
  await tx
    .insertInto('caption_file')
    .values({ track_id: trackId, ...row })
    .onConflict((conflict) => conflict.column('track_id').doUpdateSet(row))
    .execute()
  await noteLines(tx, trackId)
  return true
}

/** Writes lines with the numbers after `from`. Whole columns in one statement: a hundred thousand lines go in within seconds. */
export async function insertCues(tx: RecordingDb, trackId: string, from: number, lines: readonly Cue[]): Promise<void> {
  await sql`
    insert into cue (track_id, number, starts_at, ends_at, identifier, settings, speaker, body)
    select ${trackId}, ${from} + row_number() over (), line.*
    from unnest(
      ${lines.map((line) => line.startsAt)}::int[], ${lines.map((line) => line.endsAt)}::int[],
      ${lines.map((line) => line.identifier)}::text[], ${lines.map((line) => line.settings)}::text[],
      ${lines.map((line) => line.speaker)}::text[], ${lines.map((line) => line.text)}::text[]) as line`.execute(tx)
}

/** A timed line as it is kept, with its number in the track. */
export interface NumberedCue extends Cue {
  readonly number: number
}

/** A line as one value. */
export const cueColumns = sql<NumberedCue>`json_build_object('number', number, 'startsAt', starts_at, 'endsAt', ends_at,
  'identifier', identifier, 'settings', settings, 'speaker', speaker, 'text', body)`

/** Lines that begin within a part; all of them without one. */
export const inPart = (part: Span | null) =>
  part === null ? sql<boolean>`true` : sql<boolean>`starts_at >= ${part.startsAt} and starts_at < ${part.endsAt}`

/** The lines of a track, or of a part of it, in their order. */
export async function listCues(db: RecordingDb, captions: OfferedCaptions, part: Span | null): Promise<NumberedCue[]> {
  const rows = await db
    .selectFrom(offeredCues(db, captions))
    .select(cueColumns.as('cue'))
    .where(inPart(part))
    .orderBy('number')
    .execute()
  return rows.map((row) => row.cue)
}

/** The number of the first line of a part; 1 without one. */
export async function findFirstNumber(db: RecordingDb, captions: OfferedCaptions, part: Span | null): Promise<number> {
  if (part === null) return 1
  const row = await db
    .selectFrom(offeredCues(db, captions))
    .select((select) => select.fn.min('number').as('number'))
    .where(inPart(part))
    .executeTakeFirst()
  return row?.number ?? 1
}

/** Lines of a track, or of a part of it, from a number on. */
export async function listCuesFrom(
  db: RecordingDb,
  { captions, part, from, limit }: { captions: OfferedCaptions; part: Span | null; from: number; limit: number },
): Promise<NumberedCue[]> {
  const rows = await db
    .selectFrom(offeredCues(db, captions))
    .select(cueColumns.as('cue'))
    .where('number', '>=', from)
    .where(inPart(part))
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => row.cue)
}

/** Lines that may begin within one second. */
const AT_ONCE = 12

/**
 * The line that is spoken at a time in milliseconds; where there is none and the time is a whole second, one that begins within it, for links
 * say no less than seconds; else the line that began last.
 */
export async function findSpoken(
  db: RecordingDb,
  captions: OfferedCaptions,
  at: number,
): Promise<{ readonly cue: NumberedCue; readonly isSpoken: boolean } | null> {
  const within = at % 1000 === 0 ? at + 999 : at
  const rows = await db
    .selectFrom(offeredCues(db, captions))
    .select(cueColumns.as('cue'))
    .where('starts_at', '<=', within)
    .orderBy('starts_at', 'desc')
    .orderBy('number')
    .limit(AT_ONCE)
    .execute()
  const cues = rows.map((row) => row.cue)
  const before = cues.find(({ startsAt }) => startsAt <= at)
  if (before && before.endsAt >= at) return { cue: before, isSpoken: true }
  const begins = cues.findLast(({ startsAt }) => startsAt > at)
  if (begins) return { cue: begins, isSpoken: true }
  return before ? { cue: before, isSpoken: false } : null
}

/** The line that began last at a time, in milliseconds; null before the first. */
export async function findCueNumber(
  db: RecordingDb,
  captions: OfferedCaptions,
  at: number,
): Promise<NumberedCue | null> {
  const row = await db
    .selectFrom(offeredCues(db, captions))
    .select(cueColumns.as('cue'))
    .where('starts_at', '<=', at)
    .orderBy('starts_at', 'desc')
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return row?.cue ?? null
}
