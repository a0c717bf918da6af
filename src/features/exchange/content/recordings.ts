import { z } from 'zod'
import { insertRecordings } from '#features/recordings/index.ts'
import { insertRecords, type Deed, type NewRecord } from '#features/records/index.ts'
import type { Handles } from '../handles.ts'
import type { ContentFiles } from './kept-files.ts'
import { key, language, words } from './values.ts'
import { seedId, toRecord } from './words.ts'

const TrackEntry = z.strictObject({
  key,
  kind: z.enum(['video', 'audio', 'captions', 'description', 'slides']),
  lang: language,
  channel: z.enum(['floor', 'interpretation']).nullish(),
  /** A file of the content folder, by its path in it. */
  file: z.string().min(1),
  label: words.optional(),
  /** The key of the captions it was translated from, which come before it. */
  translatedFrom: key.nullish(),
})

/** A recording of one session of the seminar it stands with. */
export const RecordingEntry = z.strictObject({
  key,
  session: z.int().positive(),
  title: words,
  note: words.optional(),
  synthetic: z.boolean().default(false),
  tracks: z.array(TrackEntry).default([]),
})
type RecordingEntry = z.infer<typeof RecordingEntry>

/** As much of a seminar as its recordings need. */
interface RecordedSeminar {
  readonly key: string
  readonly sourceLang: string
  readonly sessions: readonly { readonly number: number }[]
  readonly recordings: readonly RecordingEntry[]
}

function toRecords(seminars: readonly RecordedSeminar[]): NewRecord[] {
  return seminars.flatMap(({ sourceLang, recordings }) =>
    recordings.flatMap(({ key, synthetic, title, note, tracks }) => [
      toRecord('recording', { key, sourceLang, synthetic }, { title, note }),
      ...tracks.map((track) => toRecord('track', { key: track.key, sourceLang, synthetic }, { label: track.label })),
    ]),
  )
}

function toTrack(recordingId: string, track: RecordingEntry['tracks'][number], position: number, files: ContentFiles) {
  const kept = files.get(track.file)
  if (!kept) return []
  const { sha256: file, name: file_name, type: file_type, bytes } = kept
  return {
    id: seedId('track', track.key),
    recording_id: recordingId,
    kind: track.kind,
    lang: track.lang,
    channel: track.channel ?? null,
    source_id: track.translatedFrom ? seedId('track', track.translatedFrom) : null,
    url: null,
    file,
    file_name,
    file_type,
    bytes,
    position,
  }
}

/** Writes the recordings of seminars that were just written; their files must be there already. Returns how many records came in. */
export async function loadRecordings(
  tx: Handles,
  seminars: readonly RecordedSeminar[],
  files: ContentFiles,
  deed: Deed,
): Promise<number> {
  const made = await insertRecords(tx.records, toRecords(seminars), deed)
  const all = seminars.flatMap((seminar) =>
    seminar.recordings.map((recording) => ({ seminar, recording, id: seedId('recording', recording.key) })),
  )
  const fresh = all.filter(({ id }) => made.has(id))
  await insertRecordings(tx.recordings, {
    recordings: fresh.map(({ seminar, recording, id }, position) => ({
      id,
      seminar_id: seedId('seminar', seminar.key),
      session_id: seedId('session', `${seminar.key}/${recording.session}`),
      position,
    })),
    tracks: fresh.flatMap(({ recording, id }) =>
      recording.tracks.flatMap((track, position) => toTrack(id, track, position, files)),
    ),
  })
  return made.size
}
