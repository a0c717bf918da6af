import { readFunding, readReferences, type Reference } from '#features/directory/index.ts'
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
  readLinks,
  readPlaces,
  textFor,
  visibleIds,
  type LinkedRecord,
  type LinkRow,
  type LoadedRecord,
  type Reader,
  type Relation,
} from '#features/records/index.ts'
import { readTagsOf } from '#features/taxonomy/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Seminar, SeminarSummary, Series, SeriesPlace } from './domain.ts'
import { nextPhaseChange } from './phase.ts'
import {
  isVisible,
  phaseFacts,
  readSeriesEntries,
  readSummaries,
  seriesOf,
  summarise,
  type SeminarDeps,
} from './reading.ts'
import { readSessions, toMaterial } from './sessions.ts'
import {
  findMaterialSeminar,
  findSessionRow,
  listCountries,
  listMaterialRows,
  listSeminarIds,
  listSessionRows,
  readSeminarRows,
  readSeriesPlaces,
  readSeriesRows,
} from './store.ts'

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
  const { concept, place, organisation, programme, page = 1, limit = 20, ...rest } = query
  const now = deps.now()
  const within = [
    concept ? [idsWithConcept(deps.records, concept)] : [],
    organisation ? [idsLinkedTo(deps.records, 'co_organised_by', organisation)] : [],
    programme ? [idsLinkedTo(deps.records, 'presents', programme)] : [],
  ].flat()
  const visible = visibleIds(deps.records, 'seminar', reader)
  const tagged = place ? { place: { code: place, tagged: idsWithPlace(deps.records, place) } } : {}
  const range = { limit, offset: (page - 1) * limit }
  const { ids, total } = await listSeminarIds(deps.seminars, { ...rest, ...tagged, visible, within, now }, range)
  const read = await readSummaries(deps, reader, ids)
  const changes = read.flatMap(({ facts }) => nextPhaseChange(facts, now) ?? [])
  const validUntil = changes.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
  return { items: read.map(({ summary }) => summary), total, validUntil }
}

/** The id behind a seminar's address, old addresses included; null when there is none. */
export async function findSeminarId(deps: SeminarDeps, reader: Reader, address: string): Promise<string | null> {
  return findBySlug(deps.records, 'seminar', address, reader.lang)
}

/** A seminar whole, or null when there is none that this reader may see. */
export async function readSeminar(
  deps: SeminarDeps,
  reader: Reader,
  id: string,
): Promise<{ seminar: Seminar; validUntil: Instant | null } | null> {
  const [row] = await readSeminarRows(deps.seminars, [id])
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!row || !isVisible(record, reader)) return null
  const now = deps.now()
  const sessionRows = await listSessionRows(deps.seminars, [id])
  const materials = await listMaterialRows(deps.seminars, [id])
  const facts = phaseFacts(row, sessionRows, materials)
  const links = await readLinks(deps.records, [id])
  const around = await readSurroundings(deps, reader, id, links)
  const href = hrefFor(record, reader.lang) ?? `/r/${id}`
  const parts = await readSessions(deps, reader, href, sessionRows, materials)
  const field = (name: string) => textFor(record, name, reader)
  const seminar: Seminar = {
    ...summarise(row, record, facts, around.series, reader, now),
    sourceLang: record.sourceLang,
    platform: row.platform,
    access: row.access,
    registrationOpensAt: row.registration_opens_at,
    registrationClosesAt: row.registration_closes_at,
    registrationUrl: row.registration_url,
    joinUrl: row.join_url,
    objectives: field('objectives'),
    format: field('format'),
    audiences: field('audiences'),
    background: field('background'),
    note: field('note'),
    sessions: parts.sessions,
    materials: materials
      .filter((material) => material.session_id === null)
      .map((material) => toMaterial(material, null, parts.records, reader)),
    ...around.values,
    alternates: alternatesFor(record),
    version: record.version,
    publishedAt: record.publishedAt,
    updatedAt: record.updatedAt,
  }
  return { seminar, validUntil: nextPhaseChange(facts, now) }
}

