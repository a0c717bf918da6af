import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  DataFolderDamagedError,
  DataFolderInUseError,
  DataFolderNotWritableError,
  DataFolderVersionError,
  doctorChecks,
  migrate,
  openDatabase,
} from './index.ts'
import { prepareCluster } from '#testing/database.ts'
import { lockDataFolder } from './data-folder-lock.ts'
import { chooseSocketFolder } from './embedded/address.ts'

const root = mkdtempSync(join(tmpdir(), 'hub-folder-'))
const dataFolder = join(root, 'data')
const holder = fileURLToPath(new URL('./durability/holder.ts', import.meta.url))
const children: ChildProcess[] = []

beforeAll(async () => {
  await prepareCluster(dataFolder)
  const db = await openDatabase({ dataFolder, mode: 'own' })
  await sql`create table note (id int primary key)`.execute(db.kysely)
  await db.close()
})

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true })
})

/** A hub of its own process on a folder; says "open", or the name of the error that kept it from opening. */
async function startHolder(folder: string, what: 'database' | 'lock' = 'database') {
  const child = spawn(process.execPath, [holder, folder, what], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const lines = createInterface({ input: child.stdout })
  const said = await new Promise<string>((resolve) => {
    lines.once('line', resolve)
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  return { pid: child.pid, said, end }
}

test('a second hub on one data folder is refused and told who has it', async () => {
  const hub = await startHolder(dataFolder)
  expect(hub.said).toBe('open')
  const refusal = await openDatabase({ dataFolder, mode: 'own' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataFolderInUseError)
  expect(refusal).toMatchObject({ pid: hub.pid, message: expect.stringContaining(`kill ${hub.pid}`) })

  await hub.end('SIGKILL')
  const next = await openDatabase({ dataFolder, mode: 'own' })
  expect(await next.ping()).toBe(true)
  await next.close()
})

test('of several processes that start at once exactly one gets the folder', async () => {
  const folder = join(root, 'contested')
  mkdirSync(folder)
  for (let round = 0; round < 3; round += 1) {
    const hubs = await Promise.all(Array.from({ length: 4 }, async () => startHolder(folder, 'lock')))
    expect(hubs.map((hub) => hub.said).sort()).toEqual([
      'DataFolderInUseError',
      'DataFolderInUseError',
      'DataFolderInUseError',
      'open',
    ])
    await Promise.all(hubs.filter((hub) => hub.said === 'open').map(async (hub) => hub.end('SIGKILL')))
  }
})

test('a pid file that names a living process of something else does not keep the hub out', async () => {
  writeFileSync(
    join(dataFolder, 'hub.pid'),
    JSON.stringify({ pid: process.ppid, startedAt: '2021-12-01T09:00:00.000Z' }),
  )
  const lock = lockDataFolder(dataFolder)
  lock.release()
  expect(existsSync(join(dataFolder, 'hub.pid'))).toBe(false)
})

test('a command beside a running hub uses its database, and without one opens its own', async () => {
  const hub = await startHolder(dataFolder)
  const beside = await openDatabase<{ note: { id: number } }>({ dataFolder, mode: 'beside' })
  await beside.kysely.insertInto('note').values({ id: 1 }).execute()
  await beside.close()
  await hub.end('SIGTERM')

  const alone = await openDatabase<{ note: { id: number } }>({ dataFolder, mode: 'beside' })
  expect(await alone.kysely.selectFrom('note').selectAll().execute()).toEqual([{ id: 1 }])
  await expect(openDatabase({ dataFolder, mode: 'own' })).rejects.toBeInstanceOf(DataFolderInUseError)
  await alone.close()
})

test('a command waits for a hub that is still starting, and no longer than it was told', async () => {
  const hub = await startHolder(dataFolder, 'lock')
  const begun = Date.now()
  await expect(openDatabase({ dataFolder, mode: 'beside', waitSeconds: 0.5 })).rejects.toBeInstanceOf(
    DataFolderInUseError,
  )
  expect(Date.now() - begun).toBeGreaterThanOrEqual(500)
  await hub.end('SIGKILL')
})

test('a data folder that cannot be one is refused with what to do', async () => {
  const file = join(root, 'a-file')
  writeFileSync(file, '')
  const refusal = await openDatabase({ dataFolder: join(file, 'data'), mode: 'own' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataFolderNotWritableError)
  expect(refusal).toMatchObject({ message: expect.stringContaining('(ENOTDIR)') })
})

test.runIf(process.platform === 'linux')('a folder where the system takes none is refused at once', async () => {
  const refusal = await openDatabase({ dataFolder: '/proc/hub/data', mode: 'own' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataFolderNotWritableError)
  expect(refusal).toMatchObject({ message: expect.stringContaining('/proc/hub/data cannot be written to (ENOENT)') })
})

test('a cluster of another PostgreSQL version is refused with what to do, and left alone', async () => {
  const folder = copyOfData('other-version')
  writeFileSync(join(folder, 'pg/PG_VERSION'), '17\n')
  const refusal = await openDatabase({ dataFolder: folder, mode: 'own' }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(DataFolderVersionError)
  expect(refusal).toMatchObject({
    message: expect.stringMatching(
      /PostgreSQL 17; this release runs PostgreSQL 18.*Run the release of the hub that made it/,
    ),
  })
  expect(readFileSync(join(folder, 'pg/PG_VERSION'), 'utf8')).toBe('17\n')
  // The folder is free again.
  lockDataFolder(folder).release()
})

test.each(['PG_VERSION', 'global/pg_control', 'pg_wal'])(
  'a cluster without %s is refused, and left alone',
  async (part) => {
    const folder = copyOfData(`without-${part.replace('/', '-')}`)
    rmSync(join(folder, 'pg', part), { recursive: true })
    const refusal = await openDatabase({ dataFolder: folder, mode: 'own' }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(DataFolderDamagedError)
    expect(refusal).toMatchObject({ message: expect.stringContaining(`${part} is missing`) })
    expect(existsSync(join(folder, 'pg/base'))).toBe(true)
  },
)

test('a first start that was killed midway is simply made again', async () => {
  const folder = join(root, 'half-made')
  mkdirSync(join(folder, 'pg.new/base'), { recursive: true })
  writeFileSync(join(folder, 'pg.new/PG_VERSION'), '18\n')
  const db = await openDatabase({ dataFolder: folder, mode: 'own' })
  expect(await db.ping()).toBe(true)
  await db.close()
  expect(existsSync(join(folder, 'pg.new'))).toBe(false)
})

test('a folder with a long path is served on loopback, by password', async () => {
  const folder = join(root, 'long'.repeat(30))
  expect(chooseSocketFolder(folder)).toBeUndefined()
  expect(chooseSocketFolder('/srv/hub', 'win32')).toBeUndefined()
  mkdirSync(folder)
  const source = join(dataFolder, 'pg')
  cpSync(source, join(folder, 'pg'), { recursive: true })
  const db = await openDatabase({ dataFolder: folder, mode: 'own' })
  expect(db.pool.options.host).toBe('127.0.0.1')
  const { Client } = await import('pg')
  const stranger = new Client({
    host: '127.0.0.1',
    port: db.pool.options.port ?? 0,
    user: 'postgres',
    password: 'guess',
  })
  await expect(stranger.connect()).rejects.toThrow('wrong password')
  await db.close()
})

test('the doctor finds a sound folder sound, and says what is wrong with another', async () => {
  const migrations = [{ name: '0001-a', up: async () => undefined }]
  const db = await openDatabase({ dataFolder, mode: 'own' })
  await migrate(db.kysely, migrations)
  await db.close()
  const sound = await doctorChecks({ dataFolder, migrations })
  expect(sound.map(({ id, level }) => `${id} ${level}`)).toEqual([
    'data-folder ok',
    'data-owner ok',
    'disk-space ok',
    'lock ok',
    'cluster ok',
    'database ok',
    'migrations ok',
    'unaccent ok',
    'pg_textsearch ok',
  ])

  const newer = await doctorChecks({ dataFolder, migrations: [] })
  expect(newer.find((check) => check.id === 'migrations')).toMatchObject({ level: 'fault', ok: false })

  const broken = copyOfData('broken')
  renameSync(join(broken, 'pg/global/pg_control'), join(broken, 'pg/global/pg_control.gone'))
  const found = await doctorChecks({ dataFolder: broken, migrations })
  expect(found.filter((check) => !check.ok).map(({ id, level }) => ({ id, level }))).toEqual([
    { id: 'cluster', level: 'fault' },
  ])

  const nowhere = await doctorChecks({ dataFolder: join(root, 'nowhere'), migrations })
  expect(nowhere.map(({ id, level }) => ({ id, level }))).toEqual([{ id: 'data-folder', level: 'warning' }])
  expect(existsSync(join(root, 'nowhere'))).toBe(false)
})

test('the doctor says that a killed hub left its mark', async () => {
  const hub = await startHolder(dataFolder)
  await hub.end('SIGKILL')
  const lock = (await doctorChecks({ dataFolder, migrations: [] })).find((check) => check.id === 'lock')
  expect(lock).toMatchObject({
    level: 'warning',
    what: expect.stringContaining(`Process ${hub.pid} held the data folder`),
  })
})

function copyOfData(name: string): string {
  const folder = join(root, name)
  mkdirSync(folder)
  cpSync(join(dataFolder, 'pg'), join(folder, 'pg'), { recursive: true })
  return folder
}
