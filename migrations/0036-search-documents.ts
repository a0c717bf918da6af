import { sql, type Kysely } from 'kysely'

/**
 * The search by documents and passages. A document is what one record says in one language, and what must be seen to see it; its words,
 * each behind the code of its language, say which records have a word at all. They lie beside the row, so that lists of documents are
 * short to read. A passage is a piece of a document that can be shown. What was in the index is made anew from its sources.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table passage`.execute(db)
  await sql`delete from search_entry`.execute(db)
  await sql`
    create table search_document (
      ord integer generated always as identity primary key,
      entry_id text not null references search_entry on delete cascade,
      record_id text not null,
      kind text not null,
      lang text not null,
      needs text[] not null,
      facets text[] not null,
      dated text,
      words tsvector
    ) with (toast_tuple_target = 128)`.execute(db)
  await sql`alter table search_document alter words set storage external`.execute(db)
  await sql`create index search_document_words on search_document using gin (words)`.execute(db)
  await sql`create index search_document_entry on search_document (entry_id)`.execute(db)
  await sql`
    create table passage (
      document integer not null references search_document on delete cascade,
      number integer not null,
      config text not null,
      is_title boolean not null,
      anchor jsonb not null,
      body text not null,
      words tsvector not null,
      primary key (document, number)
    )`.execute(db)
  await sql`create index passage_words on passage using gin (words)`.execute(db)
  await sql`
    create table search_name (
      document integer not null references search_document on delete cascade,
      number integer not null,
      lang text not null,
      config text not null,
      label text not null,
      key text not null,
      primary key (document, number)
    )`.execute(db)
  await sql`create index search_name_key on search_name (key, config)`.execute(db)

  // The words of a passage in one line, as often as they are there: what BM25 counts.
  await sql`
    create function search_terms(words tsvector) returns text language sql immutable parallel safe as
    $$ select coalesce(string_agg(word.lexeme, ' '), '') from unnest($1) as word, unnest(word.positions) $$`.execute(db)
  await sql`
    create function search_key(words tsvector) returns text language sql immutable parallel safe as
    $$ select coalesce(string_agg(word.lexeme, ' ' order by word.lexeme collate "C"), '') from unnest($1) as word $$`.execute(
    db,
  )
  // A list of all rows would read the words of each.
  await sql`
    create function search_documents(query tsquery) returns text language sql stable set enable_seqscan = off as
    $$ select coalesce(string_agg(ord::text, ' '), '') from search_document where words @@ $1 $$`.execute(db)
  // Phrases are looked for where words have an order.
  await sql`
    create function search_ordered(config text, query tsquery) returns text language sql stable set enable_seqscan = off as
    $$ select coalesce(string_agg(distinct document::text, ' '), '') from passage where passage.config = $1 and words @@ $2 $$`.execute(
    db,
  )
  // The best passages of some documents, or of all, by what PostgreSQL has itself.
  await sql`
    create function search_ranked(config text, query tsquery, within int[], many int)
      returns table (document int, number int, score float8, is_title boolean) language sql stable set enable_seqscan = off as $$
      select document, number, ts_rank_cd(words, $2)::float8 as score, is_title from passage
      where passage.config = $1 and words @@ $2 and ($3 is null or document = any($3))
      order by score desc, document, number limit $4 $$`.execute(db)
}
