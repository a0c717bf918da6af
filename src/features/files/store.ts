import type { Kysely } from 'kysely'
import type { StoredFile } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import type { FileTables } from './schema.ts'

export type FileDb = Kysely<FileTables>

/** A file the hub keeps. */
export interface KeptFile extends StoredFile {
  readonly name: string | null
}

/** A file by its hash, or null. */
export async function findFile(db: FileDb, sha256: string): Promise<KeptFile | null> {
  const row = await db
    .selectFrom('file')
    .select(['sha256', 'bytes', 'type', 'name'])
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row ?? null
}

/** Every file the hub should have, for whoever looks whether they are there. */
export async function listFiles(db: FileDb): Promise<KeptFile[]> {
  return db.selectFrom('file').select(['sha256', 'bytes', 'type', 'name']).orderBy('sha256').execute()
}

/** Writes down files that are in the store already; one that is known stays as it was. */
export async function insertFiles(tx: FileDb, files: readonly KeptFile[], at: Instant): Promise<void> {
  if (files.length === 0) return
  await tx
    .insertInto('file')
    .values(files.map(({ sha256, bytes, type, name }) => ({ sha256, bytes, type, name, created_at: at })))
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
}
