import { sql, type Kysely } from 'kysely'

/** A recording of a whole seminar is cut into its sessions: each has what lies between two times of it, in milliseconds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table recording_part (
      recording_id text not null references recording on delete cascade,
      session_id text not null references session on delete cascade,
      starts_at integer not null check (starts_at >= 0),
      ends_at integer not null,
      primary key (recording_id, session_id),
      check (ends_at > starts_at)
    )`.execute(db)
  await sql`create index recording_part_session on recording_part (session_id)`.execute(db)
}
