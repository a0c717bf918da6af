import type { CatalogueEntry } from '#features/library/index.ts'
import { analyzeTables } from '#platform/db/index.ts'
import { readKnownNames } from '../catalogue/known.ts'
import { planRows, type PlannedRow } from '../catalogue/plan.ts'
import type { KnownNames } from '../catalogue/resolve.ts'
import { writePlanned } from '../catalogue/write.ts'
import { handlesOf } from '../handles.ts'
import { createPace, type Pace } from './pace.ts'
import { requireHold, type CatalogueImport } from './store.ts'
import { findRecordAt, listMade, listUnwritten, settleRows, type OpenRow } from './store-rows.ts'
import { walk, type ImportCall, type ImportRunDeps } from './walk.ts'

/** Rows that are looked up together before they are written: their queries let pages through, a transaction does not. */
const LOOKED_UP = 100

/** Rows after which the planner hears how the tables have grown; and again whenever there are twice as many. */
const FIRST_FIGURES = 200
const growing = [
  'record',
  'record_text',
  'record_slug',
  'record_place',
  'publication',
  'contributor',
  'publication_identifier',
  'catalogue_import_row',
] as const

type NumberedRow = PlannedRow & { readonly number: number }

interface Writing {
  readonly deps: ImportRunDeps
  readonly one: CatalogueImport
  readonly signal: AbortSignal | undefined
  readonly known: KnownNames
  /** The publications that this import has made. */
  readonly made: Set<string>
  readonly pace: Pace
  /** Tells the planner, now and then, that so many rows more are written. */
  readonly grown: (rows: number) => Promise<void>
}

/**
 * Writes the rows that were found to be new or changed, and those that somebody has decided on. What the library says by now counts: one
 * that is there meanwhile is left. False when the file is no catalogue.
 */
export async function writeCatalogue(deps: ImportRunDeps, one: CatalogueImport, call: ImportCall): Promise<boolean> {
  const handles = handlesOf(deps.db)
  const known = await readKnownNames(handles)
  const made = await listMade(handles.imports, one.id)
  const writing = {
    deps,
    one,
    signal: call.signal,
    known,
    made,
    pace: createPace(deps.isBusy),
    grown: followGrowth(deps),
  }
  const step = async (entries: readonly CatalogueEntry[], first: number) => {
    const numbers = entries.map((_, index) => first + index)
    const open = await listUnwritten(handles.imports, one.id, numbers)
    const todo = open.flatMap((row) => ({ row, entry: entries[row.number - first] }))
    const rows = todo.flatMap(({ row, entry }) => (entry ? [{ row, entry }] : []))
    await writeFound(
      writing,
      rows.filter(({ row }) => row.decision === null),
    )
    // One after the other, when the rows that they may be like are written.
    for (const { row, entry } of rows) if (row.decision !== null) await writeDecided(writing, row, entry)
  }
  return walk(deps, one, call, { size: () => LOOKED_UP, step })
}

function followGrowth({ db }: Pick<ImportRunDeps, 'db'>): (rows: number) => Promise<void> {
  let [written, next] = [0, FIRST_FIGURES]
  return async (rows) => {
    written += rows
    if (written < next) return
    next = written * 2
    await analyzeTables(db, growing)
  }
}

interface Todo {
  readonly row: OpenRow
  readonly entry: CatalogueEntry
}

async function writeFound(writing: Writing, todo: readonly Todo[]): Promise<void> {
  const { deps, one, known, made } = writing
  const options = { merge: one.merge, now: deps.now(), except: made, isKnown: true }
  const entries = todo.map(({ entry }) => entry)
  const planned = await planRows(handlesOf(deps.db), entries, known, new Map(), options)
  const rows = planned.flatMap((row, index) => ({ ...row, number: todo[index]?.row.number ?? -1 }))
  for (let at = 0; at < rows.length;) {
    writing.signal?.throwIfAborted()
    const part = rows.slice(at, at + writing.pace.size())
    await writeRows(writing, part)
    at += part.length
  }
}

async function writeDecided(writing: Writing, row: OpenRow, entry: CatalogueEntry): Promise<void> {
  const { deps, one, known, made, signal } = writing
  const { number, decision, recordId, likeLine } = row
  if (decision === null) return
  signal?.throwIfAborted()
  const handles = handlesOf(deps.db)
  const id = recordId ?? (likeLine === null ? null : await findRecordAt(handles.imports, one.id, likeLine))
  // The row that it is like was not written: there is nothing to change.
  if (decision === 'same' && id === null) return
  const decided = new Map([[entry.line, { is: decision, id }]])
  const options = { merge: one.merge, now: deps.now(), except: made, isKnown: true, decided }
  const planned = await planRows(handles, [entry], known, new Map(), options)
  await writeRows(
    writing,
    planned.map((plan) => ({ ...plan, number })),
  )
}

/** Writes some rows and what came of them, all at once. */
async function writeRows({ deps, one, made, pace, grown }: Writing, rows: readonly NumberedRow[]): Promise<void> {
  const lines = await pace.step(async (begins) =>
    deps.db.transaction().execute(async (tx) => {
      begins()
      const handles = handlesOf(tx)
      await requireHold(handles.imports, one)
      const lines = await writePlanned(handles, rows, { actor: one.actor, at: deps.now() }, one.publish)
      const settled = lines.map((line, index) => ({
        number: rows[index]?.number ?? -1,
        line,
        written: line.outcome === 'new' || line.outcome === 'changed',
      }))
      await settleRows(handles.imports, one.id, settled)
      return lines
    }),
  )
  for (const { outcome, id } of lines) if (outcome === 'new' && id !== null) made.add(id)
  await grown(rows.length)
}
