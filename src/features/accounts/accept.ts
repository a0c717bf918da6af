import type { AccountDeps } from './deps.ts'
import type { Purpose } from './domain.ts'
import { keepPassword } from './passwords.ts'
import { authHeaders, endFormerVisit, readEntry, type Entry } from './sign-in.ts'
import { addGrants, findUserByEmail, insertUser, updateAccount, type AccountDb } from './store.ts'
import { insertConsents } from './store-consents.ts'
import { insertAccountEvent } from './store-events.ts'
import { findOpenInvitation, takeInvitation, type Invitation } from './store-invitations.ts'
import { hashToken } from './tokens.ts'

export interface Acceptance {
  readonly name: string
  readonly lang: string
  /** Only of whoever becomes the first administrator; an invitation by mail knows its address. */
  readonly email?: string | undefined
  /** Null: they sign in by links, a passkey or the sign-on. */
  readonly password: string | null
  readonly consent: readonly Purpose[]
}

export type Accepted =
  { readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly problem: 'gone' | 'has-account' }

/** The invitation of a link that can still be accepted, or null. */
export async function findInvitationByToken({ accounts, now }: AccountDeps, token: string): Promise<Invitation | null> {
  return findOpenInvitation(accounts, hashToken(token), now())
}

/** Makes an account of an invitation and signs its owner in. The roles are those of the invitation, whatever the form says. */
export async function acceptInvitation(
  deps: AccountDeps,
  request: Request,
  token: string,
  acceptance: Acceptance,
): Promise<Accepted> {
  const invitation = await findInvitationByToken(deps, token)
  if (!invitation) return { ok: false, problem: 'gone' }
  const joined = await join(deps, invitation, acceptance)
  if (!joined.ok) return joined
  if (acceptance.consent.includes('credit')) deps.changed()
  if (acceptance.password !== null) await keepPassword(deps, joined.userId, acceptance.password)
  await endFormerVisit(deps, request)
  const auth = await deps.auth()
  const headers = authHeaders(request, /^$/)
  const opened = await auth.api.openVisit({ body: { userId: joined.userId }, headers, asResponse: true })
  return { ok: true, entry: await readEntry(opened) }
}

type Joined = { readonly ok: true; readonly userId: string } | Extract<Accepted, { ok: false }>

/** Takes a transaction back: the invitation stays as it was. */
class HasAccount extends Error {
  override name = 'HasAccount'
}

async function join(deps: AccountDeps, invitation: Invitation, acceptance: Acceptance): Promise<Joined> {
  try {
    const userId = await deps.accounts.transaction().execute(async (tx) => write(deps, tx, invitation, acceptance))
    return userId === null ? { ok: false, problem: 'gone' } : { ok: true, userId }
  } catch (error) {
    if (error instanceof HasAccount) return { ok: false, problem: 'has-account' }
    throw error
  }
}

/** Null: somebody was faster. */
async function write(
  deps: AccountDeps,
  tx: AccountDb,
  invitation: Invitation,
  { name, lang, email: given, consent }: Acceptance,
): Promise<string | null> {
  const now = deps.now()
  const email = invitation.email ?? given
  if (email === undefined || !(await takeInvitation(tx, invitation.id, now))) return null
  if (invitation.userId === null && (await findUserByEmail(tx, email))) throw new HasAccount()
  const userId = invitation.userId ?? (await insertUser(tx, { email, name, lang, emailVerified: true }, now))
  await updateAccount(tx, userId, { name, lang, email_verified: true }, now)
  await addGrants(tx, userId, invitation.grants, invitation.invitedBy, now)
  const decisions = consent.map((purpose) => ({ purpose, given: true }))
  await insertConsents(tx, userId, decisions, { at: now, lang, source: 'invitation' })
  if (consent.includes('credit')) await deps.moveVersion(tx)
  const detail = { invitation: invitation.id, grants: invitation.grants }
  await insertAccountEvent(tx, { userId, actor: userId, verb: 'join', detail }, now)
  return userId
}
