import { sql, type Kysely } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { SeriesContent } from './domain.ts'
import type { SeriesTables } from './schema.ts'

export type SeriesDb = Kysely<SeriesTables>

export interface SeriesRow {
  readonly id: string
  readonly contains: SeriesContent
  readonly planned: number | null
}

/** A record's place in a series. */
export interface SeriesEntryRow {
  readonly seriesId: string
  readonly recordId: string
  readonly number: number
  readonly deduced: boolean
  readonly planned: number | null
}

/** The ids of records that have a place in a series. */
export function idsInSeries(db: SeriesDb, ...series: readonly string[]): RecordIds {
  const asked = sql<boolean>`series_id = any(${[...series]}::text[])`
  return sql<string>`${db.selectFrom('series_entry').select('record_id').where(asked)}`
}

/** The ids of records that have a place in a series, and of those that had one until they were merged into others. */
export function idsEverInSeries(db: SeriesDb, ...series: readonly string[]): RecordIds {
  const asked = sql<boolean>`series_id = any(${[...series]}::text[])`
  const once = db.selectFrom('once_in_series').select('record_id').where(asked)
  return sql<string>`(${idsInSeries(db, ...series)} union ${once})`
}

/** The series that some records have a place in, and those that merged ones had: the record, and the series. */
export async function listEverInSeries(
  db: SeriesDb,
  ids: readonly string[],
): Promise<{ readonly record: string; readonly series: string }[]> {
  if (ids.length === 0) return []
  const asked = sql<boolean>`record_id = any(${[...ids]}::text[])`
  const shown = ['record_id as record', 'series_id as series'] as const
  return db
    .selectFrom('series_entry')
    .select(shown)
    .where(asked)
    .union(db.selectFrom('once_in_series').select(shown).where(asked))
    .orderBy('series')
    .execute()
}

/** Series by id; `ids` may be a query of the spine. */
export async function readSeriesRows(db: SeriesDb, ids: readonly string[] | RecordIds): Promise<SeriesRow[]> {
  if ('length' in ids && ids.length === 0) return []
  const query = db.selectFrom('series').select(['id', 'contains', 'planned']).orderBy('id')
  return 'length' in ids
    ? query.where(sql<boolean>`id = any(${[...ids]})`).execute()
    : query.where('id', 'in', ids).execute()
}

/** Everything in some series, or in those that some records stand in; in order. */
export async function listSeriesEntryRows(
  db: SeriesDb,
  of: { readonly series: readonly string[] } | { readonly records: readonly string[] },
): Promise<SeriesEntryRow[]> {
  const asked = 'series' in of ? of.series : of.records
  if (asked.length === 0) return []
  const series =
    'series' in of
      ? sql<boolean>`series_id = any(${[...asked]})`
      : sql<boolean>`series_id in (select series_id from series_entry where record_id = any(${[...asked]}))`
  return db
    .selectFrom('series_entry')
    .innerJoin('series', 'series.id', 'series_entry.series_id')
    .select(['series_id as seriesId', 'record_id as recordId', 'number', 'deduced', 'planned'])
    .where(series)
    .orderBy('number')
    .execute()
}

/** Where records stand in series, without what else stands there. */
export async function listPlacesOf(
  db: SeriesDb,
  ids: readonly string[],
): Promise<{ recordId: string; seriesId: string; number: number }[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('series_entry')
    .select(['record_id as recordId', 'series_id as seriesId', 'number'])
    .where(sql<boolean>`record_id = any(${[...ids]})`)
    .orderBy('number')
    .execute()
}

/** What stands at some places of series. */
export async function findAtPlaces(
  db: SeriesDb,
  places: readonly { readonly seriesId: string; readonly number: number }[],
): Promise<{ recordId: string; seriesId: string; number: number }[]> {
  if (places.length === 0) return []
  return db
    .selectFrom('series_entry')
    .select(['record_id as recordId', 'series_id as seriesId', 'number'])
    .where(sql<boolean>`series_id = any(${places.map(({ seriesId }) => seriesId)})`)
    .where(sql<boolean>`number = any(${places.map(({ number }) => number)})`)
    .execute()
}

/** Where a record stands in a series, or null. */
export async function findSeriesEntry(
  db: SeriesDb,
  recordId: string,
): Promise<{ seriesId: string; number: number; deduced: boolean } | null> {
  const row = await db
    .selectFrom('series_entry')
    .select(['series_id as seriesId', 'number', 'deduced'])
    .where('record_id', '=', recordId)
    .executeTakeFirst()
  return row ?? null
}

/** The series that some records stand in: the record, and the series. */
export async function readSeriesOf(
  db: SeriesDb,
  ids: readonly string[],
): Promise<{ readonly record: string; readonly series: string }[]> {
  return db
    .selectFrom('series_entry')
    .select(['record_id as record', 'series_id as series'])
    .where(sql<boolean>`record_id = any(${[...ids]})`)
    .execute()
}

/** The ids of a series itself and of all that has a place in it; none when there is no such series. */
export async function listSeriesMembers(db: SeriesDb, seriesId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('series')
    .select('id')
    .where('id', '=', seriesId)
    .union(db.selectFrom('series_entry').select('record_id as id').where('series_id', '=', seriesId))
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** The series of so many seminars, each with the record that has a place in it, or null where that is free. */
export async function listSeriesPlanned(
  db: SeriesDb,
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
