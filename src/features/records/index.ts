export {
  hubId,
  isVisible,
  kinds,
  kindOf,
  kindOfId,
  languageStates,
  maySee,
  pickText,
  textState,
  type KindName,
  type LanguageState,
  type LinkedRecord,
  type Reader,
  type RecordKind,
  type ReaderChain,
  type RecordStatus,
  type Relation,
  type TextState,
  type Texts,
  type TextValue,
  type Translators,
} from './domain.ts'
export type { PageEnv, PageVariables } from './env.ts'
export { AboutPage, HubTextPage } from './views/hub-pages.tsx'
export { idFor, newId, slugify } from './identity.ts'
export { alternatesFor, hrefFor, nameFor, slugFor, textFor, translatorsFor } from './naming.ts'
export type { RecordTables } from './schema.ts'
export { buildOutlined, loadOutlined, type LoadedRecords, type Outline } from './outline.ts'
export {
  conceptIdsOf,
  everyVisibleId,
  idsLinkedTo,
  idsTiedTo,
  idsWithAnyConcept,
  idsWithConcept,
  idsWithPlace,
  allIds,
  visibleIds,
  type RecordIds,
} from './store-ids.ts'
export { listIds, listLastChangedIds, listLastPublishedIds } from './store-lists.ts'
export { readLinks, readTies, type LinkRow, type Ties } from './store-ties.ts'
export {
  findBySlug,
  keepSetting,
  listPlaceCodes,
  loadRecords,
  moveHubVersion,
  readHubVersion,
  readSetting,
  readSettings,
  saveSetting,
  type LoadedRecord,
  type RecordDb,
} from './store.ts'
export {
  countLanguages,
  listRecordLanguages,
  listTextLanguages,
  listRecordVersions,
  lockRecord,
  readFormerTexts,
  readStoredTexts,
  type LanguageCounts,
  type LanguageFilter,
  type LanguageNeed,
  type LanguageOrder,
  type RecordLanguages,
  type StoredText,
} from './store-languages.ts'
export { findByName } from './store-names.ts'
export { createViewCounter, type ViewCounter } from './view-counter.ts'
export {
  changeSlug,
  clearText,
  giveSlug,
  saveText,
  setStatus,
  slugField,
  touchRecord,
  writeSlug,
  writeText,
} from './editing.ts'
export { deleteDraft, lockVersion, writeConcepts, writeLinks, writePlaces, writeVisibility } from './editing-ties.ts'
export {
  canCreate,
  canEdit,
  canPublish,
  canRevert,
  canSeeOnDesk,
  canSharePreview,
  canWithdraw,
  type GuardedRecord,
} from './policy.ts'
export {
  countLagging,
  listDeskRows,
  readDeskRows,
  type DeskFilter,
  type DeskRow,
  type DeskScope,
} from './store-desk.ts'
export {
  findHistoryLine,
  lastHistoryId,
  listDeeds,
  listHistory,
  listHistorySince,
  listRecentChanges,
  listRecordLog,
  type HistoryLine,
} from './store-history.ts'
export { insertEvents, insertRecords, type Deed, type NewRecord, type NewText } from './writing.ts'
export {
  addLinks,
  findLater,
  findLaterBySlug,
  findSuccessor,
  findSuccessors,
  moveLinks,
  moveSlugs,
  moveTags,
  moveViews,
  nearTitles,
  removeLinks,
  unmergedIds,
} from './store-merging.ts'
export { findChange, findFirstChange, listChanges, type Change, type ChangeFilter } from './store-changes.ts'
export { findBySlugs } from './store-slugs.ts'
export {
  listChangedIds,
  listPublishedIds,
  listVersions,
  moveChangeMark,
  readChangeMark,
  readMarks,
  readTags,
  type ChangeMark,
  type RecordMarks,
} from './store-marks.ts'
