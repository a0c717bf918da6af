import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openDatabase } from '#platform/db/index.ts'
import type { HubTables } from '../src/schema.ts'
import { startPostgresServer, type PostgresServer } from '../src/testing/postgres-server.ts'
import { startHub, type HubProcess } from './hub-process.ts'

/** Words of a title, of what is said in a recording, and of a page of a file. */
const questions = ['reintegration', '"simple referral list"', '"what a single figure hides"']

async function ask(hub: HubProcess, words: string) {
  const answer = await fetch(`${hub.origin}/api/v1/search?q=${encodeURIComponent(words)}`)
  return { status: answer.status, ...Object(await answer.json()) }
}

const totalsOf = async (hub: HubProcess) => Promise.all(questions.map(async (words) => (await ask(hub, words)).total))

/** Begins to read everything again, and resolves when it is half-way. */
async function beginReindex(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['dist/passerelle.js', 'reindex'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  await vi.waitUntil(() => /^\d+ of \d+$/m.test(printed), { timeout: 60_000, interval: 5 })
  return child
}

async function killHalfWay(env: Readonly<Record<string, string>>): Promise<void> {
  const child = await beginReindex(env)
  const ended = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)))
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
}

async function reindex(env: Readonly<Record<string, string>>): Promise<number | null> {
  const child = await beginReindex(env)
  return new Promise((resolve) => child.once('close', resolve))
}

describe.each(['embedded', 'server'])('a reindex that is killed half-way, %s', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-reindex-'))
  let server: PostgresServer | undefined
  let env: Record<string, string> = { HUB_DATA: join(folder, 'data') }
  let hub: HubProcess

  /** What is in the index, whatever its numbers; and how much of it waits to be read again. */
  async function readIndex() {
    const place = { dataFolder: env['HUB_DATA'] ?? '', databaseUrl: env['DATABASE_URL'] }
    const { kysely, close } = await openDatabase<HubTables>({ ...place, mode: 'beside', waitSeconds: 10 })
    const documents = await kysely
      .selectFrom('search_document')
      .innerJoin('passage', 'document', 'ord')
      .select(['entry_id', 'record_id', 'lang', 'number', 'body'])
      .orderBy('entry_id')
      .orderBy('record_id')
      .orderBy('lang')
      .orderBy('number')
      .orderBy('body')
      .execute()
    const entries = await kysely.selectFrom('search_entry').select(['id', 'stamp', 'pieces']).orderBy('id').execute()
    await close()
    const waiting = entries.filter(({ stamp }) => stamp === '').length
    return { waiting, whole: { documents, entries: entries.map(({ id, pieces }) => ({ id, pieces })) } }
  }

  beforeAll(async () => {
    if (engine === 'server') {
      server = await startPostgresServer()
      env = { ...env, DATABASE_URL: server.url }
    }
    hub = await startHub(env)
    const areFound = async () => (await totalsOf(hub)).every((total) => total > 0)
    await vi.waitUntil(areFound, { timeout: 90_000, interval: 500 })
    await vi.waitUntil(async () => (await ask(hub, 'return')).complete, { timeout: 30_000, interval: 200 })
  }, 240_000)
  afterAll(async () => {
    await hub.kill()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('beside a hub: it answers as before, goes on where that one was, and nothing is double or lost', async () => {
    const [before, totals] = [await readIndex(), await totalsOf(hub)]
    expect([before.waiting, before.whole.documents.length > 200]).toEqual([0, true])

    await killHalfWay(env)

    const between = await readIndex()
    expect(between.waiting).toBeGreaterThan(0)
    expect(between.waiting).toBeLessThan(before.whole.entries.length)
    expect(between.whole).toEqual(before.whole)
    expect(await totalsOf(hub)).toEqual(totals)
    expect(await reindex(env)).toBe(0)
    expect(await readIndex()).toEqual(before)
    expect(await totalsOf(hub)).toEqual(totals)
  }, 120_000)

  test('while no hub runs: the next start has everything, and brings the rest up to date by itself', async () => {
    const [before, totals] = [await readIndex(), await totalsOf(hub)]
    expect(await hub.stop()).toBe(0)

    await killHalfWay(env)

    hub = await startHub(env)
    expect(await totalsOf(hub)).toEqual(totals)
    await vi.waitUntil(async () => (await readIndex()).waiting === 0, { timeout: 60_000, interval: 500 })
    expect(await readIndex()).toEqual(before)
    expect(await totalsOf(hub)).toEqual(totals)
  }, 180_000)
})
