import { sql } from 'kysely'
import { fault, passed, warning, type Check } from '../doctor.ts'
import type { DatabaseDoctorOptions } from './doctor.ts'
import { listMigrated, type Migration } from './migrate.ts'
import { openDatabase, type Database } from './open.ts'

/** How long the doctor waits for a database, in seconds. */
const PATIENCE = 3

/** Connects as a command would, and looks at the version, the history and the extensions. */
export async function checkDatabase(options: DatabaseDoctorOptions): Promise<Check[]> {
  let db: Database
  try {
    db = await openDatabase({ ...options, mode: 'beside', waitSeconds: PATIENCE, poolSize: 1 })
  } catch (error) {
    const mend =
      options.databaseUrl === undefined
        ? 'Stop the hub, look at its log, and start it again.'
        : 'Start the server, or correct DATABASE_URL: postgres://user:password@host:5432/database.'
    return [fault('database', error instanceof Error ? error.message : String(error), mend)]
  }
  try {
    const reachable = passed('database', `The ${db.engine} database answers: PostgreSQL ${db.version}.`)
    return [reachable, await checkMigrations(db, options.migrations), ...(await checkExtensions(db))]
  } finally {
    await db.close()
  }
}

async function checkMigrations(db: Database, migrations: readonly Migration[]): Promise<Check> {
  const done = await listMigrated(db.kysely)
  const known = new Set(migrations.map((step) => step.name))
  const unknown = done.filter((name) => !known.has(name))
  if (unknown.length > 0) {
    const what = `The data is newer than this program: it holds ${unknown.join(', ')}.`
    return fault('migrations', what, 'Run the newer release again, or put back the copy made before the upgrade.')
  }
  const waiting = migrations.filter((step) => !done.includes(step.name))
  if (waiting.length === 0) return passed('migrations', `All ${done.length} migrations have been run.`)
  const what = `${waiting.length} of ${migrations.length} migrations have not been run yet.`
  return warning('migrations', what, 'The next start runs them; or run: passerelle migrate')
}

async function checkExtensions(db: Database): Promise<Check[]> {
  const answer = await sql<{ name: string }>`
    select name from pg_available_extensions where name in ('pg_textsearch', 'unaccent')`.execute(db.kysely)
  const available = new Set(answer.rows.map((row) => row.name))
  return [
    available.has('unaccent')
      ? passed('unaccent', 'The extension unaccent is available.')
      : fault(
          'unaccent',
          'The extension unaccent is missing.',
          "Install the server's contrib package (Debian: postgresql).",
        ),
    available.has('pg_textsearch')
      ? passed('pg_textsearch', 'The extension pg_textsearch is available: search ranks by BM25.')
      : warning(
          'pg_textsearch',
          'The extension pg_textsearch is missing: search falls back to the ranking that PostgreSQL has itself.',
          'On PostgreSQL 17 or later, install pg_textsearch and add it to shared_preload_libraries.',
        ),
  ]
}
