import type { DocumentList } from './document-list.ts'
import { configOf } from './domain.ts'
import type { Engine } from './store-engine.ts'
import type { Matched } from './match.ts'
import type { Question } from './question.ts'
import { byDate, inOrder, isIn, scoreRecords, type RankedRecord } from './rank.ts'
import type { SearchDb } from './store-index.ts'
import { findBest, type Hit, type Meaning } from './store.ts'

export interface RankingDeps {
  readonly search: SearchDb
  readonly engine: () => Promise<Engine>
}

interface Ranking {
  readonly matched: Matched
  readonly meanings: readonly Meaning[]
  readonly question: Question
  readonly lang: string
}

/** Passages that are ranked first, in the reader's language and in others; and those of records that are not among them. */
const [OWN, OTHERS, REST] = [400, 150, 2000]

/** The records of a page of results, in order. */
export async function pickRecords(
  deps: RankingDeps,
  list: DocumentList,
  { matched, meanings, question, lang }: Ranking,
): Promise<RankedRecord[]> {
  const from = (question.page - 1) * question.limit
  const to = from + question.limit
  const toRanked = (record: number, score: number) => ({ record, score, isOwn: isIn(list, matched, record, lang) })
  if (question.sort === 'newest') {
    const newest = matched.records.toSorted(byDate(list)).slice(from, to)
    return newest.map((record) => toRanked(record, 0))
  }
  if (matched.records.length === 0) return []
  const engine = await deps.engine()
  const ownConfig = configOf(lang)
  const many = (config: string) => (config === ownConfig ? OWN : OTHERS)
  const documents = matched.records.length <= REST ? matched.records.flatMap(matched.documentsOf) : null
  const within = engine === 'tsvector' ? documents : null
  const scores = scoreRecords(list, await findBest(deps.search, engine, meanings, { many, within }))
  const scored = matched.records
    .filter((record) => scores.has(record))
    .map((one) => toRanked(one, scores.get(one) ?? 0))
  if (scored.filter(({ isOwn }) => isOwn).length >= to || scored.length === matched.records.length)
    return inOrder(list, scored).slice(from, to)
  const rest = matched.records.filter((record) => !scores.has(record))
  const least = Math.min(...scored.map(({ score }) => score), 1)
  const hits = await findRest(deps, matched, meanings, rest)
  const later = scoreRecords(list, scaled(hits, least))
  return inOrder(list, [...scored, ...rest.map((record) => toRanked(record, later.get(record) ?? 0))]).slice(from, to)
}

async function findRest(
  { search, engine }: RankingDeps,
  { documentsOf }: Matched,
  meanings: readonly Meaning[],
  rest: readonly number[],
): Promise<Hit[]> {
  const within = rest.slice(0, REST).flatMap(documentsOf).slice(0, REST)
  return findBest(search, await engine(), meanings, { many: () => REST, within })
}

/** Scores of another measure, all of them below the least of the first. */
function scaled(hits: readonly Hit[], least: number): Hit[] {
  const most = Math.max(...hits.map(({ score }) => score), 1e-9)
  return hits.map((hit) => ({ ...hit, score: (hit.score / most) * least * 0.5 }))
}
