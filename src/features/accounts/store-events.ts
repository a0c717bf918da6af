import { sql } from 'kysely'
import type { LogFilter, LogLine } from '#platform/audit/index.ts'
import type { Instant } from '#platform/time.ts'
import type { AccountVerb } from './domain.ts'
import type { AccountDb } from './store.ts'

const PAGE = 50

/** One line of what happened to an account. */
export interface AccountEvent {
  readonly id: number
  readonly userId: string
  readonly at: Instant
  /** An account's id, `cli`, or `hub`. */
  readonly actor: string
  readonly verb: AccountVerb
  readonly detail: unknown
}

/** Notes what happened to an account; nothing is ever changed in it. */
export async function insertAccountEvent(
  tx: AccountDb,
  event: { userId: string; actor: string; verb: AccountVerb; detail?: unknown },
  now: Instant,
): Promise<void> {
  const { userId, actor, verb, detail } = event
  const row = { user_id: userId, at: now, actor, verb }
  await tx
    .insertInto('account_event')
    .values({ ...row, detail: detail === undefined ? null : JSON.stringify(detail) })
    .execute()
}

/** What happened to accounts, newest first, fifty a page: to one person, by one person, or all of it. */
export async function listAccountEvents(
  db: AccountDb,
  { userId, actor, page = 1 }: { userId?: string; actor?: string; page?: number } = {},
): Promise<{ items: AccountEvent[]; total: number }> {
  let query = db
    .selectFrom('account_event')
    .select(['id', 'user_id as userId', 'at', 'actor', 'verb', 'detail'])
    .select(sql<number>`count(*) over ()`.as('total'))
  if (userId !== undefined) query = query.where('user_id', '=', userId)
  if (actor !== undefined) query = query.where('actor', '=', actor)
  const rows = await query
    .orderBy('id', 'desc')
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute()
  return {
    items: rows.map(({ id, userId: of, at, actor: by, verb, detail }) => ({
      id,
      userId: of,
      at,
      actor: by,
      verb,
      detail,
    })),
    total: rows[0]?.total ?? 0,
  }
}

/** What happened to accounts as lines of a log, newest first; addresses and names are not among them. */
export async function listAccountLog(db: AccountDb, filter: LogFilter): Promise<LogLine[]> {
  const { actor, deed, subject, from, to, before, limit } = filter
  let query = db.selectFrom('account_event').select(['id', 'user_id', 'at', 'actor', 'verb', 'detail'])
  if (actor !== undefined) query = query.where('actor', '=', actor)
  if (deed !== undefined) query = query.where(sql<boolean>`${deed} in ('account', 'account.' || verb)`)
  if (subject !== undefined) query = query.where('user_id', '=', subject)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (before) query = query.where(sql<boolean>`(at, id) < (${before.at}::timestamptz, ${before.id}::bigint)`)
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return rows.map(({ id, user_id, at, actor: by, verb, detail }) => {
    const told = Object.entries(Object(detail)).filter(([name]) => !personal.has(name))
    return { id, at, actor: by, deed: `account.${verb}`, subject: user_id, detail: Object.fromEntries(told) }
  })
}

const personal = new Set(['email', 'name', 'address', 'from', 'to'])
