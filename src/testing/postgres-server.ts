import { execFile, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type PostgresServer = { url: string; version: string; stop: () => Promise<void> }

const run = promisify(execFile)

const PROGRAMS = '/usr/lib/postgresql'
const BIND = '127.0.0.1'

/**
 * Starts a PostgreSQL server of its own for tests, in a temporary folder and on a free loopback port; installs Debian's
 * package first when the machine has none. `url` is that of a superuser without password. A port may be asked for.
 */
export async function startPostgresServer(wanted?: number): Promise<PostgresServer> {
  const bin = findPrograms() ?? (await installPrograms())
  const user = await serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'hub-pg-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const identity = user ? { uid: user.uid, gid: user.gid, cwd: folder } : { cwd: folder }
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'hub', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    identity,
  )

  const port = wanted ?? (await findFreePort())
  const settings = [
    `listen_addresses=${BIND}`,
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'max_connections=60',
  ]
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...identity,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve())
  })
  const stop = async () => {
    // Fast shutdown; what follows SIGINT is bounded by the tests' own time limit.
    server.kill('SIGINT')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `postgres://hub@${BIND}:${port}/postgres`
  try {
    const version = await waitUntilReady(bin, data, port, server)
    return { url, version, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The programs of the newest version on this machine. */
function findPrograms(): string | undefined {
  if (!existsSync(PROGRAMS)) return undefined
  return readdirSync(PROGRAMS)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(PROGRAMS, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')))
}

async function installPrograms(): Promise<string> {
  const advice =
    'Install PostgreSQL 15 or later (Debian, Ubuntu: apt-get install postgresql), then run the tests again.'
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`There is no PostgreSQL server here. ${advice}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    await run('apt-get', ['update', '-q'], { env })
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'postgresql'], {
      env,
      maxBuffer: 64 * 1024 ** 2,
    })
  } catch (error) {
    throw new Error(`PostgreSQL could not be installed. ${advice}`, { cause: error })
  }
  const bin = findPrograms()
  if (!bin) throw new Error(`The package postgresql brought no server. ${advice}`)
  return bin
}

/** PostgreSQL refuses to run as root: then as the user of its package, else as nobody. */
async function serverUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = users.find((user) => user.startsWith('postgres:')) ?? users.find((user) => user.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  if (!uid || !gid) throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody')
  return { uid: Number(uid), gid: Number(gid) }
}

async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, BIND, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const READY_LIMIT = 30_000

async function waitUntilReady(
  bin: string,
  data: string,
  port: number,
  server: { exitCode: number | null },
): Promise<string> {
  const deadline = Date.now() + READY_LIMIT
  for (;;) {
    const ready = await run(join(bin, 'pg_isready'), ['-h', BIND, '-p', String(port), '-q']).then(
      () => true,
      () => false,
    )
    if (ready) return readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
    if (server.exitCode !== null)
      throw new Error(`The PostgreSQL server for the tests ended at once, with ${server.exitCode}`)
    if (Date.now() > deadline)
      throw new Error(`The PostgreSQL server for the tests did not answer in ${READY_LIMIT / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
