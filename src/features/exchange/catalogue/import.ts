import {
  readCatalogue,
  readPublicationRows,
  replaceParts,
  insertPublications,
  writePublication,
  type CatalogueContext,
  type CatalogueFault,
  type CatalogueProblem,
} from '#features/library/index.ts'
import {
  insertEvents,
  insertRecords,
  lockVersion,
  newId,
  touchRecord,
  writeConcepts,
  writeLinks,
  writePlaces,
  writeText,
  type NewRecord,
} from '#features/records/index.ts'
import { insertSeriesEntries } from '#features/series/index.ts'
import { makeId } from '#platform/ids.ts'
import { handlesOf, type ExchangeDb, type Handles } from '../handles.ts'
import { readKnownNames } from './known.ts'
import { findChanges, type Changes } from './merge.ts'
import { planRows, type ImportLine, type PlannedRow, type Said } from './plan.ts'
import type { Resolved } from './resolve.ts'

/** What an import is asked to do with what it finds. */
export interface ImportOptions {
  readonly dryRun: boolean
  /** Good rows are written although others are refused. */
  readonly onlyGood: boolean
  /** Rows that are surely of a publication of the hub change it. */
  readonly merge: boolean
  /** New publications are published at once; else they are drafts. */
  readonly publish: boolean
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
  const planned: PlannedRow[] = []
  for (let at = 0; at < read.entries.length; at += BATCH) {
    const part = read.entries.slice(at, at + BATCH)
    planned.push(...(await planRows(handles, part, known, said, { merge: options.merge, now: deps.now() })))
    deps.onProgress?.({ stage: 'compare', done: planned.length, total: read.entries.length })
  }
  const lines = planned.map(({ report }) => report)
  const isRefused = lines.some(({ outcome }) => outcome === 'refused')
  const done = !options.dryRun && (!isRefused || options.onlyGood)
  if (done) await writeRows(deps, actor, planned, options.publish)
  return { ok: true, done, lines, problems: read.problems }
}

async function writeRows(
  { db, now, onProgress }: ImportDeps,
  actor: string,
  planned: readonly PlannedRow[],
  publish: boolean,
) {
  const rows = planned.filter(({ report }) => report.outcome === 'new' || report.outcome === 'changed')
  for (let at = 0; at < rows.length; at += BATCH) {
    const part = rows.slice(at, at + BATCH)
    const deed = { actor, at: now() }
    await db.transaction().execute(async (tx) => {
      const handles = handlesOf(tx)
      await writeNew(
        handles,
        part.flatMap(({ report, resolved }) => (report.outcome === 'new' && resolved ? [resolved] : [])),
        deed,
        publish,
      )
      for (const { report, resolved, changes } of part) {
        if (report.outcome === 'changed' && report.id !== null && resolved && changes) {
          await writeChanges(handles, report.id, changes, deed)
        }
      }
    })
    onProgress?.({ stage: 'write', done: at + part.length, total: rows.length })
  }
}

type Deed = { readonly actor: string; readonly at: string }

async function writeNew(
  { records, library, series }: Handles,
  rows: readonly Resolved[],
  deed: Deed,
  publish: boolean,
): Promise<void> {
  if (rows.length === 0) return
  const made = rows.map((resolved) => {
    const id = newId('publication', deed.at)
    const sourceLang = resolved.patch.sourceLang ?? Object.keys(resolved.patch.title)[0] ?? 'en'
    const nothing = { id, sourceLang, texts: {}, rows: noRows, place: null, concepts: [], places: [], funding: [] }
    return { id, sourceLang, resolved, changes: findChanges(nothing, resolved, () => makeId('edn', deed.at)) }
  })
  const drafts = made.map(({ id, sourceLang, resolved, changes }): NewRecord => ({
    id,
    kind: 'publication',
    sourceLang,
    status: publish ? 'published' : 'draft',
    texts: changes.texts,
    concepts: resolved.concepts,
    places: (changes.places ?? []).map((code) => ({ code, role: 'covers' })),
    links: resolved.funding.map((to) => ({ to, relation: 'funded_by' })),
  }))
  await insertRecords(records, drafts, deed)
  await insertPublications(library, {
    publications: made.map(({ id, changes }) => ({ id, types: [...(changes.types ?? [])], issued: changes.issued })),
    contributors: made.flatMap(({ changes }) => changes.parts?.contributors ?? []),
    editions: made.flatMap(({ changes }) => changes.parts?.editions ?? []),
    identifiers: made.flatMap(({ changes }) => changes.parts?.identifiers ?? []),
    files: made.flatMap(({ changes }) => changes.parts?.files ?? []),
  })
  const entries = made.flatMap(({ id, changes }) => {
    const { place } = changes
    return place ? [{ series_id: place.seriesId, number: place.number, record_id: id, deduced: false }] : []
  })
  await insertSeriesEntries(series, entries)
}

const noRows = { publications: [], contributors: [], editions: [], identifiers: [], files: [], documents: [] }

async function writeChanges(
  { records, library, series }: Handles,
  id: string,
  changes: Changes,
  deed: Deed,
): Promise<void> {
  // Whoever saves it at the desk meanwhile takes turns with us.
  await lockVersion(records, id)
  for (const { field, lang, body } of changes.texts) await writeText(records, id, { field, lang, body }, deed)
  if (changes.types !== null || changes.issued !== null) {
    const [now] = await readNow(library, id)
    await writePublication(library, {
      id,
      types: [...(changes.types ?? now?.types ?? [])],
      issued: changes.issued ?? now?.issued ?? null,
    })
  }
  if (changes.parts) await replaceParts(library, id, changes.parts)
  if (changes.concepts) await writeConcepts(records, id, changes.concepts)
  if (changes.places) await writePlaces(records, id, 'covers', changes.places)
  if (changes.funding) await writeLinks(records, id, 'funded_by', changes.funding)
  const { place } = changes
  if (place)
    await insertSeriesEntries(series, [
      { series_id: place.seriesId, number: place.number, record_id: id, deduced: false },
    ])
  await insertEvents(records, [{ record_id: id, verb: 'import', after: changes.fields.join(', ') }], deed)
  await touchRecord(records, id, deed)
}

const readNow = async (library: Handles['library'], id: string) =>
  (await readPublicationRows(library, [id])).publications
