import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import { noteLines } from '../caption-desk/store-behind.ts'
import type { Cue } from '../captions/index.ts'
import type { RecordingDb } from '../store.ts'
import { cueColumns, insertCues, type NumberedCue } from '../store-cues.ts'
import { DAY, isSameLine, type Change, type Run } from './changes.ts'

/** Lines as they are kept, whatever was taken down: for who edits them. */
export async function listKeptCues(
  db: RecordingDb,
  trackId: string,
  from: number,
  limit: number,
): Promise<NumberedCue[]> {
  const rows = await db
    .selectFrom('cue')
    .select(cueColumns.as('cue'))
    .where('track_id', '=', trackId)
    .where('number', '>=', from)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map((row) => row.cue)
}

/** A change that was made, as the history of a transcript tells it. */
export interface MadeChange {
  readonly id: string
  readonly at: Instant
  readonly actor: string
  readonly change: Change
}

/** The newest changes of a transcript, newest first. */
export async function listChanges(db: RecordingDb, trackId: string, limit: number): Promise<MadeChange[]> {
  const rows = await db
    .selectFrom('cue_change')
    .select(['id', 'at', 'actor', 'change'])
    .where('track_id', '=', trackId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, id: String(row.id), change: row.change as Change }))
}

/** A change of a transcript; null when it has none of that id. */
export async function findChange(db: RecordingDb, trackId: string, id: string): Promise<Change | null> {
  if (!/^\d{1,15}$/.test(id)) return null
  const row = await db
    .selectFrom('cue_change')
    .select('change')
    .where('track_id', '=', trackId)
    .where('id', '=', Number(id))
    .executeTakeFirst()
  return row ? (row.change as Change) : null
}

/** The speakers that lines are labelled with, in the order of the first line of each; at most so many. */
export async function listSpeakers(db: RecordingDb, trackId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('cue')
    .select('speaker')
    .where('track_id', '=', trackId)
    .where('speaker', 'is not', null)
    .groupBy('speaker')
    .orderBy((order) => order.fn.min('number'))
    .limit(limit)
    .execute()
  return rows.flatMap((row) => row.speaker ?? [])
}

/** Which lines are a speaker's, as runs of numbers. */
export async function listRunsOf(db: RecordingDb, trackId: string, label: string): Promise<Run[]> {
  const { rows } = await sql<{ first: number; last: number }>`
    select min(number) as first, max(number) as last
    from (select number, number - row_number() over (order by number) as run
      from cue where track_id = ${trackId} and speaker = ${label}) as spoken
    group by run order by 1`.execute(db)
  return rows.map(({ first, last }): Run => [first, last])
}

/**
 * Makes a change, notes it and what follows from it; false when lines are no longer as the change found them, or would pass the
 * recording's beginning or each other. Run it inside a transaction.
 */
export async function makeChange(
  tx: RecordingDb,
  trackId: string,
  change: Change,
  by: { readonly actor: string; readonly at: Instant },
): Promise<boolean> {
  // Nobody reads a file into the track or changes its lines meanwhile.
  await tx.selectFrom('track').select('id').where('id', '=', trackId).forUpdate().execute()
  if (!(await write(tx, trackId, change))) return false
  await tx
    .insertInto('cue_change')
    .values({ track_id: trackId, ...by, change: JSON.stringify(change) })
    .execute()
  await sql`
    update caption_file set (cues, text_bytes) = (
      select count(*), coalesce(sum(octet_length(body)), 0) from cue where track_id = ${trackId})
    where track_id = ${trackId}`.execute(tx)
  await noteLines(tx, trackId)
  return true
}

async function write(tx: RecordingDb, trackId: string, change: Change): Promise<boolean> {
  switch (change.kind) {
    case 'lines':
      return writeLines(tx, trackId, change)
    case 'shift':
      return shift(tx, trackId, change)
    case 'rename': {
      for (const [first, last] of change.numbers)
        await tx
          .updateTable('cue')
          .set({ speaker: change.to })
          .where('track_id', '=', trackId)
          .where('number', '>=', first)
          .where('number', '<=', last)
          .where(sql<boolean>`speaker is not distinct from ${change.label}::text`)
          .execute()
      return true
    }
  }
}

async function writeLines(
  tx: RecordingDb,
  trackId: string,
  { at, before, after }: { at: number; before: readonly Cue[]; after: readonly Cue[] },
): Promise<boolean> {
  const there = await listKeptCues(tx, trackId, at, before.length)
  const isThere = there.length === before.length && before.every((line, index) => isSame(line, there[index]))
  if (!isThere) return false
  const end = at + before.length
  await tx
    .deleteFrom('cue')
    .where('track_id', '=', trackId)
    .where('number', '>=', at)
    .where('number', '<', end)
    .execute()
  const by = after.length - before.length
  if (by !== 0) await renumber(tx, trackId, end, by)
  await insertCues(tx, trackId, at - 1, after)
  return true
}

const isSame = (one: Cue, other: Cue | undefined) => other !== undefined && isSameLine(one, other)

/** Numbers are unique at every moment: lines pass through some that none has. */
const FAR = 1_000_000_000

async function renumber(tx: RecordingDb, trackId: string, from: number, by: number): Promise<void> {
  const own = tx.updateTable('cue').where('track_id', '=', trackId)
  await own
    .set({ number: sql<number>`number + ${FAR}::int` })
    .where('number', '>=', from)
    .execute()
  await own
    .set({ number: sql<number>`number - ${FAR - by}::int` })
    .where('number', '>', FAR)
    .execute()
}

async function shift(tx: RecordingDb, trackId: string, { from, by }: { from: number; by: number }): Promise<boolean> {
  const bounds = await tx
    .selectFrom('cue')
    .select((select) => [
      select.fn.min('starts_at').filterWhere('number', '>=', from).as('first'),
      select.fn.max('ends_at').filterWhere('number', '>=', from).as('last'),
      select.fn.max('starts_at').filterWhere('number', '<', from).as('above'),
    ])
    .where('track_id', '=', trackId)
    .executeTakeFirst()
  if (!bounds || bounds.first === null || bounds.last === null) return false
  if (bounds.first + by < Math.max(0, bounds.above ?? 0) || bounds.last + by > DAY) return false
  await tx
    .updateTable('cue')
    .set({ starts_at: sql<number>`starts_at + ${by}::int`, ends_at: sql<number>`ends_at + ${by}::int` })
    .where('track_id', '=', trackId)
    .where('number', '>=', from)
    .execute()
  return true
}
