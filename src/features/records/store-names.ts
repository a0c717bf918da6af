import { sql } from 'kysely'
import type { KindName, Reader } from './domain.ts'
import type { RecordDb } from './store.ts'

/** What names are looked through for. */
export interface NameQuestion {
  /** Small letters without accents; a name must have all of them. */
  readonly words: readonly string[]
  /** A record with a name that has one of these is left out. */
  readonly without: readonly string[]
  readonly kinds: readonly KindName[]
  /** Only names in this language. */
  readonly lang: string | null
  readonly sort: 'best' | 'newest'
  readonly limit: number
  readonly offset: number
}

/** Names as words are compared with them: no accents or vowel signs, one alef and one yeh, a space for what is no letter. */
const folded = sql`(' ' || regexp_replace(translate(regexp_replace(lower(normalize(name, NFKD)), '[\u0300-\u036F\u0640\u064B-\u0655]', '', 'g'),
  'ٱىة', 'ايه'), '[^[:alnum:]]+', ' ', 'g'))`

/** Words are found by how they begin; Arabic ones anywhere, as an article may stand before them, and what has no spaces too. */
const patternOf = (word: string): string => {
  const plain = word.replaceAll(/[\\%_]/g, String.raw`\$&`)
  return /[\u0600-\u06FF\u0E00-\u0EFF\u3040-\u9FFF]/.test(word) ? `%${plain}%` : `% ${plain}%`
}

/** The records that a reader may see whose name has some words, those named so in the reader's language first; and how many there are. */
export async function findByName(
  db: RecordDb,
  reader: Pick<Reader, 'audience' | 'lang'>,
  { words, without, kinds, lang, sort, limit, offset }: NameQuestion,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  if (words.length === 0) return { ids: [], total: 0 }
  const isAsked = sql`name is not null and (${lang}::text is null or lang = ${lang})`
  const order = sort === 'newest' ? sql`published_at desc nulls last, id` : sql`own desc, shortest, id`
  const { rows } = await sql<{ id: string; total: number }>`
    with found as (
      select record_id, bool_or(lang = ${reader.lang}) as own, min(length(name)) as shortest from record_language
      where ${isAsked} and ${folded} like all(${words.map(patternOf)}::text[]) group by record_id
    )
    select record.id, count(*) over ()::int as total from record join found on found.record_id = record.id
    where status = 'published' and visibility = any(${[...reader.audience]}::text[]) and kind = any(${[...kinds]}::text[])
      and not exists (select from record_language as other where other.record_id = record.id and ${isAsked}
        and ${folded} like any(${without.map(patternOf)}::text[]))
    order by ${order} limit ${limit} offset ${offset}`.execute(db)
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 }
}
