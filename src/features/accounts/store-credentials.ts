import type { Instant } from '#platform/time.ts'
import type { AccountDb } from './store.ts'

/** A passkey, as its owner knows it. */
export interface Passkey {
  readonly id: string
  readonly name: string
  readonly createdAt: Instant | null
}

/** Somebody's passkeys, oldest first. */
export async function listPasskeys(db: AccountDb, userId: string): Promise<Passkey[]> {
  const rows = await db
    .selectFrom('passkey')
    .select(['id', 'name', 'created_at as createdAt'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
  return rows.map(({ name, ...passkey }) => ({ ...passkey, name: name ?? '' }))
}

/** Removes one of somebody's own passkeys; false when it is none of theirs. */
export async function deletePasskey(tx: AccountDb, userId: string, id: string): Promise<boolean> {
  const deleted = await tx.deleteFrom('passkey').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return deleted.numDeletedRows > 0n
}

/** Removes somebody's second factor. */
export async function deleteSecondFactor(db: AccountDb, userId: string, now: Instant): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('second_factor').where('user_id', '=', userId).execute()
    await tx
      .updateTable('account')
      .set({ two_factor_enabled: false, updated_at: now })
      .where('id', '=', userId)
      .execute()
  })
}
