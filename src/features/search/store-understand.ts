import { sql } from 'kysely'
import { z } from 'zod'
import { fold } from './fold.ts'
import type { SearchDb } from './store-index.ts'

/** A text as each text configuration asks for it. */
export interface Analysed {
  /** Configuration → a `tsquery`, as text; nothing where all of it is words that say nothing. */
  readonly queries: ReadonlyMap<string, string>
}

/** What something is called in other words: by the place of the text that it stands for. */
export interface OtherName {
  readonly place: number
  readonly label: string
  /** The language of the name; null: of none. */
  readonly lang: string | null
  /** The document that calls it so; null: the hub's own list does. */
  readonly document: number | null
  /** The configuration that asks for it, and how; null: to be read yet. */
  readonly config: string | null
  readonly query: string | null
}

const Understood = z.object({
  asked: z.array(z.object({ place: z.number(), config: z.string(), query: z.string() })).nullable(),
  names: z
    .array(
      z.object({
        place: z.number(),
        label: z.string(),
        lang: z.string().nullable(),
        document: z.number().nullable(),
        config: z.string().nullable(),
        query: z.string().nullable(),
      }),
    )
    .nullable(),
})

/** Names that a question may have at most, and words of the hub's own list. */
const [NAMES, SYNONYMS] = [40, 24]

/**
 * Reads texts as the index does, and finds what else they are called: by the names of what is called so in any language, and by the hub's
 * own list. In one query.
 */
export async function understandTexts(
  db: SearchDb,
  texts: readonly string[],
  configs: readonly string[],
): Promise<{ readonly analysed: readonly Analysed[]; readonly names: readonly OtherName[] }> {
  const asked = texts.map((text, place) => ({ place, text: text.toLowerCase(), folded: fold(text).text }))
  const { rows } = await sql`
    with asked as materialized (
      select place, config, search_query(config, text, folded)::text as query, search_key(search_words(config, text, folded)) as key
      from json_to_recordset(${JSON.stringify(asked)}::json) as text(place int, text text, folded text),
        unnest(${[...configs]}::text[]) as config
    ), names as (
      select distinct place, other.label, other.lang, other.document, other.config, other.query
      from asked join search_name as own on own.key = asked.key and own.config = asked.config
        join search_document as named on named.ord = own.document
        join search_document as same on same.record_id = named.record_id
        join search_name as other on other.document = same.ord and (other.key, other.config) <> (own.key, own.config)
      where asked.key <> ''
      order by place, lang, label, document limit ${NAMES}
    ), synonyms as (
      select place, other.word as label, other.lang, null::int as document, null as config, null as query
      from asked join synonym on synonym.config = asked.config and synonym.stems = string_to_array(asked.key, ' ')
        join synonym as other on other.line = synonym.line and other.number <> synonym.number
      where asked.key <> ''
      group by place, other.line, other.number, other.lang, other.word order by place, other.line, other.number limit ${SYNONYMS}
    )
    select (select json_agg(json_build_object('place', place, 'config', config, 'query', query)) from asked where query <> '') as asked,
      (select json_agg(every) from (select * from synonyms union all select * from names) as every) as names`.execute(
    db,
  )
  const [read] = z.array(Understood).parse(rows)
  return {
    analysed: texts.map((_, place) => ({
      queries: new Map(
        (read?.asked ?? []).flatMap((row) => (row.place === place ? [[row.config, row.query] as const] : [])),
      ),
    })),
    names: read?.names ?? [],
  }
}

/** Reads texts as the index does, each in some configurations. */
export async function analyse(
  db: SearchDb,
  texts: readonly { readonly text: string; readonly configs: readonly string[] }[],
): Promise<Analysed[]> {
  if (texts.length === 0) return []
  const asked = texts.flatMap(({ text, configs }, place) => {
    const folded = fold(text).text
    return configs.map((config) => ({ place, config, text: text.toLowerCase(), folded }))
  })
  const { rows } = await sql`
    select place, config, search_query(config, text, folded)::text as query
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked(place int, config text, text text, folded text)`.execute(
    db,
  )
  const read = z.array(z.object({ place: z.number(), config: z.string(), query: z.string() })).parse(rows)
  return texts.map((_, place) => ({
    queries: new Map(
      read.flatMap((row) => (row.place === place && row.query !== '' ? [[row.config, row.query] as const] : [])),
    ),
  }))
}
