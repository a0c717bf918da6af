import { sql } from 'kysely'
import { makeId } from '#platform/ids.ts'
import type { Instant } from '#platform/time.ts'
import type { Grant } from './domain.ts'
import type { AccountDb } from './store.ts'

export interface NewInvitation {
  readonly tokenHash: string
  /** Null: whoever has the link says it themselves (the first administrator). */
  readonly email: string | null
  /** Of an account that was made already and has no way to sign in yet. */
  readonly userId: string | null
  readonly lang: string
  readonly name: string
  readonly grants: readonly Grant[]
  readonly invitedBy: string
  readonly expiresAt: Instant
}

export interface Invitation extends Omit<NewInvitation, 'tokenHash'> {
  readonly id: string
  readonly createdAt: Instant
  /** When a mail with the link was last queued; null: the link was shown, not sent. */
  readonly sentAt: Instant | null
  readonly acceptedAt: Instant | null
  readonly revokedAt: Instant | null
}

/** Where an invitation stands. */
export type InvitationState = 'open' | 'accepted' | 'revoked' | 'expired'

export function invitationState(invitation: Invitation, now: Instant): InvitationState {
  if (invitation.acceptedAt !== null) return 'accepted'
  if (invitation.revokedAt !== null) return 'revoked'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}

function invitationQuery(db: AccountDb) {
  return db
    .selectFrom('invitation')
    .select(['id', 'email', 'user_id as userId', 'lang', 'name', 'invited_by as invitedBy', 'created_at as createdAt'])
    .select(['sent_at as sentAt', 'expires_at as expiresAt', 'accepted_at as acceptedAt', 'revoked_at as revokedAt'])
    .select(sql<Grant[]>`grants`.as('grants'))
}

export async function insertInvitation(tx: AccountDb, invitation: NewInvitation, now: Instant): Promise<string> {
  const id = makeId('inv', now)
  const { tokenHash, email, userId, lang, name, grants, invitedBy, expiresAt } = invitation
  await tx
    .insertInto('invitation')
    .values({
      id,
      email,
      lang,
      name,
      token_hash: tokenHash,
      user_id: userId,
      grants: JSON.stringify(grants),
      invited_by: invitedBy,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return id
}

/** The invitation of a link that can still be accepted, or null. */
export async function findOpenInvitation(db: AccountDb, tokenHash: string, now: Instant): Promise<Invitation | null> {
  const row = await invitationQuery(db)
    .where('token_hash', '=', tokenHash)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row ?? null
}

export async function findInvitation(db: AccountDb, id: string): Promise<Invitation | null> {
  return (await invitationQuery(db).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Invitations by mail that nobody has taken up or withdrawn, newest first, expired ones too. */
export async function listPendingInvitations(db: AccountDb): Promise<Invitation[]> {
  return invitationQuery(db)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('email', 'is not', null)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
}

/** Uses an invitation up. False when somebody was faster or it is open no more. */
export async function takeInvitation(tx: AccountDb, id: string, now: Instant): Promise<boolean> {
  const changed = await tx
    .updateTable('invitation')
    .set({ accepted_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Withdraws an invitation that is not accepted. */
export async function revokeOpenInvitation(tx: AccountDb, id: string, now: Instant): Promise<boolean> {
  const changed = await tx
    .updateTable('invitation')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Withdraws what is open for an address or an account: a new link replaces the old one. */
export async function replaceInvitations(
  tx: AccountDb,
  of: { readonly email: string } | { readonly userId: string } | 'first',
  now: Instant,
): Promise<void> {
  let query = tx
    .updateTable('invitation')
    .set({ revoked_at: now })
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
  if (of === 'first') query = query.where('email', 'is', null).where('user_id', 'is', null)
  else if ('email' in of) query = query.where('email', '=', of.email)
  else query = query.where('user_id', '=', of.userId)
  await query.execute()
}

/** Gives an invitation a new link and more time. */
export async function renewInvitation(
  tx: AccountDb,
  id: string,
  { tokenHash, expiresAt }: { readonly tokenHash: string; readonly expiresAt: Instant },
  now: Instant,
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ token_hash: tokenHash, expires_at: expiresAt, sent_at: now })
    .where('id', '=', id)
    .execute()
}

export async function markInvitationSent(tx: AccountDb, id: string, now: Instant): Promise<void> {
  await tx.updateTable('invitation').set({ sent_at: now }).where('id', '=', id).execute()
}
