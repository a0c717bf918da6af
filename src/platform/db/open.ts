import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import type { Pool, PoolConfig } from 'pg'
import {
  createPool,
  describeServer,
  isPoolBusy,
  pingPool,
  serverConfig,
  waitForServer,
  type WaitOptions,
} from './connect.ts'
import { lockDataFolder, prepareDataFolder, type DataFolderLock } from './data-folder-lock.ts'
import { connectionOf, readAddress } from './embedded/address.ts'
import { startEmbedded } from './embedded/start.ts'
import { DataFolderInUseError } from './errors.ts'
import { queryLogger, type QueryEvent } from './queries.ts'

/** An open database. `engine` says whether it is the hub's own or a server given by DATABASE_URL. */
export type Database<T = unknown> = {
  kysely: Kysely<T>
  pool: Pool
  engine: 'embedded' | 'server'
  /** Of PostgreSQL, such as "18.6". */
  version: string
  /** Whether the database answers at this moment. */
  ping: () => Promise<boolean>
  /** Whether a statement or a transaction of this process runs or waits at this moment. */
  isBusy: () => boolean
  close: () => Promise<void>
}

export type OpenOptions = WaitOptions & {
  dataFolder: string
  databaseUrl?: string | undefined
  /** `own`: the hub itself. `beside`: a command, which uses the database of a running hub or, without one, its own. */
  mode: 'own' | 'beside'
  poolSize?: number | undefined
  onQuery?: ((event: QueryEvent) => void) | undefined
  /** Told of lost connections, and when the embedded database stops and is started again. */
  onFault?: ((message: string) => void) | undefined
  /** Milliseconds a transaction of the embedded database may stand idle while others wait. */
  idleInTransactionLimit?: number | undefined
}

/** The embedded database has one session: more connections than this would only wait. */
const EMBEDDED_POOL = 4
const SERVER_POOL = 10

/** Opens the database: the server of `databaseUrl`, or the embedded one of the data folder. */
export async function openDatabase<T = unknown>(options: OpenOptions): Promise<Database<T>> {
  if (options.databaseUrl !== undefined) return openServer<T>(options, options.databaseUrl)
  return options.mode === 'own' ? openOwn<T>(options, lockDataFolder(options.dataFolder)) : openBeside<T>(options)
}

async function openServer<T>(options: OpenOptions, url: string): Promise<Database<T>> {
  prepareDataFolder(options.dataFolder)
  return openPool<T>(
    options,
    'server',
    { max: SERVER_POOL, ...serverConfig(url) },
    describeServer(url),
    async () => undefined,
  )
}

async function openOwn<T>(options: OpenOptions, lock: DataFolderLock): Promise<Database<T>> {
  try {
    const { onFault, idleInTransactionLimit } = options
    const server = await startEmbedded(options.dataFolder, {
      ...(onFault ? { onFault } : {}),
      ...(idleInTransactionLimit === undefined ? {} : { idleInTransactionLimit }),
    })
    const release = async () => {
      await server.stop()
      lock.release()
    }
    return await openPool<T>(options, 'embedded', connectionOf(server.address), options.dataFolder, release)
  } catch (error) {
    lock.release()
    throw error
  }
}

/** How long a command waits for a hub that has the folder but does not listen yet: it may be starting, in milliseconds. */
const STARTING_HUB = 15_000

async function openBeside<T>(options: OpenOptions): Promise<Database<T>> {
  const deadline = Date.now() + (options.waitSeconds === undefined ? STARTING_HUB : options.waitSeconds * 1000)
  for (;;) {
    try {
      return await openOwn<T>(options, lockDataFolder(options.dataFolder))
    } catch (error) {
      if (!(error instanceof DataFolderInUseError)) throw error
      const address = readAddress(options.dataFolder)
      if (address) {
        const waitSeconds = Math.max(1, (deadline - Date.now()) / 1000)
        const config = connectionOf(address)
        return openPool<T>({ ...options, waitSeconds }, 'embedded', config, options.dataFolder, async () => undefined)
      }
      if (Date.now() > deadline) throw error
      options.signal?.throwIfAborted()
      await pause(200)
    }
  }
}

async function openPool<T>(
  options: OpenOptions,
  engine: 'embedded' | 'server',
  config: PoolConfig,
  where: string,
  release: () => Promise<void>,
): Promise<Database<T>> {
  const max = options.poolSize ?? config.max ?? EMBEDDED_POOL
  const pool = createPool({ ...config, max }, (message) => options.onFault?.(message))
  const close = async () => {
    if (!pool.ending) await pool.end()
    await release()
  }
  try {
    const version = await waitForServer(pool, where, options)
    const kysely = new Kysely<T>({ dialect: new PostgresDialect({ pool }), log: queryLogger(options.onQuery) })
    return { kysely, pool, engine, version, ping: async () => pingPool(pool), isBusy: () => isPoolBusy(pool), close }
  } catch (error) {
    await close()
    throw error
  }
}
