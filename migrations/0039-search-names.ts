import { sql, type Kysely } from 'kysely'

/** A name keeps what asks for it, so that nobody reads it again with every search. The index is made anew from its sources. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`delete from search_entry`.execute(db)
  await sql`alter table search_name add query text not null`.execute(db)
  await sql`create index search_document_record on search_document (record_id)`.execute(db)
}
