import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { watchProcess } from '#platform/process-bounds.ts'
import type { CatalogueContext, CatalogueEntry, CatalogueFault, CatalogueProblem } from './read.ts'
import { CatalogueWord, type CatalogueTask } from './task.ts'

/** A catalogue that was read, whose works come as they are asked for. */
export interface CatalogueReading extends AsyncDisposable {
  readonly total: number
  /** What is wrong with the file rather than with one of its works. */
  readonly problems: readonly CatalogueProblem[]
  /** The next works, fewer at the end. */
  next(count: number): Promise<readonly CatalogueEntry[]>
}

export type CatalogueOpened =
  | { readonly ok: true; readonly reading: CatalogueReading }
  | { readonly ok: false; readonly fault: CatalogueFault; readonly line: number | null }

/** Milliseconds until a file must have been read, and bytes of memory that may take. */
const limits = { time: 120_000, memory: 1024 ** 3 }

/** The process's file: beside this one in the source, `catalogue-process.js` beside the bundle. */
function startProcess(): ChildProcess {
  const file = import.meta.url.endsWith('.ts') ? './catalogue-process.ts' : './catalogue-process.js'
  return fork(new URL(file, import.meta.url), {
    // No network, no writing, no further processes: a file is read and nothing else.
    execArgv: [
      '--permission',
      '--allow-fs-read=*',
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${limits.memory / 1024 ** 2}`,
    ],
    serialization: 'advanced',
    stdio: 'ignore',
    env: {},
  })
}

/**
 * Reads a catalogue as `readCatalogue` does, in a process of its own: a large file keeps nobody waiting, and one that takes more time or
 * memory than any should is refused. A process that somebody else has ended says nothing about its file: that throws.
 */
export async function openCatalogue(
  content: AsyncIterable<Uint8Array>,
  name: string,
  context: CatalogueContext,
): Promise<CatalogueOpened> {
  const child = startProcess()
  const gone = once(child, 'exit')
  const end = async () => {
    child.kill('SIGKILL')
    await gone
  }
  try {
    for await (const chunk of content) await send(child, { chunk })
    const said = await ask(child, { name, context })
    if (said === null) {
      await end()
      return { ok: false, fault: 'tooLarge', line: null }
    }
    if ('fault' in said) {
      await end()
      return { ok: false, ...said }
    }
    if (!('total' in said)) throw new Error('The process that reads catalogues did not say what is in the file')
    return { ok: true, reading: { ...said, next: async (count) => takeNext(child, count), [Symbol.asyncDispose]: end } }
  } catch (error) {
    await end()
    throw error
  }
}

async function takeNext(child: ChildProcess, count: number): Promise<readonly CatalogueEntry[]> {
  const said = await ask(child, { give: count })
  if (said === null || !('entries' in said)) throw new Error('The process that reads catalogues gave no works')
  return said.entries
}

async function send(child: ChildProcess, task: CatalogueTask): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  // A process that has ended is found out when it is asked.
  if (!child.connected) return
  child.send(task, () => resolve())
  return promise
}

/** Asks the process one thing; null when it takes more than it may. Throws when it has ended for another reason. */
async function ask(child: ChildProcess, task: CatalogueTask): Promise<CatalogueWord | null> {
  const { promise, resolve, reject } = Promise.withResolvers<CatalogueWord | null>()
  const hear = (message: unknown) => {
    const word = CatalogueWord.safeParse(message)
    if (word.success) resolve(word.data)
    else reject(word.error)
  }
  const giveUp = () => resolve(null)
  const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
    if (isOutOfMemory(code, signal)) giveUp()
    else reject(new Error(`The process that reads catalogues was ended (${signal ?? code}) before its work was done`))
  }
  child.once('message', hear)
  child.once('exit', onExit)
  const stop = watchProcess(child, limits, giveUp)
  if (child.exitCode === null && child.signalCode === null) await send(child, task)
  else onExit(child.exitCode, child.signalCode)
  return promise.finally(() => {
    stop()
    child.off('message', hear)
    child.off('exit', onExit)
  })
}

/** V8 aborts where its memory has no room for more (134 where a shell stands between). Whoever ends a process does so otherwise. */
const isOutOfMemory = (code: number | null, signal: NodeJS.Signals | null) => signal === 'SIGABRT' || code === 134
