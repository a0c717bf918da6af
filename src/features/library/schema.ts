import type { ColumnType } from 'kysely'
import type { ContributorKind, ContributorRole, DocumentState, IdentifierScheme, PublicationType } from './domain.ts'

export interface PublicationTable {
  id: string
  types: PublicationType[]
  /** As precise as known: `2021`, `2021-08` or `2021-08-19`. */
  issued: string | null
}

export interface ContributorTable {
  publication_id: string
  position: number
  role: ContributorRole
  kind: ContributorKind
  /** The person or organisation of the directory, when it is one. */
  agent_id: string | null
  /** An organisation's name, or a person's family name. */
  name: string
  given: string | null
}

export interface EditionTable {
  id: string
  publication_id: string
  position: number
  /** As the edition calls itself: `2`, `revised`. */
  number: string | null
  /** Null: in several languages at once, as its files say. */
  lang: string | null
  issued: string | null
  translation_of: string | null
  pages: number | null
}

export interface PublicationIdentifierTable {
  publication_id: string
  position: number
  edition_id: string | null
  scheme: IdentifierScheme
  value: string
}

export interface EditionFileTable {
  id: string
  edition_id: string
  position: number
  lang: string
  /** A file of the hub, or a link to elsewhere, never both. */
  file: string | null
  url: string | null
  name: string | null
  type: string | null
  bytes: number | null
  pages: number | null
  /** An SPDX identifier, or the address of a licence. */
  licence: string | null
  /** Made up for demonstration, whatever the publication is. */
  synthetic: boolean
}

/** What was read in a file; one row for each content, however many publications offer it. */
export interface DocumentTable {
  sha256: string
  state: DocumentState
  reason: string | null
  title: string | null
  lang: string | null
  claimed_lang: string | null
  pages: number | null
  pages_read: number
  has_text: boolean | null
  is_scanned: boolean | null
  text_bytes: number | null
  cover: string | null
  asked_at: string
  read_at: string | null
}

export interface DocumentPageTable {
  sha256: string
  number: number
  label: string | null
  /** The blocks of the page as they were read. */
  blocks: ColumnType<unknown, string, string>
}

/** Two publications that look alike, and are two works. */
export interface DistinctPublicationTable {
  one: string
  other: string
  actor: string
  at: string
}

export interface LibraryTables {
  publication: PublicationTable
  contributor: ContributorTable
  edition: EditionTable
  publication_identifier: PublicationIdentifierTable
  edition_file: EditionFileTable
  document: DocumentTable
  document_page: DocumentPageTable
  distinct_publication: DistinctPublicationTable
}
