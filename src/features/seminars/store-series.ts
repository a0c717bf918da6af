import { sql } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { SeminarDates } from './domain.ts'
import type { SeminarDb } from './store.ts'

export interface SeriesRow {
  readonly id: string
  readonly contains: 'seminar' | 'publication'
  readonly planned: number | null
}

/** A record's place in a series, with its dates when it is a seminar. */
export interface SeriesEntryRow {
  readonly seriesId: string
  readonly recordId: string
  readonly number: number
  readonly deduced: boolean
  readonly planned: number | null
  readonly dates: SeminarDates | null
}

/** Series by id; `ids` may be a query of the spine. */
export async function readSeriesRows(db: SeminarDb, ids: readonly string[] | RecordIds): Promise<SeriesRow[]> {
  if ('length' in ids && ids.length === 0) return []
  const query = db.selectFrom('series').select(['id', 'contains', 'planned']).orderBy('id')
  return 'length' in ids
    ? query.where(sql<boolean>`id = any(${[...ids]})`).execute()
    : query.where('id', 'in', ids).execute()
}

/** Everything in some series, or in those that some records stand in; in order. */
export async function listSeriesEntryRows(
  db: SeminarDb,
  of: { readonly series: readonly string[] } | { readonly records: readonly string[] },
): Promise<SeriesEntryRow[]> {
  const asked = 'series' in of ? of.series : of.records
  if (asked.length === 0) return []
  const series =
    'series' in of
      ? sql<boolean>`series_id = any(${[...asked]})`
      : sql<boolean>`series_id in (select series_id from series_entry where record_id = any(${[...asked]}))`
  const rows = await db
    .selectFrom('series_entry')
    .innerJoin('series', 'series.id', 'series_entry.series_id')
    .leftJoin('seminar', 'seminar.id', 'series_entry.record_id')
    .select(['series_id as seriesId', 'record_id as recordId', 'number', 'deduced', 'planned'])
    .select(['starts_on as startsOn', 'ends_on as endsOn', 'precision'])
    .where(series)
    .orderBy('number')
    .execute()
  return rows.map(({ startsOn, endsOn, precision, ...row }) => ({
    ...row,
    dates: startsOn && endsOn && precision ? { startsOn, endsOn, precision } : null,
  }))
}

/** Where a record stands in a series, or null. */
export async function findSeriesEntry(
  db: SeminarDb,
  recordId: string,
): Promise<{ seriesId: string; number: number } | null> {
  const row = await db
    .selectFrom('series_entry')
    .select(['series_id as seriesId', 'number'])
    .where('record_id', '=', recordId)
    .executeTakeFirst()
  return row ?? null
}

/** The series of so many seminars, each with the record that has a place in it, or null where that is free. */
export async function listSeriesPlanned(
  db: SeminarDb,
  planned: number,
  number: number,
): Promise<{ id: string; taken: string | null }[]> {
  return db
    .selectFrom('series')
    .leftJoin('series_entry', (join) =>
      join.onRef('series_entry.series_id', '=', 'series.id').on('series_entry.number', '=', number),
    )
    .select(['series.id', 'record_id as taken'])
    .where('contains', '=', 'seminar')
    .where('planned', '=', planned)
    .orderBy('series.id')
    .execute()
}
