import { readClock, writeClock } from '#platform/time.ts'
import type { Span } from './domain.ts'

/** What of a recording is one session of its seminar. Milliseconds from the recording's beginning. */
export interface Part extends Span {
  /** The session's number. */
  readonly session: number
}

/** A day is the most that a recording is. */
const DAY = 86_400_000

export const partLine = /^\d{1,3}\s+[\d:.]+\s+[\d:.]+$/

/** A part as it is typed, `2 58:30 1:42:10`: the session's number, where it begins and where it ends; null when it is none. */
export function readPart(line: string): Part | null {
  const [session = '', from = '', to = ''] = line.split(/\s+/)
  const [startsAt, endsAt] = [readClock(from), readClock(to)]
  if (!/^\d{1,3}$/.test(session) || startsAt === null || endsAt === null) return null
  return startsAt < endsAt && endsAt <= DAY ? { session: Number(session), startsAt, endsAt } : null
}

/** A part as `readPart` reads it. */
export function writePart({ session, startsAt, endsAt }: Part): string {
  return `${session} ${writeClock(startsAt)} ${writeClock(endsAt)}`
}

/** Whether each session is named once and no two parts share a time. */
export function areApart(parts: readonly Part[]): boolean {
  const inOrder = parts.toSorted((one, other) => one.startsAt - other.startsAt)
  const sessions = new Set(parts.map(({ session }) => session))
  return (
    sessions.size === parts.length &&
    inOrder.every((part, index) => part.endsAt <= (inOrder[index + 1]?.startsAt ?? DAY))
  )
}
