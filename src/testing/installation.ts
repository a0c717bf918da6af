import { randomUUID } from 'node:crypto'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openDatabase, type Database } from '#platform/db/index.ts'
import { packageRoot } from '#platform/root.ts'
import type { HubTables } from '../schema.ts'
import { prepareCluster } from './database.ts'

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

/** Makes an installation with an empty database; with `fresh`, one that has never been started. */
export async function anInstallation({ fresh = false } = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-cli-'))
  const dataFolder = join(folder, 'data')
  const server = process.env['HUB_TEST_ENGINE'] === 'server' && !fresh ? await createOnServer() : undefined
  if (!fresh && server === undefined) {
    mkdirSync(dataFolder)
    await prepareCluster(dataFolder)
  }
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
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Runs the built program with these settings and none of this process's own. */
export async function runProgram(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const child = spawn(process.execPath, [join(packageRoot(), 'dist/passerelle.js'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.on('close', (code) => resolve({ code, out, err }))
  return promise
}

/** A database of its own on the server of this run; the server is ended after the run, and the database with it. */
async function createOnServer(): Promise<string> {
  const url = new URL(process.env['HUB_TEST_DATABASE_URL'] ?? '')
  const admin = new Client({ connectionString: url.href })
  await admin.connect()
  const name = `hub_cli_${randomUUID().replaceAll('-', '')}`
  await admin.query(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`)
  await admin.end()
  url.pathname = `/${name}`
  return url.href
}
