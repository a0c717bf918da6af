import { sql, type Kysely } from 'kysely'
import { configOf, type Passage } from './domain.ts'
import { fold } from './fold.ts'
import type { SearchTables } from './schema.ts'

export type SearchDb = Kysely<SearchTables>

/** The stamps of what a source has in the index. */
export async function readStamps(db: SearchDb, source: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('search_entry').select(['id', 'stamp']).where('source', '=', source).execute()
  return new Map(rows.map(({ id, stamp }) => [id, stamp]))
}

/** Takes entries out of the index. */
export async function removeEntries(db: SearchDb, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db
    .deleteFrom('search_entry')
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute()
}

/** Has everything read again; what is there answers until then. */
export async function forgetStamps(db: SearchDb): Promise<void> {
  await db.updateTable('search_entry').set({ stamp: '' }).execute()
}

/** Puts passages in place of those of an entry. */
export async function writeEntry(
  db: SearchDb,
  entry: { readonly id: string; readonly source: string; readonly stamp: string },
  passages: readonly Passage[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('search_entry')
      .values(entry)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ stamp: entry.stamp, source: entry.source }))
      .execute()
    await tx.deleteFrom('passage').where('entry_id', '=', entry.id).execute()
    for (let from = 0; from < passages.length; from += BATCH)
      await insertPassages(tx, entry.id, from, passages.slice(from, from + BATCH))
  })
}

/** Rows of one statement. */
const BATCH = 100

async function insertPassages(tx: SearchDb, entry: string, from: number, passages: readonly Passage[]): Promise<void> {
  const rows = passages.map((passage, index) => ({
    number: from + index,
    record: passage.recordId,
    kind: passage.kind,
    needs: passage.needs,
    lang: passage.lang,
    config: configOf(passage.lang),
    title: passage.isTitle,
    anchor: passage.anchor,
    body: passage.body,
    folded: fold(passage.body).text,
  }))
  await sql`
    insert into passage (entry_id, number, record_id, kind, needs, lang, config, is_title, anchor, body, folded, words)
    select ${entry}, number, record, kind, array(select json_array_elements_text(needs)), lang, config, title, anchor, body, folded,
      setweight(search_words(config, body, folded), case when title then 'A'::"char" else 'D'::"char" end)
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(number int, record text, kind text, needs json, lang text,
      config text, title boolean, anchor jsonb, body text, folded text)`.execute(tx)
}
