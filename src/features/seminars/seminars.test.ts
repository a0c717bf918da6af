import { beforeEach, describe, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { setStatus } from '#features/records/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import { countQueries } from '#platform/db/index.ts'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { aReader, aRecord, aSeminar, deed } from '#testing/makers.ts'
import { listSeminars, readSeminar, type SeminarDeps } from './index.ts'

const now = '2026-03-01T12:00:00.000Z'

beforeEach(resetDatabase)

async function open(at = now): Promise<SeminarDeps> {
  const { kysely } = await testDatabase()
  return { ...handlesOf(kysely), now: () => at }
}

const titles = (list: { items: readonly { title: { value: string } }[] }) => list.items.map((item) => item.title.value)

describe('a list of seminars', () => {
  test('upcoming ones come soonest first, past ones newest first, by the clock and not by the day alone', async () => {
    const { kysely } = await testDatabase()
    const deps = await open('2026-03-10T09:31:00.000Z')
    await aSeminar(kysely, { title: { en: 'This morning' }, sessions: ['09:00–10:30'] })
    await aSeminar(kysely, { title: { en: 'This evening' }, sessions: ['19:00–20:30'] })
    await aSeminar(kysely, { title: { en: 'Next year' }, startsOn: '2027-01-05' })
    await aSeminar(kysely, { title: { en: 'Long ago' }, startsOn: '2019-05-05' })

    expect(titles(await listSeminars(deps, aReader(), { when: 'upcoming' }))).toEqual(['This evening', 'Next year'])
    expect(titles(await listSeminars(deps, aReader(), { when: 'past' }))).toEqual(['This morning', 'Long ago'])
  })

  test('holds until the next moment at which a phase changes', async () => {
    const { kysely } = await testDatabase()
    await aSeminar(kysely, { sessions: ['09:00–10:30'] })
    expect((await listSeminars(await open(), aReader())).validUntil).toBe('2026-03-10T08:00:00.000Z')
    expect((await listSeminars(await open('2026-03-10T08:30:00.000Z'), aReader())).validUntil).toBe(
      '2026-03-10T09:30:00.000Z',
    )
    expect((await listSeminars(await open('2026-04-01T00:00:00.000Z'), aReader())).validUntil).toBeNull()
  })

  test('is paged and counted', async () => {
    const { kysely } = await testDatabase()
    for (let month = 1; month <= 5; month += 1) {
      await aSeminar(kysely, { title: { en: `No. ${month}` }, startsOn: `2025-0${month}-01` })
    }
    const page = await listSeminars(await open(), aReader(), { page: 2, limit: 2 })
    expect(titles(page)).toEqual(['No. 3', 'No. 2'])
    expect(page.total).toBe(5)
  })

  test('is narrowed by theme, place and series', async () => {
    const { kysely } = await testDatabase()
    const deps = await open()
    const concept = await aRecord(kysely, 'concept', { label: { en: 'Social' } })
    const seminar = await aSeminar(kysely, { title: { en: 'Tagged' } })
    const other = await aSeminar(kysely, { title: { en: 'Other' } })
    await deps.records
      .insertInto('record_concept')
      .values({ record_id: seminar, concept_id: concept, position: 0 })
      .execute()
    await deps.records.insertInto('record_place').values({ record_id: seminar, code: 'NE', role: 'covers' }).execute()
    const series = await aRecord(kysely, 'series', { name: { en: 'A series' } })
    await insertSeries(deps.series, [{ id: series, contains: 'seminar', planned: 3 }])
    await insertSeriesEntries(deps.series, [{ series_id: series, number: 2, record_id: other, deduced: false }])

    expect(titles(await listSeminars(deps, aReader(), { concept }))).toEqual(['Tagged'])
    expect(titles(await listSeminars(deps, aReader(), { place: 'NE' }))).toEqual(['Tagged'])
    expect(titles(await listSeminars(deps, aReader(), { place: 'NG' }))).toEqual([])
    expect(titles(await listSeminars(deps, aReader(), { series }))).toEqual(['Other'])
  })

  test('takes a fixed number of queries, at one seminar and at three', async () => {
    const { kysely } = await testDatabase()
    const deps = await open()
    const count = async () => (await countQueries(() => listSeminars(deps, aReader()))).queries.length
    await aSeminar(kysely, { sessions: ['09:00–10:00'], recording: true })
    const one = await count()
    await aSeminar(kysely, { sessions: ['09:00–10:00', '10:00–11:00'], recording: true })
    await aSeminar(kysely, { sessions: ['09:00–10:00'] })
    expect(await count()).toBe(one)
    expect(one).toBe(4)
  })
})

describe('a seminar', () => {
  test('shows a reader their language, else what there is, marked as such', async () => {
    const { kysely } = await testDatabase()
    const id = await aSeminar(kysely, { title: { en: 'Hope', fr: 'Espoir' }, sessions: ['09:00–10:00'] })
    const french = await readSeminar(await open(), aReader('fr', 'en'), id)
    expect(french?.seminar.title).toEqual({ lang: 'fr', state: 'current', value: 'Espoir' })
    expect(french?.seminar.sessions[0]?.title).toEqual({ lang: 'en', state: 'source', value: 'Session 1' })
    expect(french?.seminar.alternates).toEqual({ en: '/en/seminars/hope', fr: '/fr/seminars/espoir' })
  })

  test('in draft, withdrawn or for members is nobody else’s', async () => {
    const { kysely } = await testDatabase()
    const deps = await open()
    const draft = await aSeminar(kysely, { status: 'draft' })
    const members = await aSeminar(kysely, { visibility: 'members' })
    const withdrawn = await aSeminar(kysely, {})
    expect(await readSeminar(deps, aReader(), withdrawn)).not.toBeNull()
    await setStatus(deps.records, withdrawn, 'withdrawn', deed)

    for (const id of [draft, members, withdrawn]) expect(await readSeminar(deps, aReader(), id)).toBeNull()
    expect((await listSeminars(deps, aReader())).total).toBe(0)
    const member = { ...aReader(), audience: ['public', 'members'] }
    expect((await readSeminar(deps, member, members))?.seminar.id).toBe(members)
  })

  test('takes a fixed number of queries, at one session and at three', async () => {
    const { kysely } = await testDatabase()
    const deps = await open()
    const small = await aSeminar(kysely, { sessions: ['09:00–10:00'] })
    const large = await aSeminar(kysely, { sessions: ['09:00–10:00', '10:00–11:00', '11:00–12:00'] })
    const count = async (id: string) => (await countQueries(() => readSeminar(deps, aReader(), id))).queries.length
    expect(await count(large)).toBe(await count(small))
  })

  test('knows its place in a series, with the days of its neighbours', async () => {
    const { kysely } = await testDatabase()
    const deps = await open()
    const series = await aRecord(kysely, 'series', { name: { en: 'A series' } })
    const first = await aSeminar(kysely, { title: { en: 'First' }, startsOn: '2025-05-01', precision: 'month' })
    const second = await aSeminar(kysely, { title: { en: 'Second' } })
    await insertSeries(deps.series, [{ id: series, contains: 'seminar', planned: 3 }])
    await insertSeriesEntries(deps.series, [
      { series_id: series, number: 1, record_id: first, deduced: false },
      { series_id: series, number: 2, record_id: second, deduced: true },
    ])

    const found = await readSeminar(deps, aReader(), second)
    expect(found?.seminar.series).toMatchObject({ id: series, number: 2, href: '/en/series/a-series' })
    const place = found?.seminar.seriesPlace
    expect([place?.number, place?.planned, place?.deduced]).toEqual([2, 3, true])
    expect(place?.entries.map(({ id, dates }) => [id, dates])).toEqual([
      [first, { startsOn: '2025-05-01', endsOn: '2025-05-01', precision: 'month' }],
      [second, { startsOn: '2026-03-10', endsOn: '2026-03-10', precision: 'day' }],
      [null, null],
    ])
  })
})
