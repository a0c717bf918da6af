import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { identify, receive } from './receive.ts'
import type { FileStore, StoredFile } from './store.ts'

/** A file that is being received is called so; one that is a day old was left by a process that died. */
const UNFINISHED = /^\.new-/
const DAY = 86_400_000

/** Brings a file that is whole, known and on the disk to its place; it is gone from where it was, or still there when this fails. */
type Keep = (path: string, file: StoredFile) => Promise<void>

/** Receives files in a folder before they are kept. It is made with the first one, and cleared of what was left half received. */
export function createIncoming(folder: string, keep: Keep): Pick<FileStore, 'put' | 'take'> {
  let isSwept = false
  const prepare = async () => {
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(folder))
    if (!isSwept) await sweep(folder)
    isSwept = true
  }
  const put: FileStore['put'] = async (content, options) => {
    await prepare()
    const unfinished = join(folder, `.new-${randomUUID()}`)
    const stored = await receive(content, unfinished, options)
    await keep(unfinished, stored).catch(async (error: unknown) => {
      await rm(unfinished, { force: true })
      throw error
    })
    return stored
  }
  return {
    put,
    take: async (path, options) => {
      await prepare()
      const stored = await identify(path, options)
      try {
        await keep(path, stored)
      } catch (error) {
        if (!isOnAnotherDisk(error)) throw error
        await put(createReadStream(path), options)
        await rm(path)
      }
      return stored
    },
  }
}

const isOnAnotherDisk = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EXDEV'

/** Removes what a process that died left half received. */
async function sweep(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => UNFINISHED.test(name))
  for (const name of names) {
    const left = await unlessMissing(stat(join(folder, name)))
    if (left && left.mtimeMs < Date.now() - DAY) await rm(join(folder, name), { force: true })
  }
}

/** What was found on the disk, or null where nothing is. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Names are on the disk when their folder is. Windows has no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
