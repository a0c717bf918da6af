import {
  FileRefusedError,
  FileTooLargeError,
  isNamedLike,
  typeName,
  type FileStore,
  type StoredFile,
} from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import { cleanFileName } from './domain.ts'
import { findFile, findFiles, insertUpload, listUploaded, type FileDb, type KeptFile } from './store.ts'

export interface UploadDeps {
  readonly files: FileDb
  readonly store: FileStore
  readonly now: () => Instant
}

/** Bytes of a file that comes in one request. */
const mostUploadBytes = 25_000_000

/** A file as somebody sent it. */
export interface SentFile {
  readonly name: string
  readonly size: number
  stream(): ReadableStream<Uint8Array>
}

export type Upload =
  | { readonly ok: true; readonly file: KeptFile & { readonly name: string } }
  | { readonly ok: false; readonly why: 'empty' | 'tooLarge' | 'type' }

/** What a form says of a file that was not taken. */
export const fileProblems = {
  empty: 'desk.problem.fileEmpty',
  tooLarge: 'desk.problem.fileTooLarge',
  type: 'desk.problem.fileType',
} as const

/** Only types that the hub knows are taken; a web page only where its name says that it is one. */
const accepts = ({ type }: { readonly type: string }, name: string) =>
  type === 'text/html' ? isNamedLike(name, type) : typeName(type) !== null

/** Keeps a file that somebody sent, if it is of a type that browsers are told of. Until a record refers to it, it is theirs alone. */
export async function keepUpload(deps: UploadDeps, userId: string, sent: SentFile): Promise<Upload> {
  if (sent.size === 0) return { ok: false, why: 'empty' }
  if (sent.size > mostUploadBytes) return { ok: false, why: 'tooLarge' }
  const name = cleanFileName(sent.name)
  const put = async () =>
    deps.store.put(sent.stream(), { maxBytes: mostUploadBytes, name, accepts: (file) => accepts(file, name) })
  return unlessRefused(async () => {
    const file = { ...(await put()), name }
    await noteUpload(deps, userId, file)
    // The same content may just have been swept away: from here on it is not.
    if (!(await deps.store.has(file.sha256))) await put()
    return file
  })
}

/** A file that has come in parts, and lies on the disk whole. */
export interface ReceivedFile {
  readonly name: string
  readonly path: string
  readonly maxBytes: number
  /** Told what the file is before it is taken away from where it lies. */
  readonly beforeTaken: (file: StoredFile) => Promise<void>
}

/**
 * Keeps a file that somebody sent in parts, as `keepUpload` does. When it fails, the file lies where it lay, or it is in the store under
 * the hash that `beforeTaken` was told: `keepTaken` goes on from there.
 */
export async function keepReceived(deps: UploadDeps, userId: string, received: ReceivedFile): Promise<Upload> {
  const { path, maxBytes, beforeTaken } = received
  const name = cleanFileName(received.name)
  return unlessRefused(async () => {
    const options = {
      maxBytes,
      name,
      accepts: async (file: StoredFile) => {
        if (!accepts(file, name)) return false
        // Content that is known could be swept away before the row of this upload is there; nothing could bring it back then.
        if ((await findFile(deps.files, file.sha256)) !== null) await noteUpload(deps, userId, { ...file, name })
        await beforeTaken(file)
        return true
      },
    }
    const file = { ...(await deps.store.take(path, options)), name }
    await noteUpload(deps, userId, file)
    return file
  })
}

/** Goes on where keeping a file broke off after the store had taken it. Returns whether the store has it. */
export async function keepTaken(deps: UploadDeps, userId: string, name: string, file: StoredFile): Promise<boolean> {
  if (!(await deps.store.has(file.sha256))) return false
  await noteUpload(deps, userId, { ...file, name: cleanFileName(name) })
  return true
}

async function noteUpload({ files, now }: UploadDeps, userId: string, file: KeptFile): Promise<void> {
  const at = now()
  await files.transaction().execute(async (tx) => insertUpload(tx, file, userId, at))
}

async function unlessRefused(keep: () => Promise<KeptFile & { readonly name: string }>): Promise<Upload> {
  try {
    return { ok: true, file: await keep() }
  } catch (error) {
    if (error instanceof FileTooLargeError) return { ok: false, why: 'tooLarge' }
    if (error instanceof FileRefusedError) return { ok: false, why: 'type' }
    throw error
  }
}

/** Of some files, those that somebody may choose: what they have sent lately, and what is known to be theirs to see. */
export async function listChoosable(
  db: FileDb,
  userId: string,
  hashes: readonly string[],
  known: readonly string[],
): Promise<Map<string, KeptFile>> {
  if (hashes.length === 0) return new Map()
  const uploaded = await listUploaded(db, userId, hashes)
  return findFiles(
    db,
    hashes.filter((hash) => uploaded.has(hash) || known.includes(hash)),
  )
}
