import { sql, type Kysely } from 'kysely'

/** Pairs of publications that look alike and that somebody has found to be two works; the first id is the smaller. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table distinct_publication (
      one text not null references record on delete cascade,
      other text not null references record on delete cascade check (other > one),
      actor text not null,
      at timestamptz not null,
      primary key (one, other)
    )`.execute(db)
  await sql`create index distinct_publication_other on distinct_publication (other)`.execute(db)
}
