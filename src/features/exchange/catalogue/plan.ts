import { findByIdentifiers, foldName, type CatalogueEntry, type CatalogueProblem } from '#features/library/index.ts'
import { allIds, findBySlugs, findSuccessors } from '#features/records/index.ts'
import { findAtPlaces } from '#features/series/index.ts'
import { makeId } from '#platform/ids.ts'
import type { Handles } from '../handles.ts'
import {
  findMatches,
  findSaid,
  keysOf,
  numberedSlugs,
  occupantsOf,
  placeOf,
  slugsOf,
  withFreePlace,
  type Found,
  type Match,
  type MatchReason,
  type Occupants,
  type Said,
} from './match.ts'
import { findChanges } from './merge.ts'
import { resolvePatch, type KnownNames, type Resolved } from './resolve.ts'
import { readStored } from './stored.ts'
import { findWarnings, type WorkWarning } from './warnings.ts'

/** What becomes of a row: `duplicate` may be one the hub has; it is left for a person to decide. */
export type ImportOutcome = 'new' | 'changed' | 'same' | 'duplicate' | 'refused'

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
}

/** What a person decides of a row that may be there already: it changes that publication, or is another work. */
export const decisions = ['same', 'other'] as const
export type Decision = (typeof decisions)[number]

interface Decided {
  readonly is: Decision
  /** The publication that it was said to be of; null: the one it is found to be of. */
  readonly id: string | null
}

export interface PlanOptions {
  /** Rows found by a DOI, an ISBN or a place in a series change that publication; else they are told. */
  readonly merge: boolean
  readonly now: string
  /** Publications that rows are not compared with: those that this very import has made. */
  readonly except?: ReadonlySet<string>
  /** Rows were looked over before: what a person should look at is not looked for again, which takes most of the time. */
  readonly isKnown?: boolean
  /** What a person has decided of rows, by their lines. */
  readonly decided?: ReadonlyMap<number, Decided>
}

interface Plan {
  readonly found: Found
  readonly occupants: Occupants
  readonly known: KnownNames
  readonly said: Said
  readonly options: PlanOptions
}

/** What is to become of some rows; a fixed number of queries for any number of them. */
export async function planRows(
  handles: Pick<Handles, 'records' | 'library' | 'series'>,
  entries: readonly CatalogueEntry[],
  known: KnownNames,
  said: Said,
  options: PlanOptions,
): Promise<PlannedRow[]> {
  const resolved = await resolveEntries(handles.records, entries, known)
  const found = await findAll(handles, resolved, options)
  const plan = { found, occupants: occupantsOf(found.atPlaces), known, said, options }
  return entries.map((entry, index) => planRow(entry, resolved[index] ?? null, plan))
}

/** Reads all that some rows may be of. */
async function findAll(
  { records, library, series }: Pick<Handles, 'records' | 'library' | 'series'>,
  resolved: readonly (Resolved | null)[],
  { except, decided }: PlanOptions,
): Promise<Found> {
  const wanted = resolved.flatMap((one) => one ?? [])
  const isDecided = decided !== undefined && decided.size > 0
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
    findBySlugs(records, 'publication', [...new Set(wanted.flatMap(isDecided ? numberedSlugs : slugsOf))]),
  ])
  const ids = [
    ...wanted.flatMap(({ patch }) => patch.id ?? []),
    ...byIdentifier.map(({ id }) => id),
    ...atPlaces.map(({ recordId }) => recordId),
    ...bySlug.map(({ id }) => id),
  ].filter((id) => !except?.has(id))
  const said = [...(decided?.values() ?? [])].flatMap(({ id }) => id ?? [])
  const storedOf = await readStored({ records, library, series }, [...new Set([...ids, ...said])])
  return { byIdentifier, atPlaces, bySlug, storedOf }
}

function planRow(entry: CatalogueEntry, one: Resolved | null, plan: Plan): PlannedRow {
  if (!one) return { report: toLine(entry, null, 'refused'), resolved: null }
  const { found, known, said, options } = plan
  const { id } = one.patch
  if (id && !found.storedOf.has(id)) {
    const report = toLine(entry, one, 'refused')
    return { report: { ...report, problems: [...report.problems, lackingId(entry, id)] }, resolved: null }
  }
  const { outcome, match, fields } = judge(one, entry, plan)
  for (const key of keysOf(one)) if (!said.has(key)) said.set(key, entry.line)
  const resolved = withFreePlace(one, match?.id ?? null, plan.occupants, entry)
  const warnings = options.isKnown ? [] : findWarnings(one.patch, (name) => known.organisations.has(foldName(name)))
  return { report: { ...toLine(entry, resolved, outcome), ...match, fields, warnings }, resolved }
}

interface Judged {
  readonly outcome: ImportOutcome
  readonly match: Match | null
  readonly fields: readonly string[]
}

/** What becomes of a row that can be taken. */
function judge(one: Resolved, entry: CatalogueEntry, { found, occupants, said, options }: Plan): Judged {
  const decided = options.decided?.get(entry.line)
  /** What it would change of a publication; null when there is none to change. */
  const fieldsOf = (id: string | null) => {
    const stored = found.storedOf.get(id ?? '')
    if (!stored) return null
    return findChanges(stored, withFreePlace(one, id, occupants, entry), () => makeId('edn', options.now)).fields
  }
  if (decided?.is === 'other') {
    // What this row made when it was brought in before is not made again.
    const made = findMatches(one, found, numberedSlugs(one)).find(({ id }) => fieldsOf(id)?.length === 0)
    return made ? { outcome: 'same', match: made, fields: [] } : { outcome: 'new', match: null, fields: [] }
  }
  const matches = findMatches(one, found)
  const told = decided?.id ?? null
  const match: Match | null =
    told !== null && found.storedOf.has(told)
      ? { id: told, likeLine: null, reason: matches.find(({ id }) => id === told)?.reason ?? 'title' }
      : (matches[0] ?? findSaid(one, said))
  if (!match) return { outcome: 'new', match: null, fields: [] }
  const fields = fieldsOf(match.id)
  if (match.id === null || fields === null) return { outcome: 'duplicate', match, fields: [] }
  const isSure = match.reason === 'id' || (options.merge && match.reason !== 'title')
  // Two rows about one publication: what the second says against the first is for a person to decide.
  const about = `about ${match.id}`
  const earlier = said.get(about)
  if (isSure && earlier === undefined) said.set(about, entry.line)
  if (fields.length === 0) return { outcome: 'same', match, fields }
  if (decided) return { outcome: 'changed', match, fields }
  if (isSure && earlier === undefined) return { outcome: 'changed', match, fields }
  return { outcome: 'duplicate', match: { ...match, likeLine: (isSure ? earlier : null) ?? null }, fields }
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
