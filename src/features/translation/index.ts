export type { Importance, SeriesChoice, TranslationDeps } from './deps.ts'
export { translationRoutes } from './routes.tsx'
export type { TranslationTables } from './schema.ts'
export type { TranslationDb } from './store.ts'
