import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareCluster } from '#testing/database.ts'
import { connectionOf, readAddress } from './embedded/address.ts'
import { openDatabase, type Database } from './index.ts'

type Tables = { note: { id: number; body: string } }

const IDLE_LIMIT = 300
const dataFolder = mkdtempSync(join(tmpdir(), 'hub-embedded-'))
const faults: string[] = []
let db: Database<Tables>

beforeAll(async () => {
  await prepareCluster(dataFolder)
  db = await openDatabase<Tables>({
    dataFolder,
    mode: 'own',
    idleInTransactionLimit: IDLE_LIMIT,
    onFault: (message) => faults.push(message),
  })
  await sql`create table note (id int primary key, body text not null)`.execute(db.kysely)
})

afterAll(async () => {
  await db.close()
  rmSync(dataFolder, { recursive: true })
})

async function connect(): Promise<Client> {
  const address = readAddress(dataFolder)
  if (!address) throw new Error('the hub has not written where it listens')
  const client = new Client(connectionOf(address))
  client.on('error', () => undefined)
  await client.connect()
  return client
}

test('statements of many clients at once never mix', async () => {
  const clients = await Promise.all(Array.from({ length: 12 }, connect))
  const wrong = await Promise.all(
    clients.map(async (client, who) => {
      let count = 0
      for (let turn = 0; turn < 25; turn += 1) {
        const [text, values, expected] =
          who % 2 === 0
            ? ['select $1::int as n', [turn], turn]
            : ['select $1::text as n, $2::int as turn', [`t${turn}`, turn], `t${turn}`]
        const answer = await client.query<{ n: number | string }>(text, values)
        if (answer.rows[0]?.n !== expected) count += 1
      }
      return count
    }),
  )
  expect(wrong).toEqual(clients.map(() => 0))
  await Promise.all(clients.map(async (client) => client.end()))
})

test('what fails in one client does not disturb the others', async () => {
  const [one, other] = [await connect(), await connect()]
  const failures = async () => {
    for (let n = 0; n < 20; n += 1)
      await expect(one.query('select $1::int / 0', [n])).rejects.toThrow('division by zero')
  }
  const answers = async () => {
    const rows: unknown[] = []
    for (let n = 0; n < 20; n += 1) rows.push(...(await other.query('select $1::int as n', [n])).rows)
    return rows
  }
  const [rows] = await Promise.all([answers(), failures()])
  expect(rows).toEqual(Array.from({ length: 20 }, (_, n) => ({ n })))
  await Promise.all([one.end(), other.end()])
})

test('a client that vanishes inside a transaction is rolled back', async () => {
  const leaving = await connect()
  await leaving.query('begin')
  await leaving.query(`insert into note values (1, 'never')`)
  const waiting = db.kysely.selectFrom('note').selectAll().execute()
  destroySocket(leaving)
  expect(await waiting).toEqual([])
})

test('a client that vanishes while its BEGIN is under way leaves no transaction behind', async () => {
  for (let round = 0; round < 10; round += 1) {
    const leaving = await connect()
    void leaving.query('begin').catch(() => undefined)
    setImmediate(() => destroySocket(leaving))
    expect(await db.ping()).toBe(true)
  }
})

/** As when the process behind it is killed. */
function destroySocket(client: Client): void {
  const { stream } = (client as unknown as { connection: { stream: { destroy: () => void } } }).connection
  stream.destroy()
}

test('a second connection asked for inside a transaction ends in an error, not in waiting for ever', async () => {
  const deed = db.kysely.transaction().execute(async (tx) => {
    await tx.insertInto('note').values({ id: 2, body: 'never' }).execute()
    await db.kysely.selectFrom('note').selectAll().execute()
    await tx.insertInto('note').values({ id: 3, body: 'never' }).execute()
  })
  await expect(deed).rejects.toThrow(/idle|terminated|not queryable/)
  expect(await db.kysely.selectFrom('note').selectAll().execute()).toEqual([])
})

test('a transaction may take its time as long as nobody waits', async () => {
  const client = await connect()
  await client.query('begin')
  await new Promise((resolve) => setTimeout(resolve, IDLE_LIMIT * 2))
  expect((await client.query('rollback')).command).toBe('ROLLBACK')
  await client.end()
})

test('what a client has SET is forgotten when it leaves', async () => {
  const client = await connect()
  await client.query(`set timezone to 'Asia/Tokyo'`)
  await client.end()
  await expect
    .poll(async () => (await sql<{ TimeZone: string }>`show timezone`.execute(db.kysely)).rows[0]?.TimeZone)
    .toBe('UTC')
})

test('COPY from the client is refused with a message, and the database goes on', async () => {
  const client = await connect()
  await expect(client.query('copy note from stdin')).rejects.toThrow('takes no COPY FROM STDIN')
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await client.end()
})

test.each([
  ['rubbish', Buffer.from('GET / HTTP/1.1\r\nHost: hub\r\n\r\n')],
  ['an impossible length', Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
  ['a message that claims two gigabytes', Buffer.concat([startup(), Buffer.from([0x51, 0x7f, 0xff, 0xff, 0xff])])],
  ['a version nobody speaks', Buffer.from([0, 0, 0, 8, 0, 9, 0, 0])],
])('a connection that sends %s is closed, and the database goes on', async (_, bytes) => {
  const address = readAddress(dataFolder)
  const socket = createConnection(
    address && 'socketFolder' in address ? join(address.socketFolder, '.s.PGSQL.5432') : '',
  )
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
  })
  socket.resume()
  socket.write(bytes)
  await closed
  expect(await db.ping()).toBe(true)
})

function startup(): Buffer {
  return Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0])
}

test('a large value passes whole', async () => {
  const body = 'é'.repeat(3_000_000)
  await db.kysely.insertInto('note').values({ id: 9, body }).execute()
  const row = await db.kysely.selectFrom('note').select('body').where('id', '=', 9).executeTakeFirstOrThrow()
  expect(row.body === body).toBe(true)
  await db.kysely.deleteFrom('note').execute()
})

test('a database that collapses is started again as soon as it can be, with all that was committed', async () => {
  await db.kysely.insertInto('note').values({ id: 1, body: 'kept' }).execute()
  const log = join(dataFolder, 'pg/pg_wal')
  renameSync(log, `${log}.gone`)
  // There is nowhere to write the next part of the log: PostgreSQL gives up at once.
  const switchLog = sql`select pg_switch_wal()`
  for (let tries = 0; tries < 3 && faults.length === 0; tries += 1) {
    await switchLog.execute(db.kysely).catch(() => undefined)
    await db.kysely
      .insertInto('note')
      .values({ id: 100 + tries, body: 'perhaps' })
      .execute()
      .catch(() => undefined)
  }
  await expect
    .poll(() => faults.filter((fault) => fault.includes('does not start again')).length, { timeout: 10_000 })
    .toBeGreaterThan(0)

  renameSync(`${log}.gone`, log)
  await expect.poll(async () => db.ping(), { timeout: 10_000 }).toBe(true)
  expect(await db.kysely.selectFrom('note').selectAll().where('id', '=', 1).execute()).toEqual([
    { id: 1, body: 'kept' },
  ])
})
