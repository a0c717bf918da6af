import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
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

/** The thread's file: beside this one in the source, `embedded-server.js` beside the bundle. */
function resolveWorkerUrl(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './server.ts' : './embedded-server.js', import.meta.url)
}

function startThread(task: EmbeddedTask): Worker {
  return new Worker(resolveWorkerUrl(), { workerData: task, execArgv: [], name: `database-${task.task}` })
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

/** Runs a task that ends by itself, in a thread whose memory goes with it. */
export async function runTask(task: Exclude<EmbeddedTask, { task: 'serve' }>): Promise<void> {
  const thread = startThread(task)
  await nextWord(thread)
  await thread.terminate()
}

type ServeTask = Extract<EmbeddedTask, { task: 'serve' }>

export type EmbeddedOptions = {
  /** Told of every fault of the database thread: it has been started again, or (`final`) it will not be. */
  onFault?: (message: string, final: boolean) => void
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
  const guarded = guard(first.thread, task, onFault ?? (() => undefined))
  const address: EmbeddedAddress =
    socketFolder === undefined ? { host: LOOPBACK, port: first.port, password: password ?? '' } : { socketFolder }
  return { address, stop: guarded.stop }
}

const LOOPBACK = '127.0.0.1'

async function serve(task: ServeTask): Promise<{ thread: Worker; port: number }> {
  if ('socket' in task.at) rmSync(task.at.socket, { force: true })
  const thread = startThread(task)
  const word = await nextWord(thread)
  return { thread, port: 'ready' in word ? word.ready : 0 }
}

/** Restarts allowed within `RESTART_WINDOW` milliseconds: a fault that comes back at once is no accident. */
const MOST_RESTARTS = 3
const RESTART_WINDOW = 60_000

/** Starts the thread again when it dies by itself: what was committed is on the disk and is recovered. */
function guard(first: Worker, task: ServeTask, onFault: NonNullable<EmbeddedOptions['onFault']>) {
  let thread: Worker | undefined = first
  let restarting: Promise<void> = Promise.resolve()
  let stopping = false
  let restarts: number[] = []

  const watch = (watched: Worker) => {
    let reason = 'no reason given'
    watched.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error)
    })
    watched.once('exit', () => {
      if (stopping) return
      thread = undefined
      restarting = restart(reason)
    })
  }
  const restart = async (reason: string): Promise<void> => {
    restarts = [...restarts.filter((at) => at > Date.now() - RESTART_WINDOW), Date.now()]
    if (restarts.length > MOST_RESTARTS) return onFault(`The database keeps stopping (${reason}).`, true)
    try {
      thread = (await serve(task)).thread
      watch(thread)
      onFault(`The database stopped (${reason}) and was started again.`, false)
    } catch (error) {
      onFault(`The database stopped (${reason}) and could not be started again: ${String(error)}`, true)
    }
  }
  const stop = async () => {
    await restarting
    if (stopping || !thread) return
    stopping = true
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage('stop')
    await nextWord(thread)
    await thread.terminate()
  }
  watch(first)
  return { stop }
}
