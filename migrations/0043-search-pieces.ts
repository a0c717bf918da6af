import { sql, type Kysely } from 'kysely'

/**
 * How much an entry has in the index, so that what is missing of it is noticed: its documents, passages, names and titles together; what is
 * there is counted when it is read again. And what was published lately, which the later pages of a search leave out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table search_entry add pieces integer not null default 0`.execute(db)
  await sql`update search_entry set stamp = ''`.execute(db)
  await sql`create index record_published_at on record (published_at)`.execute(db)
}
