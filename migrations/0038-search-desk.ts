import { sql, type Kysely } from 'kysely'

/**
 * What the desk decides of the search: words that mean the same. The list is small, and saved as a whole; a change keeps the lines that
 * came and went, and its number is the version of the list.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table synonym (
      line integer not null,
      number integer not null,
      lang text,
      word text not null,
      config text not null,
      stems text[] not null,
      primary key (line, number)
    )`.execute(db)
  await sql`create index synonym_stems on synonym (config, stems)`.execute(db)
  await sql`
    create table search_list_change (
      id bigint generated always as identity primary key,
      list text not null check (list in ('synonyms')),
      at timestamptz not null,
      actor text not null,
      added text[] not null,
      removed text[] not null
    )`.execute(db)
  await sql`create index search_list_change_list on search_list_change (list, id)`.execute(db)
}
