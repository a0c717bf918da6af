import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Client, type PoolConfig } from 'pg'
import { createPool, pingPool, readVersion, serverConfig } from '#platform/db/connect.ts'
import { connectionOf } from '#platform/db/embedded/address.ts'
import { runTask, startInMemory } from '#platform/db/embedded/start.ts'
import { migrate, type Database } from '#platform/db/index.ts'
import { queryLogger } from '#platform/db/queries.ts'
import type { HubTables } from '../schema.ts'

/** `filled` names the tables that migrations put rows into. */
type Opened = { database: Database<HubTables>; filled: ReadonlySet<string> }

type Created = { config: PoolConfig; stop: () => Promise<void> }

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
  const onServer = process.env['HUB_TEST_ENGINE'] === 'server'
  const { config, stop } = onServer
    ? await createOnServer(process.env['HUB_TEST_DATABASE_URL'])
    : await createInMemory()
  const pool = createPool({ max: 4, allowExitOnIdle: true, ...config }, () => undefined)
  return {
    kysely: new Kysely<HubTables>({ dialect: new PostgresDialect({ pool }), log: queryLogger(undefined) }),
    pool,
    engine: onServer ? 'server' : 'embedded',
    version: await readVersion(pool),
    ping: async () => pingPool(pool),
    close: async () => {
      await pool.end()
      await stop()
    },
  }
}

async function openTestDatabase(): Promise<Opened> {
  const database: Database<HubTables> = { ...(await emptyDatabase()), close: async () => undefined }
  const { migrations } = await import('#migrations/index.ts')
  await migrate(database.kysely, migrations)
  return { database, filled: new Set(await listFilledTables(database)) }
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
  const server = await startInMemory(undefined, await prepareTemplate())
  return { config: connectionOf(server.address), stop: server.stop }
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

async function createOnServer(adminUrl: string | undefined): Promise<Created> {
  if (!adminUrl) throw new Error('HUB_TEST_ENGINE=server needs HUB_TEST_DATABASE_URL')
  const name = `hub_test_${randomUUID().replaceAll('-', '')}`
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  // template0 with a fixed collation: the order of rows must not depend on the machine.
  await admin.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  await admin.end()
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { config: serverConfig(url.href), stop: async () => undefined }
}
