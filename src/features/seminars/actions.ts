import { readReferences, type Reference } from '#features/directory/index.ts'
import {
  alternatesFor,
  findBySlug,
  hrefFor,
  idsLinkedTo,
  idsWithConcept,
  idsWithPlace,
  listIds,
  loadRecords,
  nameFor,
  textFor,
  visibleIds,
  type Reader,
} from '#features/records/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Phase, Seminar, SeminarSummary, Series } from './domain.ts'
import { nextPhaseChange } from './phase.ts'
import { earliest, isVisible, readSummaries, visibleParts, type SeminarDeps } from './reading.ts'
import { readSeriesEntries } from './series.ts'
import {
  findMaterialSeminar,
  findSessionRow,
  listCountries,
  listSeminarIds,
  listSessionAddresses,
  listSessionRows,
  type SessionFilter,
} from './store.ts'
import { listFileNames } from './store-files.ts'
import { readSeriesRows, type SeriesRow } from './store-series.ts'
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
  const { ids, total } = await findIds(deps, reader, query)
  const read = await readSummaries(deps, reader, ids)
  const validUntil = earliest(read.map(({ facts }) => nextPhaseChange(facts, deps.now())))
  return { items: read.map(({ summary }) => summary), total, validUntil }
}

async function findIds(
  deps: SeminarDeps,
  reader: Reader,
  query: SeminarQuery,
): Promise<{ ids: string[]; total: number }> {
  const { concept, place, organisation, programme, page = 1, limit = 20, ...rest } = query
  const within = [
    concept ? [idsWithConcept(deps.records, concept)] : [],
    organisation ? [idsLinkedTo(deps.records, 'co_organised_by', organisation)] : [],
    programme ? [idsLinkedTo(deps.records, 'presents', programme)] : [],
  ].flat()
  const visible = visibleIds(deps.records, 'seminar', reader)
  const tagged = place ? { place: { code: place, tagged: idsWithPlace(deps.records, place) } } : {}
  const range = { limit, offset: (page - 1) * limit }
  return listSeminarIds(deps.seminars, { ...rest, ...tagged, visible, within, now: deps.now() }, range)
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
    const { ids, total } = await findIds(deps, reader, query)
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
  deps: SeminarDeps,
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

/** A series with its entries in order, by its address; null when there is none this reader may see. */
export async function findSeries(deps: SeminarDeps, reader: Reader, address: string): Promise<Series | null> {
  const id = await findBySlug(deps.records, 'series', address, reader.lang)
  if (id === null) return null
  const [row] = await readSeriesRows(deps.seminars, [id])
  return row ? readSeries(deps, reader, row) : null
}

/** The hub's first series of seminars, for its front page. */
export async function findMainSeries(deps: SeminarDeps, reader: Reader): Promise<Series | null> {
  const rows = await readSeriesRows(deps.seminars, await listIds(deps.records, 'series', reader))
  const row = rows.find((one) => one.contains === 'seminar')
  return row ? readSeries(deps, reader, row) : null
}

async function readSeries(deps: SeminarDeps, reader: Reader, row: SeriesRow): Promise<Series | null> {
  const record = (await loadRecords(deps.records, [row.id])).get(row.id)
  if (!isVisible(record, reader)) return null
  return {
    id: row.id,
    of: row.contains,
    href: hrefFor(record, reader.lang) ?? `/r/${row.id}`,
    name: nameFor(record, reader),
    summary: textFor(record, 'summary', reader),
    planned: row.planned,
    entries: (await readSeriesEntries(deps, reader, [row])).get(row.id) ?? [],
    alternates: alternatesFor(record),
  }
}

/** Every series as a link. */
export async function listSeries(deps: SeminarDeps, reader: Reader): Promise<Reference[]> {
  const ids = await listIds(deps.records, 'series', reader)
  const rows = await readSeriesRows(deps.seminars, ids)
  const references = await readReferences(deps, reader, ids)
  return rows
    .filter((row) => row.contains === 'seminar')
    .flatMap((row): Reference[] => {
      const reference = references.get(row.id)
      return reference ? [reference] : []
    })
}
