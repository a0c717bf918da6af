import type { AccountTables } from '#features/accounts/index.ts'
import type { AdminTables } from '#features/admin/index.ts'
import type { DeskTables } from '#features/desk/index.ts'
import type { DirectoryTables } from '#features/directory/index.ts'
import type { ExchangeTables } from '#features/exchange/index.ts'
import type { FileTables } from '#features/files/index.ts'
import type { LibraryTables } from '#features/library/index.ts'
import type { RecordingTables } from '#features/recordings/index.ts'
import type { RecordTables } from '#features/records/index.ts'
import type { SearchTables } from '#features/search/index.ts'
import type { SeminarTables } from '#features/seminars/index.ts'
import type { SeriesTables } from '#features/series/index.ts'
import type { TaxonomyTables } from '#features/taxonomy/index.ts'
import type { TranslationTables } from '#features/translation/index.ts'
import type { AuditTables } from '#platform/audit/index.ts'

/** Every feature's tables, joined. */
export type HubTables = AccountTables &
  RecordTables &
  DeskTables &
  FileTables &
  TaxonomyTables &
  DirectoryTables &
  SeriesTables &
  SeminarTables &
  LibraryTables &
  RecordingTables &
  SearchTables &
  TranslationTables &
  ExchangeTables &
  AdminTables &
  AuditTables
