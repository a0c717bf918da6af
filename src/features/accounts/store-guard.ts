import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import type { AccountDb } from './store.ts'
import { after } from './tokens.ts'

/** So many failures in so many seconds lock for so many seconds. */
export interface GuardLimit {
  readonly failures: number
  readonly seconds: number
  readonly lock: number
}

/** Whether what a key stands for is locked now; every process of the hub sees the same. */
export async function isLocked(db: AccountDb, key: string, now: Instant): Promise<boolean> {
  const row = await db.selectFrom('sign_in_guard').select('locked_until').where('key', '=', key).executeTakeFirst()
  return row?.locked_until !== undefined && row.locked_until !== null && row.locked_until > now
}

/** Counts one try and says whether it is one too many. One statement: tries at the same moment are all counted. */
export async function countTry(db: AccountDb, key: string, limit: GuardLimit, now: Instant): Promise<boolean> {
  const begun = after(now, -limit.seconds)
  const until = after(now, limit.lock)
  const row = await db
    .insertInto('sign_in_guard')
    .values({ key, failures: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        failures: sql<number>`case when sign_in_guard.since < ${begun} then 1 else sign_in_guard.failures + 1 end`,
        since: sql<string>`case when sign_in_guard.since < ${begun} then ${now}::timestamptz else sign_in_guard.since end`,
        locked_until: sql<string | null>`case
          when sign_in_guard.since >= ${begun} and sign_in_guard.failures + 1 >= ${limit.failures} then ${until}::timestamptz
          when sign_in_guard.locked_until > ${now} then sign_in_guard.locked_until end`,
      }),
    )
    .returning('locked_until')
    .executeTakeFirstOrThrow()
  return row.locked_until !== null && row.locked_until > now
}

/** Forgets what was counted: somebody has shown who they are. */
export async function clearGuard(db: AccountDb, key: string): Promise<void> {
  await db.deleteFrom('sign_in_guard').where('key', '=', key).execute()
}

/** Uses a key up; false when it was used since `since`. A code that was seen once opens nothing a second time. */
export async function useOnce(db: AccountDb, key: string, since: Instant, now: Instant): Promise<boolean> {
  const row = await db
    .insertInto('sign_in_guard')
    .values({ key, failures: 0, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ since: now }).where('sign_in_guard.since', '<', since),
    )
    .returning('key')
    .executeTakeFirst()
  return row !== undefined
}
