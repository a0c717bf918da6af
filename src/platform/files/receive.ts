import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { detectType } from './detect.ts'
import { FileRefusedError, FileTooLargeError, type PutOptions, type StoredFile } from './store.ts'
import { createTextWatch } from './text-watch.ts'

/** Writes what comes to a new file and learns on the way what it is. When it fails, the file is gone again. */
export async function receive(
  content: AsyncIterable<Uint8Array>,
  path: string,
  { maxBytes, name = '', accepts = () => true }: PutOptions,
): Promise<StoredFile> {
  const meter = createMeter(maxBytes)
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(meter.watch(content))
    await file.sync()
    await file.close()
    const stored = await meter.tell(path, name)
    if (!accepts(stored)) throw new FileRefusedError(stored)
    return stored
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
}

/** What a file on the disk would be kept as. */
export async function identifyFile(path: string): Promise<StoredFile> {
  return identify(path, { maxBytes: Infinity, name: basename(path) })
}

/** What a file on the disk would be kept as, if its place takes it; it is safely on the disk then. */
export async function identify(
  path: string,
  { maxBytes, name = '', accepts = () => true }: PutOptions,
): Promise<StoredFile> {
  const meter = createMeter(maxBytes)
  const file = await open(path, 'r')
  try {
    await file.sync()
    for await (const _chunk of meter.watch(file.createReadStream({ autoClose: false })));
    const stored = await meter.tell(path, name)
    if (!accepts(stored)) throw new FileRefusedError(stored)
    return stored
  } finally {
    await file.close()
  }
}

/** Counts, hashes and looks at bytes that pass by. */
function createMeter(maxBytes: number) {
  const hash = createHash('sha256')
  const text = createTextWatch()
  let bytes = 0
  return {
    async *watch(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of content) {
        bytes += chunk.length
        if (bytes > maxBytes) throw new FileTooLargeError(maxBytes)
        hash.update(chunk)
        text.push(chunk)
        yield chunk
      }
    },
    tell: async (path: string, name: string): Promise<StoredFile> => ({
      sha256: hash.digest('hex'),
      bytes,
      type: await detectType(path, text.end(), name),
    }),
  }
}
