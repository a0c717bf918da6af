import { handlesOf } from '#features/exchange/index.ts'
import { insertFunding, insertOrganisations, insertPeople, insertProgrammes } from '#features/directory/index.ts'
import type { KindName, NewRecord } from '#features/records/index.ts'
import { insertPublications } from '#features/library/index.ts'
import { insertSeminars } from '#features/seminars/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import { insertConcepts, insertSchemes } from '#features/taxonomy/index.ts'
import { aRecord } from '#testing/makers.ts'
import type { TestHub } from '#testing/hub.ts'

/** Ids of what was made, by kind. */
export type Filled = Readonly<Record<Exclude<KindName, 'hub'>, readonly string[]>>

/** Makes `count` of everything there is, each tied to all of the others and published. The second person is called “Zq person 2”. */
export async function fillHub(hub: TestHub, count: number): Promise<Filled> {
  const { directory } = handlesOf(hub.kysely)
  const { scheme, concept } = await fillVocabulary(hub, count)
  const tags = { concepts: concept, places: [{ code: 'BE', role: 'focus' as const }] }
  const organisation = await make(hub, 'organisation', count, { places: tags.places })
  await insertOrganisations(
    directory,
    organisation.map((id) => ({ id, type: 'network' })),
  )
  const person = await make(hub, 'person', count)
  await insertPeople(
    directory,
    person.map((id) => ({ id, organisation_id: organisation[0] ?? null })),
  )
  const partners = organisation.map((to) => ({ to, relation: 'partner' as const }))
  const programme = await make(hub, 'programme', count, { ...tags, links: partners })
  await insertProgrammes(
    directory,
    programme.map((id) => ({ id, from_year: '2017', to_year: null })),
  )
  const funding = await make(hub, 'funding', count)
  await insertFunding(
    directory,
    funding.map((id) => ({ id, mark: null, funders: organisation })),
  )
  const links = [
    ...organisation.map((to) => ({ to, relation: 'co_organised_by' as const })),
    ...funding.map((to) => ({ to, relation: 'funded_by' as const })),
    ...programme.map((to) => ({ to, relation: 'presents' as const })),
  ]
  const publicationLinks = [
    ...funding.map((to) => ({ to, relation: 'funded_by' as const })),
    ...programme.map((to) => ({ to, relation: 'presents' as const })),
  ]
  const seminar = await make(hub, 'seminar', count, { ...tags, links })
  const session = await make(hub, 'session', count * count)
  const material = await make(hub, 'material', count * count)
  await fillSeminars(hub, seminar, session, material, person)
  const recorded = await makeRecorded(hub, count)
  await fillRecordings(hub, { seminar, session, ...recorded })
  const series = await fillSeries(hub, seminar)
  const publication = await make(hub, 'publication', count, { ...tags, links: publicationLinks })
  await fillLibrary(hub, publication, { person, organisation })
  const directoryOf = { organisation, person, programme, funding }
  return { ...directoryOf, ...recorded, publication, scheme, concept, seminar, session, material, series }
}

async function makeRecorded(hub: TestHub, count: number) {
  const recording = await make(hub, 'recording', count)
  const track = await make(hub, 'track', count)
  const moment = await make(hub, 'moment', count)
  const chapter = await make(hub, 'chapter', count)
  return { recording, track, moment, chapter }
}

const lead: Partial<Record<KindName, string>> = {
  seminar: 'title',
  publication: 'title',
  session: 'title',
  recording: 'title',
  track: 'label',
  moment: 'note',
  chapter: 'title',
  concept: 'label',
  scheme: 'label',
  material: 'label',
  funding: 'statement',
}

/** Published records of a kind, whose names no other text holds. */
async function make(hub: TestHub, kind: KindName, count: number, more: Partial<NewRecord> = {}): Promise<string[]> {
  const ids = []
  for (let number = 1; number <= count; number += 1) {
    ids.push(await aRecord(hub.kysely, kind, { [lead[kind] ?? 'name']: { en: `Zq ${kind} ${number}` } }, more))
  }
  return ids
}

async function fillVocabulary(hub: TestHub, count: number) {
  const { taxonomy } = handlesOf(hub.kysely)
  const scheme = await make(hub, 'scheme', 1)
  await insertSchemes(
    taxonomy,
    scheme.map((id) => ({ id, notation: 'theme', position: 0 })),
  )
  const concept = await make(hub, 'concept', count)
  const [schemeId = ''] = scheme
  await insertConcepts(
    taxonomy,
    concept.map((id, position) => ({
      id,
      schemeId,
      notation: `c${position + 1}`,
      position,
      exactMatch: [],
      m49: ['002'],
    })),
  )
  return { scheme, concept }
}

