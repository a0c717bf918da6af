import {
  findByIdentifiers,
  foldName,
  isNearWork,
  type CatalogueEntry,
  type CatalogueProblem,
} from '#features/library/index.ts'
import { allIds, findBySlugs, findSuccessors, slugify } from '#features/records/index.ts'
import { findAtPlaces } from '#features/series/index.ts'
import { makeId } from '#platform/ids.ts'
import type { Handles } from '../handles.ts'
import { findChanges, type Changes, type StoredWork } from './merge.ts'
import { readStored } from './stored.ts'
import { resolvePatch, type KnownNames, type Resolved } from './resolve.ts'
import { findWarnings, type WorkWarning } from './warnings.ts'

/** What becomes of a row: `duplicate` may be one the hub has; it is left for a person to decide. */
export type ImportOutcome = 'new' | 'changed' | 'same' | 'duplicate' | 'refused'

/** How a row was found to be of a publication. */
export type MatchReason = 'id' | 'doi' | 'isbn' | 'series' | 'title'

export interface ImportLine {
  readonly line: number
  readonly entry: string | null
  readonly title: string
  readonly outcome: ImportOutcome
  /** The publication of the hub it is, or may be. */
  readonly id: string | null
  /** The line of this file that says the same. */
  readonly likeLine: number | null
  readonly reason: MatchReason | null
  readonly fields: readonly string[]
  readonly problems: readonly CatalogueProblem[]
  readonly warnings: readonly WorkWarning[]
}

/** A row and what is to be written for it. */
export interface PlannedRow {
  readonly report: ImportLine
  readonly resolved: Resolved | null
  readonly changes: Changes | null
}

export interface PlanOptions {
  /** Rows found by a DOI, an ISBN or a place in a series change that publication; else they are told. */
  readonly merge: boolean
  readonly now: string
  /** Publications that rows are not compared with: those that this very import has made. */
  readonly except?: ReadonlySet<string>
  /** Rows were looked over before: what a person should look at is not looked for again, which takes most of the time. */
  readonly isKnown?: boolean
}

interface Match {
  readonly id: string | null
  readonly likeLine: number | null
  readonly reason: MatchReason
}

/** What rows of the file have said before this one, by what they could be known by. */
export type Said = Map<string, number>

/** What is to become of some rows; a fixed number of queries for any number of them. */
export async function planRows(
  { records, library, series }: Pick<Handles, 'records' | 'library' | 'series'>,
  entries: readonly CatalogueEntry[],
  known: KnownNames,
  said: Said,
  { merge, now, except, isKnown = false }: PlanOptions,
): Promise<PlannedRow[]> {
  const resolved = await resolveEntries(records, entries, known)
  const wanted = resolved.flatMap((one) => one ?? [])
  const [byIdentifier, atPlaces, bySlug] = await Promise.all([
    findByIdentifiers(
      library,
      wanted.flatMap(({ patch }) => patch.identifiers ?? []),
      allIds(records, 'publication'),
    ),
    findAtPlaces(
      series,
      wanted.flatMap((one) => placeOf(one) ?? []),
    ),
    findBySlugs(records, 'publication', [...new Set(wanted.flatMap(slugsOf))]),
  ])
  const ids = [
    ...wanted.flatMap(({ patch }) => patch.id ?? []),
    ...byIdentifier.map(({ id }) => id),
    ...atPlaces.map(({ recordId }) => recordId),
    ...bySlug.map(({ id }) => id),
  ]
  const others = [...new Set(ids)].filter((id) => !except?.has(id))
  const storedOf = await readStored({ records, library, series }, others)
  return entries.map((entry, index): PlannedRow => {
    const one = resolved[index]
    if (!one) return { report: toLine(entry, null, 'refused'), resolved: null, changes: null }
    const match = findMatch(one, { byIdentifier, atPlaces, bySlug, storedOf }) ?? findSaid(one, said)
    for (const key of keysOf(one)) if (!said.has(key)) said.set(key, entry.line)
    const warnings = isKnown ? [] : findWarnings(one.patch, (name) => known.organisations.has(foldName(name)))
    const report = { ...toLine(entry, one, 'new'), warnings }
    const lacking = one.patch.id && !storedOf.has(one.patch.id) ? [lackingId(entry, one.patch.id)] : []
    if (lacking.length > 0) {
      return {
        report: { ...report, outcome: 'refused', problems: [...report.problems, ...lacking] },
        resolved: null,
        changes: null,
      }
    }
    if (!match) return { report, resolved: one, changes: null }
    const stored = match.id === null ? undefined : storedOf.get(match.id)
    const changes = stored ? findChanges(stored, one, () => makeId('edn', now)) : null
    const isSure = match.reason === 'id' || (merge && match.reason !== 'title')
    const isSame = changes !== null && changes.fields.length === 0
    const outcome = isSame ? 'same' : isSure && changes ? 'changed' : 'duplicate'
    const told = { ...report, ...match, outcome, fields: changes?.fields ?? [] } as const
    return { report: told, resolved: one, changes: outcome === 'changed' ? changes : null }
  })
}

