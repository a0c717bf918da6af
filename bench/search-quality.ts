import { inProcess } from './in-process.ts'
import { floors, keeps, sumUp } from './search/quality/floors.ts'
import type { MeasuredQuality } from './search/quality/measure.ts'
import { groupAnswered } from './search/quality/quality.ts'

/** Queries that are shown one by one: those that are answered worst. */
const WORST = 15

/** How well the search answers judged queries, by language and by kind, with either engine; false when one is under its floor. */
export async function benchSearchQuality(): Promise<boolean> {
  const measured = await inProcess('bench/search/quality/measure.ts', async (module, folder) =>
    (module as typeof import('./search/quality/measure.ts')).measureQuality(folder),
  )
  return measured.map(printMeasured).every(Boolean)
}

function printMeasured({ engine, answered, across }: MeasuredQuality): boolean {
  const cell = (value: number) => value.toFixed(3).padStart(9)
  console.log(`\n${engine.padEnd(15)} queries recall@10   nDCG@10       MRR`)
  for (const { name, queries, recall, ndcg, reciprocalRank } of groupAnswered(answered))
    console.log(
      `${name.padEnd(15)} ${String(queries).padStart(7)} ${cell(recall)} ${cell(ndcg)} ${cell(reciprocalRank)}`,
    )
  console.log('answered worst:')
  for (const { lang, kind, text, measures } of answered
    .toSorted((one, other) => one.measures.ndcg - other.measures.ndcg)
    .slice(0, WORST))
    console.log(`${' '.repeat(23)} ${cell(measures.recall)} ${cell(measures.ndcg)}  ${lang}, ${kind}: ${text}`)
  const figures = sumUp(answered, across)
  const floor = floors[engine]
  const isKept = keeps(figures, floor)
  console.log(`terms asked for in another language: ${across.length}, found ${figures.across.toFixed(1)} in 100`)
  console.log(
    `floor: recall@10 ${floor.recall}, nDCG@10 ${floor.ndcg}, other languages ${floor.across} in 100  ${isKept ? 'ok' : 'UNDER'}`,
  )
  return isKept
}
