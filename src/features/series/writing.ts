import type { SeriesTables } from './schema.ts'
import type { SeriesDb } from './store.ts'

/** Writes series. */
export async function insertSeries(tx: SeriesDb, rows: readonly SeriesTables['series'][]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('series')
      .values([...rows])
      .execute()
}

/** Puts records in their places of a series; a place that is taken stays as it is. */
export async function insertSeriesEntries(tx: SeriesDb, rows: readonly SeriesTables['series_entry'][]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('series_entry')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
