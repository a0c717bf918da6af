import type { AccountDeps } from '#features/accounts/index.ts'
import type { Jobs } from '#platform/jobs/index.ts'
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
  /** Null until they have begun. */
  readonly jobs: () => JobDesk | null
  readonly readHealth: () => Promise<readonly HealthLine[]>
}

/** Somebody's deed, for the audit log: an account's id, or `cli`. */
export interface By {
  readonly actor: string
}

/** The jobs, as far as administration sees and changes them. */
export type JobDesk = Pick<Jobs, 'list' | 'retry' | 'cancel'>

/** How one thing stands that a hub needs: a number or a word of it, and whether it is as it should be. */
export interface HealthLine {
  readonly id:
    | 'release'
    | 'node'
    | 'uptime'
    | 'memory'
    | 'database'
    | 'databaseSize'
    | 'migrations'
    | 'disk'
    | 'cache'
    | 'mail'
    | 'translation'
    | 'origin'
  readonly level: 'ok' | 'warning' | 'fault'
  readonly value:
    | { readonly text: string }
    | { readonly engine: 'embedded' | 'server'; readonly version: string }
    | { readonly bytes: number; readonly count?: number }
    | { readonly seconds: number }
    | { readonly state: 'reachable' | 'unreachable' | 'folder' | 'none' | 'current' | 'waiting' | 'unknown' }
}
