import { sql, type Kysely } from 'kysely'

/** Links by which people without an account read a record before it is published. A link is known by its hash only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table preview_link (
      token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
      record_id text not null references record on delete cascade,
      created_at timestamptz not null,
      created_by text not null,
      expires_at timestamptz not null check (expires_at > created_at),
      revoked_at timestamptz
    )`.execute(db)
  await sql`create index preview_link_record on preview_link (record_id)`.execute(db)
}
