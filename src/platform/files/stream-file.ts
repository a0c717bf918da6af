import { open, type FileHandle } from 'node:fs/promises'
import type { ByteSpan, OpenOptions } from './store.ts'

/** Bytes read at a time: few for whoever takes them slowly, since they wait in memory, and more for whoever asks at once for the next. */
const LEAST = 131_072
const MOST = 524_288

/** Milliseconds within which the next piece is asked for by who is quick. */
const QUICK = 50

/** Pieces that may be held together before each is sent before the next is asked for. */
const HELD = 4

/**
 * Reads as fast as it is asked, a piece at a time. The file is open for as long as it is read quickly: whoever reads slowly, or goes away,
 * holds nothing. What is kept never changes, so it may be opened again and again.
 */
export function streamFile(
  path: string,
  { first, last }: ByteSpan,
  { passesOn = false }: OpenOptions = {},
): ReadableStream<Uint8Array> {
  const file = openWhileQuick(path)
  const pieces = createPieces(passesOn)
  let at = first
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (at <= last) {
          const piece = await file.read(pieces.next(last - at + 1), at)
          at += piece.length
          controller.enqueue(piece)
        }
        if (at > last) {
          await file.close()
          controller.close()
        }
      },
      cancel: async () => file.close(),
    },
    { highWaterMark: 0 },
  )
}

/** The memory that pieces are read into. */
function createPieces(passesOn: boolean) {
  const kept: Buffer[] = []
  let length = LEAST
  let count = 0
  let gaveAt = -Infinity
  return {
    next: (left: number): Buffer => {
      const now = performance.now()
      const isQuick = now - gaveAt < QUICK
      gaveAt = now
      count += 1
      if (!isQuick) kept.length = 0
      length = isQuick ? Math.min(MOST, length * 2) : LEAST
      if (!passesOn || !isQuick || count <= HELD || left < length) return Buffer.allocUnsafe(Math.min(left, length))
      return (kept[count % 2] ??= Buffer.allocUnsafe(length))
    },
  }
}

/** A file that is closed when it is not read for a moment, and opened again when it is. */
function openWhileQuick(path: string) {
  let file: FileHandle | null = null
  let timer: NodeJS.Timeout | undefined
  const close = async () => {
    clearTimeout(timer)
    const open = file
    file = null
    await open?.close()
  }
  return {
    close,
    read: async (into: Buffer, at: number): Promise<Buffer> => {
      clearTimeout(timer)
      const handle = (file ??= await open(path, 'r'))
      try {
        const { bytesRead } = await handle.read(into, 0, into.length, at)
        if (bytesRead === 0) throw new Error(`${path} is shorter than it was`)
        timer = setTimeout(() => void close().catch(() => undefined), QUICK).unref()
        return into.subarray(0, bytesRead)
      } catch (error) {
        await close()
        throw error
      }
    },
  }
}
