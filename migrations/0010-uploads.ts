import { sql, type Kysely } from 'kysely'

/** Who has sent a file lately: until a record refers to it, it is theirs alone, and for a day it is not swept away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table upload (
      sha256 text not null references file,
      user_id text not null,
      at timestamptz not null,
      primary key (sha256, user_id)
    )`.execute(db)
  await sql`create index file_created_at on file (created_at)`.execute(db)
}
