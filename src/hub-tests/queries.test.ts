import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertFunding, insertOrganisations, insertPeople, insertProgrammes } from '#features/directory/index.ts'
import { insertSeries, insertSeriesEntries, insertSeminars } from '#features/seminars/index.ts'
import { insertConcepts, insertSchemes } from '#features/taxonomy/index.ts'
import { countQueries } from '#platform/db/index.ts'
import { aRecord } from '#testing/makers.ts'
import { openHub, type TestHub } from '#testing/hub.ts'

/** A hub in which everything there is, there is `count` times, each tied to all of the others. */
async function aHubOf(count: number): Promise<TestHub> {
  const hub = await openHub()
  const handles = handlesOf(hub.kysely)
  const all = <T>(make: (index: number) => Promise<T>): Promise<T[]> =>
    Array.from({ length: count }, (_, index) => index).reduce<Promise<T[]>>(
      async (made, index) => [...(await made), await make(index)],
      Promise.resolve([]),
    )
  const named = (kind: 'organisation' | 'person' | 'programme', more = {}) =>
    all((index) => aRecord(hub.kysely, kind, { name: { en: `${kind} ${index + 1}` } }, more))

  const schemeId = await aRecord(hub.kysely, 'scheme', { label: { en: 'Theme' } })
  await insertSchemes(handles.taxonomy, [{ id: schemeId, notation: 'theme', position: 0 }])
  const concepts = await all((index) => aRecord(hub.kysely, 'concept', { label: { en: `Concept ${index + 1}` } }))
  await insertConcepts(
    handles.taxonomy,
    concepts.map((id, position) => ({ id, schemeId, notation: `c${position + 1}`, position, exactMatch: [], m49: [] })),
  )
  const organisations = await named('organisation', { places: [{ code: 'BE', role: 'covers' }] })
  await insertOrganisations(
    handles.directory,
    organisations.map((id) => ({ id, type: 'network' })),
  )
  const people = await named('person')
  await insertPeople(
    handles.directory,
    people.map((id) => ({ id, organisation_id: organisations[0] ?? null })),
  )
  const partners = organisations.map((to) => ({ to, relation: 'partner' as const }))
  const tags = { concepts, places: [{ code: 'BE', role: 'focus' as const }] }
  const programmes = await named('programme', { ...tags, links: partners })
  await insertProgrammes(
    handles.directory,
    programmes.map((id) => ({ id, from_year: '2017', to_year: null })),
  )
  const funding = await all((index) => aRecord(hub.kysely, 'funding', { statement: { en: `Funded ${index + 1}` } }))
  await insertFunding(
    handles.directory,
    funding.map((id) => ({ id, mark: null, funders: organisations })),
  )
  const links = [
    ...organisations.map((to) => ({ to, relation: 'co_organised_by' as const })),
    ...funding.map((to) => ({ to, relation: 'funded_by' as const })),
    ...programmes.map((to) => ({ to, relation: 'presents' as const })),
  ]
  const seminars = await all((index) => aWholeSeminar(hub, index, people, { ...tags, links }))
  const series = await aRecord(hub.kysely, 'series', { name: { en: 'The series' } })
  await insertSeries(handles.seminars, [{ id: series, contains: 'seminar', planned: null }])
  await insertSeriesEntries(
    handles.seminars,
    seminars.map((id, index) => ({ series_id: series, record_id: id, number: index + 1, deduced: false })),
  )
  return hub
}

/** A seminar with as many sessions as there are people; all of them speak in each. */
async function aWholeSeminar(hub: TestHub, index: number, people: readonly string[], ties: object): Promise<string> {
  const id = await aRecord(hub.kysely, 'seminar', { title: { en: `Seminar ${index + 1}` } }, ties)
  const row = { session_id: null, kind: 'recording' as const, lang: 'en', bytes: null, seconds: 60 }
  const times = { starts_on: null, starts_at: null, ends_at: null, minutes: 90 }
  const sessions = []
  const materials = []
  for (const position of people.keys()) {
    const title = { title: { en: `Session ${position + 1}` } }
    sessions.push({ id: await aRecord(hub.kysely, 'session', title), seminar_id: id, number: position + 1, ...times })
    const label = { label: { en: `Recording ${position + 1}` } }
    const material = { id: await aRecord(hub.kysely, 'material', label), seminar_id: id, url: 'https://example.org/r' }
    materials.push({ ...row, ...material, position })
  }
  await insertSeminars(handlesOf(hub.kysely).seminars, {
    seminars: [
      {
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
      },
    ],
    sessions,
    channels: sessions.map(({ id: session_id }) => ({ session_id, lang: 'en', kind: 'floor', position: 0 })),
    speakers: sessions.flatMap(({ id: session_id }) =>
      people.map((person_id, position) => ({ session_id, person_id, role: 'speaker', position })),
    ),
    materials,
  })
  return id
}

const pages = `
  /en /en/seminars /en/seminars?theme=c1 /en/seminars?series=the-series /en/series/the-series
  /en/seminars/seminar-1 /en/seminars/seminar-1/agenda /en/seminars/seminar-1/sessions/1
  /en/seminars/seminar-1.ics /en/seminars/seminar-1/schedule.xml /en/seminars/seminar-1/schedule.json
  /en/programmes /en/programmes/programme-1 /en/organisations /en/organisations/organisation-1 /en/people
  /en/people/person-1 /en/themes /en/themes/theme /en/themes/theme/c1 /en/places /en/places/BE /en/about
  /en/calendar.ics /en/feed.atom /sitemap.xml /api/v1/seminars /api/v1/seminars?phase=recorded
  /api/v1/sessions /api/v1/programmes /api/v1/organisations /api/v1/schemes /api/v1/concepts
  /vocabularies/theme.ttl
`
  .trim()
  .split(/\s+/)

/** How many queries each page takes, the second time it is asked for: the first reads what the hub says of itself. */
async function count(hub: TestHub): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const path of pages) {
    const { status } = await hub.get(path)
    expect([path, status]).toEqual([path, 200])
    counted[path] = (await countQueries(async () => hub.get(path))).queries.length
  }
  return counted
}

test('a page asks the database as often for one of everything as for three', async () => {
  const forOne = await count(await aHubOf(1))
  const forThree = await count(await aHubOf(3))

  expect(forThree).toEqual(forOne)
  expect(Object.entries(forThree).filter(([, queries]) => queries < 1 || queries > 40)).toEqual([])
})

test('a page that is kept asks nothing', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  await hub.get('/fr/seminars')

  expect((await countQueries(async () => hub.get('/fr/seminars'))).queries).toEqual([])
})
