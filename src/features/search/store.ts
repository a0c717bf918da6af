import { sql } from 'kysely'
import { z } from 'zod'
import { allConfigs, codeOf } from './domain.ts'
import type { Engine } from './store-engine.ts'
import { fold } from './fold.ts'
import type { SearchDb } from './store-index.ts'
import { anyOf, isPhrase, withoutOrder, wordsIn } from './tsquery.ts'

/** A text as each text configuration asks for it. */
export interface Analysed {
  /** Configuration → a `tsquery`, as text; nothing where all of it is words that say nothing. */
  readonly queries: ReadonlyMap<string, string>
  /** Configuration → its words in the order of their letters, as names are kept. */
  readonly keys: ReadonlyMap<string, string>
}

const AnalysedRow = z.object({ place: z.number(), config: z.string(), query: z.string(), key: z.string() })

/** Reads texts as the index does, each in some configurations. */
export async function analyse(
  db: SearchDb,
  texts: readonly { readonly text: string; readonly configs: readonly string[] }[],
): Promise<Analysed[]> {
  const asked = texts.flatMap(({ text, configs }, place) => {
    const folded = fold(text).text
    return configs.map((config) => ({ place, config, text: text.toLowerCase(), folded }))
  })
  if (asked.length === 0) return []
  const { rows } = await sql`
    select place, config, search_query(config, text, folded)::text as query, search_key(search_words(config, text, folded)) as key
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(place int, config text, text text, folded text)`.execute(
    db,
  )
  const read = z.array(AnalysedRow).parse(rows)
  return texts.map((_, place) => {
    const own = read.filter((row) => row.place === place && row.query !== '')
    return {
      queries: new Map(own.map(({ config, query }) => [config, query])),
      keys: new Map(own.map(({ config, key }) => [config, key])),
    }
  })
}

const NameRow = z.object({ place: z.number(), lang: z.string(), label: z.string(), document: z.number() })
export type OtherName = z.infer<typeof NameRow>

/** Names that a word may have at most. */
const MOST_NAMES = 40

/** What things are called in other words whose name, in any language, is one of these texts; by the place of the text. */
export async function findOtherNames(db: SearchDb, texts: readonly Analysed[]): Promise<OtherName[]> {
  const asked = texts.flatMap(({ keys }, place) => [...keys].map(([config, key]) => ({ place, config, key })))
  if (asked.length === 0) return []
  const { rows } = await sql`
    select distinct place, other.lang, other.label, other.document
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(place int, config text, key text)
    join search_name as own on own.key = asked.key and own.config = asked.config
    join search_document as named on named.ord = own.document
    join search_document as same on same.record_id = named.record_id
    join search_name as other on other.document = same.ord and (other.key, other.config) <> (own.key, own.config)
    order by place, lang, label, document limit ${MOST_NAMES}`.execute(db)
  return z.array(NameRow).parse(rows)
}

/** A word or a phrase, with all that may stand for it. */
export type Meaning = readonly Analysed[]

const numbers = (list: string): number[] => (list === '' ? [] : list.split(' ').map(Number))

/** Where some words and phrases are: the numbers of documents, for each. */
export async function findDocuments(db: SearchDb, meanings: readonly Meaning[]): Promise<number[][]> {
  const loose = meanings.map((texts) =>
    anyOf(
      texts.flatMap(({ queries }) =>
        [...queries].flatMap(([config, query]) => (isPhrase(query) ? [] : [withoutOrder(query, codeOf(config))])),
      ),
    ),
  )
  const ordered = meanings.flatMap((texts, place) =>
    texts.flatMap(({ queries }) =>
      [...queries].flatMap(([config, query]) => (isPhrase(query) ? [{ place, config, query }] : [])),
    ),
  )
  const asked = loose.flatMap((query, place) => (query === '' ? [] : [{ place, config: null, query }]))
  const { rows } = await sql`
    select place, case when config is null then search_documents(query::tsquery)
      else search_ordered(config, query::tsquery) end as ords
    from json_to_recordset(${JSON.stringify([...asked, ...ordered])}::json) as asked(place int, config text, query text)`.execute(
    db,
  )
  const found = z.array(z.object({ place: z.number(), ords: z.string() })).parse(rows)
  return meanings.map((_, place) => found.flatMap((row) => (row.place === place ? numbers(row.ords) : [])))
}

