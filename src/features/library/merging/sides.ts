import { loadRecords, type RecordDb } from '#features/records/index.ts'
import { readSeriesPlace } from '#features/series/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { partsOf } from '../from-rows.ts'
import { readPublicationRows } from '../store.ts'
import { libraryTables } from '../store-desk.ts'
import type { Side } from './unite.ts'

/** Reads two publications whole, to be held against each other. */
export async function loadSides(db: RecordDb, ids: readonly [string, string]): Promise<[Side, Side]> {
  const records = await loadRecords(db, ids)
  const rows = await readPublicationRows(libraryTables(db), ids)
  const load = async (id: string): Promise<Side> => {
    const record = records.get(id)
    if (record?.kind !== 'publication') throw new NotFoundError('publication')
    const { series, seriesNumber, numberDeduced } = await readSeriesPlace(db, id)
    const [seriesId, number] = [series?.[0], seriesNumber?.[0]]
    const deduced = numberDeduced?.[0] === 'on'
    const place = seriesId === undefined || number === undefined ? null : { seriesId, number: Number(number), deduced }
    return { record, rows: partsOf(rows, id), place }
  }
  return [await load(ids[0]), await load(ids[1])]
}
