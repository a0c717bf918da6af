import { MediaBytes, MediaError, MediaTask, type MediaWord } from './task.ts'

// A process of its own: it has the memory that a broken file may take, can be ended in the middle of it, and takes nobody with it. It opens
// no file that is read: it asks for parts of it, wherever that is kept.
async function say(word: MediaWord): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  process.send?.(word, undefined, undefined, (error) => (error ? reject(error) : resolve()))
  return promise
}

const asked = new Map<number, (bytes: Uint8Array | null) => void>()
let count = 0

async function read(from: number, to: number): Promise<Uint8Array> {
  const { promise, resolve } = Promise.withResolvers<Uint8Array | null>()
  count += 1
  asked.set(count, resolve)
  await say({ id: count, from, to })
  const bytes = await promise
  if (bytes === null || bytes.length === 0) throw new MediaError('broken', `nothing at ${from}`)
  return bytes
}

async function answer({ bytes, audioTo }: MediaTask): Promise<void> {
  try {
    if (audioTo === null) {
      const { readFacts } = await import('./read-facts.ts')
      const facts = await readFacts(bytes, read, async (head) => say({ facts: head, isWhole: false }))
      await say({ facts, isWhole: true })
    } else {
      const { writeAudio } = await import('./write-audio.ts')
      await say({ audio: await writeAudio(bytes, read, audioTo, async (share) => say({ share })) })
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 300) : String(error)
    await say({ failed: error instanceof MediaError ? error.problem : 'broken', detail })
  }
}

process.on('message', (message) => {
  const task = MediaTask.safeParse(message)
  if (task.success) return void answer(task.data)
  const { id, bytes } = MediaBytes.parse(message)
  asked.get(id)?.(bytes)
  asked.delete(id)
})
process.on('disconnect', () => process.exit(0))
// Errors of reads that nobody waits for any more say nothing.
process.on('unhandledRejection', () => undefined)
