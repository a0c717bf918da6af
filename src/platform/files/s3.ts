import { rm } from 'node:fs/promises'
import { createIncoming } from './incoming.ts'
import { askS3, type S3Place } from './s3-client.ts'
import { isHash, StorageError, type ByteSpan, type FileStore } from './store.ts'

/** Bytes asked for at a time. */
const PIECE = 524_288

export interface S3StoreOptions extends S3Place {
  /** A folder of this machine where files are received: their name follows from all of their content. */
  readonly incoming: string
}

/**
 * Keeps files in a bucket of an S3-compatible storage: `{prefix}{sha256}`. What is sent is signed together with its hash, so the storage
 * refuses what was damaged on the way.
 */
export function createS3FileStore({ incoming, ...place }: S3StoreOptions): FileStore {
  const stat: FileStore['stat'] = async (sha256) => {
    // An answer to HEAD has no body, so it could not say that it is the bucket that is missing.
    const found = await readPiece(place, sha256, { first: 0, last: 0 })
    return found && { bytes: found.total }
  }
  return {
    ...createIncoming(incoming, async (path, { sha256, bytes }) => {
      const headers = { 'x-amz-content-sha256': sha256, 'content-type': 'application/octet-stream' }
      await askS3(place, { method: 'PUT', name: sha256, headers, file: { path, bytes } })
      await rm(path)
    }),
    open: async (sha256, span) => {
      const first = span?.first ?? 0
      const begin = await readPiece(place, sha256, { first, last: Math.min(span?.last ?? Infinity, first + PIECE - 1) })
      return begin && streamOf(place, sha256, begin.bytes, { first, last: span?.last ?? begin.total - 1 })
    },
    stat,
    has: async (sha256) => (await stat(sha256)) !== null,
    locate: async () => null,
    remove: async (sha256) => {
      if (isHash(sha256)) await askS3(place, { method: 'DELETE', name: sha256 })
    },
  }
}

interface Piece {
  readonly bytes: Uint8Array
  /** Bytes of the whole file. */
  readonly total: number
}

/** A part of a file; null when there is no such file. */
async function readPiece(place: S3Place, sha256: string, { first, last }: ByteSpan): Promise<Piece | null> {
  if (!isHash(sha256)) return null
  const answer = await askS3(place, { method: 'GET', name: sha256, headers: { range: `bytes=${first}-${last}` } })
  if (answer.status === 404) return null
  if (answer.status === 416) return { bytes: new Uint8Array(), total: 0 }
  if (answer.status === 200 && first > 0) {
    await answer.body?.cancel()
    throw new StorageError(`The file storage at ${place.endpoint} does not send parts of files.`)
  }
  const total = /^bytes \d+-\d+\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1]
  const bytes = await readFirst(answer, last - first + 1).catch((error: unknown) => {
    throw new StorageError(`The file storage at ${place.endpoint} broke off.`, { cause: error })
  })
  return { bytes, total: Number(total ?? answer.headers.get('content-length')) }
}

/** The first bytes of an answer: some storages send more than was asked for. */
async function readFirst({ body }: Response, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let left = most
  for await (const part of body ?? []) {
    parts.push(part.subarray(0, left))
    left -= Math.min(left, part.length)
    // Leaving the loop lets the rest go.
    if (left === 0) break
  }
  return Buffer.concat(parts)
}

/** Reads as fast as it is asked, a piece at a time: whoever reads slowly, or goes away, holds no connection to the storage. */
function streamOf(
  place: S3Place,
  sha256: string,
  begin: Uint8Array,
  { first, last }: ByteSpan,
): ReadableStream<Uint8Array> {
  let at = first
  let next: Uint8Array | null = begin
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (at <= last) {
          const bytes =
            next ?? (await readPiece(place, sha256, { first: at, last: Math.min(last, at + PIECE - 1) }))?.bytes
          next = null
          if (!bytes || bytes.length === 0) throw new Error(`${sha256} is shorter than it was`)
          at += bytes.length
          controller.enqueue(bytes)
        }
        if (at > last) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
