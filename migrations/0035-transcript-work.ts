import { sql, type Kysely } from 'kysely'

/** Which change of a transcript another one takes back, and the lines that another file took the place of. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table cue_change add column undoes bigint references cue_change on delete cascade`.execute(db)
  await sql`create index cue_change_undoes on cue_change (undoes) where undoes is not null`.execute(db)
  await sql`
    create table kept_cue (
      change_id bigint not null references cue_change on delete cascade,
      number integer not null,
      starts_at integer not null,
      ends_at integer not null,
      identifier text,
      settings text,
      speaker text,
      body text not null,
      primary key (change_id, number)
    )`.execute(db)
}
