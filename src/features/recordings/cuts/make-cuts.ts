import { join } from 'node:path'
import { moveHubVersion } from '#features/records/index.ts'
import type { StoredFile } from '#platform/files/index.ts'
import { runFfmpeg, type Ffmpeg, type MediaProblem } from '#platform/media/index.ts'
import { lookAt } from '../media/read-media.ts'
import { timeFor } from '../media/recipes.ts'
import { noteMedia } from '../media/store.ts'
import { GONE, openWorkFolder, sweepWorkFolders } from '../media/work-folder.ts'
import { bringHere, createNote, MOST_ATTEMPTS, writeDown, type MakingDeps } from '../media/workshop.ts'
import { cutRecipe } from './recipe.ts'
import { changeCut, claimCut, forgetVoidCuts, listWaitingCuts, releaseCut, type WaitingCut } from './store.ts'

interface CuttingCall {
  readonly ffmpeg: Ffmpeg
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => Promise<void>
  /** Milliseconds between two looks at whether a copy is still waited for; else the usual. */
  readonly every?: number
}

/**
 * Makes the copies without what was taken down of films and sounds that have none yet, the one waited for longest first, until there are
 * none or the signal says so. Several may do so at once: each copy is taken on by one. Returns how many were made; one that fails for a
 * reason of the hub's own is left for another time.
 */
export async function makeNewCuts(deps: MakingDeps, call: CuttingCall): Promise<number> {
  await sweepWorkFolders(deps.folder)
  await forgetVoidCuts(deps.recordings)
  const tried = new Set<string>()
  const faults: unknown[] = []
  let count = 0
  for (;;) {
    const stale = new Date(Date.parse(deps.now()) - GONE).toISOString()
    const waiting = await listWaitingCuts(deps.recordings, { stale, limit: tried.size + 1 })
    const one = waiting.find(({ sha256, cut }) => !tried.has(`${cut} ${sha256}`))
    if (!one || call.signal?.aborted) break
    tried.add(`${one.cut} ${one.sha256}`)
    const attempts = await claimCut(deps.recordings, one, { stale, at: deps.now() })
    if (attempts === null) continue
    try {
      if (await make(deps, one, attempts, call)) count += 1
    } catch (error) {
      faults.push(error)
    }
    await call.progress?.(tried.size, Math.max(tried.size, waiting.length))
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} copies could not be made yet`)
  return count
}

type Reason = MediaProblem | 'failed' | 'killed' | 'length'

/** Makes one copy and notes what came of it; true when it is there. It is given up when other spans are taken down meanwhile. */
async function make(deps: MakingDeps, one: WaitingCut, attempts: number, call: CuttingCall): Promise<boolean> {
  const { recordings } = deps
  const fail = async (reason: Reason) => {
    await changeCut(recordings, one, { state: 'failed', reason, updated_at: deps.now() })
    await moveHubVersion(deps.records)
    return false
  }
  if (attempts > MOST_ATTEMPTS) return fail('killed')
  await using work = await openWorkFolder(deps.folder)
  const unwanted = new AbortController()
  const signal = AbortSignal.any([unwanted.signal, ...(call.signal ? [call.signal] : [])])
  const note = createNote(async (progress) => {
    const isWanted = await changeCut(recordings, one, { progress, updated_at: deps.now() })
    if (!isWanted) unwanted.abort(new Error('Nobody waits for it any more'))
  }, call.every)
  try {
    const made = await produce(deps, one, work.path, { ffmpeg: call.ffmpeg, signal, hear: note.hear })
    await note.stop()
    return typeof made === 'string' ? await fail(made) : await keep(deps, one, made, fail)
  } catch (error) {
    await note.stop()
    // Given up, or a fault of the store or the database: somebody begins it anew, if it is still wanted.
    await releaseCut(recordings, one)
    if (signal.aborted) return false
    throw error
  }
}

interface Made {
  readonly path: string
  readonly type: string
  readonly ending: string
}

interface Making {
  readonly ffmpeg: Ffmpeg
  readonly signal: AbortSignal
  readonly hear: (share: number) => void
}

/** Writes a copy to a folder; says with what it failed otherwise. */
async function produce(
  deps: MakingDeps,
  one: WaitingCut,
  folder: string,
  { ffmpeg, signal, hear }: Making,
): Promise<Made | Reason> {
  const { duration } = one
  const from = await bringHere(deps, one.sha256, folder, signal)
  if (from === null) return 'missing'
  const path = join(folder, 'copy')
  const { inputs, output, type, ending } = cutRecipe(from, path, one)
  const outcome = await runFfmpeg(ffmpeg, {
    inputs,
    output,
    folder,
    time: timeFor(duration),
    onTime: (at) => hear(duration ? at / duration : 0),
    signal,
  })
  return outcome.ok ? { path, type, ending } : outcome.problem
}

/** Milliseconds, and parts of its length, that a copy may be shorter: what a damaged end or an odd clock makes of it. */
const SHORTER = { most: 2000, share: 0.02 } as const

/** Gives a copy to the store, and writes it down beside what it was made of once it is known to be whole. */
async function keep(
  deps: MakingDeps,
  one: WaitingCut,
  { path, type, ending }: Made,
  fail: (reason: Reason) => Promise<boolean>,
): Promise<boolean> {
  const { recordings, store } = deps
  const stored: StoredFile = { ...(await store.take(path, { maxBytes: Infinity })), type }
  const at = deps.now()
  await writeDown(deps, [stored], at)
  const { sha256: file, bytes } = stored
  const facts = await lookAt({ store }, file)
  if (facts.state === 'failed') return fail('failed')
  const least = (one.duration ?? 0) * (1 - SHORTER.share) - SHORTER.most
  if ((facts.duration ?? 0) < least) return fail('length')
  await noteMedia(recordings, file, facts, at)
  const made = { state: 'made', reason: null, progress: 100, updated_at: at } as const
  const isWanted = await changeCut(recordings, one, { ...made, file, file_type: type, ending, bytes })
  if (!isWanted) await releaseCut(recordings, one)
  await moveHubVersion(deps.records)
  return isWanted
}
