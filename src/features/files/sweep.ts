import type { FileStore } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import { deleteFileUnlessSent, deleteUploadsBefore, listFilesBefore, lockFile, type FileDb } from './store.ts'

/** The files' tables, and what the rest of the hub says of them, in one transaction or in none. */
export interface SweepHandles {
  readonly files: FileDb
  /** Of some files, those that something refers to. */
  readonly referred: (hashes: readonly string[]) => Promise<ReadonlySet<string>>
}

export interface SweepDeps extends SweepHandles {
  readonly store: Pick<FileStore, 'remove'>
  readonly now: () => Instant
  /** Does something in a transaction of its own. */
  readonly inside: (work: (handles: SweepHandles) => Promise<boolean>) => Promise<boolean>
}

const DAY = 86_400_000
const PAGE = 500

/** Removes the files that nothing refers to and that nobody has sent for a day. Returns how many. */
export async function sweepFiles(deps: SweepDeps, signal?: AbortSignal): Promise<number> {
  const before = new Date(Date.parse(deps.now()) - DAY).toISOString()
  await deleteUploadsBefore(deps.files, before)
  let removed = 0
  let page: string[] = []
  do {
    page = await listFilesBefore(deps.files, before, page.at(-1) ?? '', PAGE)
    const referred = await deps.referred(page)
    for (const sha256 of page) {
      if (signal?.aborted) return removed
      if (!referred.has(sha256) && (await sweepFile(deps, sha256))) removed += 1
    }
  } while (page.length === PAGE)
  return removed
}

/**
 * The row goes first and the file while the row is still held: whoever sends the same content meanwhile waits for the end and then finds
 * the file gone, and whoever refers to it is refused. When it breaks off between the two, the row is there for the next time.
 */
async function sweepFile(deps: SweepDeps, sha256: string): Promise<boolean> {
  return deps.inside(async ({ files, referred }) => {
    await lockFile(files, sha256)
    if ((await referred([sha256])).size > 0) return false
    if (!(await deleteFileUnlessSent(files, sha256))) return false
    await deps.store.remove(sha256)
    return true
  })
}
