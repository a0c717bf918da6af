import { sql, type Kysely } from 'kysely'

/** The series that records stood in which were merged into others: harvesters of a series are told there that they are gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table once_in_series (
      series_id text not null references record on delete cascade,
      record_id text not null references record on delete cascade,
      primary key (series_id, record_id)
    )`.execute(db)
  await sql`create index once_in_series_record on once_in_series (record_id)`.execute(db)
}