const Hit = z.object({ document: z.number(), number: z.number(), score: z.number(), isTitle: z.boolean() })
export type Hit = z.infer<typeof Hit>

/** All that is asked for, in each configuration. */
function questions(meanings: readonly Meaning[]): { readonly config: string; readonly query: string }[] {
  return allConfigs.flatMap((config) => {
    const query = anyOf(meanings.flatMap((texts) => texts.map(({ queries }) => queries.get(config) ?? '')))
    return query === '' ? [] : [{ config, query }]
  })
}

/** The best passages that have any of some words, so many of each configuration. Scores are as high as the engine has them. */
export async function findBest(
  db: SearchDb,
  engine: Engine,
  meanings: readonly Meaning[],
  { many, within }: { readonly many: (config: string) => number; readonly within: readonly number[] | null },
): Promise<Hit[]> {
  const asked = questions(meanings).map(({ config, query }) => ({
    config,
    query,
    words: wordsIn(query).join(' '),
    many: many(config),
  }))
  const best =
    engine === 'bm25' && within === null
      ? sql`search_best(asked.config, asked.words, asked.many)`
      : sql`search_ranked(asked.config, asked.query::tsquery, ${within === null ? null : [...within]}::int[], asked.many)`
  const { rows } = await sql`
    select document, number, score, is_title as "isTitle"
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(config text, query text, words text, many int), lateral ${best}`.execute(
    db,
  )
  return z.array(Hit).parse(rows)
}

const Anchor = z.object({
  on: z.string().exactOptional(),
  path: z.string().exactOptional(),
  suffix: z.string().exactOptional(),
  section: z.string().exactOptional(),
  page: z.number().exactOptional(),
  times: z.array(z.tuple([z.number(), z.number()])).exactOptional(),
})
const FoundPassage = z.object({
  document: z.number(),
  lang: z.string(),
  isTitle: z.boolean(),
  anchor: Anchor,
  body: z.string(),
  config: z.string(),
  query: z.string(),
})
export type FoundPassage = z.infer<typeof FoundPassage>

/** The best passages of some documents, so many of each record; in the reader's language first, titles last. */
export async function findPassages(
  db: SearchDb,
  lang: string,
  meanings: readonly Meaning[],
  ords: readonly number[],
): Promise<FoundPassage[]> {
  const { rows } = await sql`
    select document, lang, is_title as "isTitle", anchor, body, config, query from (
      select passage.document, own.record_id, own.lang, is_title, anchor, body, passage.config, asked.query,
        row_number() over (partition by own.record_id
          order by own.lang = ${lang} desc, is_title, ts_rank_cd(passage.words, asked.query::tsquery) desc, document, number) as rank
      from json_to_recordset(${JSON.stringify(questions(meanings))}::json) as asked(config text, query text)
      join passage on passage.config = asked.config and passage.words @@ asked.query::tsquery
        and passage.document = any(${[...ords]}::int[])
      join search_document as own on own.ord = passage.document
    ) as best where rank <= 3 order by record_id, rank`.execute(db)
  return z.array(FoundPassage).parse(rows)
}

/** What stands around the words that were found; no text of ours has these characters. */
export const [open, close] = ['\uE000', '\uE001']

/** Folded texts with what was found in them marked, in their order. */
export async function markFound(
  db: SearchDb,
  texts: readonly { readonly config: string; readonly query: string; readonly folded: string }[],
): Promise<string[]> {
  const asked = texts.map((text, place) => ({ ...text, place }))
  const options = `HighlightAll=true, StartSel=${open}, StopSel=${close}`
  const { rows } = await sql`
    select ts_headline(config::regconfig, folded, query::tsquery, ${options}) as marked
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(place int, config text, query text, folded text)
    order by place`.execute(db)
  return z
    .array(z.object({ marked: z.string() }))
    .parse(rows)
    .map(({ marked }) => marked)
}
