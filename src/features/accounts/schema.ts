import type { Generated } from 'kysely'
import type { MailTables } from '#platform/mail/index.ts'
import type { AccountVerb, Purpose, Role } from './domain.ts'

export interface AccountTable {
  id: string
  /** Nothing once the account was erased. */
  email: string | null
  email_verified: boolean
  name: string
  image: string | null
  lang: string
  status: 'active' | 'suspended' | 'erased'
  two_factor_enabled: boolean
  created_at: string
  updated_at: string
}

export interface VisitTable {
  id: string
  token: string
  user_id: string
  method: string
  created_at: string
  updated_at: string
  seen_at: string
  expires_at: string
  ip_address: string | null
  user_agent: string | null
}

export interface CredentialTable {
  id: string
  user_id: string
  provider_id: string
  account_id: string
  password: string | null
  created_at: string
  updated_at: string
}

export interface PasskeyTable {
  id: string
  user_id: string
  name: string | null
  credential_id: string
  created_at: string | null
}

export interface SecondFactorTable {
  id: string
  user_id: string
  verified: boolean | null
}

export interface VerificationTable {
  id: string
  identifier: string
  value: string
  expires_at: string
  created_at: string
  updated_at: string
}

export interface SignInGuardTable {
  key: string
  failures: number
  since: string
  locked_until: string | null
}

export interface RoleGrantTable {
  user_id: string
  role: Role
  scope: string
  granted_by: string
  granted_at: string
}

export interface RoleRuleTable {
  role: Role
  second_factor: boolean
}

export interface InvitationTable {
  id: string
  token_hash: string
  email: string | null
  user_id: string | null
  lang: string
  name: string
  /** As JSON. */
  grants: unknown
  invited_by: string
  created_at: string
  sent_at: string | null
  expires_at: string
  accepted_at: string | null
  revoked_at: string | null
}

export interface AccountEventTable {
  id: Generated<number>
  user_id: string
  at: string
  actor: string
  verb: AccountVerb
  detail: unknown
}

export interface ConsentTable {
  id: Generated<number>
  user_id: string
  purpose: Purpose
  given: boolean
  at: string
  lang: string
  source: string
}

/** Accounts queue mail in the transaction that it tells of. */
export interface AccountTables extends MailTables {
  account: AccountTable
  visit: VisitTable
  credential: CredentialTable
  passkey: PasskeyTable
  second_factor: SecondFactorTable
  verification: VerificationTable
  sign_in_guard: SignInGuardTable
  role_grant: RoleGrantTable
  role_rule: RoleRuleTable
  invitation: InvitationTable
  account_event: AccountEventTable
  consent: ConsentTable
}
