import { sql, type Kysely } from 'kysely'

/**
 * What the search can return. An entry is what is read again as one when its stamp changes; a passage is a piece of its text. A word
 * goes in by its stem and by the stem of its folded form, so that accents may be left out, and a plural is not lost for it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_entry (
      id text primary key,
      source text not null,
      stamp text not null
    )`.execute(db)
  await sql`
    create table passage (
      entry_id text not null references search_entry on delete cascade,
      number integer not null,
      record_id text not null,
      kind text not null,
      needs text[] not null,
      lang text not null,
      config text not null,
      is_title boolean not null,
      anchor jsonb not null,
      body text not null,
      folded text not null,
      words tsvector not null,
      primary key (entry_id, number)
    )`.execute(db)
  await sql`create index passage_words on passage using gin (words)`.execute(db)
  await sql`create index passage_record on passage (record_id)`.execute(db)
  await sql`
    create function search_words(config text, body text, folded text) returns tsvector
    language sql stable as $$ select to_tsvector($1::regconfig, $2) || to_tsvector($1::regconfig, $3) $$`.execute(db)
  await sql`
    create function search_query(config text, body text, folded text) returns tsquery
    language sql stable as $$ select phraseto_tsquery($1::regconfig, $2) || phraseto_tsquery($1::regconfig, $3) $$`.execute(
    db,
  )
}
