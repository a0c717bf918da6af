import { sql, type Kysely } from 'kysely'

/** Files by the hash of their content, and materials that are a file instead of a link. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table file (
      sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
      bytes bigint not null check (bytes >= 0),
      type text not null,
      name text,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    alter table material
      alter column url drop not null,
      add column file text references file,
      add column file_name text,
      add column file_type text,
      add constraint material_link_or_file check ((url is null) <> (file is null)),
      add constraint material_file_whole check (
        (file is null) = (file_name is null) and (file is null) = (file_type is null) and (file is null or bytes is not null))`.execute(
    db,
  )
  await sql`create index material_file on material (file) where file is not null`.execute(db)
}
