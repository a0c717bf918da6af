import type { AccountDeps } from './deps.ts'
import type { SignedByPasskey } from './forms.ts'
import { tellOf } from './passwords.ts'
import { authHeaders, endFormerVisit, readEntry, type Entry } from './sign-in.ts'
import { findUser } from './store.ts'
import { deletePasskey } from './store-credentials.ts'
import { insertAccountEvent } from './store-events.ts'

/** better-auth’s answer to the script of a page, passed on as it is. */
export interface Passed {
  readonly ok: boolean
  readonly json: unknown
  readonly cookies: readonly string[]
}

async function pass(response: Response): Promise<Passed> {
  return { ok: response.ok, json: await response.json(), cookies: response.headers.getSetCookie() }
}

/** What a browser needs to look for a passkey. */
export async function offerPasskey(deps: AccountDeps, request: Request): Promise<Passed> {
  const auth = await deps.auth()
  const headers = authHeaders(request, /^$/)
  return pass(await auth.api.generatePasskeyAuthenticationOptions({ headers, asResponse: true }))
}

/** What the browser answered: a signature over what was offered, once. */
export async function enterByPasskey(deps: AccountDeps, request: Request, signed: SignedByPasskey): Promise<Entry> {
  const auth = await deps.auth()
  const headers = authHeaders(request, /passkey=/)
  const { userHandle, ...signature } = signed.response
  const response = { ...signed, response: { ...signature, ...(userHandle !== undefined && { userHandle }) } }
  const entry = await readEntry(
    await auth.api.verifyPasskeyAuthentication({ body: { response }, headers, asResponse: true }),
  )
  if (entry.outcome === 'in') await endFormerVisit(deps, request)
  return entry
}

/** What a browser needs to make a passkey for whoever signed in within the hour. */
export async function offerNewPasskey(deps: AccountDeps, request: Request): Promise<Passed> {
  const auth = await deps.auth()
  const headers = authHeaders(request, /visit=/)
  return pass(await auth.api.generatePasskeyRegistrationOptions({ headers, query: {}, asResponse: true }))
}

/** Keeps a passkey that the browser has made. */
export async function addPasskey(
  deps: AccountDeps,
  request: Request,
  userId: string,
  { name, response }: { readonly name: string; readonly response: Record<string, unknown> },
): Promise<boolean> {
  const auth = await deps.auth()
  const headers = authHeaders(request)
  const kept = await auth.api.verifyPasskeyRegistration({ body: { name, response }, headers, asResponse: true })
  if (kept.ok) await note(deps, userId)
  return kept.ok
}

/** Removes one of somebody's own passkeys. */
export async function removePasskey(deps: AccountDeps, userId: string, id: string): Promise<boolean> {
  const isRemoved = await deletePasskey(deps.accounts, userId, id)
  if (isRemoved) await note(deps, userId)
  return isRemoved
}

async function note(deps: AccountDeps, userId: string): Promise<void> {
  const user = await findUser(deps.accounts, userId)
  const hub = await deps.hubName(user?.lang ?? 'en')
  await deps.accounts.transaction().execute(async (tx) => {
    await insertAccountEvent(tx, { userId, actor: userId, verb: 'passkey' }, deps.now())
    await tellOf(deps, tx, userId, 'account.passkey', hub)
  })
  deps.mailQueued()
}
