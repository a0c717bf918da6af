import { inProcess } from './in-process.ts'
import { printRows, type Row } from './table.ts'
import type { Measured } from './search/measure.ts'

/** Milliseconds that the 95th of a hundred searches may take, by passages. */
const budgets: Readonly<Record<number, number>> = { 100_000: 15, 1_000_000: 50 }

/** Sizes of an index, from small to large, up to so many passages; false when a search is over its budget. */
export async function benchSearch(most: number): Promise<boolean> {
  const rows: Row[] = []
  for (const passages of [10_000, 100_000, 1_000_000].filter((size) => size <= most)) {
    const measured = await inProcess('bench/search/measure.ts', async (module, folder) =>
      (module as typeof import('./search/measure.ts')).measureSearch(folder, passages),
    )
    rows.push(...rowsOf(measured))
  }
  return printRows(rows)
}

function rowsOf({ passages, indexing, disk, memory, times }: Measured): Row[] {
  const inOrder = times.toSorted((one, other) => one - other)
  const at = (share: number) => inOrder[Math.floor(inOrder.length * share)] ?? 0
  const of = `${passages.toLocaleString('en')} passages`
  const told = { most: Infinity }
  return [
    { what: `${of}, time to index`, value: indexing, unit: 's', ...told },
    { what: `${of}, disk`, value: disk, unit: 'MB', ...told },
    { what: `${of}, memory of the process`, value: memory, unit: 'MB', ...told },
    { what: `${of}, ten best with facets, p50`, value: at(0.5), unit: 'ms', ...told },
    { what: `${of}, ten best with facets, p95`, value: at(0.95), unit: 'ms', most: budgets[passages] ?? Infinity },
  ]
}
