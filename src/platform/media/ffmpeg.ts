import { execFile, spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { promisify } from 'node:util'
import { watchProcess } from '../process-bounds.ts'

const execute = promisify(execFile)

/** The program ffmpeg of this machine. */
export interface Ffmpeg {
  readonly path: string
  /** As it says itself: `5.1.9-0+deb12u1`. */
  readonly version: string
  /** Whether it makes H.264 and AAC, which every phone plays. */
  readonly isEnough: boolean
}

/** Asks the program at a path, or the one that is found by its name, what it is; null when there is none. */
export async function findFfmpeg(path: string): Promise<Ffmpeg | null> {
  try {
    const options = { timeout: 10_000, maxBuffer: 4_000_000 }
    const { stdout } = await execute(path, ['-hide_banner', '-version'], options)
    const { stdout: encoders } = await execute(path, ['-hide_banner', '-encoders'], options)
    const version = /^ffmpeg version (\S+)/.exec(stdout)?.[1]
    if (version === undefined) return null
    return { path, version, isEnough: / libx264 /.test(encoders) && / aac /.test(encoders) }
  } catch {
    return null
  }
}

/** Milliseconds after which it is looked for again: it may have been installed. */
const LOOK_AGAIN = 60_000

/** Finds ffmpeg when it is asked for, and looks again a minute later at the earliest. */
export function createFfmpegFinder(path: string): () => Promise<Ffmpeg | null> {
  let lookedAt = -Infinity
  let found: Promise<Ffmpeg | null> = Promise.resolve(null)
  return async () => {
    if (performance.now() - lookedAt > LOOK_AGAIN) {
      lookedAt = performance.now()
      found = findFfmpeg(path)
    }
    return found
  }
}

export interface FfmpegCall {
  /** Files that are read, in their order; arguments that stand before one go with it. */
  readonly inputs: readonly { readonly path: string; readonly before?: readonly string[] }[]
  /** What is made of them, and where it is written. */
  readonly output: readonly string[]
  /** Milliseconds that it may take. */
  readonly time: number
  /** Ends it: rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Hears, about twice a second, up to which millisecond of the output it is. */
  readonly onTime?: (milliseconds: number) => void
  /** Folder it works in: the relative names of what it writes begin there. */
  readonly folder?: string
}

export type FfmpegOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: 'time' | 'memory' | 'failed'; readonly detail: string }

/** Containers that are opened. Playlists and lists of files are not among them: they lead to other files of the machine. */
const CONTAINERS = 'mov,matroska,ogg,mp3,wav,flac,aac,mpegts,avi,image2'

/** Bytes of memory it may hold. */
const MEMORY = 1_500_000_000

/** Letters of what it says that are kept: its last words tell what went wrong. */
const LAST_WORDS = 2000

/**
 * Runs ffmpeg without a shell, after everybody else in the order of the processor, and ends it when its time is over or the signal says so.
 * It reads and writes files of this machine and reaches no network. What it wrote before it failed is the caller's to remove.
 */
export async function runFfmpeg({ path }: Pick<Ffmpeg, 'path'>, call: FfmpegCall): Promise<FfmpegOutcome> {
  const { signal, time, onTime } = call
  signal?.throwIfAborted()
  const child = spawn(path, argumentsOf(call), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
    ...(call.folder === undefined ? {} : { cwd: call.folder }),
  })
  const { promise, resolve, reject } = Promise.withResolvers<FfmpegOutcome>()
  let words = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const at = [...chunk.toString().matchAll(/^out_time_us=(\d+)$/gm)].at(-1)?.[1]
    if (at !== undefined) onTime?.(Math.round(Number(at) / 1000))
  })
  child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-LAST_WORDS)))
  child.once('error', (error) => resolve({ ok: false, problem: 'failed', detail: error.message }))
  child.once('close', (code) => resolve(code === 0 ? { ok: true } : { ok: false, problem: 'failed', detail: words }))
  child.once('spawn', () => beKind(child.pid))
  const stop = watchProcess(child, { time, memory: MEMORY }, (what) =>
    resolve({ ok: false, problem: what, detail: words }),
  )
  const giveUp = () => reject(signal?.reason)
  const end = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', giveUp, { once: true })
  process.once('exit', end)
  try {
    return await promise
  } finally {
    stop()
    signal?.removeEventListener('abort', giveUp)
    process.off('exit', end)
    await endOf(child, end)
  }
}

/** Nobody removes its files while it still writes them. */
async function endOf(child: ReturnType<typeof spawn>, end: () => void): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('exit', () => resolve())
  end()
  await promise
}

function argumentsOf({ inputs, output, time }: FfmpegCall): string[] {
  const bounds = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', CONTAINERS, '-max_pixels', '70000000']
  const common = ['-hide_banner', '-nostdin', '-y', '-loglevel', 'error', '-progress', 'pipe:1', '-stats_period', '0.5']
  // Seconds of the processor, should the hub be gone and nobody watch the clock.
  const limit = ['-timelimit', String(Math.ceil(time / 250))]
  const read = inputs.flatMap((input) => [...bounds, ...(input.before ?? []), '-i', `file:${input.path}`])
  return [...common, ...limit, ...read, ...output]
}

/** Whoever reads pages goes first. */
function beKind(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has ended already, or the system does not let us: then it is as kind as it is.
  }
}
