import { sql } from 'kysely'
import type { TranslationDb } from './store.ts'

/** Which version of which record the memory holds. */
export async function readRemembered(db: TranslationDb): Promise<Map<string, number>> {
  const rows = await db.selectFrom('memory_record').select(['record_id', 'version']).execute()
  return new Map(rows.map((row) => [row.record_id, row.version]))
}

/** A sentence on its way into the memory. */
export interface NewSentence {
  readonly field: string
  readonly position: number
  readonly lang: string
  readonly hash: string
  readonly body: string
  readonly bands: readonly number[]
  readonly translations: Readonly<Record<string, string>>
}

const batch = 300

/** Puts what the memory has of a record in place of what it had. */
export async function replaceSentences(
  tx: TranslationDb,
  recordId: string,
  version: number,
  sentences: readonly NewSentence[],
): Promise<void> {
  await forgetRecords(tx, [recordId])
  await tx.insertInto('memory_record').values({ record_id: recordId, version }).execute()
  const rows = sentences.map(({ field, position, lang, hash, body, bands }) => {
    return { record_id: recordId, field, position, lang, hash, body, bands: [...bands] }
  })
  for (let at = 0; at < rows.length; at += batch) {
    await tx
      .insertInto('memory_sentence')
      .values(rows.slice(at, at + batch))
      .execute()
  }
  const translations = sentences.flatMap(({ field, position, translations }) =>
    Object.entries(translations).map(([lang, body]) => ({ record_id: recordId, field, position, lang, body })),
  )
  for (let at = 0; at < translations.length; at += batch) {
    await tx
      .insertInto('memory_translation')
      .values(translations.slice(at, at + batch))
      .execute()
  }
}

/** Takes records out of the memory. */
export async function forgetRecords(tx: TranslationDb, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return
  await tx
    .deleteFrom('memory_record')
    .where(sql<boolean>`record_id = any(${[...recordIds]})`)
    .execute()
}

/** A sentence that the memory has, with its translation. */
export interface Remembered {
  readonly recordId: string
  readonly field: string
  readonly hash: string
  readonly source: string
  readonly target: string
}

const remembered = sql`sentence.record_id as "recordId", sentence.field, sentence.hash, sentence.body as source, text.body as target`
const withText = sql`memory_translation text on text.record_id = sentence.record_id and text.field = sentence.field
  and text.position = sentence.position`

/** What the memory has of these very sentences. */
export async function findSame(
  db: TranslationDb,
  hashes: readonly string[],
  from: string,
  into: string,
): Promise<Remembered[]> {
  const { rows } = await sql<Remembered>`
    select ${remembered} from memory_sentence sentence join ${withText}
    where sentence.hash = any(${[...hashes]}) and sentence.lang = ${from} and text.lang = ${into}
    order by sentence.record_id, sentence.field, sentence.position limit 500`.execute(db)
  return rows
}

/** So many similar sentences are looked at for each one; more would be noise. */
const candidates = 200
const best = 8

/** What may be similar to each of some sentences, those that share most bands first. One query, bounded for each of them. */
export async function findSimilar(
  db: TranslationDb,
  wanted: readonly { readonly number: number; readonly bands: readonly number[] }[],
  from: string,
  into: string,
): Promise<(Remembered & { number: number })[]> {
  const { rows } = await sql<Remembered & { number: number }>`
    select wanted.number, near.* from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted(number int, bands int[])
    cross join lateral (
      select ${remembered} from (
        select * from memory_sentence where bands && wanted.bands and lang = ${from} limit ${candidates}
      ) as sentence join ${withText} and text.lang = ${into}
      order by (select count(*) from unnest(sentence.bands) as band where band = any(wanted.bands)) desc,
               sentence.record_id, sentence.field, sentence.position
      limit ${best}
    ) as near
    order by wanted.number`.execute(db)
  return rows
}
