import { sql } from 'kysely'
import type { Instant } from '#platform/time.ts'
import { currentConsents, type Consent, type Purpose } from './domain.ts'
import type { AccountDb } from './store.ts'

/** Everything somebody has agreed to or taken back, oldest first. */
export async function listConsents(db: AccountDb, userId: string): Promise<Consent[]> {
  return db
    .selectFrom('consent')
    .select(['purpose', 'given', 'at', 'lang', 'source'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
}

/** Adds decisions; none is ever changed. */
export async function insertConsents(
  tx: AccountDb,
  userId: string,
  decisions: readonly { readonly purpose: Purpose; readonly given: boolean }[],
  { at, lang, source }: { readonly at: Instant; readonly lang: string; readonly source: string },
): Promise<void> {
  if (decisions.length === 0) return
  const rows = decisions.map((decision) => ({ user_id: userId, ...decision, at, lang, source }))
  await tx.insertInto('consent').values(rows).execute()
}

/** The names of those of some accounts that agree to be named as translators; former members too, who left their name. */
export async function readCreditedNames(db: AccountDb, ids: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('account')
    .select('name')
    .where(sql<boolean>`id = any(${[...new Set(ids)]})`)
    .where('name', '<>', '')
    .where(
      sql<boolean>`(select given from consent where user_id = account.id and purpose = 'credit' order by id desc limit 1)`,
    )
    .execute()
  return rows.map((row) => row.name)
}

/** Whether an account agrees to be named as a translator. */
export async function isCredited(db: AccountDb, userId: string): Promise<boolean> {
  return currentConsents(await listConsents(db, userId)).includes('credit')
}

/** The accounts that agree to a purpose now. */
export async function listAgreeing(db: AccountDb, purpose: Purpose): Promise<string[]> {
  const rows = await db
    .selectFrom('consent')
    .innerJoin('account', 'account.id', 'consent.user_id')
    .select(['user_id', 'given'])
    .distinctOn('user_id')
    .where('purpose', '=', purpose)
    .where('status', '=', 'active')
    .orderBy('user_id')
    .orderBy('consent.id', 'desc')
    .execute()
  return rows.filter(({ given }) => given).map((row) => row.user_id)
}
