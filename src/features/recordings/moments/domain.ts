import { readClock } from '#platform/time.ts'
import { readSecond } from '../domain.ts'

/** What of a recording is cited: from one time up to another, in milliseconds. */
export interface CitedSpan {
  readonly from: number
  readonly to: number
}

/** A time as addresses or people write it: `754`, `754.5`, `12:34`, `1:02:03`. Milliseconds; null when it is none. */
export function readTime(text: string | undefined): number | null {
  const trimmed = text?.trim()
  return trimmed === undefined ? null : (readSecond(trimmed) ?? readClock(trimmed))
}

/** The end that an address asks for (`?t=754&to=790`); null without one, undefined when it is no time after the beginning. */
export function readEnd(from: number | null, to: string | undefined): number | null | undefined {
  if (to === undefined) return null
  const end = readSecond(to)
  return end === null || from === null || end <= from ? undefined : end
}

/** Whether something of a line is spoken within a span. */
export function isWithin(span: CitedSpan, cue: { readonly startsAt: number; readonly endsAt: number }): boolean {
  return cue.startsAt < span.to && (cue.endsAt > span.from || cue.startsAt >= span.from)
}

/** Who speaks in some lines, each once, in the order in which they begin. */
export function speakersOf(cues: readonly { readonly speaker: string | null }[]): string[] {
  return [...new Set(cues.flatMap(({ speaker }) => speaker ?? []))]
}
