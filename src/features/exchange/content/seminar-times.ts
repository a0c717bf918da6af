import { dayOf, zonedToInstant, type Day, type Instant } from '#platform/time.ts'
import type { SeminarEntry } from './files.ts'

type SessionEntry = SeminarEntry['sessions'][number]

function plusDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** The first day: as given, or so many days from the day of loading. */
function firstDay(seminar: SeminarEntry, at: Instant): Day {
  if (seminar.startsOn) return seminar.startsOn
  return plusDays(dayOf(at, seminar.timeZone), seminar.startsInDays ?? 0)
}

function daysFrom(at: Instant, zone: string, days: number | null | undefined): Instant | null {
  if (days === null || days === undefined) return null
  return zonedToInstant(plusDays(dayOf(at, zone), days), '09:00', zone)
}

/** Dates and registration period of a seminar, as they go into its row. */
export function seminarDates(seminar: SeminarEntry, at: Instant) {
  const startsOn = firstDay(seminar, at)
  const days = seminar.days ?? Math.max(1, ...seminar.sessions.map((session) => session.day ?? 1))
  return {
    starts_on: startsOn,
    ends_on: seminar.endsOn ?? plusDays(startsOn, days - 1),
    registration_opens_at: daysFrom(at, seminar.timeZone, seminar.registrationOpensInDays),
    registration_closes_at: daysFrom(at, seminar.timeZone, seminar.registrationClosesInDays),
  }
}

/** Number and times of a session, and the rule it is held under: what is not known stays empty. */
export function toSessionRow(seminar: SeminarEntry, session: SessionEntry, at: Instant) {
  const day = session.day ? plusDays(firstDay(seminar, at), session.day - 1) : null
  const instant = (clock: string | null | undefined) =>
    day && clock ? zonedToInstant(day, clock, seminar.timeZone) : null
  return {
    number: session.number,
    starts_on: day,
    starts_at: instant(session.start),
    ends_at: instant(session.end),
    minutes: session.minutes ?? null,
    chatham_house: session.chathamHouse,
  }
}
