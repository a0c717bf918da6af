import type { Generated } from 'kysely'

export interface MailTable {
  id: string
  number: Generated<number>
  kind: string
  user_id: string | null
  to_address: string
  to_name: string
  lang: string
  subject: string
  body: string | null
  is_secret: boolean
  created_at: string
  expires_at: string | null
  next_try_at: string | null
  attempts: number
  last_error: string | null
  sent_at: string | null
}

export interface MailTables {
  mail: MailTable
}
