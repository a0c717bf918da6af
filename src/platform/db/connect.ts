import { setTimeout as pause } from 'node:timers/promises'
import { DatabaseError, Pool, type PoolConfig } from 'pg'
import { DatabaseSetupError, DatabaseUnreachableError } from './errors.ts'
import { typeParsers } from './types.ts'

/** The oldest PostgreSQL the SQL runs on. */
const OLDEST_SERVER = 15

/** Waiting for a connection of the pool longer than this is an error, in milliseconds. */
const CONNECTION_TIMEOUT = 10_000
const PING_TIMEOUT = 2_000

/** A pool whose values come out as `types.ts` says, and whose lost connections never end the process. */
export function createPool(config: PoolConfig, onFault: (message: string) => void): Pool {
  const pool = new Pool({
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    idleTimeoutMillis: 30_000,
    types: typeParsers,
    application_name: 'passerelle',
    ...config,
  })
  // A connection in use reports its loss through the statement that was running; unheard, the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  pool.on('error', (error) => onFault(`A connection to the database was lost: ${error.message}`))
  return pool
}

/** The settings for a server given by URL; times are spoken in UTC there too. */
export function serverConfig(url: string): PoolConfig {
  return { connectionString: url, options: '-c TimeZone=UTC -c DateStyle=ISO' }
}

/** Where a URL leads, without user and password. */
export function describeServer(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { host, pathname } = new URL(url)
  return `${host || 'the local socket'}${pathname}`
}

/** The server's version, such as "18.6". */
export async function readVersion(pool: Pool): Promise<string> {
  const answer = await pool.query<{ server_version: string }>('show server_version')
  return (answer.rows[0]?.server_version ?? '').split(' ')[0] ?? ''
}

/** Whether the database answers within two seconds. */
export async function pingPool(pool: Pool): Promise<boolean> {
  const stop = new AbortController()
  const late = pause(PING_TIMEOUT, false, { signal: stop.signal, ref: false }).catch(() => false)
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  )
  const alive = await Promise.race([answer, late])
  stop.abort()
  return alive
}

/** Whether a connection of the pool is in use, or is waited for. */
export function isPoolBusy(pool: Pool): boolean {
  return pool.waitingCount > 0 || pool.totalCount > pool.idleCount
}

export type WaitOptions = {
  onWait?: ((message: string) => void) | undefined
  /** Give up after so many seconds; without it, never. */
  waitSeconds?: number | undefined
  signal?: AbortSignal | undefined
}

/** SQLSTATE classes and codes that waiting does not mend: no such database, role or password. */
const hopeless = /^(28|3D|42)/

/** Resolves with the version once the server answers; says each time why it has not, and waits longer. */
export async function waitForServer(pool: Pool, where: string, options: WaitOptions): Promise<string> {
  const deadline = options.waitSeconds === undefined ? Infinity : Date.now() + options.waitSeconds * 1000
  for (let delay = 500; ; delay = Math.min(delay * 2, 15_000)) {
    options.signal?.throwIfAborted()
    try {
      return requireRecent(await readVersion(pool), where)
    } catch (error) {
      if (error instanceof DatabaseSetupError) throw error
      const reason = describeFailure(error)
      if (hopeless.test(sqlState(error))) {
        throw new DatabaseUnreachableError(`The database at ${where} refuses: ${reason}. Check DATABASE_URL.`)
      }
      if (Date.now() + delay > deadline) {
        throw new DatabaseUnreachableError(`The database at ${where} does not answer: ${reason}. Is it running?`)
      }
      options.onWait?.(`The database at ${where} does not answer (${reason}); trying again in ${delay / 1000} s.`)
      await pause(delay, undefined, options.signal ? { signal: options.signal } : {})
    }
  }
}

function requireRecent(version: string, where: string): string {
  if (Number.parseInt(version, 10) >= OLDEST_SERVER) return version
  throw new DatabaseSetupError(
    `The database at ${where} is PostgreSQL ${version}; the hub needs ${OLDEST_SERVER} or later.`,
  )
}

function sqlState(error: unknown): string {
  return error instanceof DatabaseError ? (error.code ?? '') : ''
}

/** Why a connection failed; Node reports several addresses tried as one error without a message of its own. */
function describeFailure(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describeFailure(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
