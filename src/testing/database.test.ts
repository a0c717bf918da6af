import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { emptyDatabase, resetDatabase, testDatabase } from './database.ts'

test('the database of a worker is migrated once, and emptied between tests but for what migrations put there', async () => {
  const { kysely } = await testDatabase()
  const migrated = await sql<{ n: number }>`select count(*) as n from kysely_migration`.execute(kysely)
  await sql`create table reset_probe (id int generated always as identity, body text)`.execute(kysely)
  await sql`insert into reset_probe (body) values ('one'), ('two')`.execute(kysely)

  await resetDatabase()

  await sql`insert into reset_probe (body) values ('three')`.execute(kysely)
  expect((await sql`select id, body from reset_probe`.execute(kysely)).rows).toEqual([{ id: 1, body: 'three' }])
  expect((await sql`select count(*) as n from kysely_migration`.execute(kysely)).rows).toEqual(migrated.rows)
  await sql`drop table reset_probe`.execute(kysely)
})

test('an empty database is one of its own', async () => {
  const db = await emptyDatabase()
  expect((await sql`select tablename from pg_tables where schemaname = 'public'`.execute(db.kysely)).rows).toEqual([])
  await db.close()
})
