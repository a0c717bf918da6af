import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createListKeeper } from './index.ts'
import { openHub } from '#testing/hub.ts'

test('the list has what was written, in whichever order numbers are taken, written and taken away', async () => {
  await using hub = await openHub()
  const db = hub.kysely
  const keeper = createListKeeper(db.$pickTables(), db.$pickTables())
  const listed = async () => {
    const { list } = await keeper.read({ audience: ['public'] })
    return Array.from({ length: list.size() }, (_, ord) => list.recordOf(ord))
      .filter((record) => record >= 0)
      .map((record) => list.records[record]?.id)
  }
  const take = async () =>
    Number((await sql<{ ord: string }>`select nextval('search_document_ord_seq') as ord`.execute(db)).rows[0]?.ord)
  const write = async (ord: number, record: string) =>
    sql`insert into search_document (ord, entry_id, record_id, kind, lang, needs, facets) overriding system value
      values (${ord}, 'one', ${record}, 'seminar', 'en', '{}', '{}')`.execute(db)
  await sql`insert into search_entry (id, source, stamp) values ('one', 'records', '')`.execute(db)

  // Somebody writes it, and is not done yet.
  const first = await take()
  expect([first, await listed()]).toEqual([1, []])
  await write(first, 'first')
  expect(await listed()).toEqual(['first'])

  const [second, third] = [await take(), await take()]
  expect(await listed()).toEqual(['first'])
  await write(second, 'second')
  await write(third, 'third')
  expect(await listed()).toEqual(['first', 'second', 'third'])

  await sql`delete from search_document where ord > 1`.execute(db)
  await listed()
  await write(await take(), 'fourth')
  expect((await listed()).at(-1)).toBe('fourth')

  await sql`truncate search_entry restart identity cascade`.execute(db)
  await sql`insert into search_entry (id, source, stamp) values ('one', 'records', '')`.execute(db)
  for (const record of ['a', 'b', 'c', 'd', 'e']) await write(await take(), record)
  expect(await listed()).toEqual(['a', 'b', 'c', 'd', 'e'])
})
