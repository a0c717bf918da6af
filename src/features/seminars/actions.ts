import {
  buildOutlined,
  findBySlug,
  idsLinkedTo,
  idsWithConcept,
  idsWithPlace,
  visibleIds,
  type Outline,
  type Reader,
} from '#features/records/index.ts'
import { idsInSeries } from '#features/series/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Phase, Seminar, SeminarSummary } from './domain.ts'
import { nextPhaseChange } from './phase.ts'
import { earliest, outlineSummaries, visibleParts, type SeminarDeps } from './reading.ts'
import {
  findSessionRow,
  listCountries,
  listSeminarRows,
  listSessionAddresses,
  listSessionRows,
  type SessionFilter,
} from './store.ts'
import { listFileNames } from './store-files.ts'
import { findMaterialSeminar } from './store-materials.ts'
import { readSeminars } from './whole.ts'

/** What a list of seminars may be narrowed to. */
export interface SeminarQuery {
  readonly when?: 'upcoming' | 'past'
  readonly series?: string
  readonly concept?: string
  readonly place?: string
  readonly person?: string
  readonly organisation?: string
  readonly programme?: string
  readonly from?: string
  readonly to?: string
  readonly page?: number
  readonly limit?: number
}

/** A page of seminars, how many there are in all, and until when their phases hold. */
export interface SeminarList {
  readonly items: readonly SeminarSummary[]
  readonly total: number
  readonly validUntil: Instant | null
}

/** Seminars this reader may see. Upcoming ones come soonest first, others newest first. */
export async function listSeminars(deps: SeminarDeps, reader: Reader, query: SeminarQuery = {}): Promise<SeminarList> {
  const { rows, total } = await findRows(deps, reader, query)
  const read = await buildOutlined(deps.records, await outlineSummaries(deps, reader, rows))
  const validUntil = earliest(read.map(({ facts }) => nextPhaseChange(facts, deps.now())))
  return { items: read.map(({ summary }) => summary), total, validUntil }
}

/** What is to come and a page of what is past, each no longer than its limit. */
export interface SeminarCalendar {
  readonly upcoming: readonly SeminarSummary[]
  readonly past: readonly SeminarSummary[]
  /** How many past ones there are. */
  readonly total: number
  readonly validUntil: Instant | null
}

/** Upcoming seminars, soonest first, and a page of past ones, newest first. */
export async function outlineCalendar(
  deps: SeminarDeps,
  reader: Reader,
  query: Omit<SeminarQuery, 'when' | 'page' | 'limit'>,
  range: { readonly upcoming: number; readonly past: number; readonly page?: number },
): Promise<Outline<SeminarCalendar>> {
  const [upcoming, past] = await Promise.all([
    findRows(deps, reader, { ...query, when: 'upcoming', limit: range.upcoming }),
    findRows(deps, reader, { ...query, when: 'past', limit: range.past, page: range.page ?? 1 }),
  ])
  const coming = new Set(upcoming.rows.map((row) => row.id))
  // The clock may pass an end between the two questions.
  const over = past.rows.filter((row) => !coming.has(row.id))
  const outline = await outlineSummaries(deps, reader, [...upcoming.rows, ...over])
  return {
    ...outline,
    build: (records) => {
      const read = outline.build(records)
      const summaries = read.map(({ summary }) => summary)
      return {
        upcoming: summaries.filter((summary) => coming.has(summary.id)),
        past: summaries.filter((summary) => !coming.has(summary.id)),
        total: past.total,
        validUntil: earliest(read.map(({ facts }) => nextPhaseChange(facts, deps.now()))),
      }
    },
  }
}

async function findRows(deps: SeminarDeps, reader: Reader, query: SeminarQuery) {
  const { series, concept, place, organisation, programme, page = 1, limit = 20, ...rest } = query
  const within = [
    series ? [idsInSeries(deps.series, series)] : [],
    concept ? [idsWithConcept(deps.records, concept)] : [],
    organisation ? [idsLinkedTo(deps.records, 'co_organised_by', organisation)] : [],
    programme ? [idsLinkedTo(deps.records, 'presents', programme)] : [],
  ].flat()
  const visible = visibleIds(deps.records, 'seminar', reader)
  const tagged = place ? { place: { code: place, tagged: idsWithPlace(deps.records, place) } } : {}
  const range = { limit, offset: (page - 1) * limit }
  return listSeminarRows(deps.seminars, { ...rest, ...tagged, visible, within, now: deps.now() }, range)
}

