import { sql } from 'kysely'
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
