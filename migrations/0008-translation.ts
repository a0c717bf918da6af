import { sql, type Kysely } from 'kysely'

/**
 * How far every record is in every language, kept right by the database itself whoever writes a text; page views without
 * anybody's data; the translation memory; and what the desk has been asked for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addLanguages(db)
  await sql`
    create table record_view (
      record_id text not null references record on delete cascade,
      day date not null,
      count integer not null check (count > 0),
      primary key (record_id, day)
    )`.execute(db)
  await sql`
    create table record_reading (
      record_id text primary key references record on delete cascade,
      weight double precision not null
    )`.execute(db)
  await addMemory(db)
  await sql`
    create table translation_request (
      record_id text not null references record on delete cascade,
      lang text not null,
      asked_by text not null,
      asked_at timestamptz not null,
      ended_at timestamptz,
      made integer,
      problem text,
      primary key (record_id, lang)
    )`.execute(db)
  await sql`
    create table translation_import (
      id text primary key,
      lang text not null,
      file_name text not null,
      body text not null,
      sent_by text not null,
      sent_at timestamptz not null,
      applied_at timestamptz,
      report jsonb
    )`.execute(db)
}

async function addLanguages(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table record_language (
      record_id text not null references record on delete cascade,
      lang text not null,
      leads boolean not null,
      fields smallint not null,
      own smallint not null,
      made smallint not null,
      behind smallint not null,
      machine smallint not null,
      name text,
      source_at timestamptz not null,
      primary key (record_id, lang)
    )`.execute(db)
  await sql`create unique index record_language_lead on record_language (record_id) where leads`.execute(db)
  await sql`
    create function record_language_renew(ids text[]) returns void language sql as $$
      delete from record_language where record_id = any(ids);
      insert into record_language (record_id, lang, leads, fields, own, made, behind, machine, name, source_at)
      select record_id, lang, row_number() over (partition by record_id order by own desc, lang) = 1,
             (select count(distinct field) from record_text as every where every.record_id = counted.record_id),
             own, made, behind, machine, name, max(source_at) over (partition by record_id)
      from (
        select text.record_id, text.lang,
               count(*) filter (where text.state = 'source') as own,
               count(*) filter (where text.state <> 'source') as made,
               count(*) filter (where text.state = 'current' and source.source_hash <> text.source_hash) as behind,
               count(*) filter (where text.state = 'machine') as machine,
               left(max(text.body) filter (where text.field in ('name', 'title', 'label', 'statement')), 300) as name,
               max(coalesce(source.updated_at, text.updated_at)) as source_at
        from record_text as text
        left join record_text as source
          on source.record_id = text.record_id and source.field = text.field and source.state = 'source'
        where text.record_id = any(ids)
        group by text.record_id, text.lang
      ) as counted
    $$`.execute(db)
  await sql`
    create function record_language_follow() returns trigger language plpgsql as $$
    begin
      perform record_language_renew(array(select distinct record_id from changed));
      return null;
    end $$`.execute(db)
  for (const [deed, rows] of [
    ['insert', 'new'],
    ['update', 'new'],
    ['delete', 'old'],
  ] as const) {
    await sql`
      create trigger ${sql.ref(`record_text_${deed}`)} after ${sql.raw(deed)} on record_text
      referencing ${sql.raw(rows)} table as changed
      for each statement execute function record_language_follow()`.execute(db)
  }
  await sql`select record_language_renew(array(select id from record))`.execute(db)
}

async function addMemory(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table memory_record (
      record_id text primary key references record on delete cascade,
      version integer not null
    )`.execute(db)
  await sql`
    create table memory_sentence (
      record_id text not null references record on delete cascade,
      field text not null,
      position integer not null,
      lang text not null,
      hash text not null,
      body text not null,
      translations jsonb not null,
      bands integer[] not null,
      primary key (record_id, field, position)
    )`.execute(db)
  await sql`create index memory_sentence_hash on memory_sentence (hash)`.execute(db)
  await sql`create index memory_sentence_bands on memory_sentence using gin (bands)`.execute(db)
}
