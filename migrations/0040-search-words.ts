import { sql, type Kysely } from 'kysely'

/**
 * The hub's own words, for whoever misspells one or has typed its beginning. `near` holds what is left of a folded word without up to two of
 * its letters: words that are alike have one of these in common. `letters` are its letters as bits. A title keeps its words as they are written,
 * for a stem does not begin as the word does. What is in the index is read again, so that its words come in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_word (
      lang text not null,
      word text not null,
      folded text collate "C" not null,
      letters integer not null,
      near integer[] not null,
      primary key (lang, word)
    )`.execute(db)
  await sql`create index search_word_folded on search_word (folded)`.execute(db)
  await sql`create index search_word_near on search_word using gin (near)`.execute(db)
  await sql`
    create table search_title (
      document integer not null references search_document on delete cascade,
      number integer not null,
      lang text not null,
      label text not null,
      words tsvector not null,
      primary key (document, number)
    )`.execute(db)
  await sql`create index search_title_words on search_title using gin (words)`.execute(db)
  await sql`update search_entry set stamp = ''`.execute(db)

  // A plan that reads every row would be chosen for what is found often.
  await sql`
    create function search_titles(question tsquery, own text, many int)
      returns table (document int, label text, is_own boolean) language sql stable set enable_seqscan = off as $$
      (select document, label, true from (
        select document, label from search_title where words @@ $1 and lang = $2 limit $3 * 10) as found
        order by length(label), label limit $3)
      union all
      (select document, label, false from (
        select document, label from search_title where words @@ $1 and lang <> $2 limit $3 * 10) as found
        order by length(label), label limit $3) $$`.execute(db)
  await sql`
    create function search_new_words(langs text[], words text[]) returns table (lang text, word text) language sql stable
      set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
      select said.lang, said.word from unnest($1, $2) as said(lang, word) where not exists (
        select from search_word as known where known.lang = said.lang and known.word = said.word) $$`.execute(db)
  await sql`
    create function search_near(keys int[], letters int, shortest int, longest int)
      returns table (lang text, word text, folded text) language sql stable set enable_seqscan = off as $$
      select lang, word, folded from search_word as own
      where near && $1 and length(folded) between $3 and $4 and bit_count((own.letters # $2)::bit(32)) <= 4 $$`.execute(
    db,
  )
  await sql`
    create function search_holds(question tsquery) returns boolean language sql stable set enable_seqscan = off as
    $$ select exists (select from search_document where words @@ $1) $$`.execute(db)
}
