import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { AccountDeps } from './deps.ts'
import { queueAccountMail } from './mails.ts'
import { isPassword } from './passwords.ts'
import { linkLife, passwordGuard } from './rules.ts'
import { isTooMuchMail } from './sign-in.ts'
import { findUser, findUserByEmail, updateAccount, type Account } from './store.ts'
import { isCredited } from './store-consents.ts'
import { insertAccountEvent } from './store-events.ts'
import { clearGuard, countTry } from './store-guard.ts'
import { after, hideWord, makeToken } from './tokens.ts'
import { visitLimits, type VisitOf } from './visits.ts'

/** Changes somebody's own name and language. */
export async function saveProfile(
  { accounts, now, moveVersion, changed }: AccountDeps,
  { actor }: VisitOf,
  profile: { readonly name: string; readonly lang: string },
): Promise<void> {
  await accounts.transaction().execute(async (tx) => {
    await updateAccount(tx, actor.id, { name: profile.name, lang: profile.lang }, now())
    if (await isCredited(tx, actor.id)) await moveVersion(tx)
  })
  changed()
}

/** Whether whoever asks is the owner of the account and not somebody with their cookie: by password, else by a fresh visit. */
export async function isOwner(
  deps: AccountDeps,
  request: Request,
  visit: VisitOf,
  account: Account,
  password: string,
): Promise<boolean> {
  if (!account.hasPassword) return visit.createdAt > after(deps.now(), -visitLimits.fresh)
  const key = hideWord(deps.secret, 'owner', account.id)
  if (await countTry(deps.accounts, key, passwordGuard, deps.now())) return false
  const is = await isPassword(deps, request, password)
  if (is) await clearGuard(deps.accounts, key)
  return is
}

const Change = z.object({ userId: z.string(), email: z.string() })
const identifier = (token: string) => `email:${token}`

/** Sends a link to a new address; the old one stays until it is used. An address of somebody else gets none, and no word of it. */
export async function requestEmailChange(
  deps: AccountDeps,
  { actor }: VisitOf,
  email: string,
  client: string,
): Promise<void> {
  await Promise.all([pause(100), sendConfirmation(deps, actor.id, email, client)])
}

async function sendConfirmation(deps: AccountDeps, userId: string, email: string, client: string): Promise<void> {
  const { accounts } = deps
  if (await isTooMuchMail(deps, email, client)) return
  const [user, taken] = await Promise.all([findUser(accounts, userId), findUserByEmail(accounts, email)])
  if (!user || taken) return
  const token = makeToken()
  const { internalAdapter } = await (await deps.auth()).$context
  const expiresAt = after(new Date().toISOString(), linkLife.email)
  await internalAdapter.createVerificationValue({
    identifier: identifier(token),
    value: JSON.stringify({ userId, email }),
    expiresAt: new Date(expiresAt),
  })
  const link = `${deps.origin}/${user.lang}/account/email/confirm?token=${token}`
  const to = { address: email, name: user.name, lang: user.lang, userId }
  const hub = await deps.hubName(user.lang)
  await queueAccountMail(accounts, deps, { kind: 'account.email', to, hub, link, expiresAt })
  deps.mailQueued()
}

/** Uses the link of a new address, once, by whoever asked for it. The old address is told. */
export async function confirmEmail(deps: AccountDeps, { actor }: VisitOf, token: string): Promise<boolean> {
  const { internalAdapter } = await (await deps.auth()).$context
  const kept = await internalAdapter.findVerificationValue(identifier(token))
  const change = kept ? Change.parse(JSON.parse(kept.value)) : null
  if (change?.userId !== actor.id || !(await internalAdapter.consumeVerificationValue(identifier(token)))) return false
  const { email } = change
  const user = await findUser(deps.accounts, actor.id)
  const hub = await deps.hubName(user?.lang ?? 'en')
  const isChanged = await deps.accounts.transaction().execute(async (tx) => {
    const former = await findUser(tx, actor.id)
    if (!former || former.email === null || (await findUserByEmail(tx, email))) return false
    await updateAccount(tx, actor.id, { email, email_verified: true }, deps.now())
    await insertAccountEvent(tx, { userId: actor.id, actor: actor.id, verb: 'email' }, deps.now())
    const to = { address: former.email, name: former.name, lang: former.lang, userId: actor.id }
    await queueAccountMail(tx, deps, { kind: 'account.email-changed', to, hub })
    return true
  })
  if (isChanged) deps.mailQueued()
  return isChanged
}
