import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import { moveHubVersion, type RecordDb } from '#features/records/index.ts'
import { CaptionsUnreadable, guessCaptionLang, readCaptions } from './captions/index.ts'
import type { RecordingDb } from './store.ts'
import { recordingTables } from './store.ts'
import { listWaitingCaptions, replaceCues, type WaitingCaptions } from './store-cues.ts'

export interface CaptionReadingDeps {
  readonly recordings: RecordingDb
  readonly records: RecordDb
  readonly store: Pick<FileStore, 'open'>
  readonly now: () => Instant
}

/** Bytes of captions that are read: a day of talk in any language is less. */
const MOST_BYTES = 20_000_000

/** Reads the caption files that have not been read, until there are none or the signal says so. Returns how many were read. */
export async function readNewCaptions(
  deps: CaptionReadingDeps,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<number> {
  let count = 0
  for (;;) {
    const waiting = await listWaitingCaptions(deps.recordings, 50)
    if (waiting.length === 0 || signal?.aborted) return count
    for (const one of waiting) {
      if (signal?.aborted) return count
      await readOne(deps, one)
      count += 1
    }
    await moveHubVersion(deps.records)
  }
}

async function readOne(deps: CaptionReadingDeps, one: WaitingCaptions): Promise<void> {
  const outcome = await outcomeOf(deps, one)
  await deps.records.transaction().execute(async (tx) => replaceCues(recordingTables(tx), one, outcome, deps.now()))
}

/** Nothing of it can be read, and why. */
const failed = (reason: string) => ({
  state: 'failed' as const,
  reason,
  format: null,
  guessed_lang: null,
  problems: [],
  problem_count: 0,
  lines: [],
})

async function outcomeOf({ store }: CaptionReadingDeps, { sha256 }: WaitingCaptions) {
  const content = await store.open(sha256)
  if (content === null) return failed('missing')
  try {
    const bytes = new Uint8Array(await new Response(content).arrayBuffer())
    const read = readCaptions(bytes, { maxBytes: MOST_BYTES })
    const guessed = guessCaptionLang(read.cues)
    return {
      state: 'read' as const,
      reason: null,
      format: read.format,
      guessed_lang: guessed === null ? null : canonicalLanguageTag(guessed),
      problems: read.problems,
      problem_count: read.problemCount,
      lines: read.cues,
    }
  } catch (error) {
    if (error instanceof CaptionsUnreadable) return failed(error.instead)
    throw error
  }
}
