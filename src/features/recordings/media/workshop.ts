import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { insertFiles, type FileDb } from '#features/files/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import type { FileStore, StoredFile } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import type { RecordingDb } from '../store.ts'

/** What making something of a film or a sound needs. */
export interface MakingDeps {
  readonly recordings: RecordingDb
  readonly records: RecordDb
  readonly files: FileDb
  readonly store: FileStore
  readonly now: () => Instant
  /** Where it is made before the store takes it. */
  readonly folder: string
}

/** How often something is begun that ends with the process it is made in. */
export const MOST_ATTEMPTS = 3

/** Milliseconds between two notes of how far it is, which say too that somebody is at it. */
const NOTING = 5000

/** Has it written down now and then, in hundredths, how far something is, and that somebody is at it. */
export function createNote(write: (progress: number) => Promise<unknown>, every = NOTING) {
  let share = 0
  let writing: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    writing = write(Math.min(99, Math.floor(share * 100))).catch(() => undefined)
  }, every)
  return {
    hear: (at: number) => {
      share = Number.isFinite(at) ? Math.max(0, at) : share
    },
    stop: async () => {
      clearInterval(timer)
      await writing
    },
  }
}

/** Where a file is that ffmpeg can read: in the store itself, or copied from there; null when it is not there. */
export async function bringHere(
  { store }: Pick<MakingDeps, 'store'>,
  sha256: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const place = await store.locate(sha256)
  if (place !== null) return place
  const content = await store.open(sha256)
  if (content === null) return null
  const path = join(folder, 'original')
  await pipeline(content, createWriteStream(path, { mode: 0o600 }), { ...(signal && { signal }) })
  return path
}

/** Writes down that the store has files, which their makers then refer to. */
export async function writeDown(
  { files, store }: Pick<MakingDeps, 'files' | 'store'>,
  stored: readonly StoredFile[],
  at: Instant,
): Promise<void> {
  await insertFiles(
    files,
    stored.map((file) => ({ ...file, name: null })),
    at,
  )
  // The same content may just have been swept away: from here on it is not.
  for (const { sha256 } of stored)
    if (!(await store.has(sha256))) throw new Error(`The file ${sha256} went away while it was written down`)
}
