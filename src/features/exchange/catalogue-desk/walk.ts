import { openCatalogue, type CatalogueEntry } from '#features/library/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import { handlesOf, type ExchangeDb } from '../handles.ts'
import { beginRows, keepHold, moveImport, requireHold, type CatalogueImport } from './store.ts'

export interface ImportRunDeps {
  readonly db: ExchangeDb
  readonly store: Pick<FileStore, 'open'>
  readonly now: () => Instant
  readonly origin: string
  /** Milliseconds between two signs that an import is still worked on; a few of them make up the time for which it is held. */
  readonly beat?: number
  /** Whether anybody else is using the database: pages come first. */
  readonly isBusy?: () => boolean
}

export interface ImportCall {
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => Promise<void>
}

/** Milliseconds: a worker that has said nothing for so long is gone, and another takes its work. */
const HELD = 120_000
const BEAT = 20_000
/** Milliseconds between two notes of how far an import is. */
const NOTING = 500

/** Until when an import that is held now is held. */
export const heldUntil = ({ now }: Pick<ImportRunDeps, 'now'>): Instant =>
  new Date(Date.parse(now()) + HELD).toISOString()

/** Works on an import, and says all the while that it goes on: reading a file alone may take as long as an import is held. */
export async function whileHeld(deps: ImportRunDeps, one: CatalogueImport, work: () => Promise<void>): Promise<void> {
  const { imports } = handlesOf(deps.db)
  let said: Promise<unknown> = Promise.resolve()
  // A sign that could not be given stops nothing: the work itself finds out whether it still has the import.
  const beat = async () => keepHold(imports, one, { until: heldUntil(deps) }).catch(() => false)
  const timer = setInterval(() => {
    said = said.then(beat)
  }, deps.beat ?? BEAT)
  try {
    await work()
  } finally {
    clearInterval(timer)
    await said
  }
}

interface Walk {
  /** Rows that the next step takes. */
  readonly size: () => number
  readonly step: (entries: readonly CatalogueEntry[], first: number) => Promise<void>
}

/** Walks through the rows of a catalogue in steps, telling how far it is. False when the file is no catalogue. */
export async function walk(
  deps: ImportRunDeps,
  one: CatalogueImport,
  { signal, progress }: ImportCall,
  { size, step }: Walk,
): Promise<boolean> {
  const { imports } = handlesOf(deps.db)
  const content = await deps.store.open(one.file)
  if (!content) throw new Error(`The catalogue of the import ${one.id} is not in the store`)
  const opened = await openCatalogue(content, one.name, { origin: deps.origin, lang: one.lang })
  if (!opened.ok) {
    // It was read when it was compared: what keeps it from being read now goes by.
    if (one.state === 'writing')
      throw new Error(`The catalogue of the import ${one.id} cannot be read: ${opened.fault}`)
    await moveImport(imports, one, 'unreadable', opened)
    return false
  }
  await using reading = opened.reading
  const { total, problems } = reading
  if (one.state === 'comparing') await begin(deps.db, one, { total, problems })
  let notedAt = performance.now()
  for (let done = 0; done < total;) {
    signal?.throwIfAborted()
    const entries = await reading.next(size())
    if (entries.length === 0) break
    await step(entries, done)
    done += entries.length
    if (performance.now() - notedAt < NOTING) continue
    notedAt = performance.now()
    await keepHold(imports, one, { done, until: heldUntil(deps) })
    await progress?.(done, total)
  }
  return true
}

async function begin(db: ExchangeDb, one: CatalogueImport, found: Parameters<typeof beginRows>[2]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { imports } = handlesOf(tx)
    await requireHold(imports, one)
    await beginRows(imports, one.id, found)
  })
}
