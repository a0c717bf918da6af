import type { LanguageState, LinkedRecord, TextValue } from '#features/records/index.ts'
import type { FundingStatement, Reference } from '#features/directory/index.ts'
import type { SeriesLink, SeriesPlace } from '#features/series/index.ts'
import type { ConceptTag, PlaceTag } from '#features/taxonomy/index.ts'
import type { Day, Instant } from '#platform/time.ts'

export const forms = ['seminar', 'webinar', 'workshop', 'training'] as const
export type SeminarForm = (typeof forms)[number]
export const modes = ['online', 'in-person', 'hybrid'] as const
export type SeminarMode = (typeof modes)[number]
export const accesses = ['public', 'members', 'invitation'] as const
export type Access = (typeof accesses)[number]
/** A month known and no days is said so, not shown as the first to the last. */
export type DatePrecision = 'day' | 'month'

/** Computed from the clock and the seminar's parts; no page stores it. */
export type Phase = 'announced' | 'registration-open' | 'registration-closed' | 'live' | 'held' | 'recorded'

export type ChannelKind = 'floor' | 'interpretation'
export const materialKinds = ['agenda', 'slides', 'recording', 'document'] as const
export type MaterialKind = (typeof materialKinds)[number]

/** A language in which a session can be followed. */
export interface Channel {
  readonly lang: string
  readonly kind: ChannelKind
}

export interface Speaker extends Reference {
  readonly role: 'speaker' | 'moderator'
  readonly position: TextValue | null
  readonly organisation: Reference | null
}

/** An agenda, slides or a recording: a file or a link, each with its language. */
export interface Material {
  readonly id: string
  readonly kind: MaterialKind
  readonly lang: string
  /** Where it is: another site, or the hub's own path of a file. */
  readonly url: string
  /** What the hub keeps of it; null for a link to somewhere else. */
  readonly file: MaterialFile | null
  readonly label: TextValue | null
  readonly bytes: number | null
  readonly seconds: number | null
  /** Number of the session it belongs to; null: the whole seminar. */
  readonly session: number | null
  readonly synthetic: boolean
}

export interface MaterialFile {
  readonly sha256: string
  readonly name: string
  /** By its content. */
  readonly type: string
}

/** When something happens, as exactly as it is known. Days are the seminar's own (never shifted by a zone). */
export interface SessionTimes {
  /** The day, when the agenda says which. */
  readonly startsOn: Day | null
  /** The instants, when hours are known. */
  readonly startsAt: Instant | null
  readonly endsAt: Instant | null
  readonly minutes: number | null
}

export interface Session extends SessionTimes {
  readonly id: string
  readonly number: number
  readonly title: TextValue
  readonly abstract: TextValue | null
  readonly channels: readonly Channel[]
  readonly speakers: readonly Speaker[]
  readonly materials: readonly Material[]
  /** Held under the Chatham House Rule: no speakers are told, and nothing of it is recorded for readers. */
  readonly isChathamHouse: boolean
  /** Whether it can be watched, heard or read on its page. */
  readonly isRecorded: boolean
  readonly href: string
  /** The accounts that translated what is shown of it; never given out. */
  readonly translators: readonly string[]
}

export interface SeminarDates {
  readonly startsOn: Day
  readonly endsOn: Day
  readonly precision: DatePrecision
}

/** What the clock decides the phase from. */
export interface PhaseFacts extends SeminarDates {
  readonly timeZone: string
  readonly registrationOpensAt: Instant | null
  readonly registrationClosesAt: Instant | null
  readonly sessions: readonly SessionTimes[]
  readonly hasRecording: boolean
}

/** A seminar in a list. */
export interface SeminarSummary extends SeminarDates {
  readonly id: string
  readonly href: string
  readonly form: SeminarForm
  readonly mode: SeminarMode
  readonly timeZone: string
  /** First known instant, for sorting within a day and for showing the hour. */
  readonly startsAt: Instant | null
  readonly phase: Phase
  readonly title: TextValue
  readonly summary: TextValue | null
  readonly city: string | null
  readonly country: string | null
  readonly synthetic: boolean
}

/** A seminar whole, in one reader's languages. */
export interface Seminar extends SeminarSummary {
  readonly languages: readonly LanguageState[]
  readonly series: SeriesLink | null
  readonly sourceLang: string
  readonly platform: string | null
  readonly access: Access | null
  readonly registrationOpensAt: Instant | null
  readonly registrationClosesAt: Instant | null
  readonly registrationUrl: string | null
  readonly joinUrl: string | null
  readonly objectives: TextValue | null
  readonly format: TextValue | null
  readonly audiences: TextValue | null
  readonly background: TextValue | null
  readonly note: TextValue | null
  readonly sessions: readonly Session[]
  /** Materials of the whole seminar; a session's own stand with it. */
  readonly materials: readonly Material[]
  readonly seriesPlace: SeriesPlace | null
  readonly organisers: readonly Reference[]
  readonly basedOn: readonly LinkedRecord[]
  readonly links: readonly LinkedRecord[]
  readonly concepts: readonly ConceptTag[]
  readonly places: readonly PlaceTag[]
  readonly funding: readonly FundingStatement[]
  /** Paths of the same page in each language that has real content: language → path. */
  readonly alternates: Readonly<Record<string, string>>
  /** The accounts that translated what is shown of it, without its sessions; never given out. */
  readonly translators: readonly string[]
  /** Counts public changes since publication (iCalendar SEQUENCE). */
  readonly version: number
  readonly publishedAt: Instant | null
  readonly updatedAt: Instant
}
