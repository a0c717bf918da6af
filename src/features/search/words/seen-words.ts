import { allConfigs, configOf } from '../domain.ts'
import type { SeenDocuments } from '../keep-list.ts'
import type { SearchDb } from '../store-index.ts'
import { analyse, type Analysed } from '../store-understand.ts'
import { findDocuments } from '../store.ts'
import { wordsOf, type HubWord } from './domain.ts'
import { findForms } from './store.ts'

/** A word that a reader may be told, and how many documents they see that have it in some form. */
export type SeenWord<W extends HubWord> = W & { readonly count: number }

/** Documents in which a word is looked for as it is written, and passages of these. */
const [DOCUMENTS, PASSAGES] = [40, 4]

/**
 * Those of some words that stand, as they are written, in a document that the reader may see: a stem may be there by another form. What is not
 * found in the first documents is left out. Three queries.
 */
export async function keepSeen<W extends HubWord>(
  search: SearchDb,
  documents: SeenDocuments,
  words: readonly W[],
): Promise<SeenWord<W>[]> {
  if (words.length === 0) return []
  const analysed = await analyse(
    search,
    words.map(({ word, lang }) => ({ text: word, configs: [configOf(lang)] })),
  )
  const where = await findSeen(search, documents, analysed)
  const forms = words.map(({ word, lang }, place) => {
    const config = configOf(lang)
    const query = analysed[place]?.queries.get(config) ?? ''
    return { word, config, query, documents: where[place]?.slice(0, DOCUMENTS) ?? [] }
  })
  const bodies = await findForms(search, forms, PASSAGES)
  return words.flatMap((word, place) => {
    const isThere = bodies[place]?.some((body) => wordsOf(body).has(word.word)) ?? false
    return isThere ? [{ ...word, count: where[place]?.length ?? 0 }] : []
  })
}

/**
 * In how many documents that the reader sees each of some words is, in whichever language; null for those that say nothing in theirs. Two
 * queries.
 */
export async function countSeen(
  search: SearchDb,
  documents: SeenDocuments,
  words: readonly string[],
  lang: string,
): Promise<(number | null)[]> {
  const analysed = await analyse(
    search,
    words.map((text) => ({ text, configs: allConfigs })),
  )
  const found = await findSeen(search, documents, analysed)
  return found.map(({ length }, place) => (analysed[place]?.queries.has(configOf(lang)) ? length : null))
}

async function findSeen(search: SearchDb, { seen }: SeenDocuments, analysed: readonly Analysed[]): Promise<number[][]> {
  const found = await findDocuments(
    search,
    analysed.map((one) => [one]),
  )
  return found.map((ords) => ords.filter((ord) => seen[ord] === 1))
}
