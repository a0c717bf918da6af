import type { Kysely, Transaction } from 'kysely'
import type { DirectoryDb, DirectoryTables } from '#features/directory/index.ts'
import type { FileDb, FileTables } from '#features/files/index.ts'
import type { LibraryDb, LibraryTables } from '#features/library/index.ts'
import type { RecordingDb, RecordingTables } from '#features/recordings/index.ts'
import type { RecordDb, RecordTables } from '#features/records/index.ts'
import type { SearchDb, SearchTables } from '#features/search/index.ts'
import type { SeminarDb, SeminarTables } from '#features/seminars/index.ts'
import type { SeriesDb, SeriesTables } from '#features/series/index.ts'
import type { TaxonomyDb, TaxonomyTables } from '#features/taxonomy/index.ts'
import type { AuditDb, AuditTables } from '#platform/audit/index.ts'
import type { ExchangeTables } from './schema.ts'

type Tables = RecordTables &
  FileTables &
  TaxonomyTables &
  DirectoryTables &
  SearchTables &
  SeriesTables &
  LibraryTables &
  SeminarTables &
  RecordingTables &
  ExchangeTables &
  AuditTables

/** The tables that imports keep for themselves. */
export type ImportDb = Kysely<ExchangeTables>

/** A database that holds at least the tables an import writes to. */
export type ExchangeDb = Kysely<Tables>

/** One handle for each feature, narrowed to its own tables. */
export interface Handles {
  readonly records: RecordDb
  readonly files: FileDb
  readonly taxonomy: TaxonomyDb
  readonly directory: DirectoryDb
  readonly series: SeriesDb
  readonly library: LibraryDb
  readonly seminars: SeminarDb
  readonly recordings: RecordingDb
  readonly search: SearchDb
  readonly imports: ImportDb
  readonly audit: AuditDb
}

/** The handles of a database or of a transaction on it. */
export function handlesOf(db: ExchangeDb | Transaction<Tables>): Handles {
  return {
    records: db.$pickTables<keyof RecordTables>(),
    files: db.$pickTables<keyof FileTables>(),
    taxonomy: db.$pickTables<keyof TaxonomyTables>(),
    directory: db.$pickTables<keyof DirectoryTables>(),
    series: db.$pickTables<keyof SeriesTables>(),
    library: db.$pickTables<keyof LibraryTables>(),
    seminars: db.$pickTables<keyof SeminarTables>(),
    recordings: db.$pickTables<keyof RecordingTables>(),
    search: db.$pickTables<keyof SearchTables>(),
    imports: db.$pickTables<keyof ExchangeTables>(),
    audit: db.$pickTables<keyof AuditTables>(),
  }
}
