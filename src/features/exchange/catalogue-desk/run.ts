import type { CatalogueEntry } from '#features/library/index.ts'
import { moveHubVersion } from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { readKnownNames } from '../catalogue/known.ts'
import type { Said } from '../catalogue/match.ts'
import { planRows } from '../catalogue/plan.ts'
import { handlesOf } from '../handles.ts'
import { createPace } from './pace.ts'
import { deleteImportsBefore, holdImport, moveImport, requireHold, type CatalogueImport } from './store.ts'
import { countRows, insertRows } from './store-rows.ts'
import { heldUntil, walk, whileHeld, type ImportCall, type ImportRunDeps } from './walk.ts'
import { writeCatalogue } from './write-rows.ts'

/** An import that was tried so often is given up. */
const MOST_TRIES = 5
const DAY = 86_400_000
/** Days for which an import can be looked at. */
const importDays = 30

/**
 * Compares and writes the catalogues that wait, one after the other, until there are none or the signal says so. Whatever was written
 * before it broke off is not written twice. Returns how many were worked on.
 */
export async function runImports(deps: ImportRunDeps, call: ImportCall = {}): Promise<number> {
  const { imports } = handlesOf(deps.db)
  await deleteImportsBefore(imports, new Date(Date.parse(deps.now()) - importDays * DAY).toISOString())
  for (let count = 0; ; count += 1) {
    if (call.signal?.aborted) return count
    const one = await holdImport(imports, deps.now(), heldUntil(deps))
    if (!one) return count
    if (one.tries > MOST_TRIES) await end(deps, one, 'failed')
    else await whileHeld(deps, one, async () => work(deps, one, call))
  }
}

async function work(deps: ImportRunDeps, one: CatalogueImport, call: ImportCall): Promise<void> {
  if (one.state === 'comparing') await compare(deps, one, call)
  else if (await writeCatalogue(deps, one, call)) await end(deps, one, 'done')
}

/** Writes down, row by row, what would come of a catalogue. */
async function compare(deps: ImportRunDeps, one: CatalogueImport, call: ImportCall): Promise<void> {
  const handles = handlesOf(deps.db)
  const known = await readKnownNames(handles)
  const said: Said = new Map()
  const options = { merge: one.merge, now: deps.now() }
  const pace = createPace(deps.isBusy)
  const step = async (entries: readonly CatalogueEntry[], first: number, begins: () => void) => {
    begins()
    const planned = await planRows(handles, entries, known, said, options)
    const lines = planned.map(({ report }) => report)
    await deps.db.transaction().execute(async (tx) => {
      const { imports } = handlesOf(tx)
      await requireHold(imports, one)
      await insertRows(imports, one.id, first, lines)
    })
  }
  const isRead = await walk(deps, one, call, {
    size: pace.size,
    step: async (entries, first) => pace.step(async (begins) => step(entries, first, begins)),
  })
  if (isRead) await moveImport(handles.imports, one, 'compared')
}

/** Ends an import, and notes what it has written: one that is given up may have written some of its rows. */
async function end(deps: ImportRunDeps, one: CatalogueImport, state: 'done' | 'failed'): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const { imports, audit, records } = handlesOf(tx)
    if (!(await moveImport(imports, one, state))) return
    const { of, written } = await countRows(imports, one.id)
    const counts = { new: of.new, changed: of.changed, written, published: one.publish }
    const detail = state === 'failed' ? { ...counts, state } : counts
    await writeAudit(audit, { at: deps.now(), actor: one.actor, deed: 'publications.import', subject: one.id, detail })
    await moveHubVersion(records)
  })
}
