import { ForbiddenError, InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { hasRole, readGrant, type Actor, type Grant, type Role } from './domain.ts'
import type { AccountDeps } from './deps.ts'
import { canAdminister } from './policy.ts'
import {
  countOtherAdmins,
  findUser,
  findUserByEmail,
  replaceGrants,
  saveSecondFactorRule,
  updateAccount,
  type Account,
  type AccountDb,
} from './store.ts'
import { insertAccountEvent } from './store-events.ts'
import { deleteVisits } from './store-visits.ts'

/** What came of a change to somebody's account; a hub is never left without an administrator. */
export type PersonChange = { readonly ok: true } | { readonly ok: false; readonly problem: 'last-admin' }

function requireAdmin(actor: Actor | null, deed: string): asserts actor is Actor {
  if (!canAdminister(actor)) throw new ForbiddenError(deed)
}

async function requireAccount(db: AccountDb, id: string): Promise<Account> {
  const account = await findUser(db, id)
  if (!account || account.status === 'erased') throw new NotFoundError('account')
  return account
}

const isAdmin = (grants: readonly Grant[]) => grants.some(({ role }) => role === 'admin')

/** Makes somebody's roles be exactly these. Their next request knows. */
export async function setGrants(
  { accounts, now }: AccountDeps,
  actor: Actor | null,
  userId: string,
  grants: readonly Grant[],
): Promise<PersonChange> {
  requireAdmin(actor, 'give roles')
  const wrong = grants.find(({ role, scope }) => readGrant(role, scope) === null)
  if (wrong) throw new InvalidInputError(`role ${wrong.role.slice(0, 40)}`, 'is no role, or not for this')
  return accounts.transaction().execute(async (tx) => {
    const before = await requireAccount(tx, userId)
    if (isAdmin(before.grants) && !isAdmin(grants) && (await countOtherAdmins(tx, userId)) === 0) {
      return { ok: false, problem: 'last-admin' }
    }
    await replaceGrants(tx, userId, grants, actor.id, now())
    const detail = { before: before.grants, after: grants }
    await insertAccountEvent(tx, { userId, actor: actor.id, verb: 'grant', detail }, now())
    return { ok: true }
  })
}

/** Keeps somebody out: their visits end at once and no way to sign in works, until `resumeUser`. */
export async function suspendUser(
  { accounts, now }: AccountDeps,
  actor: Actor | null,
  userId: string,
): Promise<PersonChange> {
  requireAdmin(actor, 'suspend an account')
  return accounts.transaction().execute(async (tx) => {
    const { grants } = await requireAccount(tx, userId)
    if (isAdmin(grants) && (await countOtherAdmins(tx, userId)) === 0) return { ok: false, problem: 'last-admin' }
    await updateAccount(tx, userId, { status: 'suspended' }, now())
    await deleteVisits(tx, userId)
    await insertAccountEvent(tx, { userId, actor: actor.id, verb: 'suspend' }, now())
    return { ok: true }
  })
}

/** Lets somebody in again. */
export async function resumeUser({ accounts, now }: AccountDeps, actor: Actor | null, userId: string): Promise<void> {
  requireAdmin(actor, 'resume an account')
  await accounts.transaction().execute(async (tx) => {
    await requireAccount(tx, userId)
    await updateAccount(tx, userId, { status: 'active' }, now())
    await insertAccountEvent(tx, { userId, actor: actor.id, verb: 'resume' }, now())
  })
}

/** Signs somebody out everywhere; returns how many visits ended. Everybody may do so for themselves. */
export async function endVisits(
  { accounts, now }: AccountDeps,
  actor: Actor | null,
  userId: string,
  except?: string,
): Promise<number> {
  if (actor === null || (actor.id !== userId && !hasRole(actor, 'admin'))) throw new ForbiddenError('end visits')
  return accounts.transaction().execute(async (tx) => {
    const count = await deleteVisits(tx, userId, except === undefined ? {} : { except })
    await insertAccountEvent(tx, { userId, actor: actor.id, verb: 'end-visits', detail: { count } }, now())
    return count
  })
}

/** Says whether everybody with a role must have a second factor. Whoever has none is led to set it up first. */
export async function requireSecondFactor(
  { accounts, now }: AccountDeps,
  actor: Actor | null,
  role: Role,
  isRequired: boolean,
): Promise<void> {
  requireAdmin(actor, 'change the rules of signing in')
  await accounts.transaction().execute(async (tx) => {
    await saveSecondFactorRule(tx, role, isRequired)
    const detail = { role, secondFactor: isRequired }
    await insertAccountEvent(tx, { userId: actor.id, actor: actor.id, verb: 'rule', detail }, now())
  })
}

/** Gives somebody a role from the terminal, or takes it away. */
export async function changeRole(
  { accounts, now }: Pick<AccountDeps, 'accounts' | 'now'>,
  email: string,
  grant: Grant,
  isRemoved: boolean,
): Promise<'done' | 'unknown' | 'last-admin'> {
  return accounts.transaction().execute(async (tx) => {
    const account = await findUserByEmail(tx, email)
    if (!account) return 'unknown'
    const others = account.grants.filter(({ role, scope }) => role !== grant.role || scope !== grant.scope)
    const grants = isRemoved ? others : [...others, grant]
    if (isAdmin(account.grants) && !isAdmin(grants) && (await countOtherAdmins(tx, account.id)) === 0)
      return 'last-admin'
    await replaceGrants(tx, account.id, grants, 'cli', now())
    const detail = { before: account.grants, after: grants }
    await insertAccountEvent(tx, { userId: account.id, actor: 'cli', verb: 'grant', detail }, now())
    return 'done'
  })
}
