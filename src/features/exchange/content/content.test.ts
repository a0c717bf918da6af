import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { readSeminar } from '#features/seminars/index.ts'
import { resetDatabase, testDatabase } from '#testing/database.ts'
import { aReader } from '#testing/makers.ts'
import { loadContent } from './load.ts'
import { seedId } from './words.ts'

const now = '2026-11-24T09:00:00.000Z'
const seeds = 'seeds'

beforeEach(resetDatabase)

test('the demonstration hub loads in under two seconds, and a second time changes nothing', async () => {
  const { kysely } = await testDatabase()
  const first = await loadContent(kysely, seeds, now)
  expect(Object.values(first).every((count) => count > 0)).toBe(true)
  const rows = async () => {
    const { total } = await kysely
      .selectFrom('record_text')
      .select((select) => select.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return total
  }
  const before = await rows()
  expect(await loadContent(kysely, seeds, '2027-01-01T00:00:00.000Z')).toEqual({
    hub: 0,
    vocabularies: 0,
    directory: 0,
    seminars: 0,
  })
  expect(await rows()).toBe(before)
})

test('the December 2021 seminar is whole, with texts in every state', async () => {
  const { kysely } = await testDatabase()
  await loadContent(kysely, seeds, now)
  const deps = { ...handlesOf(kysely), now: () => now }
  const id = seedId('seminar', '2021-12')
  const found = await readSeminar(deps, aReader('fr'), id)
  if (!found) throw new Error('The seminar is not there')
  const { seminar } = found

  expect([seminar.startsOn, seminar.endsOn, seminar.phase]).toEqual(['2021-12-01', '2021-12-02', 'recorded'])
  expect(seminar.sessions.map((session) => [session.number, session.startsOn, session.minutes])).toEqual([
    [1, '2021-12-01', 120],
    [2, '2021-12-01', 120],
    [3, '2021-12-02', 120],
    [4, '2021-12-02', 120],
  ])
  expect(seminar.seriesPlace?.number).toBe(3)
  expect(seminar.seriesPlace?.planned).toBe(5)
  expect(seminar.seriesPlace?.entries.map((entry) => entry.number)).toEqual([1, 2, 3, 4, 5])
  expect(seminar.languages.map((language) => language.lang).toSorted()).toEqual(['ar', 'en', 'es', 'fr', 'pt'])
  expect(seminar.basedOn).toHaveLength(1)
  expect(seminar.funding[0]?.mark).toBe('eu')
  const states = await kysely.selectFrom('record_text').select(['state']).distinct().execute()
  expect(states.map((row) => row.state).toSorted()).toEqual(['current', 'machine', 'source'])
})

test('a file that is wrong is named with its place, and nothing is written', async () => {
  const { kysely } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'hub-content-'))
  try {
    await cp(seeds, folder, { recursive: true })
    const path = join(folder, 'people.json')
    const people: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (!Array.isArray(people)) throw new Error('people.json is not a list')
    people[1] = { ...people[1], key: 'Not a key' }
    await writeFile(path, JSON.stringify(people))
    await expect(loadContent(kysely, folder, now)).rejects.toThrow(/people\.json.*\[1\]\.key/s)

    await writeFile(path, '[{"key":')
    await expect(loadContent(kysely, folder, now)).rejects.toThrow(/people\.json is not JSON/)
    await rm(path)
    await expect(loadContent(kysely, folder, now)).rejects.toThrow(/people\.json cannot be read/)
    expect(await kysely.selectFrom('record').select('id').execute()).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})
