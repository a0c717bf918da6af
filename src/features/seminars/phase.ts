import type { Instant } from '#platform/time.ts'
import type { Phase, PhaseFacts } from './domain.ts'

/** Midnight at the start of a day in a zone, as an instant (the first that exists, where a clock change skips it). */
function startOfDay(day: string, zone: string, plusDays = 0): Instant {
  return Temporal.PlainDate.from(day).add({ days: plusDays }).toZonedDateTime(zone).toInstant().toString()
}

function earliest(instants: readonly Instant[]): Instant | null {
  return instants.reduce<Instant | null>((first, at) => (first === null || isBefore(at, first) ? at : first), null)
}

/** Compares two instants, however many digits their seconds have. */
function isBefore(a: Instant, b: Instant): boolean {
  return Date.parse(a) < Date.parse(b)
}

/** When it begins: its first hour known on the first day, else the first moment of that day. */
function startOf(facts: PhaseFacts): Instant {
  const known = facts.sessions.flatMap((session) => session.startsAt ?? [])
  const complete = facts.sessions.length > 0 && facts.sessions.every((session) => session.startsAt !== null)
  const first = complete ? earliest(known) : null
  return first ?? startOfDay(facts.startsOn, facts.timeZone)
}

/** When it is over: the last known end, else the end of its last day. */
function endOf(facts: PhaseFacts): Instant {
  const complete = facts.sessions.length > 0 && facts.sessions.every((session) => session.endsAt !== null)
  const ends = facts.sessions.flatMap((session) => session.endsAt ?? [])
  const last = complete
    ? ends.reduce<Instant | null>((late, at) => (late && isBefore(at, late) ? late : at), null)
    : null
  return last ?? startOfDay(facts.endsOn, facts.timeZone, 1)
}

/** The phase of a seminar at an instant. A month known without days is never "live": nobody knows on which day it is. */
export function phaseAt(facts: PhaseFacts, now: Instant): Phase {
  if (!isBefore(now, endOf(facts))) return facts.hasRecording ? 'recorded' : 'held'
  if (facts.precision === 'day' && !isBefore(now, startOf(facts))) return 'live'
  const { registrationOpensAt: opens, registrationClosesAt: closes } = facts
  if (closes !== null && !isBefore(now, closes)) return 'registration-closed'
  return opens !== null && !isBefore(now, opens) ? 'registration-open' : 'announced'
}

/** The next instant at which the phase may change, or null when it never will by itself: until then a page may be kept. */
export function nextPhaseChange(facts: PhaseFacts, now: Instant): Instant | null {
  const moments = [facts.registrationOpensAt, facts.registrationClosesAt, startOf(facts), endOf(facts)]
  return earliest(moments.filter((at): at is Instant => at !== null && isBefore(now, at)))
}
