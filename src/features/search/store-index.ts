import { sql, type Kysely } from 'kysely'
import type { RecordDb } from '#features/records/index.ts'
import { codeOf, configOf, type Passage, type SearchDocument } from './domain.ts'
import { fold } from './fold.ts'
import type { SearchTables } from './schema.ts'

export type SearchDb = Kysely<SearchTables>

/** The stamps of what a source has in the index. */
export async function readStamps(db: SearchDb, source: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('search_entry').select(['id', 'stamp']).where('source', '=', source).execute()
  return new Map(rows.map(({ id, stamp }) => [id, stamp]))
}

/** Takes entries out of the index; nothing of them is found from then on, until they are read again. */
export async function removeEntries(db: SearchDb, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .deleteFrom('search_entry')
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute()
}

/** The same with the handle of another feature, inside its transaction: what it takes back is not found from then on. */
export async function removeEntriesWith(tx: RecordDb, ids: readonly string[]): Promise<void> {
  await removeEntries(tx.$extendTables<Pick<SearchTables, keyof SearchTables>>().$pickTables<keyof SearchTables>(), ids)
}

/** The same for all that is found of some records, their own texts too: those are read again. */
export async function forgetRecords(tx: RecordDb, recordIds: readonly string[]): Promise<void> {
  await tx
    .$extendTables<Pick<SearchTables, keyof SearchTables>>()
    .deleteFrom('search_entry')
    .where('id', 'in', (from) =>
      from
        .selectFrom('search_document')
        .select('entry_id')
        .where('record_id', '=', sql<string>`any(${[...recordIds]}::text[])`),
    )
    .execute()
}

/** Has everything read again; what is there answers until then. */
export async function forgetStamps(db: SearchDb): Promise<void> {
  await db.updateTable('search_entry').set({ stamp: '' }).execute()
}

/** Passages that a document has at most: what is longer becomes several, for a list of words has a limit. */
const LONGEST = 200

/** Puts documents in place of those of an entry. */
export async function writeEntry(
  db: SearchDb,
  entry: { readonly id: string; readonly source: string; readonly stamp: string },
  documents: readonly SearchDocument[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('search_entry')
      .values(entry)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ stamp: entry.stamp, source: entry.source }))
      .execute()
    await tx.deleteFrom('search_document').where('entry_id', '=', entry.id).execute()
    for (const document of documents) {
      for (let from = 0; from < document.passages.length; from += LONGEST) {
        const passages = document.passages.slice(from, from + LONGEST)
        await insertDocument(tx, entry.id, { ...document, passages })
      }
    }
  })
}

async function insertDocument(tx: SearchDb, entry: string, document: SearchDocument): Promise<void> {
  const { passages, lang } = document
  const config = configOf(lang)
  const { ord } = await tx
    .insertInto('search_document')
    .values({
      entry_id: entry,
      record_id: document.recordId,
      kind: document.kind,
      lang,
      needs: [...document.needs],
      facets: document.facets.map(({ facet, value }) => `${facet}=${value}`),
      dated: document.dated,
      words: null,
    })
    .returning('ord')
    .executeTakeFirstOrThrow()
  for (let from = 0; from < passages.length; from += BATCH)
    await insertPassages(tx, { ord, config, from }, passages.slice(from, from + BATCH))
  await sql`
    update search_document set words = (
      select array_to_tsvector(array_agg(distinct ${codeOf(config)} || word.lexeme))
      from passage, unnest(passage.words) as word where document = ${ord})
    where ord = ${ord}`.execute(tx)
  if (passages.some(({ isName }) => isName)) await insertNames(tx, ord, lang, passages)
}

/** Rows of one statement. */
const BATCH = 100

async function insertPassages(
  tx: SearchDb,
  { ord, config, from }: { readonly ord: number; readonly config: string; readonly from: number },
  passages: readonly Passage[],
): Promise<void> {
  const rows = passages.map(({ isTitle, anchor, body }, index) => ({
    number: from + index,
    title: isTitle,
    anchor,
    body,
    folded: fold(body).text,
  }))
  await sql`
    insert into passage (document, number, config, is_title, anchor, body, words)
    select ${ord}, number, ${config}, title, anchor, body,
      setweight(search_words(${config}, body, folded), case when title then 'A'::"char" else 'D'::"char" end)
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(number int, title boolean, anchor jsonb, body text, folded text)`.execute(tx)
}

async function insertNames(tx: SearchDb, ord: number, lang: string, passages: readonly Passage[]): Promise<void> {
  const numbers = passages.flatMap(({ isName }, number) => (isName ? [number] : []))
  await sql`
    insert into search_name (document, number, lang, config, label, key)
    select document, number, ${lang}, config, body, search_key(words) from passage
    where document = ${ord} and number = any(${numbers}::int[])`.execute(tx)
}
