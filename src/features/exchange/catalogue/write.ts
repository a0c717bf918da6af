import { insertPublications, replaceParts, writePublication } from '#features/library/index.ts'
import {
  findSuccessors,
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
import { findAtPlaces, insertSeriesEntries, writeSeriesPlace } from '#features/series/index.ts'
import { makeId } from '#platform/ids.ts'
import type { Handles } from '../handles.ts'
import { occupantsOf, placeKey, placeOf, withFreePlace } from './match.ts'
import { findChanges, type Changes, type StoredWork } from './merge.ts'
import type { ImportLine, PlannedRow } from './plan.ts'
import type { Resolved } from './resolve.ts'
import { readStored } from './stored.ts'

/** A row that something is written for. */
interface Row {
  readonly report: ImportLine
  readonly resolved: Resolved
}

/** Where rows are written: `occupants` are what stands at their places in series by now. */
interface Writing {
  readonly handles: Handles
  readonly deed: Deed
  readonly occupants: Map<string, string>
}

/** Writes what was planned for some rows, in the transaction of the handles. Returns what came of each, new ones with their ids. */
export async function writePlanned(
  handles: Handles,
  rows: readonly PlannedRow[],
  deed: Deed,
  publish: boolean,
): Promise<ImportLine[]> {
  const todo = rows.flatMap(({ report, resolved }) => (resolved ? [{ report, resolved }] : []))
  const of = (outcome: ImportLine['outcome']) => todo.filter(({ report }) => report.outcome === outcome)
  const places = [...of('new'), ...of('changed')].flatMap(({ resolved }) => placeOf(resolved) ?? [])
  const writing = { handles, deed, occupants: occupantsOf(await findAtPlaces(handles.series, places)) }
  const made = await writeNew(writing, of('new'), publish)
  const changed = await writeChanged(writing, of('changed'))
  const lines = new Map([...made, ...changed])
  return rows.map(({ report }) => lines.get(report) ?? report)
}

/** What was planned for a row, and what came of it. */
type Outcome = readonly [planned: ImportLine, written: ImportLine]

async function writeNew(
  { handles: { records, library, series }, deed, occupants }: Writing,
  rows: readonly Row[],
  publish: boolean,
): Promise<Outcome[]> {
  if (rows.length === 0) return []
  const made = rows.map(({ report, resolved: planned }) => {
    const id = newId('publication', deed.at)
    const resolved = withFreePlace(planned, id, occupants, report)
    const place = placeOf(resolved)
    if (place) occupants.set(placeKey(place), id)
    const sourceLang = resolved.patch.sourceLang ?? Object.keys(resolved.patch.title)[0] ?? 'en'
    const nothing = { id, sourceLang, texts: {}, rows: noRows, place: null, concepts: [], places: [], funding: [] }
    const changes = findChanges(nothing, resolved, () => makeId('edn', deed.at))
    return {
      id,
      sourceLang,
      resolved,
      changes,
      planned: report,
      line: { ...withProblems(report, planned, resolved), id },
    }
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
  return made.map(({ planned, line }) => [planned, line])
}

const noRows = { publications: [], contributors: [], editions: [], identifiers: [], files: [], documents: [] }

/** What was told of a row, and what was found while it was written. */
const withProblems = (report: ImportLine, planned: Resolved, written: Resolved): ImportLine => ({
  ...report,
  problems: [...report.problems, ...written.problems.slice(planned.problems.length)],
})

/** Changes publications by what they are now: since the rows were planned somebody may have saved them, or another row. */
async function writeChanged(writing: Writing, rows: readonly Row[]): Promise<Outcome[]> {
  if (rows.length === 0) return []
  const { handles, deed, occupants } = writing
  const idOf = await lockTargets(handles.records, [...new Set(rows.flatMap(({ report }) => report.id ?? []))])
  const stored = await readStored(handles, [...new Set(idOf.values())])
  const lines: Outcome[] = []
  for (const { report, resolved: planned } of rows) {
    const id = idOf.get(report.id ?? '') ?? ''
    const work = stored.get(id)
    if (!work) {
      lines.push([report, toGone(report)])
      continue
    }
    const resolved = withFreePlace(planned, id, occupants, report)
    const changes = findChanges(work, resolved, () => makeId('edn', deed.at))
    const isSame = changes.fields.length === 0
    if (!isSame) await writeChanges(writing, work, changes)
    for (const [key, now] of isSame ? [] : await readStored(handles, [id])) stored.set(key, now)
    const told = withProblems(report, planned, resolved)
    lines.push([report, { ...told, id, outcome: isSame ? 'same' : 'changed', fields: changes.fields }])
  }
  return lines
}

/** Holds publications until the transaction ends: whoever saves them meanwhile takes turns with us. Those merged into others are these. */
async function lockTargets(records: Handles['records'], ids: readonly string[]): Promise<Map<string, string>> {
  // In one order, so that no two imports wait for each other.
  for (const id of ids.toSorted()) await lockVersion(records, id)
  const later = await findSuccessors(records, ids)
  for (const id of [...new Set(later.values())].toSorted()) await lockVersion(records, id)
  return new Map(ids.map((id) => [id, later.get(id) ?? id]))
}

const toGone = (report: ImportLine): ImportLine => {
  const { line, entry, id } = report
  const problem = { problem: 'unknownId', line, entry, field: null, value: id ?? '', fatal: true } as const
  return { ...report, outcome: 'refused', problems: [...report.problems, problem] }
}

async function writeChanges(
  { handles: { records, library }, deed, occupants }: Writing,
  { id, rows, place: left }: StoredWork,
  changes: Changes,
): Promise<void> {
  for (const { field, lang, body } of changes.texts) await writeText(records, id, { field, lang, body }, deed)
  if (changes.types !== null || changes.issued !== null) {
    const [now] = rows.publications
    const types = [...(changes.types ?? now?.types ?? [])]
    await writePublication(library, { id, types, issued: changes.issued ?? now?.issued ?? null })
  }
  if (changes.parts) await replaceParts(library, id, changes.parts)
  if (changes.concepts) await writeConcepts(records, id, changes.concepts)
  if (changes.places) await writePlaces(records, id, 'covers', changes.places)
  if (changes.funding) await writeLinks(records, id, 'funded_by', changes.funding)
  const { place } = changes
  if (place) {
    if (left) occupants.delete(placeKey(left))
    await writeSeriesPlace(records, id, { series: [place.seriesId], seriesNumber: [String(place.number)] })
    occupants.set(placeKey(place), id)
  }
  await insertEvents(records, [{ record_id: id, verb: 'import', after: changes.fields.join(', ') }], deed)
  await touchRecord(records, id, deed)
}
