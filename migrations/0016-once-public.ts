import { sql, type Kysely } from 'kysely'

/** Marks records that the public has seen and may not see any more: whoever harvested them is told that they are gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table record add column was_public boolean not null default false`.execute(db)
  await sql`
    update record set was_public = true
    where published_at is not null and visibility = 'public' and status <> 'published'`.execute(db)
}
