import type { TextValue } from '#features/records/index.ts'
import type { VersionKind } from './media/versions.ts'
export type { Span } from './care/domain.ts'
import type { CueRules, Span, TakedownReason, Withheld } from './care/domain.ts'

/** What a track is. Captions carry what is said, a description what is seen. */
export const trackKinds = ['video', 'audio', 'captions', 'description', 'slides'] as const
export type TrackKind = (typeof trackKinds)[number]

/** Which of a session's channels was captured: what was said in the room, or its interpretation. */
export const trackChannels = ['floor', 'interpretation'] as const
export type TrackChannel = (typeof trackChannels)[number]

/** What was read in a file of a film or of a sound. Lengths are milliseconds. */
export interface MediaFacts {
  readonly duration: number | null
  readonly width: number | null
  readonly height: number | null
  readonly videoCodec: string | null
  readonly audioCodec: string | null
}

/** Another form of a track's file that the hub has made: its sound alone, smaller, a picture, a stream. */
export interface TrackVersion {
  readonly kind: VersionKind
  readonly href: string
  readonly type: string
  readonly bytes: number
}

/** One language of a recording: a film, a sound, captions, slides. A file of the hub, or a link to elsewhere. */
export interface Track {
  readonly id: string
  readonly kind: TrackKind
  readonly lang: string
  readonly channel: TrackChannel | null
  readonly label: TextValue | null
  readonly href: string
  readonly isElsewhere: boolean
  readonly file: { readonly sha256: string; readonly name: string; readonly type: string } | null
  readonly bytes: number | null
  /** Null where it was not read. */
  readonly media: MediaFacts | null
  readonly versions: readonly TrackVersion[]
  /** How many timed lines captions have. */
  readonly cues: number
  /** Bytes of the text of captions. */
  readonly textBytes: number
  /** What of its lines may be read. */
  readonly rules: CueRules
  /** Why its film, sound or file is not offered: then it has neither a file nor an address. */
  readonly withheld: Withheld | null
  /** The captions it was made from have changed since. */
  readonly isBehind: boolean
  readonly synthetic: boolean
}

/**
 * Whether the lines that others were made from have changed since: `noted` is their state when these were made, `present` that of now (hashes
 * of the lines). Where either is not known, nothing is said to be behind.
 */
export function hasMovedOn(noted: string | null, present: string | null): boolean {
  return noted !== null && present !== null && noted !== present
}

/** Whether a time lies in a span; its end does not. */
export const isWithin = (at: number, { startsAt, endsAt }: Span): boolean => at >= startsAt && at < endsAt

/** Where a part of a recording begins, and what it is called: a title, or the number of a slide. */
export interface Mark {
  /** Milliseconds from the beginning of the recording. */
  readonly startsAt: number
  readonly title: TextValue | null
  readonly slide: number | null
}

/** What was captured of a session, or of a whole seminar. */
export interface Recording {
  readonly id: string
  readonly title: TextValue
  readonly note: TextValue | null
  readonly tracks: readonly Track[]
  /** The part of it that is the session; null when all of it is. */
  readonly part: Span | null
  /** Chapters set by hand, in the order of their times. */
  readonly marks: readonly Mark[]
  /** The hour of its day at which it begins, in the seminar's zone (`09:30`). */
  readonly begins: string | null
  /** Spans that were taken down, with why. */
  readonly takedowns: readonly (Span & { readonly reason: TakedownReason })[]
  readonly synthetic: boolean
  readonly publishedAt: string | null
}

/** A second asked for by an address (`?t=754`, `?t=754.5`): milliseconds; null when it is none. A day is the most. */
export function readSecond(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,5}(\.\d{1,3})?$/.test(text)) return null
  const milliseconds = Math.round(Number(text) * 1000)
  return milliseconds <= 86_400_000 ? milliseconds : null
}

/** A time as addresses and media fragments write it (W3C Media Fragments 1.0, `t` in npt seconds): `754`, `754.5`. */
export function secondOf(milliseconds: number): string {
  return String(milliseconds / 1000)
}

/** The tracks one can watch or hear in the hub, the reader's languages first, then a film before a sound. */
export function playable(tracks: readonly Track[], chain: readonly string[]): Track[] {
  const rank = ({ lang }: Track) => {
    const place = chain.indexOf(lang)
    return place < 0 ? chain.length : place
  }
  return tracks
    .filter(({ kind, file }) => file !== null && (kind === 'video' || kind === 'audio'))
    .toSorted((one, other) => rank(one) - rank(other) || trackKinds.indexOf(one.kind) - trackKinds.indexOf(other.kind))
}
