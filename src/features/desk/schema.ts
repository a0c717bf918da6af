import type { Kysely } from 'kysely'

/** A link by which people without an account read a record before it is published; only its token's hash is kept. */
export interface PreviewLinkTable {
  token_hash: string
  record_id: string
  created_at: string
  created_by: string
  expires_at: string
  revoked_at: string | null
}

export interface DeskTables {
  preview_link: PreviewLinkTable
}

export type DeskDb = Kysely<DeskTables>
