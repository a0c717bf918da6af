import { sql } from 'kysely'
import { z } from 'zod'
import { configOf } from '../domain.ts'
import { fold } from '../fold.ts'
import type { SearchDb } from '../store-index.ts'
import type { SynonymLine } from './domain.ts'

/** The list, line by line. */
export async function listSynonyms(db: SearchDb): Promise<SynonymLine[]> {
  const rows = await db
    .selectFrom('synonym')
    .select(['line', 'word', 'lang'])
    .orderBy('line')
    .orderBy('number')
    .execute()
  return [...Map.groupBy(rows, ({ line }) => line).values()].map((line) =>
    line.map(({ word, lang }) => ({ word, lang })),
  )
}

/** Puts a list in place of the one that is there. A word without a stem of its own is kept as it is written. */
export async function replaceSynonyms(tx: SearchDb, lines: readonly SynonymLine[]): Promise<void> {
  const rows = lines.flatMap((words, line) =>
    words.map(({ word, lang }, number) => ({
      line,
      number,
      lang,
      word,
      config: lang === null ? 'simple' : configOf(lang),
      folded: fold(word).text,
    })),
  )
  await tx.deleteFrom('synonym').execute()
  await sql`
    insert into synonym (line, number, lang, word, config, stems)
    select line, number, lang, word, case when stems = '{}' then 'simple' else config end,
      case when stems = '{}' then tsvector_to_array(search_words('simple', lower(word), folded)) else stems end
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(line int, number int, lang text, word text, config text, folded text),
      lateral (select tsvector_to_array(search_words(config, lower(word), folded)) as stems) as made`.execute(tx)
}

const Named = z.object({ asked: z.string(), lang: z.string(), label: z.string() })

/** What else the hub's own list has for words that somebody asks for. The stems are made once, not for each word of the list. */
export async function findSynonyms(db: SearchDb, texts: readonly string[]): Promise<z.infer<typeof Named>[]> {
  if (texts.length === 0) return []
  const asked = JSON.stringify(texts.map((text) => ({ text, folded: fold(text).text })))
  const { rows } = await sql`
    with asked as materialized (
      select text, config, tsvector_to_array(search_words(config, lower(text), folded)) as stems
      from (select distinct config from synonym) as known,
        json_to_recordset(${asked}::json) as t(text text, folded text)
    )
    select text as asked, coalesce(other.lang, '') as lang, other.word as label
    from asked
    join synonym on synonym.config = asked.config and synonym.stems = asked.stems and asked.stems <> '{}'
    join synonym as other on other.line = synonym.line and other.number <> synonym.number
    group by text, other.line, other.number, other.lang, other.word
    order by text, other.line, other.number limit 24`.execute(db)
  return z.array(Named).parse(rows)
}
