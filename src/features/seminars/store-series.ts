import { sql } from 'kysely'
import type { SeminarDates } from './domain.ts'
import type { SeminarDb } from './store.ts'

export interface SeriesRow {
  readonly id: string
  readonly contains: 'seminar' | 'publication'
  readonly planned: number | null
}

export interface SeriesPlaceRow {
  readonly seriesId: string
  readonly recordId: string
  readonly number: number
  readonly deduced: boolean
  readonly planned: number | null
}

/** A record's place in a series, with its dates when it is a seminar. */
export interface SeriesEntryRow {
  readonly seriesId: string
  readonly recordId: string
  readonly number: number
  readonly dates: SeminarDates | null
}

/** Series by id. */
export async function readSeriesRows(db: SeminarDb, ids: readonly string[]): Promise<SeriesRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('series')
    .select(['id', 'contains', 'planned'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
}

/** Which series records stand in. */
export async function readSeriesPlaces(db: SeminarDb, recordIds: readonly string[]): Promise<SeriesPlaceRow[]> {
  if (recordIds.length === 0) return []
  return db
    .selectFrom('series_entry')
    .innerJoin('series', 'series.id', 'series_entry.series_id')
    .select(['series_id as seriesId', 'record_id as recordId', 'number', 'deduced', 'planned'])
    .where(sql<boolean>`record_id = any(${[...recordIds]})`)
    .execute()
}

/** Everything in some series, in order. */
export async function listSeriesEntryRows(db: SeminarDb, seriesIds: readonly string[]): Promise<SeriesEntryRow[]> {
  if (seriesIds.length === 0) return []
  const rows = await db
    .selectFrom('series_entry')
    .leftJoin('seminar', 'seminar.id', 'series_entry.record_id')
    .select(['series_id as seriesId', 'record_id as recordId', 'number'])
    .select(['starts_on as startsOn', 'ends_on as endsOn', 'precision'])
    .where(sql<boolean>`series_id = any(${[...seriesIds]})`)
    .orderBy('number')
    .execute()
  return rows.map(({ startsOn, endsOn, precision, ...row }) => ({
    ...row,
    dates: startsOn && endsOn && precision ? { startsOn, endsOn, precision } : null,
  }))
}
