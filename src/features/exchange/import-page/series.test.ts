import { beforeEach, expect, test } from 'vitest'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import { hashText } from '#platform/text/index.ts'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { handlesOf, readPage, savePage } from '../index.ts'

beforeEach(resetDatabase)

const third = 'This seminar is the third in a series of five seminars on reintegration.'

async function importPage(told: string, background = 'Seminars for those who work on return.') {
  const { kysely } = await testDatabase()
  const text = `Online seminar on health\n\nDates\n\n24 - 25 May 2022\n\nObjectives\n\n${told}\n\nBackground\n\n${background}\n\nSessions\n\n1. Care\n\n2. Work`
  const page = readPage({ text, claimedLang: 'en' })
  if (!page.ok) throw new Error(page.why)
  const input = { page, source: '/pages/health.txt', textHash: hashText(text), original: text }
  const saved = await savePage(kysely, { ...input, startsOn: null, endsOn: null }, '2026-01-02T00:00:00.000Z')
  if (!saved.ok) throw new Error(saved.problem)
  const doubts = saved.assumed.filter(({ what }) => what === 'series').map(({ why }) => why)
  return { id: saved.id, outcome: saved.outcome, series: saved.series, doubts }
}

async function aSeries(name: string, planned: number | null, taken: readonly number[] = []): Promise<string> {
  const { kysely } = await testDatabase()
  const { series } = handlesOf(kysely)
  const id = await aRecord(kysely, 'series', { name: { en: name } })
  await insertSeries(series, [{ id, contains: 'seminar', planned }])
  for (const number of taken) {
    const record = await aSeminar(kysely, {})
    await insertSeriesEntries(series, [{ series_id: id, number, record_id: record, deduced: false }])
  }
  return id
}

async function entriesOf(recordId: string) {
  const { kysely } = await testDatabase()
  return kysely
    .selectFrom('series_entry')
    .select(['series_id', 'number', 'deduced'])
    .where('record_id', '=', recordId)
    .execute()
}

test('a page that tells its place is put there when one series fits and has it free, once', async () => {
  await aSeries('Three talks', 3)
  await aSeries('Open end', null)
  const id = await aSeries('Interregional seminars', 5, [1, 2])
  const first = await importPage(third)

  expect(first).toMatchObject({ series: { id, name: 'Interregional seminars', number: 3 }, doubts: [] })
  expect(await entriesOf(first.id)).toEqual([{ series_id: id, number: 3, deduced: false }])
  expect(await importPage(third)).toEqual({ ...first, outcome: 'unchanged' })
  expect(await entriesOf(first.id)).toEqual([{ series_id: id, number: 3, deduced: false }])
})

test('a place that was worked out is marked so', async () => {
  await aSeries('Interregional seminars', 5)
  const { id } = await importPage(
    'To share what worked when returnees needed care, and what did not.',
    'A total of five seminars is planned. The first seminar was held in 2020, the second seminar in 2021.',
  )
  expect((await entriesOf(id)).map(({ number, deduced }) => ({ number, deduced }))).toEqual([
    { number: 3, deduced: true },
  ])
})

test('where no series fits, several do, or the place is taken, the page gets none and is told why', async () => {
  const none = await importPage(third)
  expect(none).toMatchObject({
    series: null,
    doubts: [
      'The page is number 3 of 5 of a series; the draft was put into none: the hub has no series of 5 seminars.',
    ],
  })

  await aSeries('One', 5, [3])
  expect((await importPage(third)).doubts).toEqual([
    expect.stringMatching(/put into none: in “One” sem_[0-9a-z]+ has that place\.$/),
  ])
  await aSeries('Two', 5)
  await aSeries('Three', 5)
  expect((await importPage(third)).doubts).toEqual([
    expect.stringMatching(/put into none: it could be “(Two”, “Three|Three”, “Two)”\.$/),
  ])
  expect(await entriesOf(none.id)).toEqual([])
})

test('a page that does not say how many there are, or counts beyond them, gets no place', async () => {
  await aSeries('Interregional seminars', 5)
  const open = await importPage('This is the third seminar on reintegration, after those on work and on housing.')
  const beyond = await importPage('This seminar is the sixth in a series of five seminars on reintegration.')

  expect(open.doubts).toEqual([
    'The page is number 3 of a series; the draft was put into none: the page does not say how many there are.',
  ])
  expect(beyond.doubts).toEqual([
    'The page is number 6 of 5 of a series; the draft was put into none: there is no such place.',
  ])
  expect(await entriesOf(open.id)).toEqual([])
})

test('a series that comes later takes the draft up; where somebody put it, or took it out, it stays', async () => {
  const { id } = await importPage(third)
  const series = await aSeries('Interregional seminars', 5)
  expect(await importPage(third)).toMatchObject({ id, outcome: 'updated', series: { id: series, number: 3 } })

  const { kysely } = await testDatabase()
  await kysely.updateTable('series_entry').set({ number: 4 }).where('record_id', '=', id).execute()
  expect(await importPage(third)).toMatchObject({
    outcome: 'unchanged',
    series: { id: series, number: 4 },
    doubts: ['The page is number 3 of 5 of a series; the draft stays number 4 of “Interregional seminars”.'],
  })

  await kysely.deleteFrom('series_entry').where('record_id', '=', id).execute()
  expect(await importPage(third)).toMatchObject({
    series: null,
    doubts: [
      'The page is number 3 of 5 of a series; the draft was put into none: somebody has taken it out of “Interregional seminars” since.',
    ],
  })
  expect(await entriesOf(id)).toEqual([])
})
