import type { Translate } from '#platform/i18n/index.ts'
import type { Instant } from '#platform/time.ts'
import type { Auth } from './auth.ts'
import type { AccountDb } from './store.ts'

/** The OpenID Connect sign-on of a ministry or an agency. */
export interface SignOn {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  /** What its button says. */
  readonly name: string
  readonly newPeople: 'refuse' | 'member'
}

/** What everything about accounts needs. */
export interface AccountDeps {
  readonly accounts: AccountDb
  readonly now: () => Instant
  /** `https://hub.example`, without a slash at its end. */
  readonly origin: string
  /** Signs cookies and hides codes; the same in every process of one hub. */
  readonly secret: string
  readonly languages: readonly string[]
  readonly sayIn: (lang: string) => Translate
  /** What the hub calls itself in a language. */
  readonly hubName: (lang: string) => Promise<string>
  /** Null when none is configured. */
  readonly signOn: SignOn | null
  /** Passwords, links, second factors and passkeys; loaded with the first call. */
  readonly auth: () => Promise<Auth>
  /** What other features keep of somebody, for their own copy: name → what. */
  readonly moreOf: (userId: string) => Promise<Readonly<Record<string, unknown>>>
  /** Forgets what the rest of the hub keeps of somebody who was erased; safe to do again. */
  readonly forgetMore: (userId: string) => Promise<void>
  /** Moves the hub version on with the transaction that changes whom public pages name. */
  readonly moveVersion: (tx: AccountDb) => Promise<void>
  /** Told after that was committed. */
  readonly changed: () => void
  /** Told after something that queued mail was committed. */
  readonly mailQueued: () => void
}
