import type { SeminarTables } from './schema.ts'
import type { SeminarDb } from './store.ts'

/** The rows of seminars with all their parts, as they go into the tables. */
export interface SeminarRows {
  readonly seminars: readonly SeminarTables['seminar'][]
  readonly sessions: readonly NewSession[]
  readonly channels: readonly SeminarTables['session_channel'][]
  readonly speakers: readonly SeminarTables['session_speaker'][]
  readonly materials: readonly NewMaterial[]
}

/** A session as it is written; left out, it is not held under the Chatham House Rule. */
type NewSession = Omit<SeminarTables['session'], 'chatham_house'> & { readonly chatham_house?: boolean }

type FileColumns = 'file' | 'file_name' | 'file_type'

/** A material as it is written; a link has no columns of a file. */
type NewMaterial = Omit<SeminarTables['material'], FileColumns> & Partial<Pick<SeminarTables['material'], FileColumns>>

/** Writes seminars with their parts; their records must be there already. */
export async function insertSeminars(tx: SeminarDb, rows: SeminarRows): Promise<void> {
  if (rows.seminars.length > 0)
    await tx
      .insertInto('seminar')
      .values([...rows.seminars])
      .execute()
  if (rows.sessions.length > 0)
    await tx
      .insertInto('session')
      .values([...rows.sessions])
      .execute()
  if (rows.channels.length > 0)
    await tx
      .insertInto('session_channel')
      .values([...rows.channels])
      .execute()
  if (rows.speakers.length > 0)
    await tx
      .insertInto('session_speaker')
      .values([...rows.speakers])
      .execute()
  if (rows.materials.length > 0)
    await tx
      .insertInto('material')
      .values([...rows.materials])
      .execute()
}

/** Writes over the facts of a seminar. */
export async function updateSeminar(
  tx: SeminarDb,
  id: string,
  facts: Partial<Omit<SeminarTables['seminar'], 'id'>>,
): Promise<void> {
  await tx.updateTable('seminar').set(facts).where('id', '=', id).execute()
}

/** Writes over the times of a session, and whether it is held under the Chatham House Rule. */
export async function updateSession(
  tx: SeminarDb,
  id: string,
  facts: Partial<Omit<NewSession, 'id' | 'seminar_id' | 'number'>>,
): Promise<void> {
  await tx.updateTable('session').set(facts).where('id', '=', id).execute()
}

/** What is kept of a page of a former site beside the draft made from it. */
export interface ImportedPage {
  readonly seminarId: string
  /** Where it was read from. */
  readonly source: string
  readonly textHash: string
  readonly original: string
  /** What was understood of it, so that a later import tells an editor's change from its own. */
  readonly reading: unknown
}

/** The pages imported before with these very words or from this place, those with the words first. */
export async function findImportedPages(
  db: SeminarDb,
  page: Pick<ImportedPage, 'source' | 'textHash'>,
): Promise<ImportedPage[]> {
  return db
    .selectFrom('imported_page')
    .select(['seminar_id as seminarId', 'source', 'text_hash as textHash', 'original', 'reading'])
    .where((where) => where.or([where('source', '=', page.source), where('text_hash', '=', page.textHash)]))
    .orderBy((order) => order('text_hash', '=', page.textHash), 'desc')
    .orderBy('imported_at')
    .execute()
}

/** Keeps a page beside its seminar, in place of what was kept before. A place belongs to the page last read from it. */
export async function keepImportedPage(tx: SeminarDb, page: ImportedPage, at: string): Promise<void> {
  const row = {
    seminar_id: page.seminarId,
    source: page.source,
    text_hash: page.textHash,
    original: page.original,
    reading: JSON.stringify(page.reading),
    imported_at: at,
  }
  await tx
    .updateTable('imported_page')
    .set((set) => ({
      source: set.fn<string>('concat', ['source', set.cast<string>(set.val('#'), 'text'), 'text_hash']),
    }))
    .where('source', '=', page.source)
    .where('seminar_id', '!=', page.seminarId)
    .execute()
  await tx
    .insertInto('imported_page')
    .values(row)
    .onConflict((conflict) => conflict.column('seminar_id').doUpdateSet(row))
    .execute()
}
