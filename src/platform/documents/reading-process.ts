import { readFile } from './read-file.ts'
import { ReadTask, type ReadWord } from './task.ts'
import { UnreadableError } from './unreadable.ts'

// A process of its own: it has the memory that a document takes, can be ended in the middle of it, and takes nobody with it.
async function say(word: ReadWord): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  process.send?.(word, undefined, undefined, (error) => (error ? reject(error) : resolve()))
  return promise
}

function explain(error: unknown): ReadWord {
  const detail = error instanceof Error ? error.message.slice(0, 300) : String(error)
  if (error instanceof UnreadableError) return { failed: error.reason, detail }
  const isFull = /OOM|out of memory|allocation failed|Invalid (string|array buffer) length/i.test(detail)
  return { failed: isFull ? 'memory' : 'broken', detail }
}

async function answer(task: ReadTask): Promise<void> {
  try {
    const read = await readFile(task, say)
    await say({ document: read.document })
    await say({ cover: await read.makeCover() })
  } catch (error) {
    await say(explain(error))
  }
}

process.on('message', (message) => void answer(ReadTask.parse(message)))
process.on('disconnect', () => process.exit(0))
