import { inProcess } from './in-process.ts'
import { floors, keeps } from './search/quality/floors.ts'
import type { MeasuredQuality } from './search/quality/measure.ts'

/** How well the search answers judged queries, by language and by kind, with either engine; false when one is under its floor. */
export async function benchSearchQuality(): Promise<boolean> {
  const measured = await inProcess('bench/search/quality/measure.ts', async (module, folder) =>
    (module as typeof import('./search/quality/measure.ts')).measureQuality(folder),
  )
  return measured.map(printMeasured).every(Boolean)
}

const cell = (value: number) => value.toFixed(3).padStart(9)

function printMeasured({ engine, groups, figures, worst, missed }: MeasuredQuality): boolean {
  console.log(`\n${engine.padEnd(15)} queries recall@10   nDCG@10       MRR`)
  for (const { name, queries, recall, ndcg, reciprocalRank } of groups)
    console.log(
      `${name.padEnd(15)} ${String(queries).padStart(7)} ${cell(recall)} ${cell(ndcg)} ${cell(reciprocalRank)}`,
    )
  console.log('answered worst:')
  for (const { lang, kind, text, measures } of worst)
    console.log(`${' '.repeat(23)} ${cell(measures.recall)} ${cell(measures.ndcg)}  ${lang}, ${kind}: ${text}`)
  const told = missed.length === 0 ? '' : `; not ${missed.slice(0, worst.length).join(', ')}`
  console.log(`terms found by their names in other languages: ${figures.across.toFixed(1)} in 100${told}`)
  const { recall, ndcg, across } = floors[engine]
  const isKept = keeps(figures, floors[engine])
  console.log(
    `all: recall@10 ${figures.recall.toFixed(3)} (floor ${recall}), nDCG@10 ${figures.ndcg.toFixed(3)} (${ndcg}), ` +
      `other languages (${across} in 100)  ${isKept ? 'ok' : 'UNDER'}`,
  )
  return isKept
}
