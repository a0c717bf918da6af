import { sql } from 'kysely'
import type { SearchDb } from './store-index.ts'

/** What the migrations made for the search beside its tables, for when it is gone: a test keeps the two alike. */
const functions: Readonly<Record<string, string>> = {
  search_words: `create function search_words(config text, body text, folded text) returns tsvector
    language sql stable as $$ select to_tsvector($1::regconfig, $2) || to_tsvector($1::regconfig, $3) $$`,
  search_query: `create function search_query(config text, body text, folded text) returns tsquery
    language sql stable as $$ select phraseto_tsquery($1::regconfig, $2) || phraseto_tsquery($1::regconfig, $3) $$`,
  search_terms: `create function search_terms(words tsvector) returns text language sql immutable parallel safe as
    $$ select coalesce(string_agg(word.lexeme, ' '), '') from unnest($1) as word, unnest(word.positions) $$`,
  search_key: `create function search_key(words tsvector) returns text language sql immutable parallel safe as
    $$ select coalesce(string_agg(word.lexeme, ' ' order by word.lexeme collate "C"), '') from unnest($1) as word $$`,
  search_documents: `create function search_documents(query tsquery) returns text language sql stable set enable_seqscan = off as
    $$ select coalesce(string_agg(ord::text, ' '), '') from search_document where words @@ $1 $$`,
  search_ordered: `create function search_ordered(config text, query tsquery) returns text language sql stable set enable_seqscan = off as
    $$ select coalesce(string_agg(distinct document::text, ' '), '') from passage where passage.config = $1 and words @@ $2 $$`,
  search_ranked: `create function search_ranked(config text, query tsquery, within int[], many int)
      returns table (document int, number int, score float8, is_title boolean) language sql stable set enable_seqscan = off as $$
      select document, number, ts_rank_cd(words, $2)::float8 as score, is_title from passage
      where passage.config = $1 and words @@ $2 and ($3 is null or document = any($3))
      order by score desc, document, number limit $4 $$`,
  search_titles: `create function search_titles(question tsquery, own text, many int)
      returns table (document int, label text, is_own boolean) language sql stable set enable_seqscan = off as $$
      (select document, label, true from (
        select document, label from search_title where words @@ $1 and lang = $2 limit $3 * 10) as found
        order by length(label), label limit $3)
      union all
      (select document, label, false from (
        select document, label from search_title where words @@ $1 and lang <> $2 limit $3 * 10) as found
        order by length(label), label limit $3) $$`,
  search_new_words: `create function search_new_words(langs text[], words text[]) returns table (lang text, word text) language sql stable
      set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
      select said.lang, said.word from unnest($1, $2) as said(lang, word) where not exists (
        select from search_word as known where known.lang = said.lang and known.word = said.word) $$`,
  search_near: `create function search_near(keys int[], letters int, shortest int, longest int)
      returns table (lang text, word text, folded text) language sql stable set enable_seqscan = off as $$
      select lang, word, folded from search_word as own
      where near && $1 and length(folded) between $3 and $4 and bit_count((own.letters # $2)::bit(32)) <= 4 $$`,
  search_holds: `create function search_holds(question tsquery) returns boolean language sql stable set enable_seqscan = off as
    $$ select exists (select from search_document where words @@ $1) $$`,
}

const indexes: readonly string[] = [
  'search_document_words on search_document using gin (words)',
  'search_document_entry on search_document (entry_id)',
  'search_document_record on search_document (record_id)',
  'passage_words on passage using gin (words)',
  'search_name_key on search_name (key, config)',
  'search_title_words on search_title using gin (words)',
  'search_word_folded on search_word (folded)',
  'search_word_near on search_word using gin (near)',
]

/** Makes the functions and indexes of the search again that are not there any more. What is there is left as it is. */
export async function restoreShape(db: SearchDb): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select proname as name from pg_proc where pronamespace = 'public'::regnamespace and proname like 'search\\_%'`.execute(
    db,
  )
  const there = new Set(rows.map(({ name }) => name))
  for (const [name, definition] of Object.entries(functions))
    if (!there.has(name)) await sql.raw(definition).execute(db)
  for (const index of indexes) await sql.raw(`create index if not exists ${index}`).execute(db)
}

/** Whether a database says so because a table, a function or an index is gone or broken. */
export function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && gone.has(code)
}

/** undefined_table, undefined_column, undefined_function, undefined_object, data_corrupted, index_corrupted */
const gone: ReadonlySet<string> = new Set(['42P01', '42703', '42883', '42704', 'XX001', 'XX002'])

/** Whether there is nothing to be found in the index, or nothing to be shown of what is: its tables were emptied, or never filled. */
export async function isIndexEmpty(db: SearchDb): Promise<boolean> {
  const { rows } = await sql<{ isFilled: boolean }>`
    select words is null or exists (select from passage where document = ord) as "isFilled"
    from search_document order by ord desc limit 1`.execute(db)
  return rows[0]?.isFilled !== true
}

/** Whether entries wait to be read again: somebody who had begun to was broken off. */
export async function isAnyForgotten(db: SearchDb): Promise<boolean> {
  const row = await db.selectFrom('search_entry').select('id').where('stamp', '=', '').limit(1).executeTakeFirst()
  return row !== undefined
}

/** Entries that are looked at by one query. */
const BATCH = 500

/** Has entries read again of which something is missing. Returns how many there are. */
export async function forgetDamaged(db: SearchDb): Promise<number> {
  let damaged = 0
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string; isDamaged: boolean }>`
      select entry.id, pieces <> (select count(*) from search_document where entry_id = entry.id)
        + (select count(*) from search_document join passage on document = ord where entry_id = entry.id)
        + (select count(*) from search_document join search_name on document = ord where entry_id = entry.id)
        + (select count(*) from search_document join search_title on document = ord where entry_id = entry.id)
        or not exists (select from search_word) as "isDamaged"
      from search_entry as entry where entry.id > ${after} order by entry.id limit ${BATCH}`.execute(db)
    const ids = rows.flatMap(({ id, isDamaged }) => (isDamaged ? [id] : []))
    if (ids.length > 0) await sql`update search_entry set stamp = '' where id = any(${ids}::text[])`.execute(db)
    damaged += ids.length
    const last = rows.at(-1)
    if (!last) return damaged
    after = last.id
  }
}