/** Finds what rows name in the hub. */
async function resolveEntries(
  records: Handles['records'],
  entries: readonly CatalogueEntry[],
  known: KnownNames,
): Promise<(Resolved | null)[]> {
  // What was merged into another is that other by now.
  const later = await findSuccessors(
    records,
    entries.flatMap(({ patch }) => patch?.id ?? []),
  )
  return entries.map((entry) => {
    const { patch } = entry
    if (!patch) return null
    const id = later.get(patch.id ?? '')
    return resolvePatch(id === undefined ? patch : { ...patch, id }, known, entry)
  })
}

const lackingId = ({ line, entry }: CatalogueEntry, value: string): CatalogueProblem => ({
  problem: 'unknownId',
  line,
  entry,
  field: 'id',
  value,
  fatal: true,
})

function toLine(
  { line, entry, title: called, problems }: CatalogueEntry,
  one: Resolved | null,
  outcome: ImportOutcome,
): ImportLine {
  const { title = {}, sourceLang } = one?.patch ?? {}
  return {
    line,
    entry,
    title: title[sourceLang ?? ''] ?? Object.values(title)[0] ?? called,
    outcome,
    id: null,
    likeLine: null,
    reason: null,
    fields: [],
    problems: [...problems, ...(one?.problems ?? [])],
    warnings: [],
  }
}

const fold = (name: string) => slugify(name)

function placeOf({ patch, seriesId }: Resolved) {
  const number = patch.series?.number ?? null
  return seriesId === null || number === null ? null : { seriesId, number }
}

const slugsOf = ({ patch }: Resolved): string[] =>
  Object.values(patch.title)
    .map(slugify)
    .filter((slug) => slug !== '')

/** What two rows cannot share unless they are of one work. */
function keysOf(one: Resolved): string[] {
  const place = placeOf(one)
  const identifiers = (one.patch.identifiers ?? []).filter(({ scheme }) => scheme === 'doi' || scheme === 'isbn')
  return [
    ...(one.patch.id ? [`id ${one.patch.id}`] : []),
    ...identifiers.map(({ scheme, value }) => `${scheme} ${value}`),
    ...(place ? [`series ${place.seriesId} ${place.number}`] : []),
    ...slugsOf(one).map((slug) => `title ${slug} ${one.patch.issued?.slice(0, 4) ?? ''} ${authorKey(one)}`),
  ]
}

const authorKey = ({ patch }: Resolved) => fold(patch.contributors?.find(({ role }) => role === 'author')?.name ?? '')

const reasons: readonly MatchReason[] = ['id', 'doi', 'isbn', 'series', 'title']

function findSaid(one: Resolved, said: Said): Match | null {
  for (const key of keysOf(one)) {
    const line = said.get(key)
    const reason = reasons.find((name) => key.startsWith(`${name} `))
    if (line !== undefined && reason) return { id: null, likeLine: line, reason }
  }
  return null
}

interface Found {
  readonly byIdentifier: Awaited<ReturnType<typeof findByIdentifiers>>
  readonly atPlaces: Awaited<ReturnType<typeof findAtPlaces>>
  readonly bySlug: Awaited<ReturnType<typeof findBySlugs>>
  readonly storedOf: ReadonlyMap<string, StoredWork>
}

function findMatch(one: Resolved, { byIdentifier, atPlaces, bySlug, storedOf }: Found): Match | null {
  const { patch } = one
  if (patch.id && storedOf.has(patch.id)) return { id: patch.id, likeLine: null, reason: 'id' }
  for (const { scheme, value } of patch.identifiers ?? []) {
    const same = byIdentifier.find((row) => row.scheme === scheme && row.value === value && storedOf.has(row.id))
    if (same && (scheme === 'doi' || scheme === 'isbn')) return { id: same.id, likeLine: null, reason: scheme }
  }
  const place = placeOf(one)
  const there = atPlaces.find(
    (row) => row.seriesId === place?.seriesId && row.number === place.number && storedOf.has(row.recordId),
  )
  if (there) return { id: there.recordId, likeLine: null, reason: 'series' }
  const slugs = slugsOf(one)
  const near = bySlug.find(({ slug, id }) => slugs.includes(slug) && isNear(one, storedOf.get(id)))
  return near ? { id: near.id, likeLine: null, reason: 'title' } : null
}

/** Whether a publication of nearly the same title is the work of a row. */
function isNear({ patch }: Resolved, stored: StoredWork | undefined): boolean {
  if (!stored) return false
  const { publications, contributors } = stored.rows
  return isNearWork(
    { issued: patch.issued ?? null, names: (patch.contributors ?? []).map(({ name }) => name) },
    { issued: publications[0]?.issued ?? null, names: contributors.map(({ name }) => name) },
  )
}
