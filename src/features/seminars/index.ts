export {
  findMaterial,
  findSession,
  listMaterialFileNames,
  listSeminarCountries,
  listSeminars,
  listSessions,
  listSessionsOf,
  listWholeSeminars,
  readSeminar,
  outlineCalendar,
  type SeminarCalendar,
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
  Session,
  SessionTimes,
  Speaker,
} from './domain.ts'
export { agendaRoutes } from './agenda-desk/routes.tsx'
export { seminarKinds } from './desk.tsx'
export { seminarDates, type RecordedSource, type SeminarDeps } from './reading.ts'
export type { SeminarTables } from './schema.ts'
export { listSessionRows, readSeminarRows, type SeminarDb, type SessionRow } from './store.ts'
export { holdsChathamHouse } from './store-chatham.ts'
export { listMaterialFiles } from './store-files.ts'
export { listMaterialRows } from './store-materials.ts'
export { seminarJsonLd } from './machine/json-ld.ts'
export { seminarTables } from './store-desk.ts'
export { readSeminars } from './whole.ts'
export { listFirstDays, listPartsOf, listSessionNumbers, listSpeakersOf, listUpcomingParts } from './store-parts.ts'
export {
  findImportedPages,
  insertSeminars,
  keepImportedPage,
  updateSeminar,
  updateSession,
  type ImportedPage,
  type SeminarRows,
} from './writing.ts'
export { calendarAnswer, onSession, seminarRoutes, type PageCall } from './routes.tsx'
export { HomePage, SeminarSection, SessionPage } from './views/index.ts'
export { hubCalendar } from './machine/ics.ts'
export type { MachineContext } from './machine/context.ts'
