import type { Instant } from '#platform/time.ts'

/** What of a log is asked for; every part is optional. */
export interface LogFilter {
  readonly actor?: string
  /** A whole deed, `settings.change`, or what it is about, `settings`. */
  readonly deed?: string
  readonly subject?: string
  readonly from?: Instant
  /** Not this instant any more. */
  readonly to?: Instant
  /** Lines before this one: those of an earlier instant, and those of the same with a smaller number. */
  readonly before?: { readonly at: Instant; readonly id: number }
  readonly limit: number
}

/** A line of any log of the hub. */
export interface LogLine {
  readonly id: number
  readonly at: Instant
  readonly actor: string
  readonly deed: string
  readonly subject: string | null
  readonly detail: Readonly<Record<string, unknown>>
}
