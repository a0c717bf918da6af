/** Why a span is taken down: somebody who can be heard asked, the law wants it, or it should not have been published. */
export const takedownReasons = ['person', 'law', 'error'] as const
export type TakedownReason = (typeof takedownReasons)[number]

/** What somebody who speaks is asked for, each by itself. */
type ConsentPurpose = 'recording' | 'transcript' | 'publication'
export type ConsentAnswer = 'given' | 'refused'

/** A part of a recording; milliseconds from its beginning, the end is the first that is no longer in it. */
export interface Span {
  readonly startsAt: number
  readonly endsAt: number
}

/** What of the lines of captions may be read outside the desk. */
export interface CueRules {
  /** Lines that touch one of these are silenced. */
  readonly spans: readonly Span[]
  /** The speakers whose lines are offered, as captions call them; null: everybody's, also where no speaker is named. */
  readonly speakers: readonly string[] | null
}

/** Why films and sounds of a recording are not offered. */
export type Withheld = 'consent' | 'takedown'

/** What stands in the place of a line that may not be read; the same in every language. */
export const silenced = '[…]'

/** Whether rules silence nothing at all: then a file of captions may be offered as it came. */
export function isOpen({ spans, speakers }: CueRules): boolean {
  return spans.length === 0 && speakers === null
}

/** The latest time that can be named: a day, as for addresses of a second. */
const LATEST = 86_400_000

/** A time as one reads it off a player (`754`, `754.5`, `12:34`, `1:02:03.5`), in milliseconds; null when it is none, or later than a day. */
export function readTime(text: string): number | null {
  const [, hours = '0', minutes = '0', seconds = ''] =
    /^(?:(?:(\d{1,2}):)?(\d{1,2}):)?(\d{1,5}(?:\.\d{1,3})?)$/.exec(text.trim()) ?? []
  if (seconds === '') return null
  const isClock = text.includes(':')
  if (isClock && (Number(seconds) >= 60 || (text.split(':').length === 3 && Number(minutes) >= 60))) return null
  const at = Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000)
  return at <= LATEST ? at : null
}

/** What is wrong with the two ends of a span. */
export type SpanProblem = 'from' | 'to' | 'backward' | 'beyond'

/** Reads a span from its two ends. `length` is that of the recording in milliseconds, null where it is not known. */
export function readSpan(from: string, to: string, length: number | null): Span | SpanProblem {
  const [startsAt, endsAt] = [readTime(from), readTime(to)]
  if (startsAt === null) return 'from'
  if (endsAt === null) return 'to'
  if (endsAt <= startsAt) return 'backward'
  return length !== null && startsAt >= length ? 'beyond' : { startsAt, endsAt }
}

/** What one person has answered in one session. */
export type Answers = Readonly<Record<ConsentPurpose, ConsentAnswer | null>>

/** Whoever refuses to be recorded, or that it is published, is not shown: the film and the sound of everybody are held back. */
export function holdsBackMedia({ recording, publication }: Answers): boolean {
  return recording === 'refused' || publication === 'refused'
}

/**
 * Whoever refuses a transcript is not read. Who refuses the recording or its publication is not either, unless they have agreed to the
 * transcript: their words are of the same recording.
 */
export function holdsBackWords(answers: Answers): boolean {
  return answers.transcript === 'refused' || (holdsBackMedia(answers) && answers.transcript !== 'given')
}
