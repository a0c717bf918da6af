import type { Translate } from '#platform/i18n/index.ts'
import type { Instant } from '#platform/time.ts'
import type { AccountDb } from './store.ts'

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
  /** Told after something that queued mail was committed. */
  readonly mailQueued: () => void
}
