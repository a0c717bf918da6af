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
  const rows = sentences.map(({ translations, bands, ...row }) => {
    return { record_id: recordId, ...row, translations: JSON.stringify(translations), bands: [...bands] }
  })
  for (let at = 0; at < rows.length; at += batch) {
    await tx
      .insertInto('memory_sentence')
      .values(rows.slice(at, at + batch))
      .execute()
  }
}

/** Takes records out of the memory. */
export async function forgetRecords(tx: TranslationDb, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return
  for (const table of ['memory_sentence', 'memory_record'] as const) {
    await tx
      .deleteFrom(table)
      .where(sql<boolean>`record_id = any(${[...recordIds]})`)
      .execute()
  }
}

/** A sentence that the memory has, with its translation. */
export interface Remembered {
  readonly recordId: string
  readonly field: string
  readonly hash: string
  readonly source: string
  readonly target: string
}

const remembered = (into: string) =>
  sql`sentence.record_id as "recordId", sentence.field, sentence.hash, sentence.body as source, sentence.translations ->> ${into} as target`

/** What the memory has of these very sentences. */
export async function findSame(
  db: TranslationDb,
  hashes: readonly string[],
  from: string,
  into: string,
): Promise<Remembered[]> {
  const { rows } = await sql<Remembered>`
    select ${remembered(into)} from memory_sentence sentence
    where sentence.hash = any(${[...hashes]}) and sentence.lang = ${from} and sentence.translations ? ${into}
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
      select ${remembered(into)} from (
        select * from memory_sentence
        where bands && wanted.bands and lang = ${from} and translations ? ${into} limit ${candidates}
      ) as sentence
      order by (select count(*) from unnest(sentence.bands) as band where band = any(wanted.bands)) desc,
               sentence.record_id, sentence.field, sentence.position
      limit ${best}
    ) as near
    order by wanted.number`.execute(db)
  return rows
}
