import type { RecordingTable, TrackTable } from './schema.ts'
import type { RecordingDb } from './store.ts'

/** The rows of recordings with their tracks, as they go into the tables. */
export interface RecordingRows {
  readonly recordings: readonly RecordingTable[]
  readonly tracks: readonly TrackTable[]
}

/** Writes recordings with their tracks; their records, sessions and files must be there already. Captions are read by their job. */
export async function insertRecordings(tx: RecordingDb, { recordings, tracks }: RecordingRows): Promise<void> {
  if (recordings.length > 0)
    await tx
      .insertInto('recording')
      .values([...recordings])
      .execute()
  if (tracks.length > 0)
    await tx
      .insertInto('track')
      .values([...tracks])
      .execute()
}
