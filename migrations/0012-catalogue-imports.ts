import { sql, type Kysely } from 'kysely'

/** Catalogues that somebody sent at the desk, and what comes, or came, of each of their rows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table catalogue_import (
      id text primary key default gen_random_uuid()::text,
      actor text not null,
      sent_at timestamptz not null,
      file text not null references file,
      name text not null,
      lang text not null,
      merge boolean not null,
      publish boolean not null,
      state text not null check (state in ('comparing', 'compared', 'writing', 'done', 'unreadable', 'failed')),
      done integer not null default 0,
      total integer,
      fault text,
      fault_line integer,
      problems jsonb not null default '[]',
      tries integer not null default 0,
      held_until timestamptz
    )`.execute(db)
  await sql`create index catalogue_import_sent_at on catalogue_import (sent_at)`.execute(db)
  await sql`create index catalogue_import_file on catalogue_import (file)`.execute(db)
  await sql`
    create table catalogue_import_row (
      import_id text not null references catalogue_import on delete cascade,
      number integer not null,
      outcome text not null,
      noted boolean not null,
      record_id text,
      written boolean not null default false,
      report jsonb not null,
      primary key (import_id, number)
    )`.execute(db)
  await sql`create index catalogue_import_row_outcome on catalogue_import_row (import_id, outcome, number)`.execute(db)
}
