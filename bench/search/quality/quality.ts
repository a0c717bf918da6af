import { seedId } from '#features/exchange/index.ts'
import type { Ask } from './ask.ts'
import { readConcepts } from './concepts.ts'
import { queryKinds, readJudged, type JudgedQuery } from './judged.ts'
import { meanOf, measure, type Measures } from './measures.ts'
import { languages, makeOverviews } from './papers.ts'

/** A query with what was found for it. */
export interface Answered extends JudgedQuery {
  readonly found: readonly string[]
  readonly measures: Measures
}

/** Asks every judged query. */
export async function askJudged(ask: Ask): Promise<Answered[]> {
  const answered: Answered[] = []
  for (const query of readJudged()) {
    const found = await ask(query.lang, query.text)
    answered.push({ ...query, found, measures: measure(found, query.relevant) })
  }
  return answered
}

/** Queries of one language or one kind, or all of them. */
export interface Group extends Measures {
  readonly name: string
  readonly queries: number
}

/** The figures of each language, of each kind, and of all. */
export function groupAnswered(answered: readonly Answered[]): Group[] {
  const group = (name: string, some: readonly Answered[]): Group => ({
    name,
    queries: some.length,
    ...meanOf(some.map(({ measures }) => measures)),
  })
  return [
    ...languages.map((lang) =>
      group(
        lang,
        answered.filter((one) => one.lang === lang),
      ),
    ),
    ...queryKinds.map((kind) =>
      group(
        kind,
        answered.filter((one) => one.kind === kind),
      ),
    ),
    group('all', answered),
  ]
}

/** A name of a term, asked for in one language, whose paper has it in another only. */
export interface AskedAcross {
  readonly lang: string
  readonly text: string
  readonly isFound: boolean
}

/** Results that are looked through: those in the reader's own language come before them. */
const PAGES = 50

/** Asks for each term by its name in every language but the one that the paper on it is in. */
export async function askAcross(ask: Ask): Promise<AskedAcross[]> {
  const asked: AskedAcross[] = []
  const heldIn = new Map(makeOverviews().map(({ topic, key, texts }) => [topic, { key, lang: texts[0]?.lang }]))
  for (const { key, label } of readConcepts()) {
    const held = heldIn.get(key)
    const own = held && label[held.lang ?? '']
    for (const lang of languages) {
      const text = label[lang]
      if (text === undefined || !held || text.toLowerCase() === own?.toLowerCase()) continue
      asked.push({ lang, text, isFound: (await ask(lang, text, PAGES)).includes(seedId('publication', held.key)) })
    }
  }
  return asked
}
