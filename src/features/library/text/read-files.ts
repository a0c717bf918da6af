import { insertFiles, type FileDb } from '#features/files/index.ts'
import { moveHubVersion, type RecordDb } from '#features/records/index.ts'
import { readDocument, wordsOf, type Cover, type DocumentPage, type ReadDocument } from '#platform/documents/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import type { LibraryDb } from '../store.ts'
import {
  beginDocument,
  endDocument,
  listWaitingFiles,
  noteProgress,
  writeTextPages,
  type WaitingFile,
} from './store.ts'

export interface FileReadingDeps {
  readonly library: LibraryDb
  readonly records: RecordDb
  readonly files: FileDb
  readonly store: FileStore
  readonly now: () => Instant
}

interface Call {
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => Promise<void>
}

/** Rows of one statement, and letters of them: nobody waits long for the only session of the embedded database. */
const BATCH = { rows: 200, letters: 500_000 }

/** Milliseconds: pages that were kept are dropped at most so often while many files are read. */
const TELLING = 30_000

/** Milliseconds between two notes of how far a file is. */
const NOTING = 1000

const COVER_BYTES = 2_000_000

/**
 * Reads the files of editions that have not been read, one after the other, until there are none or the signal says so. A file that
 * was begun and not ended is read anew. Returns how many were read; one that fails for a reason of the hub's own is left for
 * another time.
 */
export async function readNewFiles(deps: FileReadingDeps, { signal, progress }: Call = {}): Promise<number> {
  const tried = new Set<string>()
  const faults: unknown[] = []
  let toldAt = Date.now()
  let untold = 0
  const tell = async () => {
    if (untold > 0) await moveHubVersion(deps.records)
    untold = 0
    toldAt = Date.now()
  }
  for (;;) {
    // What fails stays among those that wait.
    const waiting = await listWaitingFiles(deps.library, faults.length + 100)
    const files = waiting.filter(({ sha256 }) => !tried.has(sha256))
    if (files.length === 0 || signal?.aborted) break
    for (const file of files) {
      if (signal?.aborted) break
      tried.add(file.sha256)
      try {
        await readFile(deps, file, signal)
        untold += 1
      } catch (error) {
        if (signal?.aborted) break
        faults.push(error)
      }
      if (Date.now() - toldAt > TELLING) await tell()
      await progress?.(tried.size, tried.size + files.length)
    }
  }
  await tell()
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} files could not be read yet`)
  return tried.size
}

async function readFile(deps: FileReadingDeps, { sha256, type }: WaitingFile, signal?: AbortSignal): Promise<void> {
  const { library, store, now } = deps
  await beginDocument(library, sha256, now())
  const content = await store.open(sha256)
  if (!content) return endDocument(library, sha256, { state: 'failed', reason: 'missing', read_at: now() })
  const note = createNote(library, sha256)
  const outcome = await readDocument({ type, content }, { onProgress: note.hear, ...(signal && { signal }) })
  await note.settled()
  if (!outcome.ok) return endDocument(library, sha256, { state: 'failed', reason: outcome.reason, read_at: now() })
  const { document } = outcome
  const cover = outcome.cover && (await keepCover(deps, outcome.cover))
  for (const pages of inBatches(document.pages)) await writeTextPages(library, sha256, pages)
  return endDocument(library, sha256, { ...toRow(document), state: 'read', cover, read_at: now() })
}

/** Writes down now and then how far the reading is; a note that cannot be written is not missed. */
function createNote(library: LibraryDb, sha256: string) {
  let notedAt = Date.now()
  let writing = Promise.resolve()
  return {
    hear: (progress: { readonly done: number; readonly total: number }) => {
      if (Date.now() - notedAt < NOTING) return
      notedAt = Date.now()
      writing = noteProgress(library, sha256, progress).catch(() => undefined)
    },
    settled: async () => writing,
  }
}

const toRow = (document: ReadDocument) => ({
  reason: null,
  title: document.title,
  lang: document.lang,
  claimed_lang: document.claimedLang,
  pages: document.pageCount,
  pages_read: document.pages.length,
  has_text: document.hasText,
  is_scanned: document.isScanned,
  text_bytes: document.pages.reduce((sum, page) => sum + Buffer.byteLength(wordsOf(page)), 0),
})

async function keepCover({ store, files, now }: FileReadingDeps, { bytes }: Cover): Promise<string> {
  const stored = await store.put(
    (async function* once() {
      yield bytes
    })(),
    { maxBytes: COVER_BYTES },
  )
  await insertFiles(files, [{ ...stored, name: null }], now())
  return stored.sha256
}

function* inBatches(pages: readonly DocumentPage[]): Generator<DocumentPage[]> {
  let batch: DocumentPage[] = []
  let letters = 0
  for (const page of pages) {
    batch.push(page)
    letters += wordsOf(page).length
    if (batch.length < BATCH.rows && letters < BATCH.letters) continue
    yield batch
    batch = []
    letters = 0
  }
  if (batch.length > 0) yield batch
}
