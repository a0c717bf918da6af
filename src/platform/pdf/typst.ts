import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { UnavailableError } from '../errors.ts'
import { cleanText } from '../text/index.ts'
import { PdfAnswer, type PdfTask } from './task.ts'

export interface PdfOptions {
  /** Font files (TTF, OTF). Others the machine has are used only for characters that none of these holds. */
  readonly fonts: readonly string[]
  /** Milliseconds a document may take, the compiler's start included. */
  readonly timeLimit?: number
  /** Bytes of memory the compiling process may hold; watched where the system tells (Linux). */
  readonly memoryLimit?: number
  /** Milliseconds without work after which the compiling process ends. */
  readonly idle?: number
}

export interface PdfCompiler {
  /** A PDF/UA-1 document from Typst source; `data` is what the source reads by `json(bytes(sys.inputs.data))`. The same in, the same bytes. */
  readonly compile: (source: string, data: unknown) => Promise<Uint8Array>
  /** Ends the compiling process. Documents under way fail. */
  readonly stop: () => void
}

/** The document cannot be made: the source is wrong, or it took too much time or memory. */
export class PdfError extends Error {
  override name = 'PdfError'
}

const mostWaiting = 20

/** Compiles Typst documents one after another in a process that is started by the first one and ends when there is nothing to do. */
export function createPdfCompiler(options: PdfOptions): PdfCompiler {
  const { idle = 30_000 } = options
  let child: ChildProcess | null = null
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let rest: NodeJS.Timeout | undefined

  const end = () => {
    clearTimeout(rest)
    child?.kill('SIGKILL')
    child = null
  }
  const run = async (task: PdfTask): Promise<Uint8Array> => {
    clearTimeout(rest)
    child = child?.connected ? child : startProcess()
    try {
      return await ask(child, task, options)
    } catch (error) {
      end()
      throw error
    } finally {
      rest = setTimeout(end, idle).unref()
    }
  }
  return {
    compile: async (source, data) => {
      if (waiting >= mostWaiting) throw new UnavailableError('documents that are being made')
      waiting += 1
      const task = { source, data: JSON.stringify(data, printable), fonts: [...options.fonts] }
      const mine = last.then(async () => run(task)).finally(() => (waiting -= 1))
      last = mine.catch(() => undefined)
      return mine
    },
    stop: end,
  }
}

/** Control characters and byte order marks are not allowed in PDF/UA, half a character not in JSON. */
function printable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? cleanText(value.toWellFormed()).replaceAll('\uFEFF', '') : value
}

/** The process's file: beside this one in the source, `pdf-process.js` beside the bundle. */
function startProcess(): ChildProcess {
  const file = import.meta.url.endsWith('.ts') ? './compile-process.ts' : './pdf-process.js'
  const child = fork(new URL(file, import.meta.url), {
    execArgv: [],
    serialization: 'advanced',
    stdio: 'ignore',
    env: {},
  })
  // The hub may end while a document waits to be asked for.
  child.unref()
  child.channel?.unref()
  return child
}

async function ask(child: ChildProcess, task: PdfTask, options: PdfOptions): Promise<Uint8Array> {
  const { timeLimit = 20_000, memoryLimit = 768 * 1024 * 1024 } = options
  const { promise, resolve, reject } = Promise.withResolvers<PdfAnswer>()
  const onMessage = (message: unknown) => resolve(PdfAnswer.parse(message))
  const onExit = () => reject(new PdfError('The document could not be made: its process ended.'))
  const timer = setTimeout(() => reject(new PdfError(`The document took more than ${timeLimit} ms.`)), timeLimit)
  const watch = setInterval(() => {
    if (memoryOf(child.pid) > memoryLimit)
      reject(new PdfError(`The document took more than ${memoryLimit} bytes of memory.`))
  }, 100)
  child.once('message', onMessage).once('exit', onExit).once('error', onExit)
  child.channel?.ref()
  try {
    child.send(task)
    const answer = await promise
    if ('failed' in answer) throw new PdfError(`The document could not be made: ${answer.failed}`)
    return answer.pdf
  } finally {
    clearTimeout(timer)
    clearInterval(watch)
    child.off('message', onMessage).off('exit', onExit).off('error', onExit)
    child.channel?.unref()
  }
}

/** Bytes of memory a process holds, or 0 where the system does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}
