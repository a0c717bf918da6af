import { sql, type Kysely } from 'kysely'

/**
 * What people who speak have agreed to, sessions under the Chatham House Rule, and spans of recordings that were taken down. Times of
 * spans are whole milliseconds from the beginning of the recording.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table session add column chatham_house boolean not null default false`.execute(db)
  await sql`create index session_chatham_house on session (seminar_id) where chatham_house`.execute(db)
  await sql`
    create table takedown (
      id text primary key,
      recording_id text not null references recording on delete cascade,
      starts_at integer not null check (starts_at >= 0),
      ends_at integer not null,
      reason text not null check (reason in ('person', 'law', 'error')),
      taken_at timestamptz not null,
      taken_by text not null,
      lifted_at timestamptz,
      lifted_by text,
      check (ends_at > starts_at),
      check ((lifted_at is null) = (lifted_by is null))
    )`.execute(db)
  await sql`create index takedown_recording on takedown (recording_id, starts_at)`.execute(db)
  await sql`
    create table speaker_consent (
      session_id text not null references session on delete cascade,
      person_id text not null references record on delete cascade,
      seminar_id text not null references seminar on delete cascade,
      recording text check (recording in ('given', 'refused')),
      transcript text check (transcript in ('given', 'refused')),
      publication text check (publication in ('given', 'refused')),
      note text,
      noted_at timestamptz not null,
      noted_by text not null,
      primary key (session_id, person_id)
    )`.execute(db)
  await sql`create index speaker_consent_seminar on speaker_consent (seminar_id)`.execute(db)
}
