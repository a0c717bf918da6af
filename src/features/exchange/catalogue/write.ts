import { insertPublications, readPublicationRows, replaceParts, writePublication } from '#features/library/index.ts'
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
  type Deed,
  type NewRecord,
} from '#features/records/index.ts'
import { insertSeriesEntries } from '#features/series/index.ts'
import { makeId } from '#platform/ids.ts'
import type { Handles } from '../handles.ts'
import { findChanges, type Changes } from './merge.ts'
import type { ImportLine, PlannedRow } from './plan.ts'
import type { Resolved } from './resolve.ts'

/** Writes what was planned for some rows, in the transaction of the handles. Returns what came of each, new ones with their ids. */
export async function writePlanned(
  handles: Handles,
  rows: readonly PlannedRow[],
  deed: Deed,
  publish: boolean,
): Promise<ImportLine[]> {
  const fresh = rows.flatMap(({ report, resolved }) => (report.outcome === 'new' && resolved ? [resolved] : []))
  const ids = await writeNew(handles, fresh, deed, publish)
  for (const { report, resolved, changes } of rows) {
    if (report.outcome === 'changed' && report.id !== null && resolved && changes) {
      await writeChanges(handles, report.id, changes, deed)
    }
  }
  return rows.map(({ report, resolved }) =>
    report.outcome === 'new' && resolved ? { ...report, id: ids.shift() ?? null } : report,
  )
}

async function writeNew(
  { records, library, series }: Handles,
  rows: readonly Resolved[],
  deed: Deed,
  publish: boolean,
): Promise<string[]> {
  if (rows.length === 0) return []
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
  return made.map(({ id }) => id)
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
