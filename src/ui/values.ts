import type { Day, Instant, PartialDay } from '#platform/time.ts'

/** How a text stands to the text it was made from. */
export type WordsState = 'source' | 'current' | 'behind' | 'machine'

/** A text as it is drawn: its own language, its state, its words. */
export interface Words {
  readonly lang: string
  readonly state: WordsState
  readonly value: string
}

/** Who paid, and the mark that never stands without its statement. */
export interface Funding {
  readonly id: string
  readonly mark: 'eu' | null
  readonly statement: Words
}

/** Days of an event as exactly as they are known. */
export interface EventDays {
  readonly startsOn: Day
  readonly endsOn: Day
  readonly precision: 'day' | 'month'
}

/** When something was issued, as exactly as it is known. */
export interface Issue {
  readonly issued: PartialDay
}

/** One part of an agenda. */
export interface AgendaItem {
  readonly number: number
  readonly title: Words
  /** Its own page; null where it has none that this reader could open. */
  readonly href: string | null
  readonly startsOn: Day | null
  readonly startsAt: Instant | null
  readonly endsAt: Instant | null
  readonly minutes: number | null
}

/** One place on a series' path; without a title it is a gap. */
export interface PathEntry {
  readonly number: number
  readonly title: Words | null
  readonly href: string | null
  readonly dates: EventDays | Issue | null
}

/** One language a record can be read in. */
export interface LanguageRow {
  readonly lang: string
  readonly state: WordsState
  /** How many parts of the source it lacks. */
  readonly missing: number
}
