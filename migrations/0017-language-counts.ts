import { sql, type Kysely } from 'kysely'

/**
 * The counts of a record's languages are renewed by its id, however few records there were when the session first did so: a plan that
 * was kept from then would look through every text of a hub that has grown since, at each text that is written.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter function record_language_renew(text[]) set enable_seqscan to off`.execute(db)
}
