import { sql, type Kysely } from 'kysely'

/** What a person decides of rows of a catalogue that may be there already: one changes that publication, or is another work. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table catalogue_import_row add column decision text check (decision in ('same', 'other'))`.execute(db)
}
