import { migrations } from '#migrations/index.ts'
import type { Config } from '../config.ts'
import { migrate, openDatabase, type Database } from '#platform/db/index.ts'
import type { HubTables } from '../schema.ts'

/** Seconds a command waits for a database server that does not answer. */
const patience = 30

/** Opens the database a running hub uses, or the hub's own when none runs; the caller closes it. */
export async function openBeside(config: Config, signal?: AbortSignal): Promise<Database<HubTables>> {
  return openDatabase<HubTables>({
    dataFolder: config.HUB_DATA,
    databaseUrl: config.DATABASE_URL,
    mode: 'beside',
    waitSeconds: patience,
    signal,
    onWait: (message) => process.stderr.write(`${message}\n`),
  })
}

/** Runs one piece of work on the migrated database and closes it whatever happens. */
export async function withDatabase<T>(config: Config, work: (database: Database<HubTables>) => Promise<T>): Promise<T> {
  const database = await openBeside(config)
  try {
    await migrate(database.kysely, migrations)
    return await work(database)
  } finally {
    await database.close()
  }
}
