import { sql, type Kysely } from 'kysely'
import type { RecordDb } from '#features/records/index.ts'
import type { StoredFile } from '#platform/files/index.ts'
import type { Instant } from '#platform/time.ts'
import type { FileTables } from './schema.ts'

export type FileDb = Kysely<FileTables>

/** The files' own tables, through the handle of the spine: in a transaction there is no other. */
export function fileTables(db: RecordDb): FileDb {
  return db.$extendTables<Pick<FileTables, keyof FileTables>>().$pickTables<keyof FileTables>()
}

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

/** Writes down a file that somebody sent: it and, for a day, that it was them. */
export async function insertUpload(tx: FileDb, file: KeptFile, userId: string, at: Instant): Promise<void> {
  await insertFiles(tx, [file], at)
  await tx
    .insertInto('upload')
    .values({ sha256: file.sha256, user_id: userId, at })
    .onConflict((conflict) => conflict.columns(['sha256', 'user_id']).doUpdateSet({ at }))
    .execute()
}

/** Of some files, those that somebody has sent themselves lately. */
export async function listUploaded(db: FileDb, userId: string, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('upload')
    .select('sha256')
    .where('user_id', '=', userId)
    .where(sql<boolean>`sha256 = any(${[...hashes]})`)
    .execute()
  return new Set(rows.map((row) => row.sha256))
}

/** Files by their hashes. */
export async function findFiles(db: FileDb, hashes: readonly string[]): Promise<Map<string, KeptFile>> {
  const rows = await db
    .selectFrom('file')
    .select(['sha256', 'bytes', 'type', 'name'])
    .where(sql<boolean>`sha256 = any(${[...hashes]})`)
    .execute()
  return new Map(rows.map((row) => [row.sha256, row]))
}

/** Files that came before an instant, oldest first, after one of them. */
export async function listFilesBefore(db: FileDb, before: Instant, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('file')
    .select('sha256')
    .where('created_at', '<', before)
    .where('sha256', '>', after)
    .orderBy('sha256')
    .limit(limit)
    .execute()
  return rows.map((row) => row.sha256)
}

/** Forgets who sent files before an instant. */
export async function deleteUploadsBefore(db: FileDb, before: Instant): Promise<void> {
  await db.deleteFrom('upload').where('at', '<', before).execute()
}

/** Forgets which files somebody sent; the sweep takes those that nothing refers to. */
export async function deleteUploadsOf(db: FileDb, userId: string): Promise<void> {
  await db.deleteFrom('upload').where('user_id', '=', userId).execute()
}

/** Holds a file's row, so that nobody begins to refer to it until the transaction ends. */
export async function lockFile(tx: FileDb, sha256: string): Promise<void> {
  await tx.selectFrom('file').select('sha256').where('sha256', '=', sha256).forUpdate().execute()
}

/** Deletes a file's row unless somebody has sent it since. Returns whether it is gone. */
export async function deleteFileUnlessSent(tx: FileDb, sha256: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('file')
    .where('sha256', '=', sha256)
    .where('sha256', 'not in', tx.selectFrom('upload').select('sha256'))
    .executeTakeFirst()
  return numDeletedRows > 0n
}
