import { sql, type Kysely } from 'kysely'

/** The spine: records, their texts per language, slugs, links, tags, history, and the hub version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table record (
      id text primary key check (id ~ '^[a-z]{3}_[0-9a-z]+$'),
      kind text not null,
      source_lang text not null,
      status text not null check (status in ('draft', 'published', 'withdrawn')),
      visibility text not null default 'public',
      synthetic boolean not null default false,
      published_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      version integer not null default 1 check (version > 0)
    )`.execute(db)
  await sql`create index record_kind on record (kind, status, updated_at)`.execute(db)
  await sql`
    create table record_text (
      record_id text not null references record on delete cascade,
      lang text not null,
      field text not null,
      body text not null,
      state text not null check (state in ('source', 'current', 'machine')),
      source_hash text not null,
      updated_at timestamptz not null,
      updated_by text not null,
      primary key (record_id, field, lang)
    )`.execute(db)
  await sql`
    create table record_slug (
      kind text not null,
      lang text not null,
      slug text not null,
      record_id text not null references record on delete cascade,
      current boolean not null default true,
      primary key (kind, lang, slug)
    )`.execute(db)
  await sql`create unique index record_slug_current on record_slug (record_id, lang) where current`.execute(db)
  await sql`create index record_slug_lookup on record_slug (kind, slug)`.execute(db)
  await sql`
    create table record_link (
      from_id text not null references record on delete cascade,
      to_id text not null references record on delete cascade,
      relation text not null,
      position integer not null default 0,
      note text,
      primary key (from_id, relation, to_id),
      check (from_id <> to_id)
    )`.execute(db)
  await sql`create index record_link_to on record_link (to_id, relation)`.execute(db)
  await sql`
    create table record_concept (
      record_id text not null references record on delete cascade,
      concept_id text not null references record on delete cascade,
      position integer not null default 0,
      primary key (record_id, concept_id)
    )`.execute(db)
  await sql`create index record_concept_of on record_concept (concept_id)`.execute(db)
  await sql`
    create table record_place (
      record_id text not null references record on delete cascade,
      code text not null check (code ~ '^([A-Z]{2}|[0-9]{3})$'),
      role text not null default 'covers' check (role in ('covers', 'focus')),
      primary key (record_id, code)
    )`.execute(db)
  await sql`create index record_place_of on record_place (code)`.execute(db)
  await sql`
    create table record_event (
      id bigint generated always as identity primary key,
      record_id text not null,
      at timestamptz not null,
      actor text not null,
      verb text not null,
      lang text,
      field text,
      before text,
      after text
    )`.execute(db)
  await sql`create index record_event_of on record_event (record_id, id)`.execute(db)
  await sql`
    create table redirect (
      path text primary key check (path like '/%'),
      target text not null,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    create table hub_state (
      one boolean primary key default true check (one),
      version bigint not null
    )`.execute(db)
  await sql`insert into hub_state (version) values (1)`.execute(db)
  await sql`create table hub_setting (key text primary key, value jsonb not null)`.execute(db)
}
