import { sql, type Kysely } from 'kysely'

/** Publications with their contributors, identifiers, editions and files, and what was read in those files. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table publication (
      id text primary key references record on delete cascade,
      types text[] not null default '{}',
      issued text check (issued ~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$')
    )`.execute(db)
  await sql`insert into publication (id) select id from record where kind = 'publication'`.execute(db)
  await sql`create index publication_issued on publication (issued desc, id)`.execute(db)
  await sql`
    create table contributor (
      publication_id text not null references publication on delete cascade,
      position integer not null check (position >= 0),
      role text not null check (role in ('author', 'editor', 'publisher')),
      kind text not null check (kind in ('person', 'organisation')),
      agent_id text references record on delete set null,
      name text not null check (name <> ''),
      given text,
      primary key (publication_id, position),
      check (given is null or kind = 'person')
    )`.execute(db)
  await sql`create index contributor_agent on contributor (agent_id) where agent_id is not null`.execute(db)
  await sql`
    create table edition (
      id text primary key,
      publication_id text not null references publication on delete cascade,
      position integer not null check (position >= 0),
      number text,
      lang text,
      issued text check (issued ~ '^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$'),
      translation_of text references edition on delete set null,
      pages integer check (pages > 0),
      check (translation_of is null or lang is not null)
    )`.execute(db)
  await sql`create index edition_publication on edition (publication_id, position)`.execute(db)
  await sql`create index edition_translation on edition (translation_of) where translation_of is not null`.execute(db)
  await sql`
    create table publication_identifier (
      publication_id text not null references publication on delete cascade,
      position integer not null check (position >= 0),
      edition_id text references edition on delete cascade,
      scheme text not null check (scheme in ('doi', 'isbn', 'issn', 'report', 'handle', 'url')),
      value text not null check (value <> ''),
      primary key (publication_id, position)
    )`.execute(db)
  await sql`create index publication_identifier_value on publication_identifier (scheme, value)`.execute(db)
  await sql`
    create table edition_file (
      id text primary key,
      edition_id text not null references edition on delete cascade,
      position integer not null check (position >= 0),
      lang text not null,
      file text references file,
      url text,
      name text,
      type text,
      bytes bigint check (bytes >= 0),
      pages integer check (pages > 0),
      licence text,
      synthetic boolean not null default false,
      check ((url is null) <> (file is null)),
      check (file is null or name is not null and type is not null and bytes is not null)
    )`.execute(db)
  await sql`create index edition_file_edition on edition_file (edition_id, position)`.execute(db)
  await sql`create index edition_file_file on edition_file (file) where file is not null`.execute(db)
  await sql`
    create table document (
      sha256 text primary key references file on delete cascade,
      state text not null check (state in ('waiting', 'read', 'failed')),
      reason text,
      title text,
      lang text,
      claimed_lang text,
      pages integer check (pages >= 0),
      pages_read integer not null default 0,
      has_text boolean,
      is_scanned boolean,
      text_bytes bigint,
      cover text references file,
      asked_at timestamptz not null,
      read_at timestamptz
    )`.execute(db)
  await sql`create index document_cover on document (cover) where cover is not null`.execute(db)
  await sql`
    create table document_page (
      sha256 text not null references document on delete cascade,
      number integer not null check (number > 0),
      label text,
      blocks jsonb not null,
      primary key (sha256, number)
    )`.execute(db)
}
