import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { receive } from './receive.ts'
import type { ByteSpan, FileStore } from './store.ts'

/** Bytes read at a time. */
const CHUNK = 131_072

/** A file that is being received is called so; one that is a day old was left by a process that died. */
const UNFINISHED = /^\.new-/
const DAY = 86_400_000

/** Keeps files in a folder: `<ab>/<sha256>`. It is made with the first file. */
export function createLocalFileStore(folder: string): FileStore {
  let isSwept = false
  const find = async (sha256: string): Promise<{ bytes: number } | null> => {
    const found = isHash(sha256) ? await unlessMissing(stat(pathOf(folder, sha256))) : null
    return found?.isFile() ? { bytes: found.size } : null
  }
  return {
    put: async (content, options) => {
      if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dirname(folder))
      if (!isSwept) await sweep(folder)
      isSwept = true
      const unfinished = join(folder, `.new-${randomUUID()}`)
      const stored = await receive(content, unfinished, options)
      await keep(unfinished, pathOf(folder, stored.sha256)).catch(async (error: unknown) => {
        await rm(unfinished, { force: true })
        throw error
      })
      return stored
    },
    open: async (sha256, span) => {
      const found = await find(sha256)
      return found && streamOf(pathOf(folder, sha256), span ?? { first: 0, last: found.bytes - 1 })
    },
    stat: find,
    has: async (sha256) => (await find(sha256)) !== null,
    remove: async (sha256) => {
      if (isHash(sha256)) await rm(pathOf(folder, sha256), { force: true })
    },
  }
}

/** Where a file of the folder lies. */
function pathOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256)
}

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)

async function unlessMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Removes what a process that died left half received. */
async function sweep(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => UNFINISHED.test(name))
  for (const name of names) {
    const left = await unlessMissing(stat(join(folder, name)))
    if (left && left.mtimeMs < Date.now() - DAY) await rm(join(folder, name), { force: true })
  }
}

/** Gives a received file its name. Renaming is whole or not at all, so two who bring the same content do not meet. */
async function keep(unfinished: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rename(unfinished, path)
  await syncFolder(dirname(path))
  await syncFolder(dirname(dirname(path)))
}

/** Names are on the disk when their folder is. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Reads as fast as it is asked, a piece at a time. The file is open for as long as a piece takes: whoever reads slowly, or goes away,
 * holds nothing. What is kept never changes, so it may be opened again and again.
 */
function streamOf(path: string, { first, last }: ByteSpan): ReadableStream<Uint8Array> {
  let at = first
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (at <= last) {
          const piece = await readPiece(path, at, Math.min(CHUNK, last - at + 1))
          at += piece.length
          controller.enqueue(piece)
        }
        if (at > last) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

async function readPiece(path: string, at: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, at)
    if (bytesRead === 0) throw new Error(`${path} is shorter than it was`)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
