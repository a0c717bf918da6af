import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { emptyDatabase, testDatabase } from '#testing/database.ts'
import { isVacuumDue, readTableWear, vacuum } from './index.ts'

const now = '2021-12-02T09:00:00.000Z'
const hourAgo = '2021-12-02T08:00:00.000Z'

test.each([
  ['it never was', undefined, [], true],
  ['a day has passed', '2021-12-01T09:00:00.000Z', [], true],
  ['nothing was written', hourAgo, [{ live: 1000, dead: 0, changed: 0 }], false],
  ['a fifth of the rows and a few more are dead', hourAgo, [{ live: 1000, dead: 251, changed: 0 }], true],
  ['just so many are', hourAgo, [{ live: 1000, dead: 250, changed: 250 }], false],
  ['as many were added', hourAgo, [{ live: 1000, dead: 0, changed: 251 }], true],
])('sweeping when %s', (_, lastAt, tables, due) => {
  expect(isVacuumDue(now, lastAt, tables)).toBe(due)
})

test('a sweep clears what was deleted, on the embedded engine only', async () => {
  const db = await emptyDatabase()
  await sql`create table note as select n from generate_series(1, 500) as n`.execute(db.kysely)
  await sql`delete from note where n <= 300`.execute(db.kysely)
  expect(await vacuum(db)).toBe(db.engine === 'embedded')
  // A server sweeps in its own time: here only what is there can be said.
  const wear = db.engine === 'embedded' ? await readTableWear(db) : [{ live: 200, dead: 0, changed: 0 }]
  expect(wear).toEqual([{ live: 200, dead: 0, changed: 0 }])
  await db.close()
})

test('the wear of the tables can be read', async () => {
  const wear = await readTableWear(await testDatabase())
  expect(wear.length).toBeGreaterThan(0)
})
