import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createIncoming, syncFolder, unlessMissing } from './incoming.ts'
import { isHash, type ByteSpan, type FileStore } from './store.ts'

/** Bytes read at a time: few for whoever takes them slowly, since they wait in memory, and more with each piece for whoever asks at once for the next. */
const LEAST = 131_072
const MOST = 1_048_576

/** Milliseconds within which the next piece is asked for by who is quick. */
const QUICK = 50

/** Keeps files in a folder: `<ab>/<sha256>`. It is made with the first file. */
export function createLocalFileStore(folder: string): FileStore {
  const find = async (sha256: string): Promise<{ bytes: number } | null> => {
    const found = isHash(sha256) ? await unlessMissing(stat(pathOf(folder, sha256))) : null
    return found?.isFile() ? { bytes: found.size } : null
  }
  return {
    ...createIncoming(folder, async (path, { sha256 }) => keep(path, pathOf(folder, sha256))),
    open: async (sha256, span) => {
      const found = await find(sha256)
      return found && streamOf(pathOf(folder, sha256), span ?? { first: 0, last: found.bytes - 1 })
    },
    stat: find,
    has: async (sha256) => (await find(sha256)) !== null,
    locate: async (sha256) => ((await find(sha256)) === null ? null : pathOf(folder, sha256)),
    remove: async (sha256) => {
      if (isHash(sha256)) await rm(pathOf(folder, sha256), { force: true })
    },
  }
}

/** Where a file of the folder lies. */
function pathOf(folder: string, sha256: string): string {
  return join(folder, sha256.slice(0, 2), sha256)
}

/** Gives a received file its name. Renaming is whole or not at all, so two who bring the same content do not meet. */
async function keep(unfinished: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rename(unfinished, path)
  await syncFolder(dirname(path))
  await syncFolder(dirname(dirname(path)))
}

/**
 * Reads as fast as it is asked, a piece at a time. The file is open for as long as a piece takes: whoever reads slowly, or goes away,
 * holds nothing. What is kept never changes, so it may be opened again and again.
 */
function streamOf(path: string, { first, last }: ByteSpan): ReadableStream<Uint8Array> {
  let at = first
  let length = LEAST
  let gaveAt = -Infinity
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (at <= last) {
          length = performance.now() - gaveAt < QUICK ? Math.min(MOST, length * 2) : LEAST
          const piece = await readPiece(path, at, Math.min(length, last - at + 1))
          at += piece.length
          gaveAt = performance.now()
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
