import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyDatabase } from '#testing/database.ts'
import { DataNewerThanProgramError, listMigrated, migrate, type Migration } from './index.ts'

/** A step that makes one table, and takes a moment over it. */
const step = (name: string): Migration => ({
  name,
  up: async (db) => {
    await sql`create table ${sql.table(name)} (id int)`.execute(db)
    await pause(20)
  },
})
const [first, second] = [step('0001-first'), step('0002-second')]

let db: Awaited<ReturnType<typeof emptyDatabase>>

beforeEach(async () => {
  db = await emptyDatabase()
})
afterEach(async () => {
  await db.close()
})

test('an empty database is brought to the state of the program, once', async () => {
  expect(await listMigrated(db.kysely)).toEqual([])
  expect(await migrate(db.kysely, [first])).toEqual(['0001-first'])
  expect(await migrate(db.kysely, [first, second])).toEqual(['0002-second'])
  expect(await migrate(db.kysely, [first, second])).toEqual([])
  expect(await listMigrated(db.kysely)).toEqual(['0001-first', '0002-second'])
})

test('hubs that start at once take turns: each step runs once', async () => {
  const runs = await Promise.all([1, 2, 3].map(async () => migrate(db.kysely, [first, second])))
  expect(runs.flat()).toEqual(['0001-first', '0002-second'])
})

test('data of a newer release is refused by name, and left as it is', async () => {
  await migrate(db.kysely, [first, second])
  const refusal = await migrate(db.kysely, [first]).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataNewerThanProgramError)
  expect(refusal).toMatchObject({ message: expect.stringContaining('0002-second') })
  expect(await listMigrated(db.kysely)).toEqual(['0001-first', '0002-second'])
})

test('a step that fails undoes the whole run and says which it was', async () => {
  const failing: Migration = { name: '0003-failing', up: async (tx) => void (await sql`select 1 / 0`.execute(tx)) }
  await expect(migrate(db.kysely, [first, failing])).rejects.toThrow('stopped at 0003-failing; nothing was changed')
  expect(await listMigrated(db.kysely)).toEqual([])
  expect((await sql`select to_regclass('"0001-first"') as made`.execute(db.kysely)).rows).toEqual([{ made: null }])
})
