import { sql } from 'kysely'
import { makeId } from '#platform/ids.ts'
import type { Instant } from '#platform/time.ts'
import type { Grant } from './domain.ts'
import type { AccountDb } from './store.ts'

/** How somebody came in. */
export type SignInMethod = 'password' | 'link' | 'passkey' | 'sign-on' | 'invitation'

/** A signed-in period, as its owner sees it. */
export interface Visit {
  readonly id: string
  readonly method: string
  readonly createdAt: Instant
  readonly seenAt: Instant
  readonly userAgent: string
}

/** A visit with whom it belongs to, as every request of theirs finds it. */
export interface FoundVisit {
  readonly id: string
  readonly method: string
  readonly createdAt: Instant
  readonly seenAt: Instant
  readonly userId: string
  readonly name: string
  readonly lang: string
  readonly hasSecondFactor: boolean
  readonly grants: readonly Grant[]
  /** One of their roles asks for a second factor. */
  readonly asksSecondFactor: boolean
}

interface VisitTimes {
  readonly now: Instant
  readonly idleSince: Instant
}

/** The visit of a token that is neither over nor idle, of an account in use: one query. */
export async function findVisitByToken(db: AccountDb, token: string, times: VisitTimes): Promise<FoundVisit | null> {
  return (await liveVisits(db, times).where('token', '=', token).executeTakeFirst()) ?? null
}

/** The visit of an id, likewise. */
export async function findVisitById(db: AccountDb, id: string, times: VisitTimes): Promise<FoundVisit | null> {
  return (await liveVisits(db, times).where('visit.id', '=', id).executeTakeFirst()) ?? null
}

function liveVisits(db: AccountDb, { now, idleSince }: VisitTimes) {
  return db
    .selectFrom('visit')
    .innerJoin('account', 'account.id', 'visit.user_id')
    .select([
      'visit.id',
      'method',
      'visit.created_at as createdAt',
      'seen_at as seenAt',
      'account.id as userId',
      'name',
      'lang',
    ])
    .select('two_factor_enabled as hasSecondFactor')
    .select(
      sql<
        Grant[]
      >`(select coalesce(json_agg(json_build_object('role', role, 'scope', scope) order by role, scope), '[]')
        from role_grant where user_id = account.id)`.as('grants'),
    )
    .select(
      sql<boolean>`exists (select from role_grant join role_rule using (role)
        where user_id = account.id and role_rule.second_factor)`.as('asksSecondFactor'),
    )
    .where('expires_at', '>', now)
    .where('seen_at', '>', idleSince)
    .where('status', '=', 'active')
}

/** Notes that somebody is here. */
export async function touchVisit(db: AccountDb, id: string, now: Instant): Promise<void> {
  await db.updateTable('visit').set({ seen_at: now }).where('id', '=', id).where('seen_at', '<', now).execute()
}

/** Somebody's visits, the latest first; `within` leaves out those that are over. */
export async function listVisits(
  db: AccountDb,
  userId: string,
  within?: { readonly endsAfter: Instant; readonly seenAfter: Instant },
): Promise<Visit[]> {
  let query = db
    .selectFrom('visit')
    .select(['id', 'method', 'created_at as createdAt', 'seen_at as seenAt', 'user_agent'])
    .where('user_id', '=', userId)
  if (within) query = query.where('expires_at', '>', within.endsAfter).where('seen_at', '>', within.seenAfter)
  const rows = await query.orderBy('seen_at', 'desc').orderBy('id', 'desc').execute()
  return rows.map(({ user_agent, ...visit }) => ({ ...visit, userAgent: user_agent ?? '' }))
}

/** Ends visits of one person: all of them, one of them (`id`), or all but one (`except`). Returns how many. */
export async function deleteVisits(
  db: AccountDb,
  userId: string,
  { id, except }: { id?: string; except?: string } = {},
): Promise<number> {
  let query = db.deleteFrom('visit').where('user_id', '=', userId)
  if (id !== undefined) query = query.where('id', '=', id)
  if (except !== undefined) query = query.where('id', '<>', except)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

/** Ends the visit of a token. */
export async function deleteVisitByToken(db: AccountDb, token: string): Promise<void> {
  await db.deleteFrom('visit').where('token', '=', token).execute()
}

export interface NewVisit {
  readonly userId: string
  readonly token: string
  readonly method: SignInMethod
  readonly expiresAt: Instant
}

/** Begins a visit. Sign-in does it through better-auth; this is for tests, which sign in many. */
export async function insertVisit(db: AccountDb, visit: NewVisit, now: Instant): Promise<string> {
  const id = makeId('vis', now)
  const { userId, token, method, expiresAt } = visit
  const times = { created_at: now, updated_at: now, seen_at: now, expires_at: expiresAt }
  await db
    .insertInto('visit')
    .values({ id, token, user_id: userId, method, ...times })
    .execute()
  return id
}
