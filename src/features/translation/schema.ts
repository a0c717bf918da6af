export interface MemoryRecordTable {
  record_id: string
  /** Version of the record that the memory holds. */
  version: number
}

export interface MemorySentenceTable {
  record_id: string
  field: string
  position: number
  lang: string
  hash: string
  body: string
  /** Language → its translation. */
  translations: unknown
  bands: number[]
}

export interface TranslationRequestTable {
  record_id: string
  lang: string
  asked_by: string
  asked_at: string
  ended_at: string | null
  made: number | null
  problem: string | null
}

export interface TranslationImportTable {
  id: string
  lang: string
  file_name: string
  body: string
  sent_by: string
  sent_at: string
  applied_at: string | null
  report: unknown
}

export interface TranslationTables {
  memory_record: MemoryRecordTable
  memory_sentence: MemorySentenceTable
  translation_request: TranslationRequestTable
  translation_import: TranslationImportTable
}
