import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import type { FileStore } from '../files/index.ts'
import { watchProcess } from '../process-bounds.ts'
import { MediaError, MediaWord, type MediaBytes, type MediaFacts, type MediaProblem, type MediaTask } from './task.ts'

/** A file of the store, read in parts wherever it is kept. */
export interface MediaSource {
  readonly store: Pick<FileStore, 'open' | 'stat'>
  readonly sha256: string
}

export interface MediaOptions {
  /** Gives it up: rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds that it may take. */
  readonly time?: number
  /** Hears how far it is, from 0 to 1, as often as it is told. */
  readonly onShare?: (share: number) => void
}

type Outcome<T> =
  ({ readonly ok: true } & T) | { readonly ok: false; readonly problem: MediaProblem; readonly detail: string }

/** Bytes of memory that the process may hold. */
const MEMORY = 512 * 1024 ** 2
const FACTS_TIME = 120_000
const AUDIO_TIME = 3_600_000

/**
 * What is written in a film or a sound: its length, its codecs, its size. Read in a process of its own, within bounds; what is wrong with
 * the file is an outcome. Where only its head could be read in time, that counts.
 */
export async function readMediaFacts(
  source: MediaSource,
  { signal, time = FACTS_TIME }: MediaOptions = {},
): Promise<Outcome<{ readonly facts: MediaFacts }>> {
  let head: MediaFacts | null = null
  const outcome = await ask(source, { audioTo: null }, { time, signal }, (word) => {
    if ('facts' in word && word.isWhole) return { facts: word.facts }
    if ('facts' in word) head = word.facts
    return null
  })
  return outcome.ok || head === null ? outcome : { ok: true, facts: head }
}

/** Writes the sound of a film to a path of its own, without making it anew; says which type it has and which ending is usual for it. */
export async function writeMediaAudio(
  source: MediaSource,
  path: string,
  { signal, time = AUDIO_TIME, onShare }: MediaOptions = {},
): Promise<Outcome<{ readonly type: string; readonly ending: string }>> {
  return ask(source, { audioTo: path }, { time, signal }, (word) => {
    if ('share' in word) onShare?.(word.share)
    return 'audio' in word ? word.audio : null
  })
}

type Hear<T> = (word: MediaWord) => T | null

async function ask<T>(
  source: MediaSource,
  task: Omit<MediaTask, 'bytes'>,
  { time, signal }: { readonly time: number; readonly signal: AbortSignal | undefined },
  hear: Hear<T>,
): Promise<Outcome<T>> {
  signal?.throwIfAborted()
  const found = await source.store.stat(source.sha256)
  if (!found) return { ok: false, problem: 'missing', detail: source.sha256 }
  if (found.bytes === 0) return { ok: false, problem: 'empty', detail: source.sha256 }
  const child = startProcess(task.audioTo)
  const gone = once(child, 'exit')
  try {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    converse(child, source, hear, { resolve, reject })
    const stop = watchProcess(child, { time, memory: MEMORY }, (what) => reject(new MediaError(what)))
    const giveUp = () => reject(signal?.reason)
    signal?.addEventListener('abort', giveUp, { once: true })
    child.send({ ...task, bytes: found.bytes } satisfies MediaTask)
    const told = await promise.finally(() => {
      stop()
      signal?.removeEventListener('abort', giveUp)
    })
    return { ok: true, ...told }
  } catch (error) {
    if (!(error instanceof MediaError)) throw error
    return { ok: false, problem: error.problem, detail: error.message }
  } finally {
    child.kill('SIGKILL')
    await gone
  }
}

/** The process's file: beside this one in the source, `media-process.js` beside the bundle. */
function startProcess(output: string | null): ChildProcess {
  const file = import.meta.url.endsWith('.ts') ? './media-process.ts' : './media-process.js'
  return fork(new URL(file, import.meta.url), {
    // No network, no further processes, no writing but of the sound that is asked for.
    execArgv: [
      '--permission',
      '--allow-fs-read=*',
      ...(output === null ? [] : [`--allow-fs-write=${dirname(output)}`]),
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${MEMORY / 1024 ** 2}`,
    ],
    serialization: 'advanced',
    stdio: 'ignore',
    env: {},
  })
}

/** Answers what the process asks for, and listens until it has said what came of it. */
function converse<T>(
  child: ChildProcess,
  source: MediaSource,
  hear: Hear<T>,
  { resolve, reject }: { readonly resolve: (told: T) => void; readonly reject: (error: unknown) => void },
): void {
  const answer = async (said: unknown) => {
    const word = MediaWord.parse(said)
    if ('from' in word) {
      const bytes = await readSpan(source, word)
      if (child.connected) child.send({ id: word.id, bytes } satisfies MediaBytes, () => undefined)
      return
    }
    if ('failed' in word) throw new MediaError(word.failed, word.detail)
    const told = hear(word)
    if (told !== null) resolve(told)
  }
  child.on('message', (said) => void answer(said).catch(reject))
  // V8 ends a process whose heap is full by an abort.
  child.once('exit', (code, by) =>
    reject(
      code === 134 || by === 'SIGABRT'
        ? new MediaError('memory')
        : new MediaError('broken', `ended with ${by ?? code}`),
    ),
  )
  child.once('error', reject)
}

async function readSpan({ store, sha256 }: MediaSource, { from, to }: { readonly from: number; readonly to: number }) {
  const stream = await store.open(sha256, { first: from, last: to - 1 })
  if (!stream) throw new MediaError('missing')
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
