import type { DocumentList } from './document-list.ts'
import { configOf } from './domain.ts'
import type { Engine } from './store-engine.ts'
import type { Matched } from './match.ts'
import type { Question } from './question.ts'
import { inOrder, newestFirst, scoreRecords, type RankedRecord } from './rank.ts'
import type { SearchDb } from './store-index.ts'
import { findBest, type Hit, type Meaning } from './store.ts'

export interface RankingDeps {
  readonly search: SearchDb
  readonly engine: () => Promise<Engine>
}

interface Ranking {
  /** By number, 1 for documents that the reader may see. */
  readonly seen: Uint8Array
  readonly matched: Matched
  readonly meanings: readonly Meaning[]
  readonly question: Question
  readonly lang: string
}

/** A page of results, and the passages that they are there for. */
export interface Picked {
  readonly ranked: readonly RankedRecord[]
  readonly hits: readonly Hit[]
}

/** Passages that are ranked first, in the reader's language and in others; and documents of records that are not among them. */
const [OWN, OTHERS, REST] = [400, 150, 1000]

/** The records of a page of results, in order. */
export async function pickRecords(deps: RankingDeps, list: DocumentList, ranking: Ranking): Promise<Picked> {
  const { matched, question, lang } = ranking
  const from = (question.page - 1) * question.limit
  const to = from + question.limit
  const own = list.facetCode('lang', lang)
  const toRanked = (record: number, score: number) => ({ record, score, isOwn: matched.isIn(record, own) })
  if (question.sort === 'newest') {
    const newest = newestFirst(list, matched.records).slice(from, to)
    return { ranked: newest.map((record) => toRanked(record, 0)), hits: [] }
  }
  if (matched.records.length === 0) return { ranked: [], hits: [] }
  const first = await findFirst(deps, ranking)
  const scores = scoreRecords(list, first)
  const scored = matched.records
    .filter((record) => scores.has(record))
    .map((one) => toRanked(one, scores.get(one) ?? 0))
  if (scored.filter(({ isOwn }) => isOwn).length >= to || scored.length === matched.records.length)
    return { ranked: inOrder(list, scored).slice(from, to), hits: first }
  const rest = newestFirst(
    list,
    matched.records.filter((record) => !scores.has(record)),
  ).map((record) => toRanked(record, 0))
  const least = Math.min(...scored.map(({ score }) => score), 1)
  const next = scaled(await findRest(deps, ranking, rest), least)
  const later = scoreRecords(list, next)
  const all = [...scored, ...rest.map((one) => ({ ...one, score: later.get(one.record) ?? 0 }))]
  return { ranked: inOrder(list, all).slice(from, to), hits: [...first, ...next] }
}

/** A record that somebody sees may have documents that they do not: nothing of those counts or is shown. */
const seenOf = ({ seen }: Ranking, hits: readonly Hit[]): Hit[] => hits.filter(({ document }) => seen[document] === 1)

/** The best passages of all, where the engine finds them by itself; else of the documents that were found. */
async function findFirst({ search, engine }: RankingDeps, ranking: Ranking): Promise<Hit[]> {
  const { matched, meanings, lang } = ranking
  const ownConfig = configOf(lang)
  const many = (config: string) => (config === ownConfig ? OWN : OTHERS)
  const which = await engine()
  const isFew = which === 'tsvector' && matched.records.length <= REST
  const within = isFew ? matched.records.flatMap(matched.documentsOf) : null
  return seenOf(ranking, await findBest(search, which, meanings, { many, within }))
}

/** The best passages of records that are not among the first: those that the reader can read, and the newest, before others. */
async function findRest(
  { search, engine }: RankingDeps,
  { matched, meanings }: Ranking,
  rest: readonly RankedRecord[],
): Promise<Hit[]> {
  const near = rest.filter(({ isOwn }) => isOwn)
  const far = rest.filter(({ isOwn }) => !isOwn)
  const within = [...near, ...far].slice(0, REST).flatMap(({ record }) => matched.documentsOf(record))
  return findBest(search, await engine(), meanings, { many: () => REST, within: within.slice(0, REST) })
}

/** Scores of another measure, all of them below the least of the first. */
function scaled(hits: readonly Hit[], least: number): Hit[] {
  const most = Math.max(...hits.map(({ score }) => score), 1e-9)
  return hits.map((hit) => ({ ...hit, score: (hit.score / most) * least * 0.5 }))
}
