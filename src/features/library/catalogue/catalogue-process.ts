import { readCatalogue } from './catalogue.ts'
import type { CatalogueEntry } from './read.ts'
import { CatalogueTask, type CatalogueWord } from './task.ts'

// A process of its own: it has the time and the memory that a catalogue takes, can be ended in the middle of it, and takes nobody with it.
const chunks: Uint8Array[] = []
let entries: readonly CatalogueEntry[] = []

async function say(word: CatalogueWord): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  process.send?.(word, undefined, undefined, (error) => (error ? reject(error) : resolve()))
  return promise
}

async function answer(task: CatalogueTask): Promise<void> {
  if ('chunk' in task) {
    chunks.push(task.chunk)
    return
  }
  if ('give' in task) {
    const given = entries.slice(0, task.give)
    entries = entries.slice(task.give)
    return say({ entries: given })
  }
  const bytes = Buffer.concat(chunks.splice(0))
  const read = await readCatalogue(bytes, task.name, task.context)
  if (!read.ok) return say({ fault: read.fault, line: read.line })
  const { problems } = read
  ;({ entries } = read)
  return say({ total: entries.length, problems })
}

let last = Promise.resolve()
process.on('message', (message) => {
  const task = CatalogueTask.parse(message)
  last = last.then(async () => answer(task))
})
process.on('disconnect', () => process.exit(0))
