import { sql, type Kysely } from 'kysely'

/** Spans of recordings that are kept to be cited for life. Times are whole milliseconds from the beginning of the recording. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table moment (
      id text primary key references record on delete cascade,
      recording_id text not null references recording on delete cascade,
      starts_at integer not null check (starts_at >= 0),
      ends_at integer not null,
      check (ends_at > starts_at)
    )`.execute(db)
  await sql`create index moment_recording on moment (recording_id, starts_at)`.execute(db)
}
