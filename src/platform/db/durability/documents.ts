import { sql, type Kysely } from 'kysely'

/** Makes the table that the durability rounds write to, with the search index the hub uses. */
export async function makeDocuments<T>(db: Kysely<T>): Promise<void> {
  await sql`create extension if not exists pg_textsearch`.execute(db)
  await sql`create table if not exists document (id int primary key, body text not null)`.execute(db)
  await sql`create index if not exists document_body on document using bm25 (body) with (text_config = 'simple')`.execute(
    db,
  )
}

/** A text whose first word no other document has. */
export function wordOf(id: number): string {
  return `only${id.toString(36)}x and words that all documents share, such as seminar or return`
}

/** The documents that the search index finds by the unique word of `id`. */
export async function searchDocument<T>(db: Kysely<T>, id: number): Promise<number[]> {
  const word = wordOf(id).split(' ')[0]
  const found = await sql<{ id: number }>`
    select id from document order by body <@> to_bm25query(${word}, 'document_body') limit 3`.execute(db)
  return found.rows.map((row) => row.id)
}

export async function listDocuments<T>(db: Kysely<T>): Promise<number[]> {
  const rows = await sql<{ id: number }>`select id from document order by id`.execute(db)
  return rows.rows.map((row) => row.id)
}
