export {
  findMaterial,
  findSeminarId,
  findSeries,
  findSession,
  listSeminars,
  listSeries,
  readSeminar,
  type SeminarList,
  type SeminarQuery,
} from './actions.ts'
export type {
  Access,
  Channel,
  ChannelKind,
  DatePrecision,
  Material,
  MaterialKind,
  Phase,
  PhaseFacts,
  Seminar,
  SeminarDates,
  SeminarForm,
  SeminarMode,
  SeminarSummary,
  Series,
  SeriesEntry,
  SeriesPlace,
  Session,
  SessionTimes,
  Speaker,
} from './domain.ts'
export type { SeminarDeps } from './reading.ts'
export type { SeminarTables } from './schema.ts'
export type { SeminarDb } from './store.ts'
export {
  insertSeminars,
  insertSeries,
  insertSeriesEntries,
  updateSeminar,
  updateSession,
  type SeminarRows,
} from './writing.ts'
