import { sql, type Kysely } from 'kysely'

/** Chapters of recordings that are set by hand, in milliseconds from its beginning; and at which hour of its day a recording begins. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table chapter (
      id text primary key references record on delete cascade,
      recording_id text not null references recording on delete cascade,
      starts_at integer not null check (starts_at between 0 and 86400000)
    )`.execute(db)
  await sql`create index chapter_recording on chapter (recording_id, starts_at)`.execute(db)
  await sql`alter table recording add column begins text check (begins ~ '^[0-9]{2}:[0-9]{2}$')`.execute(db)
}
