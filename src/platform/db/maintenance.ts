import { sql, type Kysely } from 'kysely'
import type { Database } from './open.ts'

/** How often the embedded database is swept when nothing else asks for it, in milliseconds. */
const VACUUM_INTERVAL = 24 * 60 * 60 * 1000
/** Dead rows that call for a sweep before its time: the same measure as PostgreSQL's own autovacuum. */
const DEAD_ROWS_BASE = 50
const DEAD_ROWS_SHARE = 0.2

/** What a table holds: rows that live, rows that were replaced or deleted, and rows changed since the last analysis. */
export type TableWear = { live: number; dead: number; changed: number }

/** Whether the embedded database, which has no autovacuum, is due for `vacuum`. `lastAt` is a UTC ISO string. */
export function isVacuumDue(now: string, lastAt: string | undefined, tables: readonly TableWear[]): boolean {
  if (lastAt === undefined || Date.parse(now) - Date.parse(lastAt) >= VACUUM_INTERVAL) return true
  return tables.some((table) => Math.max(table.dead, table.changed) > DEAD_ROWS_BASE + DEAD_ROWS_SHARE * table.live)
}

/** The wear of every table of ours. */
export async function readTableWear<T>(db: Pick<Database<T>, 'kysely'>): Promise<TableWear[]> {
  const wear = await sql<TableWear>`
    select n_live_tup as live, n_dead_tup as dead, n_mod_since_analyze as changed from pg_stat_user_tables`.execute(
    db.kysely,
  )
  return wear.rows
}

/** Frees dead rows and renews the planner's figures. A server does so by itself: there it does nothing and says false. */
export async function vacuum<T>(db: Pick<Database<T>, 'kysely' | 'engine'>): Promise<boolean> {
  if (db.engine === 'server') return false
  await sql`vacuum (analyze)`.execute(db.kysely)
  return true
}

/**
 * Renews the planner's figures of some tables, one after the other. Plans that were kept from when a table was small go with the old
 * figures: whoever fills tables calls it now and then.
 */
export async function analyzeTables<T>(db: Kysely<T>, tables: readonly (keyof T & string)[]): Promise<void> {
  for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(db)
}

/** Bytes that the database takes. */
export async function readDatabaseSize<T>(db: Kysely<T>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db)
  return rows[0]?.bytes ?? 0
}
