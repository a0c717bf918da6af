import { sql, type Kysely } from 'kysely'

/** Administration: how often redirects are followed, what was done to the hub itself, and how far long jobs are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table redirect
      add column hits bigint not null default 0 check (hits >= 0),
      add column last_hit_on date`.execute(db)
  await sql`
    create table audit_event (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      actor text not null,
      deed text not null check (deed ~ '^[a-z]+([.][a-z-]+)*$'),
      subject text,
      detail jsonb not null default '{}'
    )`.execute(db)
  await sql`create index audit_event_at on audit_event (at desc, id desc)`.execute(db)
  await sql`create index record_event_at on record_event (at desc, id desc)`.execute(db)
  await sql`
    create table job_progress (
      job_id text primary key,
      done bigint not null check (done >= 0),
      total bigint not null check (total >= 0),
      updated_at timestamptz not null
    )`.execute(db)
}
