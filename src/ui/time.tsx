import {
  formatDayRange,
  formatPartialDay,
  formatTime,
  formatTimeRange,
  zoneName,
  type Instant,
  type PartialDay,
} from '#platform/time.ts'
import type { PageContext } from './context.ts'
import type { EventDays } from './values.ts'

interface DayRangeProps {
  readonly dates: EventDays
  readonly lang: string
  readonly style?: 'long' | 'short' | 'full'
}

/** The days of an event: “1–2 December 2021”, “March 2021”. */
export function DayRange({ dates, lang, style = 'long' }: DayRangeProps) {
  const { startsOn, endsOn, precision } = dates
  // A range has no machine form in HTML, so the element carries its first day (or its month).
  const start = precision === 'month' ? startsOn.slice(0, 7) : startsOn
  return <time datetime={start}>{formatDayRange(startsOn, endsOn, lang, precision, style)}</time>
}

/** A day as exactly as it is known: “2021”, “August 2021”, “19 August 2021”. */
export function PartialDate({ day, lang }: { day: PartialDay; lang: string }) {
  return <time datetime={day}>{formatPartialDay(day, lang)}</time>
}

interface HoursProps {
  readonly startsAt: Instant
  readonly endsAt: Instant | null
  readonly zone: string
  readonly context: PageContext
}

/** The hours of a part of an agenda in the event's zone; script adds the reader's own when they differ. */
export function Hours({ startsAt, endsAt, zone, context }: HoursProps) {
  const { lang, t } = context
  const hours = endsAt ? formatTimeRange(startsAt, endsAt, lang, zone) : formatTime(startsAt, lang, zone)
  return (
    <reader-time zone={zone} end={endsAt ?? undefined} words={t('time.yours', { time: '{time}' })}>
      <time datetime={startsAt}>{hours}</time>
    </reader-time>
  )
}

/** A zone by its name and its distance from UTC on that day: “Central European Time (GMT+1)”. */
export function zoneWords(zone: string, at: Instant, { lang, t }: PageContext): string {
  return t('time.zone', zoneName(zone, lang, at))
}
