import { sql, type Kysely } from 'kysely'

/**
 * Where the first page lets somebody start, and what the hub learns of its search. A task is a search that editors saved, with its name in
 * each language. Of what people ask the words are kept by language and day, with counts and with nothing of whoever asked. What editors
 * put away is told again only when it is asked again. What they want to have stands on a list of its own.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table search_list_change drop constraint search_list_change_list_check`.execute(db)
  await sql`
    alter table search_list_change
    add constraint search_list_change_list_check check (list in ('synonyms', 'tasks'))`.execute(db)
  await sql`
    create table search_task (
      id text primary key,
      position integer not null,
      query text not null
    )`.execute(db)
  await sql`
    create table search_task_text (
      task_id text not null references search_task on delete cascade,
      lang text not null,
      label text not null,
      words text not null,
      primary key (task_id, lang)
    )`.execute(db)
  await sql`
    create table search_question (
      lang text not null,
      words text not null,
      day date not null,
      asked integer not null,
      empty integer not null,
      opened integer not null,
      primary key (lang, words, day)
    )`.execute(db)
  await sql`create index search_question_day on search_question (day)`.execute(db)
  await sql`
    create table search_question_away (
      lang text not null,
      words text not null,
      day date not null,
      primary key (lang, words)
    )`.execute(db)
  await sql`
    create table search_wanted (
      id bigint generated always as identity primary key,
      what text not null check (what in ('translation', 'content')),
      lang text not null,
      words text not null,
      note text not null,
      at timestamptz not null,
      actor text not null,
      unique (what, lang, words)
    )`.execute(db)
  // Records are found by the stage of the process too: what is in the index is read again, and answers until then.
  await sql`update search_entry set stamp = ''`.execute(db)
}
