import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { startPostgresServer } from '../src/testing/postgres-server.ts'
import { freePort, launchHub, type LaunchedHub } from './hub-process.ts'

const run = promisify(execFile)
const home = mkdtempSync(join(tmpdir(), 'hub-process-'))
const sample = 'src/features/exchange/page/samples/seminario-2022.es.txt'

const launched: LaunchedHub[] = []

afterAll(async () => {
  // None is left over when a test has failed halfway.
  await Promise.all(launched.map(async (hub) => hub.kill()))
  rmSync(home, { recursive: true, force: true })
})

async function launch(env: Readonly<Record<string, string>>): Promise<LaunchedHub> {
  const hub = await launchHub(env)
  launched.push(hub)
  return hub
}

async function start(env: Readonly<Record<string, string>>): Promise<LaunchedHub> {
  const hub = await launch(env)
  await hub.ready()
  return hub
}

let made: Promise<string> | undefined

async function makeFilled(): Promise<string> {
  const folder = join(home, 'filled')
  const hub = await start({ HUB_DATA: folder })
  expect(await hub.stop()).toBe(0)
  return folder
}

/** A data folder with a hub's content in it, as a copy of one that was made once. */
async function filled(name: string): Promise<string> {
  made ??= makeFilled()
  const folder = join(home, name)
  cpSync(await made, folder, { recursive: true })
  return folder
}

async function command(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { stdout } = await run(process.execPath, ['dist/passerelle.js', ...args], { env: { ...process.env, ...env } })
  return stdout
}

/** What the doctor says of the lock: `ok` when the last hub has cleaned up behind it. */
async function lockLevel(folder: string): Promise<unknown> {
  const checks: unknown = JSON.parse(await command(['doctor', '--json'], { HUB_DATA: folder }))
  return Array.isArray(checks) ? checks.find((check) => check.id === 'lock')?.level : undefined
}

/** The exit code and words of a hub that does not start. */
async function refusal(env: Readonly<Record<string, string>>): Promise<[number | null, string]> {
  const hub = await launch(env)
  return [await hub.ended, hub.output().trimEnd()]
}

test('an empty folder becomes a hub that speaks French, and closes everything when told to stop', async () => {
  const folder = await filled('first')
  const hub = await start({ HUB_DATA: folder })
  const page = await fetch(`${hub.origin}/fr`)

  expect(page.status).toBe(200)
  expect(await page.text()).toMatch(/<html lang="fr"/)
  expect(await lockLevel(folder)).toBe('ok')
  expect(await hub.stop()).toBe(0)
  expect([existsSync(join(folder, 'hub.pid')), existsSync(join(folder, 'run'))]).toEqual([false, false])
  expect(await lockLevel(folder)).toBe('ok')
})

