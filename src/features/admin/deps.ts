import type { AccountDeps } from '#features/accounts/index.ts'
import type { Instant } from '#platform/time.ts'
import type { WholeDb } from './handles.ts'

/** What administration is given by the composition root. */
export interface AdminDeps {
  readonly accounts: AccountDeps
  readonly db: WholeDb
  readonly now: () => Instant
  /** `https://hub.example`. */
  readonly origin: string
  /** The languages of the hub now, in its order. */
  readonly languages: readonly string[]
  /** Every language that the interface could have: those with a catalogue. */
  readonly interfaceLanguages: readonly string[]
  /** To be called after a change of something public by this process. */
  readonly changed: () => void
}

/** Somebody's deed, for the audit log: an account's id, or `cli`. */
export interface By {
  readonly actor: string
}
