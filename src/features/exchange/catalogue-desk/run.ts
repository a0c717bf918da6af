import { openCatalogue, type CatalogueEntry } from '#features/library/index.ts'
import { moveHubVersion } from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import type { FileStore } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import { readKnownNames } from '../catalogue/known.ts'
import { planRows, type PlannedRow, type Said } from '../catalogue/plan.ts'
import { writePlanned } from '../catalogue/write.ts'
import { handlesOf, type ExchangeDb } from '../handles.ts'
import { createPace } from './pace.ts'
import { beginRows, deleteImportsBefore, holdImport, moveImport, noteProgress, type CatalogueImport } from './store.ts'
import { countRows, insertRows, listMade, listUnwritten, settleRows } from './store-rows.ts'

export interface ImportRunDeps {
  readonly db: ExchangeDb
  readonly store: Pick<FileStore, 'open'>
  readonly now: () => Instant
  readonly origin: string
}

interface Call {
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => Promise<void>
}

/** Milliseconds: a worker that has said nothing for so long is gone, and another takes its work. */
const HELD = 120_000
/** Milliseconds between two notes of how far an import is. */
const NOTING = 500
/** An import that was tried so often is given up. */
const MOST_TRIES = 5
const DAY = 86_400_000
/** Days for which an import can be looked at. */
const importDays = 30

/**
 * Compares and writes the catalogues that wait, one after the other, until there are none or the signal says so. Whatever was written
 * before it broke off is not written twice. Returns how many were worked on.
 */
export async function runImports(deps: ImportRunDeps, call: Call = {}): Promise<number> {
  const { imports } = handlesOf(deps.db)
  await deleteImportsBefore(imports, new Date(Date.parse(deps.now()) - importDays * DAY).toISOString())
  for (let count = 0; ; count += 1) {
    if (call.signal?.aborted) return count
    const one = await holdImport(imports, deps.now(), heldUntil(deps))
    if (!one) return count
    if (one.tries > MOST_TRIES) await moveImport(imports, one.id, one.state, 'failed')
    else if (one.state === 'comparing') await compare(deps, one, call)
    else await write(deps, one, call)
  }
}

const heldUntil = ({ now }: ImportRunDeps) => new Date(Date.parse(now()) + HELD).toISOString()

interface Walk {
  /** Rows that the next step takes. */
  readonly size: () => number
  readonly step: (entries: readonly CatalogueEntry[], first: number) => Promise<void>
}

/** Walks through the rows of a catalogue in steps, telling how far it is. False when the file is no catalogue. */
async function walk(
  deps: ImportRunDeps,
  one: CatalogueImport,
  { signal, progress }: Call,
  { size, step }: Walk,
): Promise<boolean> {
  const { imports } = handlesOf(deps.db)
  const content = await deps.store.open(one.file)
  if (!content) throw new Error(`The catalogue of the import ${one.id} is not in the store`)
  const opened = await openCatalogue(content, one.name, { origin: deps.origin, lang: one.lang })
  if (!opened.ok) {
    await moveImport(imports, one.id, one.state, 'unreadable', opened)
    return false
  }
  await using reading = opened.reading
  const { total, problems } = reading
  if (one.state === 'comparing') await beginRows(imports, one.id, { total, problems })
  let notedAt = performance.now()
  for (let done = 0; done < total;) {
    signal?.throwIfAborted()
    const entries = await reading.next(size())
    if (entries.length === 0) break
    await step(entries, done)
    done += entries.length
    if (performance.now() - notedAt < NOTING) continue
    notedAt = performance.now()
    await noteProgress(imports, one.id, { done, until: heldUntil(deps) })
    await progress?.(done, total)
  }
  return true
}

/** Writes down, row by row, what would come of a catalogue. */
async function compare(deps: ImportRunDeps, one: CatalogueImport, call: Call): Promise<void> {
  const handles = handlesOf(deps.db)
  const known = await readKnownNames(handles)
  const said: Said = new Map()
  const options = { merge: one.merge, now: deps.now() }
  const pace = createPace()
  const step = async (entries: readonly CatalogueEntry[], first: number) => {
    const planned = await planRows(handles, entries, known, said, options)
    await insertRows(
      handles.imports,
      one.id,
      first,
      planned.map(({ report }) => report),
    )
  }
  const isRead = await walk(deps, one, call, {
    size: pace.size,
    step: async (entries, first) => pace.step(async () => step(entries, first)),
  })
  if (isRead) await moveImport(handles.imports, one.id, 'comparing', 'compared')
}

/** Rows that are looked up together before they are written: their queries let pages through, a transaction does not. */
const LOOKED_UP = 100

/** Writes the rows that were found to be new or changed. What the library says by now counts: one that is there meanwhile is left. */
async function write(deps: ImportRunDeps, one: CatalogueImport, call: Call): Promise<void> {
  const handles = handlesOf(deps.db)
  const known = await readKnownNames(handles)
  const made = await listMade(handles.imports, one.id)
  const transactions = createPace()
  const step = async (entries: readonly CatalogueEntry[], first: number) => {
    const numbers = entries.map((_, index) => first + index)
    const open = await listUnwritten(handles.imports, one.id, numbers)
    const todo = numbers.flatMap((number, index) => (open.has(number) ? (entries[index] ?? []) : []))
    const options = { merge: one.merge, now: deps.now(), except: made, isKnown: true }
    const planned = await planRows(handles, todo, known, new Map(), options)
    const rows = planned.map((row, index) => ({ ...row, number: [...open][index] ?? -1 }))
    for (let at = 0; at < rows.length;) {
      const part = rows.slice(at, at + transactions.size())
      for (const id of await transactions.step(async () => writeRows(deps, one, part))) made.add(id)
      at += part.length
    }
  }
  const isRead = await walk(deps, one, call, { size: () => LOOKED_UP, step })
  if (isRead) await endWriting(deps, one)
}

/** Writes some rows and what came of them, all at once. Returns the publications that were made. */
async function writeRows(
  { db, now }: ImportRunDeps,
  { id: importId, actor, publish }: CatalogueImport,
  rows: readonly (PlannedRow & { readonly number: number })[],
): Promise<string[]> {
  if (rows.length === 0) return []
  return db.transaction().execute(async (tx) => {
    const handles = handlesOf(tx)
    const numbers = rows.map(({ number }) => number)
    // Another worker may have written them while these were compared.
    const open = await listUnwritten(handles.imports, importId, numbers, true)
    const todo = rows.filter(({ number }) => open.has(number))
    const lines = await writePlanned(handles, todo, { actor, at: now() }, publish)
    const settled = lines.map((line, index) => ({
      number: todo[index]?.number ?? -1,
      line,
      written: line.outcome === 'new' || line.outcome === 'changed',
    }))
    await settleRows(handles.imports, importId, settled)
    return lines.flatMap(({ outcome, id }) => (outcome === 'new' && id !== null ? [id] : []))
  })
}

async function endWriting(deps: ImportRunDeps, one: CatalogueImport): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const { imports, audit, records } = handlesOf(tx)
    if (!(await moveImport(imports, one.id, 'writing', 'done'))) return
    const { of, written } = await countRows(imports, one.id)
    const detail = { new: of.new, changed: of.changed, written, published: one.publish }
    await writeAudit(audit, { at: deps.now(), actor: one.actor, deed: 'publications.import', subject: one.id, detail })
    await moveHubVersion(records)
  })
}
