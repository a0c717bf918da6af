import { kindOfId, loadRecords } from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { readTable, type TableProblem } from '#platform/csv/index.ts'
import type { AdminDeps, By } from './deps.ts'
import { handlesOf, inTransaction } from './handles.ts'
import { planRedirects, type RedirectPlan, type RefusedRedirect, type WantedRedirect } from './redirects.ts'
import { deleteRedirect, readRedirects, saveRedirects } from './store-redirects.ts'

type RedirectDeps = Pick<AdminDeps, 'db' | 'now' | 'origin' | 'languages'>

/** Rows of one file. */
export const MOST_REDIRECTS = 100_000
/** Bytes of one file. */
export const MOST_REDIRECT_BYTES = 20_000_000
const BATCH = 500

/** Adds one redirect, or gives one that is there a new target. */
export async function saveRedirect(
  deps: RedirectDeps,
  { actor }: By,
  path: string,
  target: string,
): Promise<RefusedRedirect | null> {
  const { good, refused } = await plan(deps, [{ row: 1, path, target }])
  if (refused[0]) return refused[0]
  const at = deps.now()
  await inTransaction(deps.db, async (tx) => {
    await saveRedirects(tx.admin, good, at)
    for (const one of good) {
      await writeAudit(tx.audit, {
        at,
        actor,
        deed: 'redirect.save',
        subject: one.path,
        detail: { target: one.target },
      })
    }
  })
  return null
}

/** Takes a redirect away. */
export async function removeRedirect({ db, now }: RedirectDeps, { actor }: By, path: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const gone = await deleteRedirect(tx.admin, path)
    if (gone) await writeAudit(tx.audit, { at: now(), actor, deed: 'redirect.remove', subject: path })
    return gone
  })
}

export interface ImportChoice {
  /** Reads and reports, writes nothing. */
  readonly dryRun: boolean
  /** Writes the good rows although others are refused; else it is all or none. */
  readonly onlyGood: boolean
}

export interface RedirectImport {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: readonly RefusedRedirect[]
  /** Whether anything was written, or nothing needed to be. */
  readonly done: boolean
  readonly encoding: string
}

export type RedirectImported = ({ readonly ok: true } & RedirectImport) | ({ readonly ok: false } & TableProblem)

const columns = {
  path: ['from', 'old', 'source', 'path', 'old path', 'old url'],
  target: ['to', 'new', 'destination', 'target', 'new path', 'new url', 'url'],
} as const

/** Reads a table of redirects and writes what is good in it, in batches: safe to run again. */
export async function importRedirects(
  deps: RedirectDeps,
  by: By,
  bytes: Uint8Array,
  { dryRun, onlyGood }: ImportChoice,
): Promise<RedirectImported> {
  const table = readTable(bytes, { columns, mostRows: MOST_REDIRECTS })
  if (!table.ok) return table
  const wanted = table.rows.map(({ row, cells }): WantedRedirect => ({ row, ...cells }))
  const { good, refused, known } = await plan(deps, wanted)
  const added = good.filter(({ path }) => !known.has(path))
  const changed = good.filter(({ path, target }) => known.has(path) && known.get(path) !== target)
  const writes = !dryRun && (refused.length === 0 || onlyGood)
  if (writes) await write(deps, by, [...added, ...changed], { added: added.length, changed: changed.length, refused })
  return {
    ok: true,
    rows: wanted.length,
    added: added.length,
    changed: changed.length,
    unchanged: good.length - added.length - changed.length,
    refused,
    done: writes,
    encoding: table.encoding,
  }
}

interface Counts {
  readonly added: number
  readonly changed: number
  readonly refused: readonly RefusedRedirect[]
}

async function write(
  { db, now }: RedirectDeps,
  { actor }: By,
  rows: readonly WantedRedirect[],
  { added, changed, refused }: Counts,
): Promise<void> {
  const at = now()
  const { admin, audit } = handlesOf(db)
  for (let start = 0; start < rows.length; start += BATCH) {
    await saveRedirects(admin, rows.slice(start, start + BATCH), at)
  }
  await writeAudit(audit, { at, actor, deed: 'redirect.import', detail: { added, changed, refused: refused.length } })
}

async function plan(
  { db, origin, languages }: RedirectDeps,
  wanted: readonly WantedRedirect[],
): Promise<RedirectPlan & { known: ReadonlyMap<string, string> }> {
  const { admin, records } = handlesOf(db)
  const known = await readRedirects(admin)
  const ids = [...new Set(wanted.map(({ target }) => target))].filter((target) => kindOfId(target) !== null)
  const found = await loadRecords(records, ids, [])
  return { known, ...planRedirects(wanted, { origin, languages, known, hasRecord: (id) => found.has(id) }) }
}
