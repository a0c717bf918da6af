import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { DatabaseSetupError } from '../errors.ts'
import {
  chooseSocketFolder,
  forgetAddress,
  prepareRunFolder,
  socketPath,
  writeAddress,
  type EmbeddedAddress,
} from './address.ts'
import { clusterPath, inspectCluster } from './cluster.ts'
import { WorkerWord, type EmbeddedTask } from './task.ts'

export type EmbeddedServer = { address: EmbeddedAddress; stop: () => Promise<void> }

/** The program of the thread: beside this one in the source, `embedded-server.js` beside the bundle. */
function resolveWorkerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './server.ts' : './embedded-server.js', import.meta.url)
}

/** The thread itself makes hardly any garbage: PostgreSQL has memory of its own. Measured: 30 MB less, and no slower. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

function startThread(task: EmbeddedTask): Worker {
  const name = `database-${task.task}`
  return new Worker(resolveWorkerUrl(), { workerData: task, execArgv: [], resourceLimits, name })
}

/** Resolves with the thread's next word; rejects when it fails or ends before it says one. */
async function nextWord(thread: Worker): Promise<WorkerWord> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new DatabaseSetupError('The embedded database ended without a word.'))
    thread.once('message', (word) => {
      thread.off('exit', onExit).off('error', reject)
      resolve(WorkerWord.parse(word))
    })
    thread.once('error', reject)
    thread.once('exit', onExit)
  })
}

/** Runs a task that ends by itself, in a process of its own: a thread would leave its memory with this one. */
export async function runTask(task: Exclude<EmbeddedTask, { task: 'serve' }>): Promise<void> {
  const program = fileURLToPath(resolveWorkerUrl())
  try {
    await promisify(execFile)(process.execPath, [program, JSON.stringify(task)])
  } catch (error) {
    throw new DatabaseSetupError('The embedded database could not be made: is the disk full?', { cause: error })
  }
}

type ServeTask = Extract<EmbeddedTask, { task: 'serve' }>

export type EmbeddedOptions = {
  /** Told when the database thread dies, and when it cannot be started again yet. */
  onFault?: (message: string) => void
  /** Milliseconds a transaction may stand idle while others wait. */
  idleInTransactionLimit?: number
  /** The thread does not keep the process alive. */
  background?: boolean
}

/** Starts the database of a data folder, making it first when there is none. The caller holds the folder's lock. */
export async function startEmbedded(dataFolder: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  if (inspectCluster(dataFolder) === 'none') await runTask({ task: 'create', dataFolder })
  prepareRunFolder(dataFolder)
  const socketFolder = chooseSocketFolder(dataFolder)
  const server = await startServing({ task: 'serve', folder: clusterPath(dataFolder) }, socketFolder, options)
  writeAddress(dataFolder, server.address)
  return {
    address: server.address,
    stop: async () => {
      await server.stop()
      forgetAddress(dataFolder)
    },
  }
}

/** Starts a database in memory, for tests, on loopback when no folder for its socket is given; `template` is a file that the task of that name wrote. */
export async function startInMemory(socketFolder: string | undefined, template: string): Promise<EmbeddedServer> {
  return startServing({ task: 'serve', template }, socketFolder, { background: true })
}

async function startServing(
  what: Pick<ServeTask, 'task' | 'folder' | 'template'>,
  socketFolder: string | undefined,
  { onFault, idleInTransactionLimit, background }: EmbeddedOptions,
): Promise<EmbeddedServer> {
  const password = socketFolder === undefined ? randomBytes(24).toString('base64url') : undefined
  const task: ServeTask = {
    ...what,
    ...(idleInTransactionLimit === undefined ? {} : { idleInTransactionLimit }),
    ...(socketFolder === undefined
      ? { at: { host: LOOPBACK, port: 0 }, password }
      : { at: { socket: socketPath(socketFolder) } }),
  }
  const first = await serve(task)
  if (background) first.thread.unref()
  // A thread that is started again listens where the first did.
  if ('port' in task.at) task.at.port = first.port
  const guard = new Guard(first.thread, task, onFault ?? (() => undefined))
  const address: EmbeddedAddress =
    socketFolder === undefined ? { host: LOOPBACK, port: first.port, password: password ?? '' } : { socketFolder }
  return { address, stop: async () => guard.stop() }
}

const LOOPBACK = '127.0.0.1'

async function serve(task: ServeTask): Promise<{ thread: Worker; port: number }> {
  if ('socket' in task.at) rmSync(task.at.socket, { force: true })
  const thread = startThread(task)
  const word = await nextWord(thread)
  if (!('ready' in word))
    throw new DatabaseSetupError('fault' in word ? word.fault : 'The embedded database ended at once.')
  return { thread, port: word.ready }
}

/** Between two attempts to start the thread again, in milliseconds: a cause such as a full disk takes a person to mend. */
const FIRST_PAUSE = 200
const LONGEST_PAUSE = 30_000
/** A thread that has run for so long, in milliseconds, has recovered from whatever it was. */
const RECOVERED = 60_000

/** Starts the thread again whenever it dies by itself: what was committed is on the disk and is recovered. */
class Guard {
  readonly #task: ServeTask
  readonly #onFault: (message: string) => void
  readonly #stopped = new AbortController()
  #thread: Worker | undefined
  #restarting: Promise<void> = Promise.resolve()
  #pause = FIRST_PAUSE

  constructor(thread: Worker, task: ServeTask, onFault: (message: string) => void) {
    this.#task = task
    this.#onFault = onFault
    this.#watch(thread)
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#restarting
    const thread = this.#thread
    this.#thread = undefined
    if (!thread) return
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage('stop')
    await nextWord(thread)
    await thread.terminate()
  }

  #watch(thread: Worker): void {
    const since = Date.now()
    let reason = 'it gave no reason'
    this.#thread = thread
    thread.on('error', (error) => {
      reason = describe(error)
    })
    thread.on('message', (word) => {
      const said = WorkerWord.safeParse(word)
      if (said.success && 'fault' in said.data) reason = said.data.fault
    })
    thread.once('exit', () => {
      if (this.#thread !== thread || this.#stopped.signal.aborted) return
      this.#thread = undefined
      if (Date.now() - since > RECOVERED) this.#pause = FIRST_PAUSE
      this.#onFault(`The embedded database stopped (${reason}); it is being started again.`)
      this.#restarting = this.#restart()
    })
  }

  async #restart(): Promise<void> {
    const { signal } = this.#stopped
    for (;;) {
      await pause(this.#pause, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE)
      try {
        return this.#watch((await serve(this.#task)).thread)
      } catch (error) {
        this.#onFault(
          `The embedded database does not start again (${describe(error)}): is the disk full? It will be tried again.`,
        )
      }
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
