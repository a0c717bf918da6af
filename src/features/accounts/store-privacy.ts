import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { AccountDb } from './store.ts'

/** Removes everything about a person but the row that their history names, and, with the name, that it may stand on public pages. */
export async function forgetPerson(
  tx: AccountDb,
  { id, email, keepsName }: { id: string; email: string; keepsName: boolean },
): Promise<void> {
  for (const table of ['visit', 'credential', 'passkey', 'second_factor', 'role_grant'] as const) {
    await tx.deleteFrom(table).where('user_id', '=', id).execute()
  }
  const consents = tx.deleteFrom('consent').where('user_id', '=', id)
  await (keepsName ? consents.where('purpose', '<>', 'credit') : consents).execute()
  await tx
    .deleteFrom('invitation')
    .where((where) => where.or([where('user_id', '=', id), where('email', '=', email)]))
    .execute()
  await tx
    .deleteFrom('mail')
    .where((where) => where.or([where('user_id', '=', id), where('to_address', '=', email)]))
    .execute()
  // Links and steps under way: their values are the id, or hold it or the address.
  await tx
    .deleteFrom('verification')
    .where(sql<boolean>`position(${id} in value) > 0 or position(${email} in value) > 0`)
    .execute()
  await tx
    .updateTable('account_event')
    .set({ detail: null })
    .where((where) => where.or([where('user_id', '=', id), sql<boolean>`detail ->> 'email' = ${email}`]))
    .execute()
}

/** Leaves of an account its id, and the name it chose to leave; empty: "former member". */
export async function blankAccount(tx: AccountDb, id: string, name: string, now: Instant): Promise<void> {
  const blank = {
    email: null,
    email_verified: false,
    image: null,
    status: 'erased',
    two_factor_enabled: false,
  } as const
  await tx
    .updateTable('account')
    .set({ ...blank, name, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export interface Forgetting {
  readonly now: Instant
  /** A visit that nobody has used since is over. */
  readonly idleSince: Instant
  /** Invitations that are over are forgotten when they ended before; null: never. */
  readonly invitationsBefore: Instant | null
}

/** Forgets what has served its purpose: links, steps and visits that are over, counts of tries, old invitations. */
export async function forgetExpired(db: AccountDb, { now, idleSince, invitationsBefore }: Forgetting): Promise<void> {
  await db.deleteFrom('verification').where('expires_at', '<', now).execute()
  await db
    .deleteFrom('visit')
    .where((where) => where.or([where('expires_at', '<', now), where('seen_at', '<', idleSince)]))
    .execute()
  await db
    .deleteFrom('sign_in_guard')
    .where(sql<boolean>`since < ${now}::timestamptz - interval '1 day'`)
    .where((where) => where.or([where('locked_until', 'is', null), where('locked_until', '<', now)]))
    .execute()
  if (invitationsBefore === null) return
  await db
    .deleteFrom('invitation')
    .where(sql<boolean>`least(accepted_at, revoked_at, expires_at) < ${invitationsBefore}`)
    .execute()
}
