import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { prepareTemplate } from '#testing/database.ts'
import { connectionOf } from './address.ts'
import { startInMemory, type EmbeddedServer } from './start.ts'
import { AnswerWatch } from './statements.ts'

let server: EmbeddedServer
let one: Client
let other: Client

async function connect(): Promise<Client> {
  const client = new Client(connectionOf(server.address))
  await client.connect()
  return client
}

beforeAll(async () => {
  server = await startInMemory(undefined, await prepareTemplate())
  one = await connect()
  other = await connect()
})

beforeEach(async () => {
  await one.query('drop table if exists note; create table note (id int primary key, body text)')
  await one.query("insert into note values (1, 'first'), (2, 'second')")
})

afterAll(async () => {
  await one.end()
  await other.end()
  await server.stop()
})

const read = 'select * from note where id = $1'

async function kept(): Promise<string[]> {
  const { rows } = await one.query<{ statement: string }>('select statement from pg_prepared_statements order by 1')
  return rows.map((row) => row.statement)
}

test('a statement that comes again is kept once, for all clients', async () => {
  const asked = [await one.query(read, [1]), await other.query(read, [2]), await one.query(read, [2])]

  expect(asked.map((answer) => answer.rows)).toEqual([
    [{ id: 1, body: 'first' }],
    [{ id: 2, body: 'second' }],
    [{ id: 2, body: 'second' }],
  ])
  expect(await kept()).toEqual([read])
})

test('a table that gets another shape is read in that shape, whoever changed it', async () => {
  await one.query(read, [1])
  await other.query('alter table note add column seen boolean')

  expect((await one.query(read, [1])).rows).toEqual([{ id: 1, body: 'first', seen: null }])
})

test('a change that hides in a function costs one error', async () => {
  await one.query(`create or replace function widen() returns void language plpgsql
    as $$ begin alter table note add column extra int; end $$`)
  await one.query(read, [1])
  await one.query('select widen()')

  await expect(one.query(read, [1])).rejects.toMatchObject({ code: '0A000' })
  expect((await one.query(read, [1])).rows).toEqual([{ id: 1, body: 'first', extra: null }])
})

test.each(['discard all', 'deallocate all'])('what is kept may be taken away: %s', async (command) => {
  await one.query(read, [1])
  await other.query(command)

  expect((await one.query(read, [1])).rows).toEqual([{ id: 1, body: 'first' }])
  expect(await kept()).toEqual([read])
})

test('a statement that fails is told of, and works the next time, within a transaction and without', async () => {
  const divide = 'select 10 / $1::int as share'
  await expect(one.query(divide, [0])).rejects.toMatchObject({ code: '22012' })
  expect((await one.query(divide, [5])).rows).toEqual([{ share: 2 }])

  await one.query('begin')
  await expect(one.query(divide, [0])).rejects.toMatchObject({ code: '22012' })
  await expect(one.query(divide, [5])).rejects.toMatchObject({ code: '25P02' })
  await expect(one.query(read, [1])).rejects.toMatchObject({ code: '25P02' })
  await one.query('rollback')

  expect((await one.query(divide, [5])).rows).toEqual([{ share: 2 }])
  expect((await other.query(read, [1])).rows).toEqual([{ id: 1, body: 'first' }])
  expect(await kept()).toEqual([read, divide])
})

test('a statement that makes no sense is not kept, and may make sense later', async () => {
  const early = 'select body from later where body = $1'
  await expect(one.query(early, ['x'])).rejects.toMatchObject({ code: '42P01' })
  expect(await kept()).toEqual([])

  await one.query("create table later (body text); insert into later values ('x')")
  expect((await one.query(early, ['x'])).rows).toEqual([{ body: 'x' }])
  await one.query('drop table later')
})

test('what a transaction kept outlives its rollback', async () => {
  await one.query('begin')
  await one.query('insert into note (id, body) values ($1, $2)', [3, 'third'])
  await one.query('rollback')
  await one.query('insert into note (id, body) values ($1, $2)', [3, 'again'])

  expect((await other.query(read, [3])).rows).toEqual([{ id: 3, body: 'again' }])
})

test('a client may name statements itself, and none keeps more than its share', async () => {
  await one.query({ name: 'mine', text: read, values: [1] })
  for (let number = 0; number < 205; number += 1) await one.query(`select ${number} + $1::int as sum`, [1])

  expect((await one.query({ name: 'mine', text: read, values: [2] })).rows).toEqual([{ id: 2, body: 'second' }])
  expect((await kept()).length).toBe(201)
  await one.query('deallocate mine')
})

test('an error is seen in an answer that is cut anywhere, and only as a message of its own', () => {
  const row = Buffer.from([0x44, 0, 0, 0, 6, 0x45, 0x45])
  const error = Buffer.from([0x45, 0, 0, 0, 5, 0])
  for (let cut = 0; cut <= row.length + error.length; cut += 1) {
    const watch = new AnswerWatch()
    const answer = Buffer.concat([row, error])
    watch.see(answer.subarray(0, cut))
    expect(watch.failed && cut <= row.length).toBe(false)
    watch.see(answer.subarray(cut))
    expect(watch.failed).toBe(true)
  }
})