/** More than any hub holds: the bound on what is looked through for a phase, which only the clock knows. */
const all = 10_000

/** A page of whole seminars, as programs read them; a phase is looked for among all of them. */
export async function listWholeSeminars(
  deps: SeminarDeps,
  reader: Reader,
  query: SeminarQuery & { readonly phase?: Phase },
): Promise<{ items: readonly Seminar[]; total: number; validUntil: Instant | null }> {
  const { phase, page = 1, limit = 20, ...rest } = query
  if (phase === undefined) {
    const { rows, total } = await findRows(deps, reader, query)
    const ids = rows.map((row) => row.id)
    const { seminars, validUntil } = await readSeminars(deps, reader, ids)
    return { items: seminars, total, validUntil }
  }
  const found = await listSeminars(deps, reader, { ...rest, limit: all })
  const ids = found.items.filter((seminar) => seminar.phase === phase).map((seminar) => seminar.id)
  const { seminars } = await readSeminars(deps, reader, ids.slice((page - 1) * limit, page * limit))
  return { items: seminars, total: ids.length, validUntil: found.validUntil }
}

/** A page of sessions, each with its whole seminar; by their days. */
export async function listSessions(
  deps: SeminarDeps,
  reader: Reader,
  filter: SessionFilter & { readonly page: number; readonly limit: number },
): Promise<{ items: { seminar: Seminar; number: number }[]; total: number; validUntil: Instant | null }> {
  const { page, limit, ...rest } = filter
  const { sessions } = visibleParts(deps, reader)
  const visible = { seminars: visibleIds(deps.records, 'seminar', reader), sessions }
  const range = { limit, offset: (page - 1) * limit }
  const { addresses, total } = await listSessionAddresses(deps.seminars, visible, rest, range)
  const ids = [...new Set(addresses.map((address) => address.seminarId))]
  const { seminars, validUntil } = await readSeminars(deps, reader, ids)
  const items = addresses.flatMap(({ seminarId, number }) => {
    const seminar = seminars.find((one) => one.id === seminarId)
    return seminar ? [{ seminar, number }] : []
  })
  return { items, total, validUntil }
}

/** The id behind a seminar's address, old addresses included; null when there is none. */
export async function findSeminarId(deps: SeminarDeps, reader: Reader, address: string): Promise<string | null> {
  return findBySlug(deps.records, 'seminar', address, reader.lang)
}

/** A seminar whole, or null when there is none that this reader may see; its phase holds until `validUntil`. */
export async function readSeminar(
  deps: SeminarDeps,
  reader: Reader,
  id: string,
): Promise<{ seminar: Seminar; validUntil: Instant | null } | null> {
  const { seminars, validUntil } = await readSeminars(deps, reader, [id])
  const [seminar] = seminars
  return seminar ? { seminar, validUntil } : null
}

/** The numbers of the sessions this reader may see, of seminars that have any. */
export async function listSessionsOf(
  deps: SeminarDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, number[]>> {
  const numbers = new Map<string, number[]>()
  for (const row of await listSessionRows(deps.seminars, ids, visibleParts(deps, reader))) {
    numbers.set(row.seminarId, [...(numbers.get(row.seminarId) ?? []), row.number])
  }
  return numbers
}

/** Countries in which seminars this reader may see are held. */
export async function listSeminarCountries(deps: SeminarDeps, reader: Reader): Promise<string[]> {
  return listCountries(deps.seminars, visibleIds(deps.records, 'seminar', reader))
}

/** Which seminar and number a session id names, or null. */
export async function findSession(
  deps: Pick<SeminarDeps, 'seminars'>,
  id: string,
): Promise<{ seminarId: string; number: number } | null> {
  return findSessionRow(deps.seminars, id)
}

/** Which seminar a material id belongs to, or null. */
export async function findMaterial(deps: SeminarDeps, id: string): Promise<string | null> {
  return findMaterialSeminar(deps.seminars, id)
}

/** The names of a file in the materials that this reader may see; none when it is not theirs to see. */
export async function listMaterialFileNames(deps: SeminarDeps, reader: Reader, sha256: string): Promise<string[]> {
  const seminars = visibleIds(deps.records, 'seminar', reader)
  return listFileNames(deps.seminars, sha256, { ...visibleParts(deps, reader), seminars })
}
