import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '#platform/time.ts'

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

/** A word of a line of words that mean the same. */
export interface SynonymTable {
  line: number
  number: number
  /** Null: as it is written, in every language. */
  lang: string | null
  word: string
  /** The text configuration that made its stems. */
  config: string
  stems: string[]
}

export interface SearchTaskTable {
  id: string
  position: number
  /** What stands behind the address of the search, without its question mark. */
  query: string
}

export interface SearchTaskTextTable {
  task_id: string
  lang: string
  label: string
  /** Words to search for in this language; empty: those of the query. */
  words: Generated<string>
}

export interface SearchListChangeTable {
  id: Generated<number>
  list: 'synonyms' | 'tasks'
  at: Instant
  actor: string
  added: string[]
  removed: string[]
}

export interface SearchTables {
  search_entry: SearchEntryTable
  passage: PassageTable
  synonym: SynonymTable
  search_task: SearchTaskTable
  search_task_text: SearchTaskTextTable
  search_list_change: SearchListChangeTable
}
