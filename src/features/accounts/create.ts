import { queueAccountMail } from './mails.ts'
import type { Auth, AuthDeps, SentLink } from './auth.ts'
import type { AccountDeps } from './deps.ts'
import { findUser } from './store.ts'

/** Where the links of mails lead. */
const places = { 'sign-in.link': 'sign-in/link', 'sign-in.reset': 'sign-in/reset' } as const

/** What everything about accounts needs; better-auth is loaded when somebody first signs in. */
export function createAccounts(
  base: Omit<AccountDeps, 'auth'> & { readonly onFault: (message: string) => void },
): AccountDeps {
  let loading: Promise<Auth> | undefined
  const deps: AccountDeps = { ...base, auth: async () => (loading ??= load()) }
  const authDeps: AuthDeps = { ...base, sendLink: async (link) => sendLink(deps, link) }
  const load = async () => {
    const { createAuth } = await import('./auth.ts')
    return createAuth(authDeps)
  }
  return deps
}

/** Queues the mail with a link, to whoever the account belongs to. */
async function sendLink(deps: AccountDeps, { kind, userId, token, expiresAt, to }: SentLink): Promise<void> {
  const user = await findUser(deps.accounts, userId)
  if (!user || user.email === null || user.status !== 'active') return
  const url = new URL(`/${user.lang}/${places[kind]}`, deps.origin)
  url.searchParams.set('token', token)
  if (to !== null) url.searchParams.set('to', to)
  const mailTo = { address: user.email, name: user.name, lang: user.lang, userId }
  const hub = await deps.hubName(user.lang)
  await queueAccountMail(deps.accounts, deps, { kind, to: mailTo, hub, link: url.href, expiresAt })
  deps.mailQueued()
}
