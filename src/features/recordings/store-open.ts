import { sql } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import { ofSeenSessions, type RecordingDb, type VisibleRecordings } from './store.ts'

/** The tracks of recordings that are seen, with their recording and all that it is of. */
export async function listOpenTracks(
  db: RecordingDb,
  recordingIds: readonly string[],
  visible: VisibleRecordings & { readonly seminars: RecordIds },
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('track')
    .innerJoin('recording', 'recording.id', 'track.recording_id')
    .select('track.id')
    .where(sql<boolean>`recording_id = any(${[...recordingIds]})`)
    .where('track.id', 'in', visible.tracks)
    .where('recording.id', 'in', visible.recordings)
    .where('seminar_id', 'in', visible.seminars)
    .where(ofSeenSessions(visible.sessions))
    .execute()
  return new Set(rows.map((row) => row.id))
}
