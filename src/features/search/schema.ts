import type { ColumnType } from 'kysely'

export interface SearchEntryTable {
  id: string
  source: string
  stamp: string
}

export interface PassageTable {
  entry_id: string
  number: number
  /** The record that a result shows. */
  record_id: string
  kind: string
  /** Records that a reader must be allowed to see, all of them. */
  needs: string[]
  lang: string
  /** The text configuration of PostgreSQL. */
  config: string
  is_title: boolean
  anchor: ColumnType<unknown, string, string>
  body: string
  folded: string
  words: string
}

export interface SearchTables {
  search_entry: SearchEntryTable
  passage: PassageTable
}
