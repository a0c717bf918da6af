import { only, orNull, some, type FactProblem, type FactValues } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { contents } from './domain.ts'
import type { SeriesTables } from './schema.ts'
import { findSeriesEntry, readSeriesRows, type SeriesDb } from './store.ts'

/** The desk hands over the spine's handle, of a transaction too; series write their own tables through it. */
function own(db: RecordDb): SeriesDb {
  return db.$extendTables<Pick<SeriesTables, keyof SeriesTables>>().$pickTables<keyof SeriesTables>()
}

/** What the desk edits of a series. */
export async function readSeriesFacts(db: RecordDb, id: string): Promise<FactValues> {
  const [row] = await readSeriesRows(own(db), [id])
  return { contains: some(row?.contains), planned: some(row?.planned) }
}

/** Writes what the desk edits of a series, new or there already. */
export async function writeSeriesFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const [contains, planned] = [only(facts, 'contains'), orNull(facts, 'planned')]
  const row = {
    contains: contents.find((content) => content === contains) ?? 'seminar',
    planned: planned === null ? null : Number(planned),
  }
  await own(tx)
    .insertInto('series')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** A record's place in a series: which, and as which number. */
export async function readSeriesPlace(db: RecordDb, id: string): Promise<FactValues> {
  const place = await findSeriesEntry(own(db), id)
  return {
    series: some(place?.seriesId),
    seriesNumber: some(place?.number),
    numberDeduced: place?.deduced ? ['on'] : [],
  }
}

/** Puts a record in its place of a series, or in none. */
export async function writeSeriesPlace(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const db = own(tx)
  await db.deleteFrom('series_entry').where('record_id', '=', id).execute()
  const [series, number] = [orNull(facts, 'series'), orNull(facts, 'seriesNumber')]
  if (series === null || number === null) return
  const deduced = only(facts, 'numberDeduced') === 'on'
  await db
    .insertInto('series_entry')
    .values({ series_id: series, number: Number(number), record_id: id, deduced })
    .execute()
}

/** Takes a record that is merged into another out of its series, and keeps in which it stood. */
export async function leaveSeries(tx: RecordDb, id: string): Promise<void> {
  const db = own(tx)
  const stood = db.selectFrom('series_entry').select(['series_id', 'record_id']).where('record_id', '=', id)
  await db
    .insertInto('once_in_series')
    .columns(['series_id', 'record_id'])
    .expression(stood)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db.deleteFrom('series_entry').where('record_id', '=', id).execute()
}

/** Two records do not share one number of a series. */
export async function checkSeriesPlace(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const [series, number] = [orNull(facts, 'series'), orNull(facts, 'seriesNumber')]
  if (series === null || number === null) return []
  const other = await own(db)
    .selectFrom('series_entry')
    .select('record_id')
    .where('series_id', '=', series)
    .where('number', '=', Number(number))
    .where('record_id', '<>', id)
    .executeTakeFirst()
  return other ? [{ fact: 'seriesNumber', message: 'desk.problem.numberTaken' }] : []
}
