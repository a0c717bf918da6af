import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import { noteLines } from '../caption-desk/store-behind.ts'
import type { RecordingDb } from '../store.ts'
import type { Change } from './changes.ts'

/** Who makes a change, when, and which other one it takes back. */
export interface Made {
  readonly actor: string
  readonly at: Instant
  readonly undoes?: string
}

/** Lets nobody read a file into a track or change its lines until the transaction ends. */
export async function lockTrack(tx: RecordingDb, trackId: string): Promise<void> {
  await tx.selectFrom('track').select('id').where('id', '=', trackId).forUpdate().execute()
}

/** Notes what follows from lines that were written: how many there are, and their state. */
export async function noteWritten(tx: RecordingDb, trackId: string): Promise<void> {
  await sql`
    update caption_file set (cues, text_bytes) = (
      select count(*), coalesce(sum(octet_length(body)), 0) from cue where track_id = ${trackId})
    where track_id = ${trackId}`.execute(tx)
  await noteLines(tx, trackId)
}

const columns = sql`number, starts_at, ends_at, identifier, settings, speaker, body`

/**
 * Takes the lines of a track away and keeps them with the change that this is, when somebody has worked on them: what was only read can be
 * read again. Run it inside a transaction.
 */
export async function keepLines(tx: RecordingDb, trackId: string, made: Made): Promise<void> {
  const edited = await tx.selectFrom('cue_change').select('id').where('track_id', '=', trackId).limit(1).execute()
  if (edited.length > 0) await noteReplaced(tx, trackId, made)
  await tx.deleteFrom('cue').where('track_id', '=', trackId).execute()
}

/** Notes that all lines are replaced, and keeps them as they are; none are kept of none. */
async function noteReplaced(tx: RecordingDb, trackId: string, { undoes, ...made }: Made): Promise<void> {
  const { count } = await tx
    .selectFrom('cue')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('track_id', '=', trackId)
    .executeTakeFirstOrThrow()
  if (count === 0 && undoes === undefined) return
  const change: Change = { kind: 'file', before: count }
  const { id } = await tx
    .insertInto('cue_change')
    .values({
      track_id: trackId,
      ...made,
      change: JSON.stringify(change),
      undoes: undoes === undefined ? null : Number(undoes),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`
    insert into kept_cue (change_id, ${columns})
    select ${id}, ${columns} from cue where track_id = ${trackId}`.execute(tx)
}

/** Puts the lines back that a change has kept, and keeps those that are there; false while the other file is not read. */
export async function putBack(
  tx: RecordingDb,
  trackId: string,
  made: Made & { readonly undoes: string },
): Promise<boolean> {
  const read = await tx
    .selectFrom('track')
    .innerJoin('caption_file', 'caption_file.track_id', 'track.id')
    .select('track.id')
    .where('track.id', '=', trackId)
    .whereRef('caption_file.sha256', '=', 'track.file')
    .executeTakeFirst()
  if (!read) return false
  await noteReplaced(tx, trackId, made)
  await tx.deleteFrom('cue').where('track_id', '=', trackId).execute()
  await sql`
    insert into cue (track_id, ${columns})
    select ${trackId}, ${columns} from kept_cue where change_id = ${Number(made.undoes)}`.execute(tx)
  await noteWritten(tx, trackId)
  return true
}
