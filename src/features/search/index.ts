export type { Anchor, Passage, PassageSource, SourceEntry } from './domain.ts'
export { createIndexKeeper, rebuildIndex, refreshIndex } from './keep-index.ts'
export { searchQuery, searchRoutes, type SearchDeps } from './routes.tsx'
export type { SearchTables } from './schema.ts'
