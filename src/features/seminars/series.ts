import { hrefFor, loadRecords, nameFor, type LoadedRecord, type Reader } from '#features/records/index.ts'
import type { SeriesEntry } from './domain.ts'
import { isVisible, type SeminarDeps } from './reading.ts'
import { listSeriesEntryRows, type SeriesEntryRow, type SeriesRow } from './store-series.ts'

/** The places of series from the first to the last known or planned; what the reader may not see is a gap like any other. */
export async function readSeriesEntries(
  deps: SeminarDeps,
  reader: Reader,
  series: readonly Pick<SeriesRow, 'id' | 'planned'>[],
): Promise<Map<string, SeriesEntry[]>> {
  const rows = await listSeriesEntryRows(
    deps.seminars,
    series.map((one) => one.id),
  )
  const ids = rows.map((row) => row.recordId)
  const records = await loadRecords(deps.records, ids, ['title', 'name'])
  const visible = rows.filter((row) => isVisible(records.get(row.recordId), reader))
  return new Map(
    series.map(({ id, planned }) => {
      const own = visible.filter((row) => row.seriesId === id)
      return [id, layOut(own, planned, records, reader)]
    }),
  )
}

function layOut(
  rows: readonly SeriesEntryRow[],
  planned: number | null,
  records: ReadonlyMap<string, LoadedRecord>,
  reader: Reader,
): SeriesEntry[] {
  const last = Math.max(planned ?? 0, ...rows.map((row) => row.number))
  return Array.from({ length: last }, (_, index): SeriesEntry => {
    const number = index + 1
    const row = rows.find((entry) => entry.number === number)
    const record = row && records.get(row.recordId)
    if (!row || !record) return { number, id: null, title: null, href: null, dates: null }
    return {
      number,
      id: record.id,
      title: nameFor(record, reader),
      href: hrefFor(record, reader.lang),
      dates: row.dates,
    }
  })
}
