import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { TranslationTables } from './schema.ts'

export type TranslationDb = Kysely<TranslationTables>

/** A file that somebody sent, between the report and the deed. */
export interface KeptImport {
  readonly id: string
  readonly lang: string
  readonly fileName: string
  readonly sentBy: string
  readonly sentAt: string
  readonly appliedAt: string | null
}

const kept = [
  'id',
  'lang',
  'file_name as fileName',
  'sent_by as sentBy',
  'sent_at as sentAt',
  'applied_at as appliedAt',
] as const

/** Keeps a file that can be read; what is older than `before` goes. Returns its id. */
export async function keepImport(
  db: TranslationDb,
  file: { lang: string; fileName: string; body: string; sentBy: string; sentAt: string },
  before: string,
): Promise<string> {
  const id = randomUUID()
  await db.deleteFrom('translation_import').where('sent_at', '<', before).execute()
  const row = {
    id,
    lang: file.lang,
    file_name: file.fileName,
    body: file.body,
    sent_by: file.sentBy,
    sent_at: file.sentAt,
  }
  await db
    .insertInto('translation_import')
    .values({ ...row, applied_at: null, report: null })
    .execute()
  return id
}

/** A kept file with its text and, once it was brought in, what became of it. */
export async function findImport(
  db: TranslationDb,
  id: string,
): Promise<(KeptImport & { body: string; report: unknown }) | null> {
  const row = await db
    .selectFrom('translation_import')
    .select([...kept, 'body', 'report'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** The files that somebody sent, newest first. */
export async function listImports(db: TranslationDb, sentBy: string, limit: number): Promise<KeptImport[]> {
  return db
    .selectFrom('translation_import')
    .select(kept)
    .where('sent_by', '=', sentBy)
    .orderBy('sent_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Notes what became of a file. */
export async function endImport(db: TranslationDb, id: string, at: string, report: unknown): Promise<void> {
  await db
    .updateTable('translation_import')
    .set({ applied_at: at, report: JSON.stringify(report) })
    .where('id', '=', id)
    .execute()
}
