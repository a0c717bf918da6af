import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { AccountDeps } from './deps.ts'
import { mailboxGuard, mailGuard, passwordGuard } from './rules.ts'
import { findUserByEmail } from './store.ts'
import { clearGuard, countTry, isLocked } from './store-guard.ts'
import { deleteVisitByToken } from './store-visits.ts'
import { hideWord } from './tokens.ts'
import { readVisitToken } from './visits.ts'

/** What came of a try to sign in; the cookies belong into the answer either way. */
export type Entry =
  | { readonly outcome: 'in' | 'second-factor'; readonly cookies: readonly string[] }
  | { readonly outcome: 'refused'; readonly reason: string; readonly cookies: readonly string[] }

const Body = z.object({ code: z.string().optional(), twoFactorRedirect: z.boolean().optional() }).loose()

/** Reads better-auth's answer. */
export async function readEntry(response: Response): Promise<Entry> {
  const cookies = response.headers.getSetCookie()
  const parsed = Body.safeParse(await response.json().catch(() => ({})))
  const body = parsed.success ? parsed.data : {}
  if (!response.ok) return { outcome: 'refused', reason: body.code ?? String(response.status), cookies }
  return { outcome: body.twoFactorRedirect ? 'second-factor' : 'in', cookies }
}

const longestAgent = 300

/** As much of a request as better-auth needs: its cookies, and what its browser calls itself. */
export function authHeaders(request: Request, only?: RegExp): Headers {
  const headers = new Headers({ 'user-agent': (request.headers.get('user-agent') ?? '').slice(0, longestAgent) })
  const cookies = (request.headers.get('cookie') ?? '')
    .split(/; */)
    .filter((pair) => only === undefined || only.test(pair))
  if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
  return headers
}

/** Signing in gives a browser a new visit; the one it had is over. */
export async function endFormerVisit(deps: AccountDeps, request: Request): Promise<void> {
  const token = readVisitToken(request.headers.get('cookie'), deps)
  if (token !== null) await deleteVisitByToken(deps.accounts, token)
}

/** Tries a password. Whether the address is unknown, the password wrong or too many were tried, the answer is the same. */
export async function enterByPassword(
  deps: AccountDeps,
  request: Request,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Entry> {
  const { accounts, now, secret } = deps
  const auth = await deps.auth()
  const key = hideWord(secret, 'password', email)
  if ((await isLocked(accounts, key, now())) || (await countTry(accounts, key, passwordGuard, now()))) {
    // As long as a password takes to check.
    await (await auth.$context).password.hash(password)
    return { outcome: 'refused', reason: 'LOCKED', cookies: [] }
  }
  const headers = authHeaders(request, /^$/)
  const entry = await readEntry(await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true }))
  if (entry.outcome === 'refused') return entry
  await clearGuard(accounts, key)
  await endFormerVisit(deps, request)
  return entry
}

/** Answers take this long whoever they are for, in milliseconds: the time does not tell whether an account exists. */
const EVEN = 150

export interface WantedLink {
  readonly kind: 'sign-in' | 'reset'
  readonly email: string
  readonly to: string | null
  readonly client: string
}

/** Whether an address was asked for more mail than anybody needs, by this client or by all together. */
export async function isTooMuchMail(
  { accounts, now, secret }: AccountDeps,
  email: string,
  client: string,
): Promise<boolean> {
  if (await countTry(accounts, hideWord(secret, 'mail', `${email} ${client}`), mailGuard, now())) return true
  return countTry(accounts, hideWord(secret, 'mailbox', email), mailboxGuard, now())
}

/** Sends a link that signs in, or one that sets a password, when the address is somebody's who may come in. */
export async function requestLink(deps: AccountDeps, request: Request, wanted: WantedLink): Promise<void> {
  await Promise.all([pause(EVEN), sendIfKnown(deps, request, wanted)])
}

async function sendIfKnown(
  deps: AccountDeps,
  request: Request,
  { kind, email, to, client }: WantedLink,
): Promise<void> {
  const { accounts } = deps
  const auth = await deps.auth()
  if (await isTooMuchMail(deps, email, client)) return
  const user = await findUserByEmail(accounts, email)
  if (!user || user.status !== 'active') return
  const headers = authHeaders(request, /^$/)
  if (kind === 'reset') await auth.api.requestPasswordReset({ body: { email }, headers })
  else await auth.api.signInMagicLink({ body: { email, metadata: { userId: user.id, to } }, headers })
}

/** Uses a link from a mail; it opens once. */
export async function enterByLink(deps: AccountDeps, request: Request, token: string): Promise<Entry> {
  const auth = await deps.auth()
  const headers = authHeaders(request, /^$/)
  const response = await auth.api.magicLinkVerify({ query: { token }, headers, asResponse: true })
  // What it cannot verify it answers with a way back.
  const isRefused = response.status >= 300 && response.status < 400
  if (isRefused) return { outcome: 'refused', reason: 'INVALID_TOKEN', cookies: [] }
  const entry = await readEntry(response)
  if (entry.outcome !== 'refused') await endFormerVisit(deps, request)
  return entry
}

/** The address of whoever has taken the first step in this browser and not the second yet; null: nobody has. */
export async function readFirstStep(deps: AccountDeps, request: Request): Promise<string | null> {
  const headers = authHeaders(request, /two_factor=/)
  if (!headers.has('cookie')) return null
  const auth = await deps.auth()
  return (await auth.api.firstStep({ headers })).email
}

/** Tries the second factor: six digits of an authenticator, or a recovery code. A code opens once (see `auth-options.ts`). */
export async function enterBySecondFactor(deps: AccountDeps, request: Request, code: string): Promise<Entry> {
  const auth = await deps.auth()
  // Without the cookie of a visit: with one, better-auth would take the code for a change to that account.
  const headers = authHeaders(request, /two_factor=/)
  const response = /^\d{6}$/.test(code)
    ? await auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
    : await auth.api.verifyBackupCode({ body: { code: tidyRecoveryCode(code) }, headers, asResponse: true })
  const entry = await readEntry(response)
  if (entry.outcome === 'in') await endFormerVisit(deps, request)
  return entry
}

/** `ABCDE12345` as it was shown: `abcde-12345`. */
function tidyRecoveryCode(code: string): string {
  const plain = code.toLowerCase().replaceAll('-', '')
  return `${plain.slice(0, 5)}-${plain.slice(5)}`
}
