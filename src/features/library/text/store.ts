import { sql } from 'kysely'
import { ReadDocument, type Block, type DocumentPage } from '#platform/documents/index.ts'
import type { Instant } from '#platform/time.ts'
import type { LibraryTables } from '../schema.ts'
import type { LibraryDb } from '../store.ts'

const Blocks = ReadDocument.shape.pages.unwrap().element.shape.blocks

/** A page of a file's text. */
export interface TextPage {
  readonly label: string | null
  readonly blocks: readonly Block[]
}

/** One page of what was read in a file, or null. */
export async function readTextPage(db: LibraryDb, sha256: string, number: number): Promise<TextPage | null> {
  const row = await db
    .selectFrom('document_page')
    .select(['label', 'blocks'])
    .where('sha256', '=', sha256)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? { label: row.label, blocks: Blocks.parse(row.blocks) } : null
}

/** A file whose text is wanted. */
export interface WaitingFile {
  readonly sha256: string
  readonly type: string
  readonly name: string
}

/** Files of editions that have not been read, those that were asked for first coming first. */
export async function listWaitingFiles(db: LibraryDb, limit: number): Promise<WaitingFile[]> {
  const { rows } = await sql<WaitingFile>`
    select file as sha256, min(edition_file.type) as type, min(name) as name
    from edition_file left join document on document.sha256 = file
    where file is not null and (document.sha256 is null or document.state = 'waiting')
    group by file, asked_at order by asked_at nulls last, min(edition_file.id) limit ${limit}`.execute(db)
  return rows
}

/** Notes that a file is being read; one that was begun before begins anew. */
export async function beginDocument(db: LibraryDb, sha256: string, at: Instant): Promise<void> {
  await db
    .insertInto('document')
    .values({ sha256, state: 'waiting', pages_read: 0, asked_at: at, ...unknown })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
}

const unknown = {
  reason: null,
  title: null,
  lang: null,
  claimed_lang: null,
  pages: null,
  has_text: null,
  is_scanned: null,
  text_bytes: null,
  cover: null,
  read_at: null,
}

/** Notes how far a file is read. */
export async function noteProgress(
  db: LibraryDb,
  sha256: string,
  { done, total }: { readonly done: number; readonly total: number },
): Promise<void> {
  await db
    .updateTable('document')
    .set({ pages_read: done, pages: total })
    .where('sha256', '=', sha256)
    .where('state', '=', 'waiting')
    .execute()
}

/** Writes pages of a file's text, in place of those of the same numbers. */
export async function writeTextPages(db: LibraryDb, sha256: string, pages: readonly DocumentPage[]): Promise<void> {
  if (pages.length === 0) return
  await db
    .insertInto('document_page')
    .values(pages.map(({ number, label, blocks }) => ({ sha256, number, label, blocks: JSON.stringify(blocks) })))
    .onConflict((conflict) =>
      conflict
        .columns(['sha256', 'number'])
        .doUpdateSet((set) => ({ label: set.ref('excluded.label'), blocks: set.ref('excluded.blocks') })),
    )
    .execute()
}

type Ended = Partial<Omit<LibraryTables['document'], 'sha256' | 'asked_at'>> & { readonly state: 'read' | 'failed' }

/** Notes what came of reading a file; pages beyond the last one, of an earlier reading, go. */
export async function endDocument(db: LibraryDb, sha256: string, ended: Ended): Promise<void> {
  const pages = ended.state === 'read' ? (ended.pages_read ?? 0) : 0
  await db.deleteFrom('document_page').where('sha256', '=', sha256).where('number', '>', pages).execute()
  await db.updateTable('document').set(ended).where('sha256', '=', sha256).execute()
}

/** The files of editions whose text was read, with a stamp that changes when it is read again. */
export async function listReadFiles(db: LibraryDb): Promise<{ readonly id: string; readonly stamp: string }[]> {
  const rows = await db
    .selectFrom('edition_file')
    .innerJoin('document', 'document.sha256', 'edition_file.file')
    .innerJoin('edition', 'edition.id', 'edition_file.edition_id')
    .select(['edition_file.id', 'sha256', 'read_at as at', 'edition_file.lang', 'publication_id as of'])
    .where('state', '=', 'read')
    .where('has_text', '=', true)
    .orderBy('edition_file.id')
    .execute()
  return rows.map(({ id, sha256, at, lang, of }) => ({ id, stamp: [sha256, at, lang, of].join(' ') }))
}

interface FilePage {
  readonly publicationId: string
  readonly lang: string
  readonly number: number
  readonly blocks: readonly Block[]
}

/** Every page of a file of an edition. */
export async function readFilePages(db: LibraryDb, fileId: string): Promise<FilePage[]> {
  const rows = await db
    .selectFrom('edition_file')
    .innerJoin('edition', 'edition.id', 'edition_file.edition_id')
    .innerJoin('document_page', 'document_page.sha256', 'edition_file.file')
    .select(['publication_id as publicationId', 'edition_file.lang', 'document_page.number', 'blocks'])
    .where('edition_file.id', '=', fileId)
    .orderBy('document_page.number')
    .execute()
  return rows.map((row) => ({ ...row, blocks: Blocks.parse(row.blocks) }))
}
