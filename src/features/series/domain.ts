import type { TextValue } from '#features/records/index.ts'
import type { Day, PartialDay } from '#platform/time.ts'

/** What a series is made of. */
export const contents = ['seminar', 'publication'] as const
export type SeriesContent = (typeof contents)[number]

/** What an entry shows beside its title: the days of an event, or when something was issued, as exactly as they are known. */
export type EntryDates =
  | { readonly startsOn: Day; readonly endsOn: Day; readonly precision: 'day' | 'month' }
  | { readonly issued: PartialDay }

/** Tells the dates of those records that are its own to know, by their ids; a feature hands one in for what it keeps. */
export type EntrySource = (ids: readonly string[]) => Promise<ReadonlyMap<string, EntryDates>>

/** One place in a series; `id` is null where a number is planned or known to exist and the hub has no record of it. */
export interface SeriesEntry {
  readonly number: number
  readonly id: string | null
  readonly title: TextValue | null
  readonly href: string | null
  readonly dates: EntryDates | null
}

/** The series a record stands in, as a link with the record's number. */
export interface SeriesLink {
  readonly id: string
  readonly title: TextValue
  readonly href: string
  readonly number: number
}

/** A record's place in a series, with its neighbours for the path. */
export interface SeriesPlace extends SeriesLink {
  readonly planned: number | null
  /** The number was worked out from the others, no source gives it. */
  readonly deduced: boolean
  readonly entries: readonly SeriesEntry[]
}

/** A series with its entries in order. */
export interface Series {
  readonly id: string
  readonly of: SeriesContent
  readonly href: string
  readonly name: TextValue
  readonly summary: TextValue | null
  readonly planned: number | null
  readonly entries: readonly SeriesEntry[]
  readonly alternates: Readonly<Record<string, string>>
  /** The accounts that translated what is shown of it; never given out. */
  readonly translators: readonly string[]
}
