import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockDataFolder, type DataFolderLock } from '#platform/db/data-folder-lock.ts'
import { prepareRunFolder, writeAddress } from '#platform/db/embedded/address.ts'
import { openDatabase, type Database } from '#platform/db/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { HubTables } from '../schema.ts'
import { createDatabaseOnServer, prepareCluster, resetDatabase, testDatabasePlace, type Place } from './database.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** An installation of its own for a test: a data folder, on the engine of this run. */
export interface Installation extends AsyncDisposable {
  readonly folder: string
  readonly dataFolder: string
  readonly env: Readonly<Record<string, string>>
  /** Runs a command of the built program to its end. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>
  /** Writes a file beside the data folder; resolves to its path. */
  write(name: string, content: string | Uint8Array): string
  /** Its database, beside whatever runs; the caller closes it. */
  open(): Promise<Database<HubTables>>
}

export interface InstallationOptions {
  /** It has never been started. */
  readonly fresh?: boolean
  /**
   * A hub is running: its database is the one of this test worker, emptied, and commands use it from beside. They start none of
   * their own, which takes each several times as long as what it does.
   */
  readonly running?: boolean
}

/** Makes an installation with an empty database. */
export async function anInstallation({
  fresh = false,
  running = false,
}: InstallationOptions = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-cli-'))
  const dataFolder = join(folder, 'data')
  const place = running ? await emptiedPlace() : fresh ? undefined : await ownPlace(dataFolder)
  const lock = running && place && 'address' in place ? pretendToRun(dataFolder, place) : undefined
  const server = place && 'url' in place ? place.url : undefined
  const env = { HUB_DATA: dataFolder, ...(server === undefined ? {} : { DATABASE_URL: server }) }
  return {
    folder,
    dataFolder,
    env,
    run: async (args, more = {}) => runProgram(args, { ...env, ...more }),
    write: (name, content) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    open: async () => openDatabase<HubTables>({ dataFolder, databaseUrl: server, mode: 'beside', waitSeconds: 10 }),
    [Symbol.asyncDispose]: async () => {
      lock?.release()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function emptiedPlace(): Promise<Place> {
  await resetDatabase()
  return testDatabasePlace()
}

/** On a server a database of its own; else a cluster in the data folder, which commands start. */
async function ownPlace(dataFolder: string): Promise<Place | undefined> {
  if (process.env['HUB_TEST_ENGINE'] === 'server') return { url: await createDatabaseOnServer() }
  mkdirSync(dataFolder)
  await prepareCluster(dataFolder)
  return undefined
}

/** Holds the data folder as a hub does, and says in it where the database is. */
function pretendToRun(dataFolder: string, { address }: Extract<Place, { address: unknown }>): DataFolderLock {
  const lock = lockDataFolder(dataFolder)
  prepareRunFolder(dataFolder)
  writeAddress(dataFolder, address)
  return lock
}

/** What Node has compiled of the program, so that the next process need not. */
const compiled = join(packageRoot(), 'node_modules/.cache/passerelle/compiled')

/** Runs the built program with these settings and none of this process's own. */
export async function runProgram(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const child = spawn(process.execPath, [join(packageRoot(), 'dist/passerelle.js'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compiled, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.on('close', (code) => resolve({ code, out, err }))
  return promise
}
