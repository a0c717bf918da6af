import type { Generated } from 'kysely'
import type { Access, ChannelKind, DatePrecision, MaterialKind, SeminarForm, SeminarMode } from './domain.ts'

export interface SeminarTable {
  id: string
  form: SeminarForm
  mode: SeminarMode
  platform: string | null
  access: Access | null
  starts_on: string
  ends_on: string
  precision: DatePrecision
  time_zone: string
  city: string | null
  country: string | null
  registration_opens_at: string | null
  registration_closes_at: string | null
  registration_url: string | null
  join_url: string | null
}

export interface SessionTable {
  id: string
  seminar_id: string
  number: number
  starts_on: string | null
  starts_at: string | null
  ends_at: string | null
  minutes: number | null
  /** Held under the Chatham House Rule: neither who spoke nor what was recorded is published. */
  chatham_house: Generated<boolean>
}

export interface SessionChannelTable {
  session_id: string
  lang: string
  kind: ChannelKind
  position: number
}

export interface SessionSpeakerTable {
  session_id: string
  person_id: string
  role: 'speaker' | 'moderator'
  position: number
}

export interface MaterialTable {
  id: string
  seminar_id: string
  session_id: string | null
  kind: MaterialKind
  lang: string
  /** A material is a link or a file of the hub, never both. */
  url: string | null
  file: string | null
  file_name: string | null
  /** As the file itself is kept with: content by its hash never changes, so a copy is never old. `bytes` is one too. */
  file_type: string | null
  bytes: number | null
  seconds: number | null
  position: number
}

export interface ImportedPageTable {
  seminar_id: string
  source: string
  text_hash: string
  original: string
  reading: unknown
  imported_at: string
}

export interface SeminarTables {
  seminar: SeminarTable
  session: SessionTable
  session_channel: SessionChannelTable
  session_speaker: SessionSpeakerTable
  material: MaterialTable
  imported_page: ImportedPageTable
}
