import type { AccountDb } from './store.ts'
import { forgetExpired } from './store-privacy.ts'
import { after, day } from './tokens.ts'
import { visitLimits } from './visits.ts'

/** Forgets what nobody needs any more; `invitationDays` 0 keeps invitations for ever. Safe to run at any time. */
export async function forgetOldAccounts(
  db: AccountDb,
  now: string,
  { invitationDays }: { readonly invitationDays: number },
): Promise<void> {
  await forgetExpired(db, {
    now,
    idleSince: after(now, -visitLimits.idle),
    invitationsBefore: invitationDays === 0 ? null : after(now, -invitationDays * day),
  })
}
