import { sql, type Kysely } from 'kysely'

/** Vocabularies: schemes, their concepts, and what these match elsewhere. Broader and related are record links. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table scheme (
      id text primary key references record on delete cascade,
      notation text not null unique check (notation ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      position integer not null default 0
    )`.execute(db)
  await sql`
    create table concept (
      id text primary key references record on delete cascade,
      scheme_id text not null references scheme on delete cascade,
      notation text not null check (notation ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      position integer not null default 0,
      unique (scheme_id, notation)
    )`.execute(db)
  await sql`
    create table concept_match (
      concept_id text not null references concept on delete cascade,
      iri text not null,
      primary key (concept_id, iri)
    )`.execute(db)
  await sql`
    create table concept_area (
      concept_id text not null references concept on delete cascade,
      m49 text not null check (m49 ~ '^[0-9]{3}$'),
      primary key (concept_id, m49)
    )`.execute(db)
}
