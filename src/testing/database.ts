import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Client, type PoolConfig } from 'pg'
import { createPool, isPoolBusy, pingPool, readVersion, serverConfig } from '#platform/db/connect.ts'
import { connectionOf, type EmbeddedAddress } from '#platform/db/embedded/address.ts'
import { runTask, startInMemory } from '#platform/db/embedded/start.ts'
import { migrate, type Database } from '#platform/db/index.ts'
import { queryLogger } from '#platform/db/queries.ts'
import type { HubTables } from '../schema.ts'

/** How a process of its own reaches a database of the tests. */
export type Place = { readonly address: EmbeddedAddress } | { readonly url: string }

/** `filled` names the tables that migrations put rows into. */
type Opened = { database: Database<HubTables>; place: Place; filled: ReadonlySet<string> }

type Created = { config: PoolConfig; place: Place; stop: () => Promise<void> }

declare global {
  /** One per test worker: its files share the globals, and so the database. */
  var passerelleTestDatabase: Promise<Opened> | undefined
}

async function opened(): Promise<Opened> {
  globalThis.passerelleTestDatabase ??= openTestDatabase()
  return globalThis.passerelleTestDatabase
}

/**
 * The migrated database of this test worker: PostgreSQL in memory, or, with HUB_TEST_ENGINE=server, a database of its own on
 * the server of HUB_TEST_DATABASE_URL. It is shared by the worker's files, so nobody closes it: `close` does nothing.
 */
export async function testDatabase(): Promise<Database<HubTables>> {
  return (await opened()).database
}

/** Where the database of this test worker is, for a process that a test starts. */
export async function testDatabasePlace(): Promise<Place> {
  return (await opened()).place
}

/** Empties every table in `public` save those that migrations fill, and starts their counters again. */
export async function resetDatabase(): Promise<void> {
  const { database, filled } = await opened()
  const used = (await listFilledTables(database)).filter((table) => !filled.has(table))
  if (used.length === 0) return
  await sql`truncate ${sql.join(used.map((table) => sql.table(table)))} restart identity cascade`.execute(
    database.kysely,
  )
}

/** A database with nothing in it, for one test, on the engine of this run; its `close` ends it. */
export async function emptyDatabase(): Promise<Database<HubTables>> {
  return open(await create())
}

async function create(): Promise<Created> {
  const onServer = process.env['HUB_TEST_ENGINE'] === 'server'
  return onServer ? createOnServer() : createInMemory()
}

async function open({ config, place, stop }: Created): Promise<Database<HubTables>> {
  const pool = createPool({ max: 4, allowExitOnIdle: true, ...config }, () => undefined)
  return {
    kysely: new Kysely<HubTables>({ dialect: new PostgresDialect({ pool }), log: queryLogger(undefined) }),
    pool,
    engine: 'url' in place ? 'server' : 'embedded',
    version: await readVersion(pool),
    ping: async () => pingPool(pool),
    isBusy: () => isPoolBusy(pool),
    close: async () => {
      await pool.end()
      await stop()
    },
  }
}

async function openTestDatabase(): Promise<Opened> {
  const created = await create()
  const database: Database<HubTables> = { ...(await open(created)), close: async () => undefined }
  const { migrations } = await import('#migrations/index.ts')
  await migrate(database.kysely, migrations)
  return { database, place: created.place, filled: new Set(await listFilledTables(database)) }
}

/** Tables that hold at least one row. */
async function listFilledTables({ kysely }: Database<HubTables>): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(kysely)
  if (tables.rows.length === 0) return []
  const questions = tables.rows.map(
    ({ name }) => sql`select ${sql.lit(name)} as name where exists (select from ${sql.table(name)})`,
  )
  const filled = await sql<{ name: string }>`${sql.join(questions, sql` union all `)}`.execute(kysely)
  return filled.rows.map((row) => row.name)
}

async function createInMemory(): Promise<Created> {
  // On loopback: a worker that is ended by force leaves no socket behind.
  const { address, stop } = await startInMemory(undefined, await prepareTemplate())
  return { config: connectionOf(address), place: { address }, stop }
}

/** A fresh cluster as one file, for a database in memory. */
export async function prepareTemplate(): Promise<string> {
  return prepareOnce('.tar', async (file) => runTask({ task: 'template', file }))
}

/** Puts a fresh cluster into a data folder, which then starts as one that has been used. */
export async function prepareCluster(dataFolder: string): Promise<void> {
  const made = await prepareOnce('', async (folder) => {
    mkdirSync(folder)
    await runTask({ task: 'create', dataFolder: folder })
  })
  cpSync(made, dataFolder, { recursive: true })
}

/** Makes something once for each version of the engine and keeps it beside the packages: a cluster takes seconds to make. */
async function prepareOnce(ending: string, make: (path: string) => Promise<void>): Promise<string> {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/passerelle')
  const path = join(folder, `cluster-${engineVersion()}${ending}`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  const unfinished = join(folder, `making-${randomUUID()}${ending}`)
  await make(unfinished)
  // Where another worker was faster, its own serves as well.
  if (existsSync(path)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, path)
  return path
}

function engineVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : 'unknown'
}

async function createOnServer(): Promise<Created> {
  const url = await createDatabaseOnServer()
  return { config: serverConfig(url), place: { url }, stop: async () => undefined }
}

/** Makes a database on the server of this run and resolves to its URL; the server is ended after the run, and it with it. */
export async function createDatabaseOnServer(): Promise<string> {
  const adminUrl = process.env['HUB_TEST_DATABASE_URL']
  if (!adminUrl) throw new Error('HUB_TEST_ENGINE=server needs HUB_TEST_DATABASE_URL')
  const name = `hub_test_${randomUUID().replaceAll('-', '')}`
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  // template0 with a fixed collation: the order of rows must not depend on the machine.
  await admin.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  await admin.end()
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}
