import { outlineFunding, outlineReferences } from '#features/directory/index.ts'
import {
  alternatesFor,
  hrefFor,
  isVisible,
  kindOf,
  languageStates,
  loadOutlined,
  nameFor,
  readTies,
  textFor,
  translatorsFor,
  type LinkedRecord,
  type LinkRow,
  type LoadedRecord,
  type Outline,
  type Reader,
  type Relation,
} from '#features/records/index.ts'
import { outlinePlaces } from '#features/series/index.ts'
import { outlineTags } from '#features/taxonomy/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Seminar } from './domain.ts'
import { nextPhaseChange } from './phase.ts'
import { earliest, phaseFacts, seminarDates, summarise, visibleParts, type SeminarDeps } from './reading.ts'
import type { SeminarTable } from './schema.ts'
import { layOutSessions, outlineSpeakers, toMaterial } from './sessions.ts'
import { listFullSessionRows, readSeminarRows } from './store.ts'
import { listMaterialRows } from './store-materials.ts'

/** Seminars whole, in the order asked for, without those this reader may not see. A fixed number of queries for any number. */
export async function readSeminars(
  deps: SeminarDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<{ seminars: Seminar[]; validUntil: Instant | null }> {
  const now = deps.now()
  const visible = visibleParts(deps, reader)
  // What does not wait for something else is asked at once: the database works while answers are read.
  const [around, placed, rows, sessionRows, materials] = await Promise.all([
    outlineSurroundings(deps, reader, ids),
    outlinePlaces(deps, [seminarDates(deps)], reader, ids),
    readSeminarRows(deps.seminars, ids),
    listFullSessionRows(deps.seminars, ids, visible),
    listMaterialRows(deps.seminars, ids, visible),
  ])
  const speakers = await outlineSpeakers(deps, reader, sessionRows)
  const own = [...ids, ...sessionRows.map((row) => row.id), ...materials.map((row) => row.id)]
  const records = await loadOutlined(deps.records, [{ ids: own }, speakers, around, placed])
  const [surroundings, places] = [around.build(records), placed.build(records)]
  const parts = layOutSessions(reader, sessionRows, materials, records, speakers.build(records))
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
        ...places(row.id),
        ...surroundings(row.id),
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
    translators: translatorsFor(record, reader),
    version: record.version,
    publishedAt: record.publishedAt,
    updatedAt: record.updatedAt,
  }
}

const shownElsewhere: readonly Relation[] = ['co_organised_by', 'funded_by', 'part_of']

type Surroundings = Pick<Seminar, 'organisers' | 'funding' | 'concepts' | 'places' | 'basedOn' | 'links'>

/** What stands around seminars: organisers, funders, tags, places and other records; for all at once. */
async function outlineSurroundings(
  deps: SeminarDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Outline<(id: string) => Surroundings>> {
  const { links, concepts, places } = await readTies(deps.records, ids)
  const targets = (relation: Relation) => links.filter((link) => link.relation === relation).map((link) => link.to)
  const [funding, tags] = await Promise.all([
    outlineFunding(deps, reader, targets('funded_by')),
    outlineTags(deps, reader, [...new Set([...concepts.values()].flat())]),
  ])
  const references = outlineReferences(reader, targets('co_organised_by'))
  const linked = outlineLinked(reader, links)
  const parts = [funding, tags, references, linked]
  return {
    ids: parts.flatMap((part) => part.ids),
    fields: parts.flatMap((part) => part.fields ?? []),
    build: (records) => {
      const [fundingOf, tagOf, referenceOf] = [funding.build(records), tags.build(records), references.build(records)]
      const others = linked.build(records)
      return (id) => {
        const pointed = (relation: Relation) =>
          links.filter((link) => link.from === id && link.relation === relation).map((link) => link.to)
        return {
          organisers: pointed('co_organised_by').flatMap((organiser) => referenceOf.get(organiser) ?? []),
          funding: pointed('funded_by').flatMap((statement) => fundingOf.get(statement) ?? []),
          concepts: (concepts.get(id) ?? []).flatMap((concept) => tagOf.get(concept) ?? []),
          places: places.get(id) ?? [],
          basedOn: others(id).filter((link) => link.relation === 'based_on' && link.direction === 'to'),
          links: others(id).filter((link) => link.relation !== 'based_on' || link.direction === 'from'),
        }
      }
    },
  }
}

/** The other records that seminars are tied to, seen from each seminar. */
function outlineLinked(reader: Reader, links: readonly LinkRow[]): Outline<(id: string) => LinkedRecord[]> {
  const others = links.filter((link) => !shownElsewhere.includes(link.relation))
  return {
    ids: others.flatMap((link) => [link.from, link.to]),
    fields: ['title', 'name', 'label'],
    build: (records) => (id) =>
      others
        .filter((link) => link.from === id || link.to === id)
        .flatMap((link) => {
          const record = records.get(link.from === id ? link.to : link.from)
          return isVisible(record, reader) ? [toLinked(record, link, id, reader)] : []
        }),
  }
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
