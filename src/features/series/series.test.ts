import { beforeEach, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { aReader, aRecord } from '#testing/makers.ts'
import { findSeries, insertSeries, insertSeriesEntries, type EntryDates, type EntrySource } from './index.ts'

beforeEach(resetDatabase)

const may = { startsOn: '2025-05-01', endsOn: '2025-05-31', precision: 'month' } as const

/** Knows the dates of these records, and of no others. */
function sourceOf(...known: readonly (readonly [string, EntryDates])[]): EntrySource {
  return async (ids) => new Map(known.filter(([id]) => ids.includes(id)))
}

test('a series shows its gaps, and what one may not see is a gap like any other', async () => {
  const { kysely } = await testDatabase()
  const deps = handlesOf(kysely)
  const id = await aRecord(kysely, 'series', { name: { en: 'A series' } })
  const seminar = await aRecord(kysely, 'seminar', { title: { en: 'Second' } })
  const draft = await aRecord(kysely, 'seminar', { title: { en: 'Draft' } }, { status: 'draft' })
  const paper = await aRecord(kysely, 'publication', { title: { en: 'Fourth' } })
  await insertSeries(deps.series, [{ id, contains: 'seminar', planned: 5 }])
  await insertSeriesEntries(deps.series, [
    { series_id: id, number: 2, record_id: seminar, deduced: true },
    { series_id: id, number: 3, record_id: draft, deduced: false },
    { series_id: id, number: 4, record_id: paper, deduced: false },
  ])
  const sources = [sourceOf([seminar, may], [draft, may]), sourceOf([paper, { issued: '2021-08' }])]

  const found = await findSeries(deps, sources, aReader(), 'a-series')
  expect(found?.entries.map((entry) => [entry.number, entry.id, entry.title?.value, entry.dates])).toEqual([
    [1, null, undefined, null],
    [2, seminar, 'Second', may],
    [3, null, undefined, null],
    [4, paper, 'Fourth', { issued: '2021-08' }],
    [5, null, undefined, null],
  ])
  const untold = await findSeries(deps, [], aReader(), 'a-series')
  expect(untold?.entries[1]).toMatchObject({ id: seminar, dates: null })
})

test('a series that one may not see is not there', async () => {
  const { kysely } = await testDatabase()
  const deps = handlesOf(kysely)
  const id = await aRecord(kysely, 'series', { name: { en: 'For members' } }, { visibility: 'members' })
  await insertSeries(deps.series, [{ id, contains: 'publication', planned: null }])

  const members = { ...aReader(), audience: ['public', 'members'] }
  expect((await findSeries(deps, [], members, 'for-members'))?.id).toBe(id)
  expect(await findSeries(deps, [], aReader(), 'for-members')).toBeNull()
  expect(await findSeries(deps, [], aReader(), 'nowhere')).toBeNull()
})
