import { sql, type Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { DataNewerThanProgramError } from './errors.ts'

/** One step of the database's history; its name is its identity. */
export type Migration = { readonly name: string; up(db: Kysely<unknown>): Promise<void> }

/** What the advisory lock is about: any number will do as long as it is always the same. */
const MIGRATION_LOCK = 7_277_001

/** Brings the database to the program's state, all steps or none, and names the steps that were run. */
export async function migrate<T>(db: Kysely<T>, migrations: readonly Migration[]): Promise<string[]> {
  // On a connection of its own: two hubs that start at once on one server take turns, tables of the history included.
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`.execute(connection)
    try {
      return await runMigrations(connection, migrations)
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`.execute(connection)
    }
  })
}

async function runMigrations<T>(db: Kysely<T>, migrations: readonly Migration[]): Promise<string[]> {
  refuseUnknown(await listMigrated(db), migrations)
  const provider = { getMigrations: async () => Object.fromEntries(migrations.map((step) => [step.name, step])) }
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest()
  if (error !== undefined) {
    const failed = results?.find((step) => step.status === 'Error')?.migrationName ?? 'the history'
    throw new Error(`The migration stopped at ${failed}; nothing was changed.`, { cause: error })
  }
  return (results ?? []).map((step) => step.migrationName)
}

function refuseUnknown(done: readonly string[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map((step) => step.name))
  const unknown = done.filter((name) => !known.has(name))
  if (unknown.length > 0) throw new DataNewerThanProgramError(unknown)
}

/** Which migrations the database has been through, oldest first; none when it is empty. */
export async function listMigrated<T>(db: Kysely<T>): Promise<string[]> {
  const history = await sql<{ name: string | null }>`select to_regclass('kysely_migration')::text as name`.execute(db)
  if (!history.rows[0]?.name) return []
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return done.rows.map((row) => row.name)
}
