import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { moveHubVersion } from '#features/records/index.ts'
import type { FileStore, StoredFile } from '#platform/files/index.ts'
import { runFfmpeg, writeMediaAudio, type Ffmpeg, type FfmpegCall, type MediaProblem } from '#platform/media/index.ts'
import { readdress, recipeFor, streamRecipe, timeFor } from './recipes.ts'
import {
  changeVersion,
  claimVersion,
  findVersionFile,
  insertPlaylist,
  listWaitingVersions,
  releaseVersion,
  type WaitingVersion,
} from './store.ts'
import { isSmallAlready, makeable } from './versions.ts'
import { GONE, openWorkFolder, sweepWorkFolders } from './work-folder.ts'
import { bringHere, createNote, MOST_ATTEMPTS, writeDown, type MakingDeps } from './workshop.ts'

/**
 * Makes the versions that films and sounds should have and have not, one after the other, until there are none or the signal says so.
 * Without ffmpeg it makes those that can be made without. Several may do so at once: each version is taken on by one. Returns how many
 * were made; one that fails for a reason of the hub's own is left for another time.
 */
export async function makeNewVersions(deps: MakingDeps, { ffmpeg, signal, progress }: MakingCall): Promise<number> {
  await sweepWorkFolders(deps.folder)
  const kinds = makeable(ffmpeg?.isEnough === true)
  const tried = new Set<string>()
  const faults: unknown[] = []
  let count = 0
  for (;;) {
    const stale = new Date(Date.parse(deps.now()) - GONE).toISOString()
    const waiting = await listWaitingVersions(deps.recordings, kinds, { stale, limit: faults.length + 20 })
    const next = waiting.filter(({ sha256, kind }) => !tried.has(`${kind} ${sha256}`))
    if (next.length === 0 || signal?.aborted) break
    for (const [index, one] of next.entries()) {
      if (signal?.aborted) break
      tried.add(`${one.kind} ${one.sha256}`)
      const attempts = await claimVersion(deps.recordings, one, { stale, at: deps.now() })
      if (attempts === null) continue
      try {
        if (await make(deps, one, attempts, { ffmpeg, ...(signal && { signal }) })) count += 1
      } catch (error) {
        faults.push(error)
      }
      await progress?.(index + 1, next.length)
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} versions could not be made yet`)
  return count
}

interface MakingCall {
  readonly ffmpeg: Ffmpeg | null
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => Promise<void>
}

type Made = { readonly type: string; readonly ending: string; readonly path: string; readonly playlist?: string }
type Outcome = Made | { readonly none: 'small' | 'codec' | 'silent' } | { readonly failed: MediaProblem | 'failed' }

/** Makes one version and notes what came of it; true when it is there. */
async function make(deps: MakingDeps, one: WaitingVersion, attempts: number, call: MakingCall): Promise<boolean> {
  const settle = async (state: 'none' | 'failed', reason: string) => {
    await changeVersion(deps.recordings, one, { state, reason, updated_at: deps.now() })
    return false
  }
  if (attempts > MOST_ATTEMPTS) return settle('failed', 'killed')
  if (isSmallAlready(one.kind, one)) return settle('none', 'small')
  await using work = await openWorkFolder(deps.folder)
  const note = createNote(async (progress) => changeVersion(deps.recordings, one, { progress, updated_at: deps.now() }))
  try {
    const outcome = await produce(deps, one, work.path, { ...call, hear: note.hear })
    await note.stop()
    if ('none' in outcome) return await settle('none', outcome.none)
    if ('failed' in outcome) return await settle('failed', outcome.failed)
    return await keep(deps, one, outcome)
  } catch (error) {
    await note.stop()
    // Given up, or a fault of the store or the database: somebody begins it anew.
    await releaseVersion(deps.recordings, one)
    if (call.signal?.aborted) return false
    throw error
  }
}

type Making = MakingCall & { readonly hear: (share: number) => void }

async function produce(deps: MakingDeps, one: WaitingVersion, folder: string, call: Making): Promise<Outcome> {
  const { kind, sha256 } = one
  const to = join(folder, 'version')
  if (kind === 'audio') {
    const options = { onShare: call.hear, ...(call.signal && { signal: call.signal }) }
    const outcome = await writeMediaAudio({ store: deps.store, sha256 }, to, options)
    if (outcome.ok) return { ...outcome, path: to }
    const { problem } = outcome
    return problem === 'codec' || problem === 'silent' ? { none: problem } : { failed: problem }
  }
  if (kind === 'stream' || kind === 'playlist') return makeStream(deps, one, folder, call)
  const from = await bringHere(deps, sha256, folder, call.signal)
  if (from === null) return { failed: 'missing' }
  const { inputs, output, type, ending } = recipeFor(kind, from, to, one)
  const failed = await run(call, one, { inputs, output, folder })
  return failed ?? { path: to, type, ending }
}

async function makeStream(deps: MakingDeps, one: WaitingVersion, folder: string, call: Making): Promise<Outcome> {
  const small = await findVersionFile(deps.recordings, one.sha256, 'small_video')
  const from = small && (await bringHere(deps, small, folder, call.signal))
  if (from === null) return { failed: 'missing' }
  const failed = await run(call, one, { ...streamRecipe(from), folder })
  if (failed) return failed
  const playlist = await readFile(join(folder, 'stream.m3u8'), 'utf8')
  return { path: join(folder, 'stream.mp4'), type: 'video/mp4', ending: 'mp4', playlist }
}

/** Runs ffmpeg; what it failed with, or null. */
async function run(
  { ffmpeg, signal, hear }: Making,
  { duration }: WaitingVersion,
  call: Pick<FfmpegCall, 'inputs' | 'output' | 'folder'>,
): Promise<{ readonly failed: 'time' | 'memory' | 'failed' } | null> {
  if (!ffmpeg) return { failed: 'failed' }
  const outcome = await runFfmpeg(ffmpeg, {
    ...call,
    time: timeFor(duration),
    onTime: (at) => hear(duration ? at / duration : 0),
    ...(signal && { signal }),
  })
  return outcome.ok ? null : { failed: outcome.problem }
}

/** Gives what was made to the store, and writes it down beside what it was made of. */
async function keep(deps: MakingDeps, one: WaitingVersion, made: Made): Promise<boolean> {
  const { recordings, store } = deps
  const stored: StoredFile = { ...(await store.take(made.path, { maxBytes: Infinity })), type: made.type }
  const playlist = made.playlist === undefined ? null : await keepPlaylist(store, made.playlist, stored.sha256)
  const at = deps.now()
  await writeDown(deps, [stored, ...(playlist ? [playlist] : [])], at)
  const { sha256: file, bytes } = stored
  const isWanted = await changeVersion(recordings, one, {
    state: 'made',
    reason: null,
    progress: 100,
    updated_at: at,
    file,
    file_type: made.type,
    ending: made.ending,
    bytes,
  })
  if (isWanted && playlist) {
    const row = { sha256: one.sha256, file: playlist.sha256, file_type: playlist.type, ending: 'm3u8' }
    await insertPlaylist(recordings, { ...row, bytes: playlist.bytes }, at)
  }
  await moveHubVersion(deps.records)
  return isWanted
}

async function keepPlaylist(store: FileStore, playlist: string, sha256: string): Promise<StoredFile> {
  const content = Buffer.from(readdress(playlist, sha256))
  const kept = await store.put(
    (async function* once() {
      yield content
    })(),
    { maxBytes: 10_000_000 },
  )
  return { ...kept, type: 'application/vnd.apple.mpegurl' }
}
