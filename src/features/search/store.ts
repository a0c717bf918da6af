import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { everyVisibleId, type Reader, type RecordDb } from '#features/records/index.ts'
import { allConfigs } from './domain.ts'
import { fold } from './fold.ts'
import type { SearchDb } from './store-index.ts'

export interface SearchHandles {
  readonly records: RecordDb
  readonly search: SearchDb
}

/** A term, and other words for the same. */
export interface AskedTerm {
  readonly text: string
  readonly isExcluded: boolean
  readonly others: readonly string[]
}

export interface Asked {
  readonly terms: readonly AskedTerm[]
  /** Other words for all the terms together. */
  readonly others: readonly string[]
  readonly kind: string | null
  readonly lang: string | null
  readonly limit: number
  readonly offset: number
}

type Query = RawBuilder<unknown>

const wordsQuery = (config: string, text: string): Query =>
  sql`search_query(${config}, ${text.toLowerCase()}, ${fold(text).text})`

const either = (queries: readonly Query[]): Query => sql`(${sql.join(queries, sql` || `)})`

/** The questions of each text configuration: what must be there, and all of it. */
function askedRows({ terms, others }: Pick<Asked, 'terms' | 'others'>): Query {
  const rows = allConfigs.map((config) => {
    const wanted = terms
      .filter(({ isExcluded }) => !isExcluded)
      .map(({ text, others: more }) => either([text, ...more].map((one) => wordsQuery(config, one))))
    const whole = either([sql`(${sql.join(wanted, sql` && `)})`, ...others.map((one) => wordsQuery(config, one))])
    const without = terms
      .filter(({ isExcluded }) => isExcluded)
      .map(({ text }) => sql` && !!${wordsQuery(config, text)}`)
    return sql`(${config}::text, ${whole}, ${whole}${sql.join(without, sql``)})`
  })
  return sql`(values ${sql.join(rows)}) as asked(config, wanted, query)`
}

/** Passages that a reader may see: every record they hang on is theirs to see, now. */
const isTheirs = (records: RecordDb, reader: Pick<Reader, 'audience'>): Query =>
  sql`not exists (select 1 from unnest(passage.needs) as need(id) where need.id not in (${everyVisibleId(records, reader)}))`

const Count = z.object({ value: z.string(), count: z.number() })
const Found = z.object({
  total: z.number(),
  records: z.array(z.object({ id: z.string(), kind: z.string(), score: z.number(), isOwn: z.boolean() })),
  kinds: z.array(Count),
  langs: z.array(Count),
})
export type Found = z.infer<typeof Found>

/** The records that were found, those in the reader's language first, with counts of kinds and languages. */
export async function findRecords(
  { search, records }: SearchHandles,
  reader: Pick<Reader, 'lang' | 'audience'>,
  asked: Asked,
): Promise<Found> {
  const { kind, lang, limit, offset } = asked
  const ofKind = kind === null ? sql`true` : sql`kind = ${kind}`
  const ofLang = lang === null ? sql`true` : sql`lang = ${lang}`
  const { rows } = await sql`
    with hits as materialized (
      select record_id, kind, lang, ts_rank_cd(words, asked.wanted) as score
      from ${askedRows(asked)} join passage on passage.config = asked.config and words @@ asked.query
      where numnode(asked.wanted) > 0 and ${isTheirs(records, reader)}
    ), found as (
      select record_id as id, kind, max(score) as score, bool_or(lang = ${reader.lang}) as own
      from hits where ${ofKind} and ${ofLang} group by record_id, kind
    )
    select (select count(*)::int from found) as total,
      coalesce((select json_agg(json_build_object('id', id, 'kind', kind, 'score', score, 'isOwn', own)
        order by own desc, score desc, id) from
        (select * from found order by own desc, score desc, id limit ${limit} offset ${offset}) as page), '[]') as records,
      coalesce((select json_agg(json_build_object('value', kind, 'count', many) order by many desc, kind) from
        (select kind, count(distinct record_id)::int as many from hits where ${ofLang} group by kind) as k), '[]') as kinds,
      coalesce((select json_agg(json_build_object('value', lang, 'count', many) order by many desc, lang) from
        (select lang, count(distinct record_id)::int as many from hits where ${ofKind} group by lang) as l), '[]') as langs`.execute(
    search,
  )
  return Found.parse(rows[0])
}

const Anchor = z.object({
  on: z.string().exactOptional(),
  path: z.string().exactOptional(),
  suffix: z.string().exactOptional(),
  section: z.string().exactOptional(),
  page: z.number().exactOptional(),
  seconds: z.number().exactOptional(),
})
const FoundPassage = z.object({
  recordId: z.string(),
  lang: z.string(),
  isTitle: z.boolean(),
  anchor: Anchor,
  body: z.string(),
  marked: z.string(),
})
export type FoundPassage = z.infer<typeof FoundPassage>

/** What stands around the words that were found; no text of ours has these characters. */
export const [open, close] = ['\uE000', '\uE001']

/** The best passages of some records, three of each, with what was found in their folded form. */
export async function findPassages(
  { search, records }: SearchHandles,
  reader: Pick<Reader, 'lang' | 'audience'>,
  asked: Asked,
  ids: readonly string[],
): Promise<FoundPassage[]> {
  const ofLang = asked.lang === null ? sql`true` : sql`lang = ${asked.lang}`
  const options = `HighlightAll=true, StartSel=${open}, StopSel=${close}`
  const { rows } = await sql`
    select record_id as "recordId", lang, is_title as "isTitle", anchor, body,
      ts_headline(config::regconfig, folded, wanted, ${options}) as marked
    from (
      select passage.*, asked.wanted, row_number() over (partition by record_id
        order by lang = ${reader.lang} desc, is_title, ts_rank_cd(words, asked.wanted) desc, entry_id, number) as rank
      from ${askedRows(asked)} join passage on passage.config = asked.config and words @@ asked.query
      where numnode(asked.wanted) > 0 and record_id = any(${[...ids]}::text[]) and ${ofLang} and ${isTheirs(records, reader)}
    ) as best where rank <= 3 order by record_id, rank`.execute(search)
  return z.array(FoundPassage).parse(rows)
}

const Label = z.object({ asked: z.string(), lang: z.string(), label: z.string() })

/** What concepts are called in other words, whose name in any language is one of these texts. */
export async function findOtherNames(
  { search, records }: SearchHandles,
  reader: Pick<Reader, 'audience'>,
  texts: readonly string[],
): Promise<z.infer<typeof Label>[]> {
  if (texts.length === 0) return []
  const asked = JSON.stringify(texts.map((text) => ({ text, folded: fold(text).text })))
  const { rows } = await sql`
    select distinct text as asked, other.lang, other.body as label
    from json_to_recordset(${asked}::json) as t(text text, folded text)
    join passage on passage.kind = 'concept' and passage.is_title
      and tsvector_to_array(passage.words) = tsvector_to_array(search_words(passage.config, lower(text), t.folded))
    join passage as other on other.record_id = passage.record_id and other.is_title and other.body <> passage.body
    where ${isTheirs(records, reader)} order by text, lang, label limit 24`.execute(search)
  return z.array(Label).parse(rows)
}
