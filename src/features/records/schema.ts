import type { Generated, GeneratedAlways } from 'kysely'
import type { KindName, RecordEvent, RecordStatus, Relation, StoredTextState } from './domain.ts'

export interface RecordTable {
  id: string
  kind: KindName
  source_lang: string
  status: RecordStatus
  visibility: string
  synthetic: boolean
  published_at: string | null
  created_at: string
  updated_at: string
  version: Generated<number>
  /** The public has seen it; noted when it goes out of their sight. */
  was_public: Generated<boolean>
}

export interface RecordTextTable {
  record_id: string
  lang: string
  field: string
  body: string
  state: StoredTextState
  source_hash: string
  updated_at: string
  updated_by: string
  /** Of a publication's title, a fingerprint of what stands before a colon; the database keeps it. */
  near: GeneratedAlways<string | null>
}

export interface RecordSlugTable {
  kind: KindName
  lang: string
  slug: string
  record_id: string
  current: boolean
}

export interface RecordLinkTable {
  from_id: string
  to_id: string
  relation: Relation
  position: number
  note: string | null
}

export interface RecordConceptTable {
  record_id: string
  concept_id: string
  position: number
}

export interface RecordPlaceTable {
  record_id: string
  code: string
  role: 'covers' | 'focus'
}

export interface RecordEventTable {
  id: Generated<number>
  record_id: string
  at: string
  actor: string
  verb: RecordEvent['verb']
  lang: string | null
  field: string | null
  before: string | null
  after: string | null
}

/** How far a record is in one language; triggers on `record_text` keep it. */
export interface RecordLanguageTable {
  record_id: string
  lang: string
  leads: boolean
  fields: number
  own: number
  made: number
  behind: number
  machine: number
  /** What the record is called in it, cut short; for looking it up. */
  name: string | null
  source_at: string
}

export interface RecordViewTable {
  record_id: string
  day: string
  count: number
}

/** How much a record is read, lately more than formerly: for putting records in order. */
export interface RecordReadingTable {
  record_id: string
  weight: number
}

export interface HubStateTable {
  one: Generated<boolean>
  version: number
}

export interface HubSettingTable {
  key: string
  value: unknown
}

export interface RecordTables {
  record: RecordTable
  record_text: RecordTextTable
  record_slug: RecordSlugTable
  record_link: RecordLinkTable
  record_concept: RecordConceptTable
  record_place: RecordPlaceTable
  record_event: RecordEventTable
  record_language: RecordLanguageTable
  record_view: RecordViewTable
  record_reading: RecordReadingTable
  hub_state: HubStateTable
  hub_setting: HubSettingTable
}
