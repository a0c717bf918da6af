/** Why a span is taken down: somebody who can be heard asked, the law wants it, or it should not have been published. */
export const takedownReasons = ['person', 'law', 'error'] as const
export type TakedownReason = (typeof takedownReasons)[number]

/** What somebody who speaks is asked for, each by itself. */
export const consentPurposes = ['recording', 'transcript', 'publication'] as const
type ConsentPurpose = (typeof consentPurposes)[number]
export const consentAnswers = ['given', 'refused'] as const
export type ConsentAnswer = (typeof consentAnswers)[number]

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

/** What is noted of somebody in a session: the answers, and a note for the desk; empty where there is none. */
export interface Noted extends Answers {
  readonly note: string
}

/** Nobody has asked yet. */
export const nothingNoted: Noted = { recording: null, transcript: null, publication: null, note: '' }

const notedFields = [...consentPurposes, 'note'] as const
export type NotedField = (typeof notedFields)[number]

/** Whether two notes say the same. */
export function isSameNoted(one: Noted, other: Noted): boolean {
  return notedFields.every((field) => one[field] === other[field])
}

/** How many of the three questions nobody has answered. */
export function countOpen(answers: Answers): number {
  return consentPurposes.filter((purpose) => answers[purpose] === null).length
}

/** What two people noted of somebody, put together. */
export interface MergedNoted {
  readonly noted: Noted
  /** What both have changed, each to something else; `noted` holds what was typed. */
  readonly disputed: readonly NotedField[]
}

const pick = <T>(was: T, mine: T, theirs: T): T => (mine === was ? theirs : mine)

/** Puts what somebody typed, who was shown `shown`, into what stands by now: what they left alone stays as it stands. */
export function mergeNoted(shown: Noted, typed: Noted, stands: Noted): MergedNoted {
  const noted = {
    recording: pick(shown.recording, typed.recording, stands.recording),
    transcript: pick(shown.transcript, typed.transcript, stands.transcript),
    publication: pick(shown.publication, typed.publication, stands.publication),
    note: pick(shown.note, typed.note, stands.note),
  }
  const isDisputed = (field: NotedField) =>
    stands[field] !== shown[field] && typed[field] !== shown[field] && typed[field] !== stands[field]
  return { noted, disputed: notedFields.filter(isDisputed) }
}
