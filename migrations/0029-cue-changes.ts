import { sql, type Kysely } from 'kysely'

/** What was changed in a transcript at the desk: each change with all that it takes to undo it. Rows are never changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table cue_change (
      id bigint generated always as identity primary key,
      track_id text not null references track on delete cascade,
      at timestamptz not null,
      actor text not null,
      change jsonb not null
    )`.execute(db)
  await sql`create index cue_change_track on cue_change (track_id, id)`.execute(db)
}
