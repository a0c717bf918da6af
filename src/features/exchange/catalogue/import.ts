import {
  readCatalogue,
  type CatalogueContext,
  type CatalogueFault,
  type CatalogueProblem,
} from '#features/library/index.ts'
import { handlesOf, type ExchangeDb } from '../handles.ts'
import { readKnownNames } from './known.ts'
import type { Said } from './match.ts'
import { planRows, type Decision, type ImportLine, type PlannedRow } from './plan.ts'
import { writePlanned } from './write.ts'

/** What an import is asked to do with what it finds. */
export interface ImportOptions {
  readonly dryRun: boolean
  /** Good rows are written although others are refused. */
  readonly onlyGood: boolean
  /** Rows that are surely of a publication of the hub change it. */
  readonly merge: boolean
  /** New publications are published at once; else they are drafts. */
  readonly publish: boolean
  /** What becomes of rows that may be there already, by their lines; others are told and left. */
  readonly decided?: ReadonlyMap<number, Decision>
}

export interface ImportDeps {
  readonly db: ExchangeDb
  readonly now: () => string
  readonly onProgress?: (progress: {
    readonly stage: 'compare' | 'write'
    readonly done: number
    readonly total: number
  }) => void
}

export type PublicationsImported =
  | { readonly ok: false; readonly fault: CatalogueFault; readonly line: number | null }
  | {
      readonly ok: true
      /** Something was written, or nothing needed to be. */
      readonly done: boolean
      readonly lines: readonly ImportLine[]
      /** What is wrong with the file rather than with one of its rows. */
      readonly problems: readonly CatalogueProblem[]
    }

/** Rows of one transaction: short, so that pages answer meanwhile. */
const BATCH = 200

/**
 * Brings works of a catalogue in. Every row is compared before the first is written; then batches are written each in a transaction of its own,
 * and what was broken off goes on when the file is brought in again.
 */
export async function importPublications(
  deps: ImportDeps,
  actor: string,
  file: { readonly bytes: Uint8Array; readonly name: string },
  context: CatalogueContext,
  options: ImportOptions,
): Promise<PublicationsImported> {
  const read = await readCatalogue(file.bytes, file.name, context)
  if (!read.ok) return read
  const handles = handlesOf(deps.db)
  const known = await readKnownNames(handles)
  const said: Said = new Map()
  const decided = new Map([...(options.decided ?? [])].map(([line, is]) => [line, { is, id: null }]))
  const planned: PlannedRow[] = []
  for (let at = 0; at < read.entries.length; at += BATCH) {
    const part = read.entries.slice(at, at + BATCH)
    planned.push(...(await planRows(handles, part, known, said, { merge: options.merge, now: deps.now(), decided })))
    deps.onProgress?.({ stage: 'compare', done: planned.length, total: read.entries.length })
  }
  const isRefused = planned.some(({ report }) => report.outcome === 'refused')
  const done = !options.dryRun && (!isRefused || options.onlyGood)
  const written = done ? await writeRows(deps, actor, planned, options.publish) : new Map<PlannedRow, ImportLine>()
  const lines = planned.map((row) => written.get(row) ?? row.report)
  return { ok: true, done, lines, problems: read.problems }
}

/** Writes rows in batches. Returns what came of them. */
async function writeRows(
  { db, now, onProgress }: ImportDeps,
  actor: string,
  planned: readonly PlannedRow[],
  publish: boolean,
): Promise<Map<PlannedRow, ImportLine>> {
  const written = new Map<PlannedRow, ImportLine>()
  const rows = planned.filter(({ report }) => report.outcome === 'new' || report.outcome === 'changed')
  for (let at = 0; at < rows.length; at += BATCH) {
    const part = rows.slice(at, at + BATCH)
    const deed = { actor, at: now() }
    const lines = await db.transaction().execute(async (tx) => writePlanned(handlesOf(tx), part, deed, publish))
    for (const [index, row] of part.entries()) written.set(row, lines[index] ?? row.report)
    onProgress?.({ stage: 'write', done: at + part.length, total: rows.length })
  }
  return written
}
