/** How well a list of ten answers, each figure from 0 to 1. */
export interface Measures {
  /** Of what answers, how much is among the ten; of more than ten, ten are all there can be. */
  readonly recall: number
  /** Gain by grade, discounted by place, against the best order there can be (Järvelin and Kekäläinen, 2002; gain 2^grade − 1). */
  readonly ndcg: number
  /** One by the place of the first that answers. */
  readonly reciprocalRank: number
}

/** Results that are looked at. */
export const SHOWN = 10

const gain = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, index) => sum + (2 ** grade - 1) / Math.log2(index + 2), 0)

/** Measures what was found, in its order, against what answers and how well. */
export function measure(found: readonly string[], relevant: ReadonlyMap<string, number>): Measures {
  const shown = found.slice(0, SHOWN).map((id) => relevant.get(id) ?? 0)
  const best = [...relevant.values()].toSorted((one, other) => other - one).slice(0, SHOWN)
  const first = shown.findIndex((grade) => grade > 0)
  return {
    recall: shown.filter((grade) => grade > 0).length / best.length,
    ndcg: gain(shown) / gain(best),
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
  }
}

/** The mean of each figure. */
export function meanOf(all: readonly Measures[]): Measures {
  const mean = (read: (one: Measures) => number) => all.reduce((sum, one) => sum + read(one), 0) / all.length
  return {
    recall: mean(({ recall }) => recall),
    ndcg: mean(({ ndcg }) => ndcg),
    reciprocalRank: mean(({ reciprocalRank }) => reciprocalRank),
  }
}