/** What stands around a seminar: its series, organisers, funders, tags, places and other records. */
async function readSurroundings(deps: SeminarDeps, reader: Reader, id: string, links: readonly LinkRow[]) {
  const places = await readSeriesPlaces(deps.seminars, [id])
  const pointed = (relation: Relation) =>
    links.filter((link) => link.from === id && link.relation === relation).map((link) => link.to)
  const references = await readReferences(deps, reader, [
    ...places.map((place) => place.seriesId),
    ...pointed('co_organised_by'),
  ])
  const series = seriesOf(id, places, references)
  const funding = await readFunding(deps, reader, pointed('funded_by'))
  const tags = await readTagsOf(deps, reader, [id])
  const codes = await readPlaces(deps.records, [id])
  const others = await readLinked(deps, reader, id, links)
  const deduced = places[0]?.deduced ?? false
  return {
    series,
    values: {
      seriesPlace: series && (await readSeriesPlace(deps, reader, series, deduced)),
      organisers: pointed('co_organised_by').flatMap((organiser): Reference[] => {
        const reference = references.get(organiser)
        return reference ? [reference] : []
      }),
      funding: [...funding.values()],
      concepts: tags.get(id) ?? [],
      places: codes.get(id) ?? [],
      basedOn: others.filter((link) => link.relation === 'based_on' && link.direction === 'to'),
      links: others.filter((link) => link.relation !== 'based_on' || link.direction === 'from'),
    },
  }
}

async function readSeriesPlace(
  deps: SeminarDeps,
  reader: Reader,
  series: NonNullable<SeminarSummary['series']>,
  deduced: boolean,
): Promise<SeriesPlace> {
  const planned = (await readSeriesRows(deps.seminars, [series.id]))[0]?.planned ?? null
  return { ...series, planned, deduced, entries: await readSeriesEntries(deps, reader, series.id, planned) }
}

const shownElsewhere: readonly Relation[] = ['co_organised_by', 'funded_by', 'part_of']

async function readLinked(
  deps: SeminarDeps,
  reader: Reader,
  id: string,
  links: readonly LinkRow[],
): Promise<LinkedRecord[]> {
  const others = links.filter((link) => !shownElsewhere.includes(link.relation))
  const records = await loadRecords(
    deps.records,
    others.map((link) => (link.from === id ? link.to : link.from)),
    ['title', 'name', 'label'],
  )
  return others.flatMap((link) => {
    const record = records.get(link.from === id ? link.to : link.from)
    return isVisible(record, reader) ? [toLinked(record, link, id, reader)] : []
  })
}

function toLinked(record: LoadedRecord, link: LinkRow, id: string, reader: Reader): LinkedRecord {
  return {
    id: record.id,
    kind: record.kind,
    relation: link.relation,
    direction: link.from === id ? 'to' : 'from',
    title: nameFor(record, reader),
    href: hrefFor(record, reader.lang),
    note: link.note,
  }
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

/** A series with its entries in order, or null. */
export async function findSeries(
  deps: SeminarDeps,
  reader: Reader,
  address: string,
): Promise<{ series: Series; updatedAt: Instant } | null> {
  const id = await findBySlug(deps.records, 'series', address, reader.lang)
  if (id === null) return null
  const record = (await loadRecords(deps.records, [id])).get(id)
  const [row] = await readSeriesRows(deps.seminars, [id])
  if (!row || !isVisible(record, reader)) return null
  const series: Series = {
    id,
    of: row.contains,
    href: hrefFor(record, reader.lang) ?? `/r/${id}`,
    name: nameFor(record, reader),
    summary: textFor(record, 'summary', reader),
    planned: row.planned,
    entries: await readSeriesEntries(deps, reader, id, row.planned),
    alternates: alternatesFor(record),
  }
  return { series, updatedAt: record.updatedAt }
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
