import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { openAsBlob } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createCluster } from './cluster.ts'
import { startEngine, watchForCollapse } from './engine.ts'
import { Listener } from './listener.ts'
import { Session } from './session.ts'
import { Task, type EmbeddedTask, type WorkerWord } from './task.ts'

function say(word: WorkerWord): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(word)
}

async function perform(task: EmbeddedTask): Promise<void> {
  if (task.task === 'create') {
    await createCluster(task.dataFolder)
  } else if (task.task === 'template') {
    await writeTemplate(task.file)
  } else {
    await serve(task)
  }
}

/** A fresh cluster as one file, so that tests need not make one each time. */
async function writeTemplate(file: string): Promise<void> {
  const engine = await startEngine({ folder: undefined, durable: false })
  const dump = await engine.dumpDataDir('none')
  await writeFile(file, Buffer.from(await dump.arrayBuffer()))
  await engine.close()
}

async function serve(task: Extract<EmbeddedTask, { task: 'serve' }>): Promise<void> {
  const template = task.template === undefined ? undefined : await openAsBlob(task.template)
  const durable = task.folder !== undefined
  const engine = await startEngine({ folder: task.folder, durable, ...(template ? { template } : {}) })
  watchForCollapse(engine, (reason) => {
    say({ fault: reason })
    process.exit(1)
  })
  const session = new Session(engine, task.idleInTransactionLimit)
  const listener = new Listener(session, task.password)
  const port = await listener.listen(task.at)
  parentPort?.once('message', () => {
    void stop()
  })
  say({ ready: port })

  async function stop(): Promise<void> {
    await listener.close()
    await session.close()
    await engine.close()
    say({ done: true })
    parentPort?.close()
  }
}

await perform(Task.parse(isMainThread ? JSON.parse(process.argv[2] ?? '') : workerData))
