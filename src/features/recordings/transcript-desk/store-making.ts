import { sql } from 'kysely'
import type { Cue } from '../captions/index.ts'
import type { RecordingDb } from '../store.ts'
import { insertCues } from '../store-cues.ts'
import { DAY, isSameLine, type Change, type WrittenChange } from './changes.ts'
import { listKeptCues, listLinks } from './store.ts'
import { lockTrack, noteWritten, putBack, type Made } from './store-kept.ts'
import { findUndone, isLast } from './undoing.ts'

/**
 * Makes a change, notes it and what follows from it; false when lines are no longer as the change found them, or would pass the
 * recording's beginning or each other. Run it inside a transaction.
 */
export async function makeChange(tx: RecordingDb, trackId: string, change: Change, by: Made): Promise<boolean> {
  const { undoes = null, ...made } = by
  await lockTrack(tx, trackId)
  const history = undoes === null ? [] : await listLinks(tx, trackId)
  // Twice undone is not undone.
  if (undoes !== null && findUndone(history).has(undoes)) return false
  if (change.kind === 'file')
    return undoes !== null && isLast(history, undoes) && putBack(tx, trackId, { ...made, undoes })
  if (!(await write(tx, trackId, change))) return false
  await tx
    .insertInto('cue_change')
    .values({
      track_id: trackId,
      ...made,
      change: JSON.stringify(change),
      undoes: undoes === null ? null : Number(undoes),
    })
    .execute()
  await noteWritten(tx, trackId)
  return true
}

async function write(tx: RecordingDb, trackId: string, change: WrittenChange): Promise<boolean> {
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
