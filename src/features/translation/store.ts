import type { Kysely } from 'kysely'
import type { TranslationTables } from './schema.ts'

export type TranslationDb = Kysely<TranslationTables>
