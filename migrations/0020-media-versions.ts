import { sql, type Kysely } from 'kysely'

/**
 * What the hub makes of a film or a sound: its sound alone, small versions, a picture, a stream. Each is a file of its own, kept for as
 * long as the one that it was made of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table media_version (
      sha256 text not null references file on delete cascade,
      kind text not null check (kind in ('audio', 'small_video', 'small_audio', 'poster', 'stream', 'playlist')),
      state text not null check (state in ('making', 'made', 'none', 'failed')),
      reason text,
      progress smallint not null default 0 check (progress between 0 and 100),
      attempts integer not null default 0,
      file text references file on delete cascade,
      file_type text,
      ending text,
      bytes bigint check (bytes >= 0),
      updated_at timestamptz not null,
      primary key (sha256, kind),
      check (state <> 'made' or file is not null and file_type is not null and ending is not null and bytes is not null)
    )`.execute(db)
  await sql`create index media_version_file on media_version (file) where file is not null`.execute(db)
}