/** Puts an equal share of the sessions into each seminar; everybody speaks in all of them, and each has its recording. */
async function fillSeminars(
  hub: TestHub,
  seminars: readonly string[],
  sessionIds: readonly string[],
  materialIds: readonly string[],
  people: readonly string[],
): Promise<void> {
  const seminarOf = (index: number) => seminars[index % seminars.length] ?? ''
  const sessions = sessionIds.map((id, index) => ({
    id,
    seminar_id: seminarOf(index),
    number: Math.floor(index / seminars.length) + 1,
    starts_on: null,
    starts_at: null,
    ends_at: null,
    minutes: 90,
  }))
  await insertSeminars(handlesOf(hub.kysely).seminars, {
    seminars: seminars.map((id, index) => ({
      id,
      form: 'seminar',
      mode: 'in-person',
      platform: null,
      access: 'public',
      starts_on: `2021-12-0${index + 1}`,
      ends_on: `2021-12-0${index + 1}`,
      precision: 'day',
      time_zone: 'Europe/Brussels',
      city: 'Brussels',
      country: 'BE',
      registration_opens_at: null,
      registration_closes_at: null,
      registration_url: null,
      join_url: null,
    })),
    sessions,
    channels: sessionIds.map((session_id) => ({ session_id, lang: 'en', kind: 'floor', position: 0 })),
    speakers: sessionIds.flatMap((session_id) =>
      people.map((person_id, position) => ({ session_id, person_id, role: 'speaker', position })),
    ),
    materials: materialIds.map((id, position) => ({
      id,
      seminar_id: seminarOf(position),
      session_id: null,
      kind: 'recording',
      lang: 'en',
      url: `https://example.org/${id}`,
      bytes: null,
      seconds: 60,
      position,
    })),
  })
}

/** The first session of each seminar was recorded: captions, which are read. */
async function fillRecordings(
  hub: TestHub,
  of: Readonly<Record<'seminar' | 'session' | 'recording' | 'track' | 'moment' | 'chapter', readonly string[]>>,
): Promise<void> {
  const { recordings } = handlesOf(hub.kysely)
  for (const [index, id] of of.recording.entries()) {
    const place = { seminar_id: of.seminar[index] ?? '', session_id: of.session[index] ?? null }
    await recordings
      .insertInto('recording')
      .values({ id, ...place, position: 0 })
      .execute()
    const track = of.track[index] ?? ''
    const none = { channel: null, source_id: null, file: null, file_name: null, file_type: null, bytes: null }
    const elsewhere = { kind: 'video' as const, lang: 'en', url: `https://example.org/${id}` }
    await recordings
      .insertInto('track')
      .values({ id: track, recording_id: id, position: 0, ...elsewhere, ...none })
      .execute()
    await recordings
      .insertInto('moment')
      .values({ id: of.moment[index] ?? '', recording_id: id, starts_at: 1000, ends_at: 2000 })
      .execute()
    const chapter = { id: of.chapter[index] ?? '', recording_id: id, starts_at: 0 }
    await recordings.insertInto('chapter').values(chapter).execute()
  }
}

const edition = (id: string) => `edi_${id}`

/** Everybody has written all of them; each has a file in English elsewhere. */
async function fillLibrary(
  hub: TestHub,
  publications: readonly string[],
  { person, organisation }: { readonly person: readonly string[]; readonly organisation: readonly string[] },
): Promise<void> {
  const agents = [
    ...person.map((id) => ({ id, kind: 'person' as const })),
    ...organisation.map((id) => ({ id, kind: 'organisation' as const })),
  ]
  await insertPublications(handlesOf(hub.kysely).library, {
    publications: publications.map((id, index) => ({ id, types: ['paper'], issued: `2021-0${index + 1}` })),
    contributors: publications.flatMap((publication_id) =>
      agents.map((agent, position) => ({
        publication_id,
        position,
        role: 'author' as const,
        kind: agent.kind,
        agent_id: agent.id,
        name: 'Zq author',
        given: null,
      })),
    ),
    editions: publications.map((id) => ({
      id: edition(id),
      publication_id: id,
      position: 0,
      number: null,
      lang: null,
      issued: null,
      translation_of: null,
      pages: null,
    })),
    identifiers: [],
    files: publications.map((id) => ({
      id: `fil_${id}`,
      edition_id: edition(id),
      position: 0,
      lang: 'en',
      file: null,
      url: `https://example.org/${id}.pdf`,
      name: null,
      type: null,
      bytes: null,
      pages: null,
      licence: null,
      synthetic: false,
    })),
  })
}

async function fillSeries(hub: TestHub, seminars: readonly string[]): Promise<string[]> {
  const handles = handlesOf(hub.kysely)
  const series = await make(hub, 'series', 1)
  await insertSeries(
    handles.series,
    series.map((id) => ({ id, contains: 'seminar', planned: null })),
  )
  await insertSeriesEntries(
    handles.series,
    series.flatMap((series_id) =>
      seminars.map((record_id, index) => ({ series_id, record_id, number: index + 1, deduced: false })),
    ),
  )
  return series
}
