export {
  findSeries,
  listSeries,
  outlineLibrarySeries,
  outlineMainSeries,
  outlinePlaces,
  outlineSeriesChoices,
  type SeriesChoice,
  type SeriesDeps,
} from './actions.ts'
export { checkPlace, seriesKinds, seriesPlace } from './desk.ts'
export type { EntryDates, EntrySource, Series, SeriesEntry, SeriesLink, SeriesPlace } from './domain.ts'
export { seriesRoutes } from './routes.tsx'
export type { SeriesTables } from './schema.ts'
export {
  findAtPlaces,
  findSeriesEntry,
  idsEverInSeries,
  idsInSeries,
  listEverInSeries,
  listPlacesOf,
  listSeriesMembers,
  listSeriesPlanned,
  readSeriesOf,
  type SeriesDb,
} from './store.ts'
export { checkSeriesPlace, leaveSeries, readSeriesPlace, writeSeriesPlace } from './store-desk.ts'
export { insertSeries, insertSeriesEntries } from './writing.ts'
