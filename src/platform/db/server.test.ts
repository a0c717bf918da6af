import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareTemplate } from '#testing/database.ts'
import { startInMemory } from './embedded/start.ts'
import { DatabaseUnreachableError, doctorChecks, openDatabase } from './index.ts'

const dataFolder = mkdtempSync(join(tmpdir(), 'hub-server-'))
let proxy: Proxy
/** Of the server of this run, or of the embedded engine on loopback, which answers like one. */
let server: { url: string; stop: () => Promise<void> }

beforeAll(async () => {
  const given = process.env['HUB_TEST_ENGINE'] === 'server' ? process.env['HUB_TEST_DATABASE_URL'] : undefined
  server = given ? { url: given, stop: async () => undefined } : await startOnLoopback()
  proxy = await startProxy(server.url)
})

afterAll(async () => {
  await proxy.close()
  await server.stop()
  rmSync(dataFolder, { recursive: true })
})

async function startOnLoopback(): Promise<typeof server> {
  const { address, stop } = await startInMemory(undefined, await prepareTemplate())
  if (!('port' in address)) throw new Error('the embedded engine does not listen on loopback')
  return { url: `postgres://postgres:${address.password}@${address.host}:${address.port}/postgres`, stop }
}

type Proxy = { url: string; cut: () => void; close: () => Promise<void> }

/** A way to the server that can be cut, as when the server dies. */
async function startProxy(to: string): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const { hostname, port } = new URL(to)
  const listener = createServer((client) => {
    const upstream = createConnection(Number(port), hostname)
    for (const [one, other] of [[client, upstream] as const, [upstream, client] as const]) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', () => resolve())
  })
  const address = listener.address()
  const url = new URL(to)
  url.port = String(typeof address === 'object' && address ? address.port : 0)
  const cut = () => sockets.forEach((socket) => socket.destroy())
  const close = async () => {
    const closed = new Promise((resolve) => listener.close(resolve))
    cut()
    await closed
  }
  return { url: url.href, cut, close }
}

test('two hubs work on one server and one data folder', async () => {
  const hubs = await Promise.all(
    [1, 2].map(async () => openDatabase({ dataFolder, databaseUrl: server.url, mode: 'own' })),
  )
  const answers = await Promise.all(hubs.map(async (hub) => sql`select now() <= now() as ok`.execute(hub.kysely)))
  expect(answers.map((answer) => answer.rows)).toEqual([[{ ok: true }], [{ ok: true }]])
  expect(hubs.map((hub) => hub.engine)).toEqual(['server', 'server'])
  await Promise.all(hubs.map(async (hub) => hub.close()))
})

test('times are spoken in UTC whatever the zone of the server', async () => {
  const db = await openDatabase({ dataFolder, databaseUrl: server.url, mode: 'own', poolSize: 1 })
  const answer =
    await sql`select '2021-12-01 23:30:00+00'::timestamptz::date as day, '2021-12-01 23:30+00'::timestamptz as at`.execute(
      db.kysely,
    )
  expect(answer.rows).toEqual([{ day: '2021-12-01', at: '2021-12-01T23:30:00.000Z' }])
  await db.close()
})

test('a server that is down at the start is waited for, said without the password', async () => {
  const port = await findFreePort()
  const said: string[] = []
  const stop = new AbortController()
  const waiting = openDatabase({
    dataFolder,
    databaseUrl: `postgres://hub:s3cret@127.0.0.1:${port}/hub`,
    mode: 'own',
    signal: stop.signal,
    onWait: (message) => {
      said.push(message)
      if (said.length === 2) stop.abort()
    },
  })
  await expect(waiting).rejects.toThrow(/abort/i)
  expect(said).toEqual([
    `The database at 127.0.0.1:${port}/hub does not answer (connect ECONNREFUSED 127.0.0.1:${port}); trying again in 0.5 s.`,
    `The database at 127.0.0.1:${port}/hub does not answer (connect ECONNREFUSED 127.0.0.1:${port}); trying again in 1 s.`,
  ])
})

test('a command waits as long as it was told; a database that does not exist is not waited for', async () => {
  const port = await findFreePort()
  const down = {
    dataFolder,
    databaseUrl: `postgres://hub@127.0.0.1:${port}/hub`,
    mode: 'beside' as const,
    waitSeconds: 0.2,
  }
  await expect(openDatabase(down)).rejects.toBeInstanceOf(DatabaseUnreachableError)

  const wrong = new URL(server.url)
  wrong.pathname = '/nothing'
  wrong.password = 's3cret'
  const refusal = openDatabase({ dataFolder, databaseUrl: wrong.href, mode: 'own' })
  await expect(refusal).rejects.toThrow(/^The database at 127.0.0.1:\d+\/nothing refuses: .+\. Check DATABASE_URL\.$/)
})

test('a server that dies is noticed, and used again when it is back', async () => {
  const faults: string[] = []
  const db = await openDatabase({
    dataFolder,
    databaseUrl: proxy.url,
    mode: 'own',
    onFault: (message) => faults.push(message),
  })
  await Promise.all([db.ping(), db.ping()])
  proxy.cut()
  await expect.poll(() => faults.length).toBeGreaterThan(0)
  await expect.poll(async () => db.ping()).toBe(true)
  await db.close()
})

test('a server that is gone does not answer the ping', async () => {
  const way = await startProxy(server.url)
  const db = await openDatabase({ dataFolder, databaseUrl: way.url, mode: 'own' })
  expect(await db.ping()).toBe(true)
  await way.close()
  await expect.poll(async () => db.ping()).toBe(false)
  await db.close()
})

test('the doctor looks at the server', async () => {
  const checks = await doctorChecks({ dataFolder, databaseUrl: server.url, migrations: [] })
  expect(checks.find((check) => check.id === 'database')).toMatchObject({ level: 'ok' })
  const port = await findFreePort()
  const down = await doctorChecks({
    dataFolder,
    databaseUrl: `postgres://hub:s3cret@127.0.0.1:${port}/hub`,
    migrations: [],
  })
  expect(down.at(-1)).toMatchObject({ id: 'database', level: 'fault' })
  expect(JSON.stringify(down)).not.toContain('s3cret')
})

async function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
