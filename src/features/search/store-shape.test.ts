import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { emptyDatabase } from '#testing/database.ts'
import { migrations } from '#migrations/index.ts'
import { migrate } from '#platform/db/index.ts'
import { isGone, restoreShape } from './store-shape.ts'

test('what is gone of the search is made again as the migrations made it', async () => {
  const { kysely, close } = await emptyDatabase()
  await migrate(kysely, migrations)
  const shape = async () => {
    const functions = await sql`
      select proname as name, pg_get_functiondef(oid) as definition from pg_proc
      where pronamespace = 'public'::regnamespace and proname like 'search\\_%' order by 1`.execute(kysely)
    const indexes = await sql`
      select indexname as name, indexdef as definition from pg_indexes
      where tablename in ('search_entry', 'search_document', 'passage', 'search_name', 'search_title', 'search_word') order by 1`.execute(
      kysely,
    )
    return [...functions.rows, ...indexes.rows].map((row) => Object(row))
  }
  const before = await shape()
  expect(before.length).toBeGreaterThan(12)
  for (const { name, definition } of before) {
    if (String(definition).startsWith('CREATE OR REPLACE'))
      await sql.raw(`drop function ${name} cascade`).execute(kysely)
    else if (!name.endsWith('_pkey')) await sql.raw(`drop index ${name}`).execute(kysely)
  }
  expect((await shape()).length).toBe(6)

  await restoreShape(kysely.$pickTables())

  expect(await shape()).toEqual(before)
  await close()
})

const coded = (code: unknown) => Object.assign(new Error('x'), { code })

test('only what a database says of its own parts is taken for a loss', () => {
  expect([isGone(coded('42883')), isGone(coded('42P01'))]).toEqual([true, true])
  expect([coded('57014'), coded('ECONNREFUSED'), coded(42883), new Error('x'), 'x'].map(isGone)).toEqual(
    [1, 2, 3, 4, 5].map(() => false),
  )
})
