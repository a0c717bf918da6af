import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { watchProcess } from '../process-bounds.ts'
import type { Cover, ReadDocument, Unreadable } from './document.ts'
import { keepForReading } from './keep.ts'
import { ReadWord, type ReadTask } from './task.ts'
import { UnreadableError } from './unreadable.ts'

/** A file and its type, as `platform/files` detects it. A path must stay what it is until the file is read. */
export type DocumentSource = { readonly type: string } & (
  { readonly path: string } | { readonly content: AsyncIterable<Uint8Array> }
)

export interface ReadOptions {
  /** Told now and then, at most some times a second. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
  /** Gives reading up: `readDocument` rejects with the signal's reason. */
  readonly signal?: AbortSignal
  readonly limits?: Partial<ReadLimits>
  /** Where content that comes as a stream lies while it is read; the system's place for such files when missing. */
  readonly scratch?: string
}

export interface ReadLimits {
  /** Bytes of the file. */
  readonly bytes: number
  /** Bytes of all that is unpacked from it. */
  readonly unpacked: number
  readonly pages: number
  /** Characters of text; what is more is cut off. */
  readonly characters: number
  /** Milliseconds, the process's start included. */
  readonly time: number
  /** Bytes of memory that the reading process may hold; watched where the system tells (Linux), elsewhere only its heap is bound. */
  readonly memory: number
}

export type ReadOutcome =
  | { readonly ok: true; readonly document: ReadDocument; readonly cover: Cover | null }
  | { readonly ok: false; readonly reason: Unreadable; readonly detail: string }

const usual: ReadLimits = {
  bytes: 1024 ** 3,
  unpacked: 128 * 1024 ** 2,
  pages: 10_000,
  characters: 20_000_000,
  time: 120_000,
  memory: 768 * 1024 ** 2,
}

/** Whether files of this type are read. */
export function isReadable(type: string): boolean {
  return readableTypes.has(type)
}

const readableTypes: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/epub+zip',
  'text/html',
])

/**
 * The text of a file, read in a process of its own that reaches no network, writes nothing and starts nothing. Whatever is wrong with the
 * file is an outcome; it rejects only when it is given up, or the content cannot be had.
 */
export async function readDocument(source: DocumentSource, options: ReadOptions = {}): Promise<ReadOutcome> {
  const limits = { ...usual, ...options.limits }
  options.signal?.throwIfAborted()
  if (!isReadable(source.type)) return { ok: false, reason: 'type', detail: source.type }
  try {
    if ('path' in source) return await readPath(source.path, source.type, limits, options)
    await using kept = await keepForReading(source.content, limits.bytes, options.scratch)
    return await readPath(kept.path, source.type, limits, options)
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return { ok: false, reason: error.reason, detail: error.message }
  }
}

async function readPath(path: string, type: string, limits: ReadLimits, options: ReadOptions): Promise<ReadOutcome> {
  const { size } = await stat(path)
  if (size === 0) throw new UnreadableError('empty')
  if (size > limits.bytes) throw new UnreadableError('tooLarge', `${size} bytes`)
  options.signal?.throwIfAborted()
  const child = startProcess(limits.memory)
  const gone = once(child, 'exit')
  try {
    return await converse(child, { path, type, limits }, limits, options)
  } finally {
    child.kill('SIGKILL')
    await gone
  }
}

/** The process's file: beside this one in the source, `reading-process.js` beside the bundle. */
function startProcess(memory: number): ChildProcess {
  const file = import.meta.url.endsWith('.ts') ? './reading-process.ts' : './reading-process.js'
  const heap = Math.max(32, Math.floor(memory / 1024 ** 2))
  return fork(new URL(file, import.meta.url), {
    // No network, no writing, no further processes: nothing a document asks for can be fetched or left behind.
    execArgv: [
      '--permission',
      '--allow-fs-read=*',
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${heap}`,
    ],
    serialization: 'advanced',
    stdio: 'ignore',
    env: {},
  })
}

/** Asks the process and listens until it has said everything, is too slow, or is gone. A document counts even when its cover takes too much. */
async function converse(
  child: ChildProcess,
  task: ReadTask,
  limits: ReadLimits,
  { onProgress, signal }: ReadOptions,
): Promise<ReadOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadOutcome>()
  let document: ReadDocument | null = null
  const fail = (reason: Unreadable, detail: string) =>
    resolve(document ? { ok: true, document, cover: null } : { ok: false, reason, detail })
  const hear = (said: unknown) => {
    const word = ReadWord.parse(said)
    if ('done' in word) onProgress?.(word)
    else if ('document' in word) ({ document } = word)
    else if ('failed' in word) fail(word.failed, word.detail)
    else if (document) resolve({ ok: true, document, cover: word.cover })
  }
  child.on('message', (said) => {
    try {
      hear(said)
    } catch (error) {
      reject(error)
    }
  })
  // V8 ends a process whose heap is full by an abort.
  child.once('exit', (code, by) =>
    code === 134 || by === 'SIGABRT' ? fail('memory', 'heap') : fail('broken', `ended with ${by ?? code}`),
  )
  child.once('error', reject)
  const stop = watchProcess(child, limits, (what) =>
    what === 'time' ? fail('timeout', `${limits.time} ms`) : fail('memory', `${limits.memory} bytes`),
  )
  const giveUp = () => reject(signal?.reason)
  signal?.addEventListener('abort', giveUp, { once: true })
  child.send(task, (error) => error && fail('broken', error.message))
  return promise.finally(() => {
    stop()
    signal?.removeEventListener('abort', giveUp)
  })
}