test('HUB_SEED=none opens an empty hub whose pages are pages', async () => {
  const hub = await start({ HUB_DATA: join(home, 'empty'), HUB_SEED: 'none' })
  const paths = ['', '/seminars', '/programmes', '/organisations', '/people', '/themes', '/places', '/about']
  const answers = await Promise.all(paths.map(async (path) => fetch(`${hub.origin}/fr${path}`)))
  const texts = await Promise.all(answers.map(async (answer) => answer.text()))

  expect(answers.map((answer) => answer.status)).toEqual(paths.map(() => 200))
  for (const text of texts) expect(text.match(/<h1[ >]/g)).toEqual([expect.stringMatching(/^<h1/)])
  expect(texts.filter((text) => /<article|undefined|\[object/.test(text))).toEqual([])
  expect(await hub.stop()).toBe(0)
})

test('a second hub on one folder is refused and told who has it; commands work beside the first', async () => {
  const folder = await filled('shared')
  const hub = await start({ HUB_DATA: folder })
  const [code, words] = await refusal({ HUB_DATA: folder })
  expect(code).toBe(1)
  expect(words).toMatch(new RegExp(`^The data folder \\S+ is in use by process ${hub.pid}, since .+ HUB_DATA\\.$`))

  const outcome = async () => {
    const printed: unknown = JSON.parse(
      await command(['import', 'page', sample, '--lang', 'es', '--json'], { HUB_DATA: folder }),
    )
    return printed
  }
  expect(await outcome()).toMatchObject({ seminar: { outcome: 'made', startsOn: '2022-05-24' } })
  expect(await outcome()).toMatchObject({ seminar: { outcome: 'unchanged' } })
  expect((await fetch(`${hub.origin}/readyz`)).status).toBe(200)
  expect(await hub.stop()).toBe(0)
})

test('what keeps a hub from starting is named in one line', async () => {
  const server = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const folder = await filled('refused')
  expect(await refusal({ HUB_DATA: folder, PORT: String(port) })).toEqual([
    1,
    `Port ${port} of 127.0.0.1 is taken by another program. Stop that one, or set PORT to a free one.`,
  ])
  server.close()
  expect(await refusal({ HUB_DATA: folder, HUB_SEED: 'all' })).toEqual([
    1,
    'HUB_SEED is "all": expected one of demo, none.',
  ])

  writeFileSync(join(folder, 'pg/PG_VERSION'), '17\n')
  expect((await refusal({ HUB_DATA: folder }))[1]).toMatch(
    /pg was made by PostgreSQL 17; this release runs PostgreSQL 18\./,
  )
  rmSync(join(folder, 'pg/global/pg_control'))
  writeFileSync(join(folder, 'pg/PG_VERSION'), '18\n')
  expect((await refusal({ HUB_DATA: folder }))[1]).toMatch(
    /pg is not whole: global\/pg_control is missing\. Nothing was changed\./,
  )
  writeFileSync(join(home, 'a-file'), '')
  expect((await refusal({ HUB_DATA: join(home, 'a-file') }))[1]).toMatch(
    /^The data folder \S+ cannot be written to \(\w+\)\./,
  )
})

test('a folder that nobody may write to is refused', async () => {
  const folder = join(home, 'closed')
  mkdirSync(folder, { mode: 0o555 })
  // Root may write anywhere: for root it is an ordinary folder, so the hub is asked to make one where none can be.
  const path = process.getuid?.() === 0 ? '/dev/null/data' : folder
  const [code, words] = await refusal({ HUB_DATA: path })
  expect(code).toBe(1)
  expect(words).toMatch(/^The data folder \S+ cannot be written to \((EACCES|ENOTDIR)\)\. Make it writable/)
})

test('SIGTERM lets a running request end, and the hub ends with zero', async () => {
  const folder = await filled('stopped')
  const hub = await start({ HUB_DATA: folder })
  // The first PDF starts a compiler, so this takes a while.
  const answer = fetch(`${hub.origin}/fr/seminars/developpement-durable-et-reintegration-2021/agenda.pdf`)
  await pause(100)
  const code = hub.stop()
  const response = await answer
  const bytes = Buffer.from(await response.arrayBuffer())

  expect([response.status, bytes.subarray(0, 5).toString(), bytes.length > 5000]).toEqual([200, '%PDF-', true])
  expect(await code).toBe(0)
  expect(await lockLevel(folder)).toBe('ok')
})

test('a hub that was killed starts again with what it had', async () => {
  const folder = await filled('killed')
  const first = await start({ HUB_DATA: folder })
  await command(['import', 'page', sample, '--lang', 'es'], { HUB_DATA: folder })
  await first.kill()
  expect(await lockLevel(folder)).toBe('warning')

  const second = await start({ HUB_DATA: folder })
  const again: unknown = JSON.parse(
    await command(['import', 'page', sample, '--lang', 'es', '--json'], { HUB_DATA: folder }),
  )
  expect(again).toMatchObject({ seminar: { outcome: 'unchanged' } })
  expect((await fetch(`${second.origin}/fr/seminars`)).status).toBe(200)
  expect(await second.stop()).toBe(0)
})

test('a hub whose server is down waits and says so, then serves; commands use the server too', async () => {
  const port = await freePort()
  const env = { HUB_DATA: join(home, 'server'), DATABASE_URL: `postgres://hub@127.0.0.1:${port}/postgres` }
  const hub = await launch(env)
  while (!hub.output().includes('does not answer')) await pause(50)
  const [health, ready, page] = await Promise.all(
    ['/healthz', '/readyz', '/fr'].map(async (path) => fetch(`${hub.origin}${path}`)),
  )
  expect([health?.status, ready?.status, page?.status]).toEqual([200, 503, 503])
  expect(ready?.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(await ready?.text()).toMatch(/the database/)
  expect(await page?.text()).toMatch(/<html lang="fr"/)

  const server = await startPostgresServer(port)
  try {
    await hub.ready()
    expect((await fetch(`${hub.origin}/fr`)).status).toBe(200)
    const printed: unknown = JSON.parse(await command(['import', 'page', sample, '--lang', 'es', '--json'], env))
    expect(printed).toMatchObject({ seminar: { outcome: 'made' } })
    expect(await hub.stop()).toBe(0)
  } finally {
    await hub.kill()
    await server.stop()
  }
})

test('a hub that waits for its server stops when told to', async () => {
  const hub = await launch({ HUB_DATA: join(home, 'waiting'), DATABASE_URL: 'postgres://hub@127.0.0.1:1/hub' })
  while (!hub.output().includes('does not answer')) await pause(50)
  expect(await hub.stop()).toBe(0)
})

test('jobs run in a process of their own until SIGTERM', async () => {
  const folder = await filled('jobs')
  const child = execFile(process.execPath, ['dist/passerelle.js', 'work'], {
    env: { ...process.env, HUB_DATA: folder },
  })
  let printed = ''
  child.stdout?.on('data', (chunk: string) => (printed += chunk))
  const ended = new Promise((resolve) => child.once('close', resolve))
  while (!/"job":"database.vacuum".*"job done"/.test(printed)) {
    if (child.exitCode !== null) throw new Error(`It ended:\n${printed}`)
    await pause(100)
  }
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('npm brings the Node.js it was installed with, whatever the machine has', async () => {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'))
  const env = { ...process.env, PATH: path.join(delimiter), HUB_DATA: join(home, 'never') }
  const { stdout } = await run('npm', ['run', '--silent', 'hub', '--', 'doctor', '--json'], { env })
  const checks: unknown = JSON.parse(stdout)
  expect(checks).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: 'runtime', level: 'ok', what: expect.stringMatching(/^Node\.js 26\./) }),
    ]),
  )
})
