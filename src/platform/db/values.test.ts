import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '#testing/database.ts'
import { countQueries } from './index.ts'

test('instants are UTC strings with milliseconds, days are days, whole numbers are numbers', async () => {
  const { kysely } = await testDatabase()
  const answer = await sql`
    select '2021-12-01 10:00:00.5+01'::timestamptz as instant,
      date '2021-12-01' as day,
      array['2021-12-01 09:00+00'::timestamptz] as instants,
      array[date '2024-02-29'] as days,
      count(*) as small,
      9007199254740993::bigint as large,
      array[1, 2]::bigint[] as numbers,
      '2021-12-01 10:00'::timestamp as local,
      'infinity'::timestamptz as never,
      null::timestamptz as missing,
      1.50::numeric as exact`.execute(kysely)
  expect(answer.rows).toEqual([
    {
      instant: '2021-12-01T09:00:00.500Z',
      day: '2021-12-01',
      instants: ['2021-12-01T09:00:00.000Z'],
      days: ['2024-02-29'],
      small: 1,
      large: '9007199254740993',
      numbers: [1, 2],
      local: '2021-12-01 10:00:00',
      never: 'infinity',
      missing: null,
      exact: '1.50',
    },
  ])
})

test('a day inserted as text comes back as the same day in any zone of this process', async () => {
  const { kysely } = await testDatabase()
  const days = ['2021-03-28', '2021-10-31', '0001-01-01', '9999-12-31']
  const answer = await sql<{ day: string }>`select unnest(${days}::date[]) as day`.execute(kysely)
  expect(answer.rows.map((row) => row.day)).toEqual(days)
})

test('statements are counted for whoever caused them, and for nobody else', async () => {
  const { kysely } = await testDatabase()
  const [one, two] = await Promise.all([
    countQueries(async () => {
      await sql`select 1`.execute(kysely)
      await sql`select 2`.execute(kysely)
    }),
    countQueries(async () => sql`select 3`.execute(kysely)),
  ])
  expect(one.queries.map((query) => query.sql)).toEqual(['select 1', 'select 2'])
  expect(two.queries.map((query) => query.sql)).toEqual(['select 3'])
})
