import type { AccountDeps } from './deps.ts'
import { consentChanges, currentConsents, type Actor, type Consent, type Purpose } from './domain.ts'
import { listMessagesTo } from '#platform/mail/index.ts'
import { ForbiddenError } from '#platform/errors.ts'
import { canAdminister } from './policy.ts'
import { countOtherAdmins, findUser } from './store.ts'
import { insertConsents, isCredited, listConsents } from './store-consents.ts'
import { listPasskeys } from './store-credentials.ts'
import { insertAccountEvent, listAccountEvents } from './store-events.ts'
import { blankAccount, forgetPerson } from './store-privacy.ts'
import { listVisits } from './store-visits.ts'

/** What somebody has decided, and what counts of it. */
export async function readConsents(
  { accounts }: AccountDeps,
  userId: string,
): Promise<{ readonly history: readonly Consent[]; readonly now: readonly Purpose[] }> {
  const history = await listConsents(accounts, userId)
  return { history, now: currentConsents(history) }
}

/** Writes down what somebody agrees to from now on; what has not changed adds nothing to the history. */
export async function saveConsents(
  deps: AccountDeps,
  { id }: Actor,
  chosen: readonly Purpose[],
  lang: string,
): Promise<void> {
  const at = deps.now()
  const isShown = await deps.accounts.transaction().execute(async (tx) => {
    const decisions = consentChanges(currentConsents(await listConsents(tx, id)), chosen)
    await insertConsents(tx, id, decisions, { at, lang, source: 'account' })
    for (const detail of decisions) await insertAccountEvent(tx, { userId: id, actor: id, verb: 'consent', detail }, at)
    if (!decisions.some(({ purpose }) => purpose === 'credit')) return false
    await deps.moveVersion(tx)
    return true
  })
  if (isShown) deps.changed()
}

/** Everything the hub keeps about somebody, as they take it away. */
export async function collectData(deps: AccountDeps, userId: string): Promise<Record<string, unknown>> {
  const { accounts, now } = deps
  const [account, visits, consents, passkeys, mails, events, more] = await Promise.all([
    findUser(accounts, userId),
    listVisits(accounts, userId),
    listConsents(accounts, userId),
    listPasskeys(accounts, userId),
    listMessagesTo(accounts.$pickTables<'mail'>(), userId),
    allEvents(deps, userId),
    deps.moreOf(userId),
  ])
  // A link that still signs in is not for a file that lies about.
  const messages = mails.map(({ body, isSecret, ...message }) => ({ ...message, body: isSecret ? null : body }))
  return { madeAt: now(), hub: deps.origin, account, visits, passkeys, consents, messages, events, ...more }
}

async function allEvents({ accounts }: AccountDeps, userId: string) {
  const all = []
  for (let page = 1; ; page += 1) {
    const { items, total } = await listAccountEvents(accounts, { userId, page })
    all.push(...items)
    if (items.length === 0 || all.length >= total) return all
  }
}

/** What came of erasing an account. */
export type Erased = { readonly ok: true } | { readonly ok: false; readonly problem: 'last-admin' }

/**
 * Erases an account: every way in, every visit, the address, what was agreed to and what was written to them. What they did
 * goes on naming their id, with their name or as a former member, as they choose; who leaves the name and agreed to be named as a
 * translator stays so named. By themselves or an administrator.
 */
export async function eraseUser(
  deps: AccountDeps,
  actor: Actor,
  userId: string,
  keep: 'name' | 'former',
): Promise<Erased> {
  if (actor.id !== userId && !canAdminister(actor)) throw new ForbiddenError('erase an account')
  const { accounts, now } = deps
  const erased = await accounts.transaction().execute(async (tx): Promise<Erased> => {
    const user = await findUser(tx, userId)
    if (!user || user.email === null) return { ok: true }
    const isAdmin = user.grants.some(({ role }) => role === 'admin')
    if (isAdmin && (await countOtherAdmins(tx, userId)) === 0) return { ok: false, problem: 'last-admin' }
    if (await isCredited(tx, userId)) await deps.moveVersion(tx)
    await forgetPerson(tx, { id: userId, email: user.email, keepsName: keep === 'name' })
    await blankAccount(tx, userId, keep === 'name' ? user.name : '', now())
    await insertAccountEvent(tx, { userId, actor: actor.id, verb: 'erase', detail: { keep } }, now())
    return { ok: true }
  })
  if (!erased.ok) return erased
  deps.changed()
  await deps.forgetMore(userId)
  return erased
}
