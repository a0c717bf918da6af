export {
  hubId,
  kindOf,
  kindOfId,
  languageStates,
  pickText,
  type KindName,
  type LanguageState,
  type LinkedRecord,
  type Reader,
  type ReaderChain,
  type RecordStatus,
  type Relation,
  type TextState,
  type Texts,
  type TextValue,
} from './domain.ts'
export type { PageEnv } from './env.ts'
export { AboutPage, HubTextPage } from './views/hub-pages.tsx'
export { hashText, idFor, newId } from './identity.ts'
export { alternatesFor, hrefFor, nameFor, slugFor, textFor } from './naming.ts'
export type { RecordTables } from './schema.ts'
export {
  findBySlug,
  findRedirect,
  idsLinkedTo,
  idsWithConcept,
  idsWithPlace,
  keepSetting,
  listConceptIds,
  listIds,
  listPlaceCodes,
  loadRecords,
  readConceptIds,
  readHubVersion,
  readLinks,
  readPlaces,
  readSetting,
  visibleIds,
  type LinkRow,
  type LoadedRecord,
  type RecordDb,
  type RecordIds,
} from './store.ts'
export {
  changeSlug,
  insertRecords,
  saveText,
  setStatus,
  touchRecord,
  type Deed,
  type NewRecord,
  type NewText,
} from './writing.ts'
