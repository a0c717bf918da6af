import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '#platform/time.ts'

export interface SearchEntryTable {
  id: string
  source: string
  stamp: string
  /** How many documents, passages, names and titles it has. */
  pieces: Generated<number>
}

/** What one record says in one language. */
export interface SearchDocumentTable {
  /** Its number, for short lists. */
  ord: Generated<number>
  entry_id: string
  /** The record that a result shows. */
  record_id: string
  kind: string
  lang: string
  /** Records that a reader must be allowed to see, all of them. */
  needs: string[]
  /** `theme=con_…`, `place=ET`, `year=2021`. */
  facets: string[]
  /** The day that it is from, as precise as known. */
  dated: string | null
  /** Its words, each behind the code of its language. */
  words: string | null
}

/** A piece of a document that can be shown. */
export interface PassageTable {
  document: number
  number: number
  /** The text configuration of PostgreSQL. */
  config: string
  is_title: boolean
  anchor: ColumnType<unknown, string, string>
  body: string
  words: string
}

/** What something is called, for other words of the same. */
export interface SearchNameTable {
  document: number
  number: number
  lang: string
  config: string
  label: string
  /** Its words in the order of their letters. */
  key: string
  /** What asks for it, as a `tsquery`. */
  query: string
}

/** A word that documents have, as it is written. */
export interface SearchWordTable {
  lang: string
  word: string
  folded: string
  /** Its letters, as bits. */
  letters: number
  /** What is left of it without up to two letters, as numbers. */
  near: number[]
}

/** A title, to be found by the beginnings of its words. */
export interface SearchTitleTable {
  document: number
  number: number
  lang: string
  label: string
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

export interface SearchListChangeTable {
  id: Generated<number>
  list: 'synonyms' | 'tasks'
  at: Instant
  actor: string
  added: string[]
  removed: string[]
}

/** A search that the first page leads to. */
export interface SearchTaskTable {
  id: string
  position: number
  /** What stands behind the address of the search. */
  query: string
}

export interface SearchTaskTextTable {
  task_id: string
  lang: string
  label: string
  /** What is searched for in this language instead of the words of the query; nothing: those. */
  words: string
}

/** What was asked on a day, how often, and what came of it. */
export interface SearchQuestionTable {
  lang: string
  words: string
  day: string
  asked: number
  empty: number
  opened: number
}

/** A question that editors have done with, and the last day that they knew of. */
export interface SearchQuestionAwayTable {
  lang: string
  words: string
  day: string
}

export interface SearchWantedTable {
  id: Generated<number>
  what: 'translation' | 'content'
  lang: string
  words: string
  note: string
  at: Instant
  actor: string
}

export interface SearchTables {
  search_entry: SearchEntryTable
  search_document: SearchDocumentTable
  passage: PassageTable
  search_name: SearchNameTable
  search_word: SearchWordTable
  search_title: SearchTitleTable
  synonym: SynonymTable
  search_list_change: SearchListChangeTable
  search_task: SearchTaskTable
  search_task_text: SearchTaskTextTable
  search_question: SearchQuestionTable
  search_question_away: SearchQuestionAwayTable
  search_wanted: SearchWantedTable
}
