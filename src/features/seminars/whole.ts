import { readFunding, readReferences, type Reference } from '#features/directory/index.ts'
import {
  alternatesFor,
  hrefFor,
  kindOf,
  languageStates,
  loadRecords,
  nameFor,
  readLinks,
  readPlaces,
  textFor,
  type LinkedRecord,
  type LinkRow,
  type LoadedRecord,
  type Reader,
  type Relation,
} from '#features/records/index.ts'
import { readTagsOf } from '#features/taxonomy/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Seminar, SeriesPlace } from './domain.ts'
import { nextPhaseChange } from './phase.ts'
import { earliest, isVisible, phaseFacts, seriesOf, summarise, visibleParts, type SeminarDeps } from './reading.ts'
import type { SeminarTable } from './schema.ts'
import { readSeriesEntries } from './series.ts'
import { layOutSessions, readSpeakers, toMaterial } from './sessions.ts'
import { listFullSessionRows, listMaterialRows, readSeminarRows } from './store.ts'
import { readSeriesPlaces } from './store-series.ts'

/** Seminars whole, in the order asked for, without those this reader may not see. A fixed number of queries for any number. */
export async function readSeminars(
  deps: SeminarDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<{ seminars: Seminar[]; validUntil: Instant | null }> {
  const now = deps.now()
  const visible = visibleParts(deps, reader)
  // What does not wait for something else is asked at once: the database works while answers are read.
  const surroundings = readSurroundings(deps, reader, ids)
  const [rows, sessionRows, materials] = await Promise.all([
    readSeminarRows(deps.seminars, ids),
    listFullSessionRows(deps.seminars, ids, visible),
    listMaterialRows(deps.seminars, ids, visible),
  ])
  const recordIds = [...ids, ...sessionRows.map((row) => row.id), ...materials.map((row) => row.id)]
  const [records, people, around] = await Promise.all([
    loadRecords(deps.records, recordIds),
    readSpeakers(deps, reader, sessionRows),
    surroundings,
  ])
  const parts = layOutSessions(reader, sessionRows, materials, records, people)
  const changes: (Instant | null)[] = []
  const build = (row: SeminarTable): Seminar[] => {
    const record = records.get(row.id)
    if (!isVisible(record, reader)) return []
    const own = materials.filter((material) => material.seminar_id === row.id)
    const facts = phaseFacts(
      row,
      sessionRows.filter((session) => session.seminarId === row.id),
      own,
    )
    changes.push(nextPhaseChange(facts, now))
    const href = hrefFor(record, reader.lang) ?? `/r/${row.id}`
    return [
      {
        ...summarise(row, record, facts, reader, now),
        ...detailsOf(row, record, reader),
        sessions: parts(row.id, href),
        materials: own
          .filter((material) => material.session_id === null)
          .map((material) => toMaterial(material, null, records, reader)),
        ...around(row.id),
      },
    ]
  }
  return { seminars: rows.flatMap(build), validUntil: earliest(changes) }
}

/** What a seminar's row and its texts say beyond a line in a list. */
function detailsOf(row: SeminarTable, record: LoadedRecord, reader: Reader) {
  const field = (name: string) => textFor(record, name, reader)
  return {
    sourceLang: record.sourceLang,
    languages: languageStates(kindOf('seminar'), record.texts, record.sourceLang),
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
    alternates: alternatesFor(record),
    version: record.version,
    publishedAt: record.publishedAt,
    updatedAt: record.updatedAt,
  }
}

const shownElsewhere: readonly Relation[] = ['co_organised_by', 'funded_by', 'part_of']

/** What stands around seminars: series, organisers, funders, tags, places and other records; read for all at once. */
async function readSurroundings(deps: SeminarDeps, reader: Reader, ids: readonly string[]) {
  const [links, places] = await Promise.all([readLinks(deps.records, ids), readSeriesPlaces(deps.seminars, ids)])
  const seriesIds = [...new Set(places.map((place) => place.seriesId))]
  const series = seriesIds.map((id) => ({
    id,
    planned: places.find((place) => place.seriesId === id)?.planned ?? null,
  }))
  const targets = (relation: Relation) => links.filter((link) => link.relation === relation).map((link) => link.to)
  const [references, entries, funding, tags, codes, linked] = await Promise.all([
    readReferences(deps, reader, [...seriesIds, ...targets('co_organised_by')]),
    readSeriesEntries(deps, reader, series),
    readFunding(deps, reader, targets('funded_by')),
    readTagsOf(deps, reader, ids),
    readPlaces(deps.records, ids),
    readLinked(deps, reader, links),
  ])
  const placeOf = (id: string): SeriesPlace | null => {
    const link = seriesOf(id, places, references)
    const place = places.find((one) => one.recordId === id)
    if (!link || !place) return null
    return { ...link, planned: place.planned, deduced: place.deduced, entries: entries.get(link.id) ?? [] }
  }
  return (id: string) => {
    const pointed = (relation: Relation) =>
      links.filter((link) => link.from === id && link.relation === relation).map((link) => link.to)
    const others = linked(id)
    return {
      series: seriesOf(id, places, references),
      seriesPlace: placeOf(id),
      organisers: pointed('co_organised_by').flatMap((organiser): Reference[] => {
        const reference = references.get(organiser)
        return reference ? [reference] : []
      }),
      funding: pointed('funded_by').flatMap((statement) => funding.get(statement) ?? []),
      concepts: tags.get(id) ?? [],
      places: codes.get(id) ?? [],
      basedOn: others.filter((link) => link.relation === 'based_on' && link.direction === 'to'),
      links: others.filter((link) => link.relation !== 'based_on' || link.direction === 'from'),
    }
  }
}

/** The other records that seminars are tied to, seen from each seminar. */
async function readLinked(
  deps: SeminarDeps,
  reader: Reader,
  links: readonly LinkRow[],
): Promise<(id: string) => LinkedRecord[]> {
  const others = links.filter((link) => !shownElsewhere.includes(link.relation))
  const records = await loadRecords(
    deps.records,
    others.flatMap((link) => [link.from, link.to]),
    ['title', 'name', 'label'],
  )
  return (id) =>
    others
      .filter((link) => link.from === id || link.to === id)
      .flatMap((link) => {
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
