import { sql, type Kysely } from 'kysely'

/** Organisations, people, programmes, and funding statements with their funders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table organisation (
      id text primary key references record on delete cascade,
      type text not null
    )`.execute(db)
  await sql`
    create table person (
      id text primary key references record on delete cascade,
      organisation_id text references organisation on delete set null
    )`.execute(db)
  await sql`
    create table programme (
      id text primary key references record on delete cascade,
      from_year text check (from_year ~ '^[0-9]{4}(-[0-9]{2}){0,2}$'),
      to_year text check (to_year ~ '^[0-9]{4}(-[0-9]{2}){0,2}$')
    )`.execute(db)
  await sql`
    create table funding_statement (
      id text primary key references record on delete cascade,
      mark text check (mark in ('eu'))
    )`.execute(db)
  await sql`
    create table funding_funder (
      statement_id text not null references funding_statement on delete cascade,
      organisation_id text not null references organisation on delete cascade,
      position integer not null default 0,
      primary key (statement_id, organisation_id)
    )`.execute(db)
}
