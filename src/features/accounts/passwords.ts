import type { AccountDeps } from './deps.ts'
import { queueAccountMail, type AccountMail } from './mails.ts'
import { findUser, type AccountDb } from './store.ts'
import { insertAccountEvent } from './store-events.ts'
import { deleteVisits } from './store-visits.ts'
import { authHeaders } from './sign-in.ts'
import type { VisitOf } from './visits.ts'

/** Tells somebody by mail that something about their account changed. The words are read before `tx` begins. */
export async function tellOf(
  deps: AccountDeps,
  tx: AccountDb,
  userId: string,
  kind: AccountMail,
  hub: string,
): Promise<void> {
  const user = await findUser(tx, userId)
  if (!user || user.email === null) return
  const to = { address: user.email, name: user.name, lang: user.lang, userId }
  await queueAccountMail(tx, deps, { kind, to, hub })
}

/** Sets a password by the link of a mail; every visit of theirs ends. False when the link was used or is too old. */
export async function setPasswordByLink(deps: AccountDeps, token: string, newPassword: string): Promise<boolean> {
  const auth = await deps.auth()
  const { internalAdapter } = await auth.$context
  const verification = await internalAdapter.findVerificationValue(`reset-password:${token}`)
  const response = await auth.api.resetPassword({ body: { token, newPassword }, asResponse: true })
  if (!response.ok || !verification) return false
  await noteNewPassword(deps, verification.value)
  return true
}

/** Whether a password is that of an account. */
export async function isPassword(deps: AccountDeps, request: Request, password: string): Promise<boolean> {
  if (password === '') return false
  const auth = await deps.auth()
  const headers = authHeaders(request)
  return (await auth.api.verifyPassword({ body: { password }, headers, asResponse: true })).ok
}

/** Sets somebody's password; every visit but this one ends. */
export async function setPassword(deps: AccountDeps, visit: VisitOf, newPassword: string): Promise<void> {
  await keepPassword(deps, visit.actor.id, newPassword)
  await noteNewPassword(deps, visit.actor.id, visit.id)
}

/** Keeps a password as its hash. */
export async function keepPassword(deps: AccountDeps, userId: string, newPassword: string): Promise<void> {
  const auth = await deps.auth()
  const { password, internalAdapter } = await auth.$context
  const hash = await password.hash(newPassword)
  if (await internalAdapter.findCredentialAccount(userId)) await internalAdapter.updatePassword(userId, hash)
  else await internalAdapter.createAccount({ userId, providerId: 'credential', accountId: userId, password: hash })
}

async function noteNewPassword(deps: AccountDeps, userId: string, except?: string): Promise<void> {
  const user = await findUser(deps.accounts, userId)
  const hub = await deps.hubName(user?.lang ?? 'en')
  await deps.accounts.transaction().execute(async (tx) => {
    await deleteVisits(tx, userId, except === undefined ? {} : { except })
    await insertAccountEvent(tx, { userId, actor: userId, verb: 'password' }, deps.now())
    await tellOf(deps, tx, userId, 'account.password', hub)
  })
  deps.mailQueued()
}
