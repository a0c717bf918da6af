import type { Engine } from './ask.ts'
import { meanOf } from './measures.ts'
import type { Answered, AskedAcross } from './quality.ts'

/** The least that an engine may do. */
export interface Floor {
  readonly recall: number
  readonly ndcg: number
  /** Of a hundred terms, how many are found by their name in another language. */
  readonly across: number
}

/** Promised figures: see docs/decisions/0028-how-search-is-judged.md. */
export const floors: Readonly<Record<Engine, Floor>> = {
  bm25: { recall: 0.95, ndcg: 0.85, across: 95 },
  tsvector: { recall: 0.9, ndcg: 0.75, across: 95 },
}

/** The figures that a floor is about. */
export function sumUp(answered: readonly Answered[], across: readonly AskedAcross[]): Floor {
  const { recall, ndcg } = meanOf(answered.map(({ measures }) => measures))
  return { recall, ndcg, across: (100 * across.filter(({ isFound }) => isFound).length) / across.length }
}

/** Whether every figure is as high as it must be. */
export const keeps = (figures: Floor, { recall, ndcg, across }: Floor): boolean =>
  figures.recall >= recall && figures.ndcg >= ndcg && figures.across >= across
