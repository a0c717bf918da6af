import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instant } from '#platform/time.ts'
import type { Actor } from './domain.ts'
import type { AccountDeps } from './deps.ts'
import { findVisitById, findVisitByToken, touchVisit, type FoundVisit } from './store-visits.ts'
import { after, day, minute } from './tokens.ts'

/** How long a visit lasts at most and unused, and how long after signing in it is taken to be its owner’s, in seconds. */
export const visitLimits = { most: 30 * day, idle: 7 * day, fresh: 60 * minute } as const

/** That somebody is here is written down no more often than this, in seconds. */
const TOUCH = 5 * minute

/** The name of the visit's cookie; browsers take the longer one over https alone. */
export const visitCookie = (origin: string): string => (origin.startsWith('https:') ? '__Secure-visit' : 'visit')

/** Who asks, and by which visit. */
export interface VisitOf {
  readonly id: string
  readonly token: string
  readonly method: string
  readonly createdAt: Instant
  readonly actor: Actor
  readonly hasSecondFactor: boolean
  /** A role of theirs asks for a second factor, and they have set none up: they may do nothing but that. */
  readonly needsSecondFactor: boolean
}

/** The visit that a request belongs to, or null: one query, none without a cookie that the hub has signed. */
export async function findVisit(deps: AccountDeps, request: Request): Promise<VisitOf | null> {
  const token = readVisitToken(request.headers.get('cookie'), deps)
  if (token === null) return null
  const now = deps.now()
  const found = await findVisitByToken(deps.accounts, token, { now, idleSince: after(now, -visitLimits.idle) })
  if (!found) return null
  if (found.seenAt < after(now, -TOUCH)) await touchVisit(deps.accounts, found.id, now)
  const { id, method, createdAt, hasSecondFactor } = found
  return { id, token, method, createdAt, actor: actorOf(found), hasSecondFactor, needsSecondFactor: isKept(found) }
}

/** Who is on a visit, or null once it is over: for what was handed out to it, and may be asked for without its cookie. */
export async function findActorOfVisit(
  { accounts, now }: Pick<AccountDeps, 'accounts' | 'now'>,
  id: string,
): Promise<Actor | null> {
  const at = now()
  const found = await findVisitById(accounts, id, { now: at, idleSince: after(at, -visitLimits.idle) })
  return found && actorOf(found)
}

/** Whether somebody must set up a second factor before they are what their roles make them. */
const isKept = ({ asksSecondFactor, hasSecondFactor, method }: FoundVisit): boolean =>
  asksSecondFactor && !hasSecondFactor && method !== 'passkey'

function actorOf(found: FoundVisit): Actor {
  const { userId: id, name, lang, grants } = found
  return { id, name, lang, grants: isKept(found) ? [] : grants }
}

/** The token of the visit's cookie when the hub has signed it, else null. */
export function readVisitToken(
  cookies: string | null,
  { origin, secret }: Pick<AccountDeps, 'origin' | 'secret'>,
): string | null {
  const name = `${visitCookie(origin)}=`
  const pair = (cookies ?? '').split(/; */).find((one) => one.startsWith(name))
  if (pair === undefined) return null
  const value = decode(pair.slice(name.length))
  const dot = value.lastIndexOf('.')
  if (dot < 1) return null
  const token = value.slice(0, dot)
  const expected = Buffer.from(signatureOf(token, secret))
  const given = Buffer.from(value.slice(dot + 1))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null
}

/** The cookie's value for a token, as better-auth signs it. */
export function signVisitToken(token: string, secret: string): string {
  return encodeURIComponent(`${token}.${signatureOf(token, secret)}`)
}

const signatureOf = (token: string, secret: string) => createHmac('sha256', secret).update(token).digest('base64')

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
