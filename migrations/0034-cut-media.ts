import { sql, type Kysely } from 'kysely'

/**
 * Films and sounds without the spans that were taken down of them. `cut` names the spans: another span, or one that is lifted, asks for
 * another copy.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table media_cut (
      sha256 text not null references file on delete cascade,
      cut text not null,
      state text not null check (state in ('making', 'made', 'failed')),
      reason text,
      progress smallint not null default 0 check (progress between 0 and 100),
      attempts integer not null default 0,
      file text references file on delete cascade,
      file_type text,
      ending text,
      bytes bigint check (bytes >= 0),
      updated_at timestamptz not null,
      primary key (sha256, cut),
      check (state <> 'made' or file is not null and file_type is not null and ending is not null and bytes is not null)
    )`.execute(db)
  await sql`create index media_cut_file on media_cut (file) where file is not null`.execute(db)
}
