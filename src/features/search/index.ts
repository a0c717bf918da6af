export { tellPrograms, type SearchTold } from './api.ts'
export { searchFeed } from './feed.ts'
export { describeSearch } from './open-search.ts'
export type { SearchDeps } from './deps.ts'
export type { SearchDeskDeps } from './desk-deps.ts'
export { searchDeskRoutes, searchTools } from './desk-routes.tsx'
export {
  facetNames,
  searchQuery,
  type Anchor,
  type FacetValue,
  type Passage,
  type PassageSource,
  type SearchDocument,
  type SourceEntry,
} from './domain.ts'
export { prepareEngine } from './store-engine.ts'
export type { FacetDirectory, NamedValue } from './facets.ts'
export { find } from './find.ts'
export { findWithHelp } from './words/help.ts'
export { createIndexKeeper, mendIndex, rebuildIndex, refreshIndex } from './keep-index.ts'
export { createListKeeper } from './keep-list.ts'
export { createQuestionCounter, type QuestionCounter } from './questions/counter.ts'
export { forgetQuestions, listTranslationsWanted } from './questions/store.ts'
export { INSTANT, LONGEST_QUESTION, MOST_PAGES } from './question.ts'
export { searchRoutes } from './routes.tsx'
export type { SearchTables } from './schema.ts'
export { forgetWords } from './words/forget.ts'
export { forgetRecords, removeEntriesWith, type SearchDb } from './store-index.ts'
export { isAnyForgotten } from './store-shape.ts'
export { readTaskLinks } from './tasks/outline.ts'
export { insertFirstTasks } from './tasks/store.ts'
export { TaskLinks } from './views/task-links.tsx'
