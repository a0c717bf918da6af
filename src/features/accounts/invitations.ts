import { ForbiddenError, InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { readAddress } from '#platform/mail/index.ts'
import { readGrant, type Actor, type Grant } from './domain.ts'
import type { AccountDeps } from './deps.ts'
import { queueAccountMail } from './mails.ts'
import { canAdminister } from './policy.ts'
import { addGrants, findUserByEmail, insertUser } from './store.ts'
import { insertAccountEvent } from './store-events.ts'
import {
  findInvitation,
  insertInvitation,
  invitationState,
  markInvitationSent,
  renewInvitation,
  replaceInvitations,
  revokeOpenInvitation,
  type Invitation,
} from './store-invitations.ts'
import { after, day, hashToken, makeToken } from './tokens.ts'

/** How long an invitation can be accepted, in seconds. */
const OPEN = 14 * day

export interface InvitationRequest {
  readonly email: string
  readonly name?: string
  /** Language of the mail; they choose their own when they accept. */
  readonly lang: string
  readonly grants: readonly Grant[]
}

/** What came of inviting somebody. Who has an account already is given roles, not invited. */
export type Invited =
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly problem: 'bad-address' | 'has-account' }

/** Invites somebody by mail, with roles. A new invitation of the same address replaces the one before. */
export async function createInvitation(
  deps: AccountDeps,
  actor: Actor | null,
  { email, name = '', lang, grants }: InvitationRequest,
): Promise<Invited> {
  if (!canAdminister(actor) || actor === null) throw new ForbiddenError('invite people')
  requireGrants(grants)
  const address = readAddress(email)
  if (address === null) return { ok: false, problem: 'bad-address' }
  const { now } = deps
  const token = makeToken()
  const expiresAt = after(now(), OPEN)
  const hub = await deps.hubName(lang)
  const invited = await deps.accounts.transaction().execute(async (tx): Promise<Invited> => {
    if (await findUserByEmail(tx, address)) return { ok: false, problem: 'has-account' }
    await replaceInvitations(tx, { email: address }, now())
    const invitation = { email: address, userId: null, lang, name, grants, invitedBy: actor.id, expiresAt }
    const id = await insertInvitation(tx, { ...invitation, tokenHash: hashToken(token) }, now())
    const to = { address, name, lang, userId: null }
    await queueAccountMail(tx, deps, {
      kind: 'invitation',
      to,
      hub,
      link: invitationLink(deps, lang, token),
      expiresAt,
    })
    await markInvitationSent(tx, id, now())
    const event = { userId: id, actor: actor.id, verb: 'invite', detail: { email: address, grants } } as const
    await insertAccountEvent(tx, event, now())
    return { ok: true, id }
  })
  if (invited.ok) deps.mailQueued()
  return invited
}

/** Sends an invitation again, with a new link; the old one no longer works. */
export async function resendInvitation(deps: AccountDeps, actor: Actor | null, id: string): Promise<void> {
  if (!canAdminister(actor)) throw new ForbiddenError('invite people')
  const { now } = deps
  const token = makeToken()
  const expiresAt = after(now(), OPEN)
  const invitation = await requirePending(deps, id)
  const { email: address, lang, name } = invitation
  if (address === null) throw new NotFoundError('invitation')
  const hub = await deps.hubName(lang)
  await deps.accounts.transaction().execute(async (tx) => {
    await renewInvitation(tx, id, { tokenHash: hashToken(token), expiresAt }, now())
    const to = { address, name, lang, userId: null }
    await queueAccountMail(tx, deps, {
      kind: 'invitation',
      to,
      hub,
      link: invitationLink(deps, lang, token),
      expiresAt,
    })
  })
  deps.mailQueued()
}

/** Withdraws an invitation that nobody has accepted. */
export async function revokeInvitation(deps: AccountDeps, actor: Actor | null, id: string): Promise<void> {
  if (!canAdminister(actor)) throw new ForbiddenError('withdraw an invitation')
  await requirePending(deps, id)
  await revokeOpenInvitation(deps.accounts, id, deps.now())
}

async function requirePending({ accounts, now }: AccountDeps, id: string): Promise<Invitation> {
  const invitation = await findInvitation(accounts, id)
  if (!invitation || !['open', 'expired'].includes(invitationState(invitation, now()))) {
    throw new NotFoundError('invitation')
  }
  return invitation
}

function requireGrants(grants: readonly Grant[]): void {
  const wrong = grants.find(({ role, scope }) => readGrant(role, scope) === null)
  if (wrong) throw new InvalidInputError(`role ${wrong.role.slice(0, 40)}`, 'is no role, or not for this')
}

/** Where an invitation is accepted. */
const invitationLink = ({ origin }: Pick<AccountDeps, 'origin'>, lang: string, token: string): string =>
  `${origin}/${lang}/invitation/${token}`

type TerminalDeps = Pick<AccountDeps, 'accounts' | 'now' | 'origin'>

/**
 * Makes an account from the terminal, or gives one that is there more roles, and returns a link that sets its password;
 * null when the account has a way to sign in already and `renew` was not asked for.
 */
export async function addPerson(
  deps: TerminalDeps,
  person: { email: string; name: string; lang: string; grants: readonly Grant[] },
): Promise<{ readonly id: string; readonly isNew: boolean; readonly link: string | null }> {
  const { accounts, now } = deps
  const { email, name, lang, grants } = person
  requireGrants(grants)
  const token = makeToken()
  return accounts.transaction().execute(async (tx) => {
    const known = await findUserByEmail(tx, email)
    const id = known?.id ?? (await insertUser(tx, { email, name, lang }, now()))
    await addGrants(tx, id, grants, 'cli', now())
    await insertAccountEvent(tx, { userId: id, actor: 'cli', verb: known ? 'grant' : 'add', detail: { grants } }, now())
    if (known && (known.hasPassword || known.passkeys > 0)) return { id, isNew: false, link: null }
    await replaceInvitations(tx, { userId: id }, now())
    const invitation = { email, userId: id, lang, name, grants: [], invitedBy: 'cli', expiresAt: after(now(), OPEN) }
    await insertInvitation(tx, { ...invitation, tokenHash: hashToken(token) }, now())
    return { id, isNew: !known, link: invitationLink(deps, lang, token) }
  })
}

/** A link that makes its first user the hub's administrator; the one of the last start no longer works. */
export async function inviteFirstAdmin(deps: TerminalDeps, lang: string): Promise<string> {
  const { accounts, now } = deps
  const token = makeToken()
  const grants: Grant[] = [{ role: 'admin', scope: '*' }]
  await accounts.transaction().execute(async (tx) => {
    await replaceInvitations(tx, 'first', now())
    const of = { email: null, userId: null, lang, name: '', grants, invitedBy: 'hub', expiresAt: after(now(), OPEN) }
    await insertInvitation(tx, { ...of, tokenHash: hashToken(token) }, now())
  })
  return invitationLink(deps, lang, token)
}
