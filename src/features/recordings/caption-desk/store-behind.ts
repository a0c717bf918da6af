import { sql } from 'kysely'
import type { RecordingDb } from '../store.ts'

/**
 * Notes the state of a track's lines, to be called whenever they were written anew, and that of the lines they are made from. Translations
 * that were read before there was anything to compare them with are taken to be of this state.
 */
export async function noteLines(tx: RecordingDb, trackId: string): Promise<void> {
  await sql`
    update caption_file set cues_hash = (
      select md5(string_agg(starts_at || ' ' || ends_at || ' ' || body, E'\n' order by number))
      from cue where track_id = ${trackId})
    where track_id = ${trackId}`.execute(tx)
  await noteSource(tx, trackId)
  await sql`
    update caption_file set source_hash = (select cues_hash from caption_file where track_id = ${trackId})
    where source_hash is null and track_id in (select id from track where source_id = ${trackId})`.execute(tx)
}

/** Notes that a track's lines are right by those they were made from, as these stand now. */
export async function noteSource(tx: RecordingDb, trackId: string): Promise<void> {
  await sql`
    update caption_file set source_hash = (
      select source.cues_hash from track join caption_file as source on source.track_id = track.source_id
      where track.id = ${trackId})
    where track_id = ${trackId}`.execute(tx)
}

/** Notes the state of other captions that a track is said to be made from; to be called before that is written. */
export async function noteOtherSource(tx: RecordingDb, trackId: string, sourceId: string | null): Promise<void> {
  await sql`
    update caption_file set source_hash = (select cues_hash from caption_file where track_id = ${sourceId})
    from track where track.id = ${trackId} and caption_file.track_id = track.id
      and track.source_id is distinct from ${sourceId}::text`.execute(tx)
}
