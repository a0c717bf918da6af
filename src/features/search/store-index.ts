import { sql, type Kysely } from 'kysely'
import type { RecordDb } from '#features/records/index.ts'
import { codeOf, configOf, type Passage, type SearchDocument, type SourceEntry } from './domain.ts'
import { fold } from './fold.ts'
import type { SearchTables } from './schema.ts'
import { noteWords } from './words/store.ts'

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

/** An entry that was read, and what it says. */
export interface ReadEntry extends SourceEntry {
  readonly documents: readonly SearchDocument[]
}

/** How many documents, passages, names and titles are made of what an entry says. */
const piecesOf = ({ documents }: ReadEntry): number =>
  documents
    .map(({ passages }) => {
      const named = passages.filter(({ isName }) => isName === true)
      const titles = passages.filter(({ isTitle }) => isTitle)
      return Math.ceil(passages.length / LONGEST) + passages.length + named.length + titles.length
    })
    .reduce((sum, pieces) => sum + pieces, 0)

/** Puts what was read of some entries in place of what is there, all of it or nothing. */
export async function writeEntries(db: SearchDb, source: string, entries: readonly ReadEntry[]): Promise<void> {
  if (entries.length === 0) return
  const written = entries.map((entry) => ({ id: entry.id, stamp: entry.stamp, pieces: piecesOf(entry) }))
  await db.transaction().execute(async (tx) => {
    // One writes at a time: numbers of documents then come in the order in which they can be seen.
    await sql`select pg_advisory_xact_lock(hashtext('search.write'))`.execute(tx)
    await sql`
      insert into search_entry (id, source, stamp, pieces)
      select id, ${source}, stamp, pieces
      from json_to_recordset(${JSON.stringify(written)}::json) as entry(id text, stamp text, pieces int)
      on conflict (id) do update set stamp = excluded.stamp, source = excluded.source, pieces = excluded.pieces`.execute(
      tx,
    )
    await tx
      .deleteFrom('search_document')
      .where('entry_id', '=', sql<string>`any(${entries.map(({ id }) => id)}::text[])`)
      .execute()
    const parts = entries.flatMap(({ id, documents }) => documents.flatMap((document) => cutInParts(id, document)))
    const { rows } = await sql<{ ord: number }>`
      select nextval('search_document_ord_seq')::int as ord from generate_series(1, ${parts.length}::int)`.execute(tx)
    const numbered = parts.map((part, index) => ({ ...part, ord: rows[index]?.ord ?? 0 }))
    for (const some of inBatches(numbered)) await insertDocuments(tx, some)
    await noteWords(tx, numbered)
  })
}

/** Passages that a document has at most: what is longer becomes several, for a list of words has a limit. */
const LONGEST = 200

/** A document, or a part of one. */
interface Part {
  readonly entry: string
  readonly document: SearchDocument
  readonly passages: readonly Passage[]
}

function cutInParts(entry: string, document: SearchDocument): Part[] {
  const parts: Part[] = []
  for (let from = 0; from < document.passages.length; from += LONGEST)
    parts.push({ entry, document, passages: document.passages.slice(from, from + LONGEST) })
  return parts
}

/** Passages of one statement: it stays short, so that pages get their turn. */
const BATCH = 200

function* inBatches<P extends Part>(parts: readonly P[]): Generator<P[]> {
  let some: P[] = []
  let passages = 0
  for (const part of parts) {
    if (passages + part.passages.length > BATCH && some.length > 0) {
      yield some
      some = []
      passages = 0
    }
    some.push(part)
    passages += part.passages.length
  }
  if (some.length > 0) yield some
}

/** Documents with their passages and names, in one statement: whoever refers to whom is looked at when it ends. */
async function insertDocuments(tx: SearchDb, parts: readonly (Part & { readonly ord: number })[]): Promise<void> {
  const documents = parts.map(({ ord, entry, document }) => ({
    ord,
    entry,
    record: document.recordId,
    kind: document.kind,
    lang: document.lang,
    needs: document.needs,
    facets: document.facets.map(({ facet, value }) => `${facet}=${value}`),
    dated: document.dated,
    code: codeOf(configOf(document.lang)),
  }))
  const passages = parts.flatMap(({ ord, document, passages: own }) =>
    own.map(({ isTitle, isName, anchor, body }, number) => ({
      document: ord,
      number,
      config: configOf(document.lang),
      title: isTitle,
      named: isName === true,
      anchor,
      body,
      folded: fold(body).text,
    })),
  )
  await sql`
    with doc as materialized (
      select * from json_to_recordset(${JSON.stringify(documents)}::json)
        as doc(ord int, entry text, record text, kind text, lang text, needs text[], facets text[], dated text, code text)
    ), row as materialized (
      select * from json_to_recordset(${JSON.stringify(passages)}::json)
        as row(document int, number int, config text, title boolean, named boolean, anchor jsonb, body text, folded text)
    ), kept as (
      insert into passage (document, number, config, is_title, anchor, body, words)
      select document, number, config, title, anchor, body,
        setweight(search_words(config, body, folded), case when title then 'A'::"char" else 'D'::"char" end)
      from row returning document, number, words
    ), names as (
      insert into search_name (document, number, lang, config, label, key, query)
      select document, number, lang, config, body, search_key(words), search_query(config, lower(body), folded)::text
      from row join kept using (document, number) join doc on ord = document where named
    ), own as (
      select document, array_to_tsvector(array_agg(distinct code || word.lexeme)) as words
      from kept join doc on ord = document, unnest(words) as word group by document
    )
    insert into search_document (ord, entry_id, record_id, kind, lang, needs, facets, dated, words) overriding system value
    select ord, entry, record, kind, lang, needs, facets, dated, words from doc left join own on document = ord`.execute(
    tx,
  )
}
