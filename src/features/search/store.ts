import { sql } from 'kysely'
import { z } from 'zod'
import { allConfigs, codeOf } from './domain.ts'
import type { Engine } from './store-engine.ts'
import type { SearchDb } from './store-index.ts'
import type { Analysed } from './store-understand.ts'
import { anyOf, isPhrase, withoutOrder, wordsIn } from './tsquery.ts'

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
  number: z.number(),
  isTitle: z.boolean(),
  anchor: Anchor,
  body: z.string(),
  config: z.string(),
  query: z.string(),
  score: z.number(),
})
export type FoundPassage = z.infer<typeof FoundPassage>

/** Passages of a document that are looked for. */
const PASSAGES = 3

/** The passages of some hits, as they can be shown, and the best of some documents besides. */
export async function readPassages(
  db: SearchDb,
  meanings: readonly Meaning[],
  hits: readonly Hit[],
  documents: readonly number[],
): Promise<FoundPassage[]> {
  const asked = JSON.stringify(questions(meanings))
  const keys = JSON.stringify(hits.map(({ document, number, score }) => ({ document, number, score })))
  const { rows } = await sql`
    with asked as materialized (select * from json_to_recordset(${asked}::json) as asked(config text, query tsquery))
    select document, number, is_title as "isTitle", anchor, body, config, query::text, score from (
      select key.score, passage.* from json_to_recordset(${keys}::json) as key(document int, number int, score float8)
        join passage on passage.document = key.document and passage.number = key.number
      union all
      select rank.score, passage.* from unnest(${[...documents]}::int[]) as own(ord) cross join lateral (
        select number, ts_rank_cd(words, asked.query)::float8 as score from passage join asked using (config)
        where document = own.ord and words @@ asked.query order by is_title, score desc, number limit ${PASSAGES}) as rank
        join passage on passage.document = own.ord and passage.number = rank.number
    ) as found join asked using (config)`.execute(db)
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
