import { sql } from 'kysely'
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
