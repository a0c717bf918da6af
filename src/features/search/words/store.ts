import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Passage, SearchDocument } from '../domain.ts'
import { foldWord } from '../fold.ts'
import type { SearchTables } from '../schema.ts'
import { lettersIn, nearKeys, titleWords, tolerance, wordsOf, type HubWord } from './domain.ts'

type SearchDb = Kysely<SearchTables>

/** A document that was just written, by its number. */
export interface NotedDocument {
  readonly ord: number
  readonly document: Pick<SearchDocument, 'lang'>
  readonly passages: readonly Passage[]
}

/** Keeps the words and the titles of documents, after the documents. Most words of a hub are known after its first texts: those cost one look. */
export async function noteWords(tx: SearchDb, documents: readonly NotedDocument[]): Promise<void> {
  const words = wordsOfAll(documents)
  const langs = words.map(({ lang }) => lang)
  const { rows } = await sql<HubWord>`
    select lang, word from search_new_words(${langs}::text[], ${words.map(({ word }) => word)}::text[])`.execute(tx)
  if (rows.length > 0) await insertWords(tx, rows)
  await insertTitles(tx, documents)
}

/** In one order, so that two who write the same do not wait for each other. */
function wordsOfAll(documents: readonly NotedDocument[]): HubWord[] {
  const byLang = Map.groupBy(documents, ({ document }) => document.lang)
  return [...byLang]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([lang, own]) => {
      const text = own.flatMap(({ passages }) => passages.map(({ body }) => body)).join('\n')
      return [...wordsOf(text)].toSorted().map((word) => ({ lang, word }))
    })
}

async function insertWords(tx: SearchDb, words: readonly HubWord[]): Promise<void> {
  const rows = words.map(({ lang, word }) => {
    const folded = foldWord(word)
    return { lang, word, folded, letters: lettersIn(folded), near: nearKeys(folded) }
  })
  await sql`
    insert into search_word (lang, word, folded, letters, near)
    select lang, word, folded, letters, near from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(lang text, word text, folded text, letters int, near int[])
    on conflict do nothing`.execute(tx)
}

async function insertTitles(tx: SearchDb, documents: readonly NotedDocument[]): Promise<void> {
  const rows = documents.flatMap(({ ord, document, passages }) =>
    passages.flatMap(({ isTitle, body }, number) =>
      isTitle ? [{ document: ord, number, lang: document.lang, label: body, words: titleWords(body) }] : [],
    ),
  )
  if (rows.length === 0) return
  await sql`
    insert into search_title (document, number, lang, label, words)
    select document, number, lang, label, array_to_tsvector(words) from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(document int, number int, lang text, label text, words text[])`.execute(tx)
}

const Word = z.object({ lang: z.string(), word: z.string() })

/** Words that may be what was meant by some others, by the places of those. */
export async function findNear(db: SearchDb, typed: readonly string[]): Promise<HubWord[][]> {
  const asked = typed.map((text, place) => {
    const folded = foldWord(text.normalize('NFC').toLowerCase())
    const { length } = folded
    const most = tolerance(length)
    return {
      place,
      keys: nearKeys(folded),
      letters: lettersIn(folded),
      shortest: length - most,
      longest: length + most,
    }
  })
  const { rows } = await sql`
    select place, near.lang, near.word
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(place int, keys int[], letters int, shortest int, longest int),
      lateral search_near(keys, letters, shortest, longest) as near`.execute(db)
  const found = z.array(Word.extend({ place: z.number() })).parse(rows)
  return typed.map((_, place) => found.filter((row) => row.place === place))
}

/** Words that begin like this, short ones first: those of a language, then others. */
export async function findBeginning(db: SearchDb, beginning: string, lang: string, limit: number): Promise<HubWord[]> {
  const folded = foldWord(beginning.normalize('NFC').toLowerCase())
  const rows = await db
    .selectFrom('search_word')
    .select(['lang', 'word'])
    .where('folded', '>=', folded)
    .where('folded', '<', `${folded}\u{10FFFF}`)
    .orderBy(sql`lang = ${lang}`, 'desc')
    .orderBy(sql`length(folded)`)
    // Of two that differ by their accents, the one that has them.
    .orderBy(sql`folded = word`)
    .orderBy('word')
    .limit(limit)
    .execute()
  return rows
}

const Title = z.object({ document: z.number(), label: z.string(), isOwn: z.boolean() })
export type FoundTitle = z.infer<typeof Title>

/** Titles that a question finds, so many in a language and in others. */
export async function findTitles(db: SearchDb, query: string, lang: string, many: number): Promise<FoundTitle[]> {
  const { rows } = await sql`
    select document, label, is_own as "isOwn" from search_titles(${query}::tsquery, ${lang}, ${many})`.execute(db)
  return z.array(Title).parse(rows)
}

export interface AskedForm {
  readonly word: string
  readonly config: string
  readonly query: string
  readonly documents: readonly number[]
}

/** Passages of some documents that have words, and may have them as they are written: a few for each, by its place. */
export async function findForms(db: SearchDb, forms: readonly AskedForm[], many: number): Promise<string[][]> {
  const asked = forms.map(({ word, ...form }, place) => ({
    ...form,
    place,
    forms: [word, word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)],
  }))
  const { rows } = await sql`
    select place, body
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(place int, config text, query text, documents int[], forms text[]),
      lateral (select body from passage
        where document = any(documents) and passage.config = asked.config and words @@ asked.query::tsquery
          and exists (select from unnest(forms) as form where strpos(body, form) > 0)
        limit ${many}) as own`.execute(db)
  const found = z.array(z.object({ place: z.number(), body: z.string() })).parse(rows)
  return forms.map((_, place) => found.flatMap((row) => (row.place === place ? [row.body] : [])))
}

/** Words after one, in the order of the letters. */
export async function listWords(db: SearchDb, after: HubWord, limit: number): Promise<HubWord[]> {
  return db
    .selectFrom('search_word')
    .select(['lang', 'word'])
    .where(sql<boolean>`(lang, word) > (${after.lang}, ${after.word})`)
    .orderBy('lang')
    .orderBy('word')
    .limit(limit)
    .execute()
}

/** Forgets those of some words whose question finds no document. */
export async function removeUnheld(
  db: SearchDb,
  words: readonly (HubWord & { readonly query: string })[],
): Promise<void> {
  await sql`
    delete from search_word as word using json_to_recordset(${JSON.stringify(words)}::json) as asked(lang text, word text, query text)
    where word.lang = asked.lang and word.word = asked.word and not search_holds(asked.query::tsquery)`.execute(db)
}
