import type { ColumnType, Generated } from 'kysely'
import type { CatalogueFault, CatalogueProblem } from '#features/library/index.ts'
import type { Decision, ImportLine, ImportOutcome } from './catalogue/plan.ts'

/** How far a catalogue is: compared with the library, then written when somebody says so. */
export type ImportState = 'comparing' | 'compared' | 'writing' | 'done' | 'unreadable' | 'failed'

export interface CatalogueImportTable {
  id: Generated<string>
  actor: string
  sent_at: string
  /** The catalogue, as a file of the hub. */
  file: string
  name: string
  /** The language of works that do not say their own. */
  lang: string
  merge: boolean
  publish: boolean
  state: ImportState
  done: Generated<number>
  /** Rows; null while the file is being read. */
  total: number | null
  fault: CatalogueFault | null
  fault_line: number | null
  problems: ColumnType<readonly CatalogueProblem[], string | undefined, string>
  tries: Generated<number>
  /** Until when a worker has it; after that another may take it. */
  held_until: string | null
}

export interface CatalogueImportRowTable {
  import_id: string
  number: number
  outcome: ImportOutcome
  /** There is something about it that a person should look at. */
  noted: boolean
  record_id: string | null
  written: Generated<boolean>
  /** What a person has decided of a row that may be there already; null: it is left. */
  decision: ColumnType<Decision | null, undefined, Decision | null>
  report: ColumnType<ImportLine, string, string>
}

export interface ExchangeTables {
  catalogue_import: CatalogueImportTable
  catalogue_import_row: CatalogueImportRowTable
}
