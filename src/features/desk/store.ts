import type { DeskDb } from './schema.ts'

/** A preview link as the desk lists it. */
export interface PreviewLink {
  readonly tokenHash: string
  readonly recordId: string
  readonly createdAt: string
  readonly createdBy: string
  readonly expiresAt: string
}

const columns = [
  'token_hash as tokenHash',
  'record_id as recordId',
  'created_at as createdAt',
  'created_by as createdBy',
  'expires_at as expiresAt',
] as const

/** The links to a record that still open, newest first. */
export async function listPreviewLinks(db: DeskDb, recordId: string, now: string): Promise<PreviewLink[]> {
  return db
    .selectFrom('preview_link')
    .select(columns)
    .where('record_id', '=', recordId)
    .where('expires_at', '>', now)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()
}

/** The link with this hash, while it opens; null afterwards. */
export async function findPreviewLink(db: DeskDb, tokenHash: string, now: string): Promise<PreviewLink | null> {
  const row = await db
    .selectFrom('preview_link')
    .select(columns)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Writes a new link. */
export async function insertPreviewLink(db: DeskDb, link: PreviewLink): Promise<void> {
  await db
    .insertInto('preview_link')
    .values({
      token_hash: link.tokenHash,
      record_id: link.recordId,
      created_at: link.createdAt,
      created_by: link.createdBy,
      expires_at: link.expiresAt,
      revoked_at: null,
    })
    .execute()
}

/** Closes a link of a record at once. */
export async function revokePreviewLink(db: DeskDb, recordId: string, tokenHash: string, now: string): Promise<void> {
  await db
    .updateTable('preview_link')
    .set({ revoked_at: now })
    .where('record_id', '=', recordId)
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .execute()
}
