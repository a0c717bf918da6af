import { z } from 'zod'
import { ForbiddenError } from '#platform/errors.ts'
import type { AccountDeps } from './deps.ts'
import type { Actor } from './domain.ts'
import { tellOf } from './passwords.ts'
import { canAdminister } from './policy.ts'
import { authHeaders } from './sign-in.ts'
import { findUser } from './store.ts'
import { deleteSecondFactor } from './store-credentials.ts'
import { insertAccountEvent } from './store-events.ts'
import { deleteVisits } from './store-visits.ts'

/** What somebody needs to set up an authenticator; shown once. */
export interface NewSecondFactor {
  /** `otpauth://…`, for the picture. */
  readonly uri: string
  /** The same secret to type in, in groups of four. */
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

const Enabled = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) })

/** Begins: the second factor counts only once its first code was typed in. */
export async function beginSecondFactor(
  deps: AccountDeps,
  request: Request,
  { lang, password }: { readonly lang: string; readonly password: string | undefined },
): Promise<NewSecondFactor | null> {
  const auth = await deps.auth()
  const issuer = (await deps.hubName(lang)).slice(0, 60)
  const body = { method: 'totp', issuer, ...(password === undefined ? {} : { password }) } as const
  const response = await auth.api.enableTwoFactor({ body, headers: authHeaders(request), asResponse: true })
  if (!response.ok) return null
  const { totpURI, backupCodes } = Enabled.parse(await response.json())
  const secret = new URL(totpURI).searchParams.get('secret') ?? ''
  return { uri: totpURI, secret: (secret.match(/.{1,4}/g) ?? []).join(' '), recoveryCodes: backupCodes }
}

/** Ends the setting up with the first code. Resolves to the cookies of the visit that goes on, or null: the code is wrong. */
export async function confirmSecondFactor(
  deps: AccountDeps,
  request: Request,
  userId: string,
  code: string,
): Promise<readonly string[] | null> {
  if (!/^\d{6}$/.test(code)) return null
  const auth = await deps.auth()
  const headers = authHeaders(request, /visit=/)
  const response = await auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
  if (!response.ok) return null
  await note(deps, userId, userId)
  return response.headers.getSetCookie()
}

/** Makes new recovery codes; the old ones open nothing from now on. */
export async function renewRecoveryCodes(
  deps: AccountDeps,
  request: Request,
  userId: string,
  password: string | undefined,
): Promise<readonly string[] | null> {
  const auth = await deps.auth()
  const body = password === undefined ? {} : { password }
  const response = await auth.api.generateBackupCodes({ body, headers: authHeaders(request), asResponse: true })
  if (!response.ok) return null
  await note(deps, userId, userId)
  return Enabled.pick({ backupCodes: true }).parse(await response.json()).backupCodes
}

/** Takes the second factor away. */
export async function removeSecondFactor(deps: AccountDeps, userId: string): Promise<void> {
  await deleteSecondFactor(deps.accounts, userId, deps.now())
  await note(deps, userId, userId)
}

/** Takes away the second factor of somebody who has lost it; they are signed out everywhere. */
export async function resetSecondFactor(deps: AccountDeps, actor: Actor | null, userId: string): Promise<void> {
  if (actor === null || !canAdminister(actor)) throw new ForbiddenError('reset a second factor')
  await deleteSecondFactor(deps.accounts, userId, deps.now())
  await deleteVisits(deps.accounts, userId)
  await note(deps, userId, actor.id)
}

async function note(deps: AccountDeps, userId: string, actor: string): Promise<void> {
  const user = await findUser(deps.accounts, userId)
  const hub = await deps.hubName(user?.lang ?? 'en')
  await deps.accounts.transaction().execute(async (tx) => {
    await insertAccountEvent(tx, { userId, actor, verb: 'second-factor' }, deps.now())
    await tellOf(deps, tx, userId, 'account.second-factor', hub)
  })
  deps.mailQueued()
}
