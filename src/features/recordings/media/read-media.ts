import type { FileStore } from '#platform/files/index.ts'
import { readMediaFacts, type MediaFacts } from '#platform/media/index.ts'
import type { Instant } from '#platform/time.ts'
import { moveHubVersion, type RecordDb } from '#features/records/index.ts'
import type { RecordingDb } from '../store.ts'
import { listUnreadMedia, noteMedia, type MediaRow } from './store.ts'

export interface MediaReadingDeps {
  readonly recordings: RecordingDb
  readonly records: RecordDb
  readonly store: Pick<FileStore, 'open' | 'stat'>
  readonly now: () => Instant
}

/** Looks at the films and sounds that nobody has looked at, until there are none or the signal says so. Returns how many. */
export async function readNewMedia(
  deps: MediaReadingDeps,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<number> {
  let count = 0
  for (;;) {
    const waiting = await listUnreadMedia(deps.recordings, 50)
    if (waiting.length === 0 || signal?.aborted) return count
    for (const sha256 of waiting) {
      if (signal?.aborted) return count
      await noteMedia(deps.recordings, sha256, await lookAt(deps, sha256, signal), deps.now())
      count += 1
    }
    await moveHubVersion(deps.records)
  }
}

/** What is to be written down of a film or a sound. */
export async function lookAt(
  { store }: Pick<MediaReadingDeps, 'store'>,
  sha256: string,
  signal?: AbortSignal,
): Promise<MediaRow> {
  const outcome = await readMediaFacts({ store, sha256 }, signal ? { signal } : {})
  if (outcome.ok) return toRow(outcome.facts)
  const nothing = { duration: null, width: null, height: null, video_codec: null, audio_codec: null }
  return { ...nothing, state: 'failed', reason: outcome.problem }
}

const toRow = ({ duration, width, height, videoCodec, audioCodec, notice }: MediaFacts): MediaRow => ({
  state: 'read',
  reason: notice,
  duration,
  width,
  height,
  video_codec: videoCodec,
  audio_codec: audioCodec,
})
