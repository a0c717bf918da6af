import type { TranslationDb } from './store.ts'

/** A record that a machine has been asked to try. */
export interface Waiting {
  readonly recordId: string
  readonly lang: string
  readonly askedBy: string
  readonly askedAt: string
}

/** What became of it. */
export interface MachineRequest extends Waiting {
  readonly endedAt: string | null
  /** Texts that were made; null: it failed, for `problem`. */
  readonly made: number | null
  readonly problem: string | null
}

const columns = [
  'record_id as recordId',
  'lang',
  'asked_by as askedBy',
  'asked_at as askedAt',
  'ended_at as endedAt',
  'made',
  'problem',
] as const

/** Asks for a record once more, or for the first time. */
export async function putRequest(db: TranslationDb, { recordId, lang, askedBy, askedAt }: Waiting): Promise<void> {
  const row = { asked_by: askedBy, asked_at: askedAt, ended_at: null, made: null, problem: null }
  await db
    .insertInto('translation_request')
    .values({ record_id: recordId, lang, ...row })
    .onConflict((conflict) => conflict.columns(['record_id', 'lang']).doUpdateSet(row))
    .execute()
}

/** What was last asked for a record in a language. */
export async function findRequest(db: TranslationDb, recordId: string, lang: string): Promise<MachineRequest | null> {
  const row = await db
    .selectFrom('translation_request')
    .select(columns)
    .where('record_id', '=', recordId)
    .where('lang', '=', lang)
    .executeTakeFirst()
  return row ?? null
}

/** What waits, the oldest first. */
export async function listWaiting(db: TranslationDb, limit: number): Promise<Waiting[]> {
  return db
    .selectFrom('translation_request')
    .select(columns)
    .where('ended_at', 'is', null)
    .orderBy('asked_at')
    .orderBy('record_id')
    .limit(limit)
    .execute()
}

/** Notes what became of a request, unless it was made anew meanwhile. */
export async function endRequest(
  db: TranslationDb,
  { recordId, lang, askedAt }: Waiting,
  { at, made, problem }: { at: string; made: number | null; problem: string | null },
): Promise<void> {
  await db
    .updateTable('translation_request')
    .set({ ended_at: at, made, problem })
    .where('record_id', '=', recordId)
    .where('lang', '=', lang)
    .where('asked_at', '=', askedAt)
    .execute()
}
