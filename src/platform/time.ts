import { formatLocale, remember } from '#platform/i18n/index.ts'

/** A moment in UTC: `2021-12-01T08:00:00.000Z`. */
export type Instant = string

/** A calendar day of its own, `2021-12-01`; no zone ever shifts it. */
export type Day = string

/** A day as exactly as it is known: `2021`, `2021-08` or `2021-08-19`. */
export type PartialDay = string

/** `HH:MM` on a 24-hour clock. */
export type ClockTime = string

type DayStyle = 'long' | 'full' | 'short'

const dayOptions: Readonly<Record<DayStyle | 'month' | 'weekday' | 'year', Intl.DateTimeFormatOptions>> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  year: { year: 'numeric' },
}
const timeOptions: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

const formats = new Map<string, Intl.DateTimeFormat>()

function format(lang: string, zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${lang} ${zone} ${name}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(formatLocale(lang), { ...options, timeZone: zone })
  if (formats.size < 1000) formats.set(key, made)
  return made
}

/** CLDR writes “1 décembre”; French writes “1er décembre”. */
function join(parts: readonly { type: string; value: string }[], lang: string): string {
  const french = lang === 'fr' || lang.startsWith('fr-')
  return parts.map((part) => (french && part.type === 'day' && part.value === '1' ? '1er' : part.value)).join('')
}

/** Midnight UTC of a day, the carrier in which all-day dates are formatted. Throws on what is not a day. */
function carrier(day: Day): number {
  return Date.parse(
    `${Temporal.PlainDate.from(day, { overflow: 'reject' }).toString({ calendarName: 'never' })}T00:00:00Z`,
  )
}

/** A day in words: long “1 December 2021”, full with its weekday, short “1 Dec 2021”. */
export function formatDay(day: Day, lang: string, style: DayStyle | 'weekday' = 'long'): string {
  return join(format(lang, 'UTC', style, dayOptions[style]).formatToParts(carrier(day)), lang)
}

/** A day in words as exactly as it is known: “2021”, “August 2021”, “19 August 2021”. Throws on what is none of these. */
export function formatPartialDay(day: PartialDay, lang: string): string {
  if (day.length !== 4 && day.length !== 7) return formatDay(day, lang)
  const name = day.length === 4 ? 'year' : 'month'
  return format(lang, 'UTC', name, dayOptions[name]).format(carrier(`${day}-01-01`.slice(0, 10)))
}

/** Several days in words: “1–2 December 2021”. With month precision only the months are said: “March 2021”. */
export function formatDayRange(
  startsOn: Day,
  endsOn: Day,
  lang: string,
  precision: 'day' | 'month' = 'day',
  style: DayStyle = 'long',
): string {
  const name = precision === 'month' ? 'month' : style
  const formatter = format(lang, 'UTC', name, dayOptions[name])
  return join(formatter.formatRangeToParts(carrier(startsOn), carrier(endsOn)), lang)
}

/** The hour of an instant in a zone, on a 24-hour clock. */
export function formatTime(at: Instant, lang: string, zone: string): string {
  return format(lang, zone, 'time', timeOptions).format(Date.parse(at))
}

/** From one hour to another: “09:30–11:00”. Across midnight both days are named. */
export function formatTimeRange(startsAt: Instant, endsAt: Instant, lang: string, zone: string): string {
  const sameDay = dayOf(startsAt, zone) === dayOf(endsAt, zone)
  const formatter = sameDay
    ? format(lang, zone, 'time', timeOptions)
    : format(lang, zone, 'instant', { ...dayOptions.long, ...timeOptions })
  return join(formatter.formatRangeToParts(Date.parse(startsAt), Date.parse(endsAt)), lang)
}

/** Day and hour of an instant in a zone: “8 December 2022 at 13:00”. */
export function formatInstant(at: Instant, lang: string, zone: string): string {
  return join(format(lang, zone, 'instant', { ...dayOptions.long, ...timeOptions }).formatToParts(Date.parse(at)), lang)
}

/** A zone's name and its distance from UTC at an instant: “Central European Time”, “GMT+1”. */
export function zoneName(zone: string, lang: string, at: Instant): { readonly name: string; readonly offset: string } {
  const part = (style: 'longGeneric' | 'shortOffset'): string => {
    const parts = format(lang, zone, style, { timeZoneName: style }).formatToParts(Date.parse(at))
    return parts.find((candidate) => candidate.type === 'timeZoneName')?.value ?? zone
  }
  return { name: part('longGeneric'), offset: part('shortOffset') }
}

const durations = remember((lang) => new Intl.DurationFormat(formatLocale(lang), { style: 'long' }))

/** A length of time in words: 120 → “2 hours”, 90 → “1 hour 30 minutes”. */
export function formatMinutes(minutes: number, lang: string): string {
  const duration = { hours: Math.trunc(minutes / 60), minutes: minutes % 60 }
  return durations(lang).format(duration)
}

const clocks = remember((lang: string) => {
  return new Intl.DurationFormat(formatLocale(lang), { style: 'digital', hoursDisplay: 'auto', hours: 'numeric' })
})

/** A place in a recording as players write it: `12:34`, `1:02:03`. */
export function formatClock(milliseconds: number, lang: string): string {
  const seconds = Math.trunc(milliseconds / 1000)
  return clocks(lang).format({
    hours: Math.trunc(seconds / 3600),
    minutes: Math.trunc((seconds % 3600) / 60),
    seconds: seconds % 60,
  })
}

/** A place in a recording as people type it (`1:02:03`, `12:34`, `12:34.5`): milliseconds; null when it is none. */
export function readClock(text: string): number | null {
  const match = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\.(\d{1,3}))?$/.exec(text)
  if (!match) return null
  const [, hours, minutes = '', seconds = '', part = ''] = match
  if (hours !== undefined && Number(minutes) > 59) return null
  return ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(part.padEnd(3, '0'))
}

const two = (number: number) => String(number).padStart(2, '0')

/** A place in a recording as `readClock` reads it, the same in every language: `1:02:03`, `0:12:34.500`. */
export function writeClock(milliseconds: number): string {
  const [seconds, part] = [Math.trunc(milliseconds / 1000), milliseconds % 1000]
  const clock = `${Math.trunc(seconds / 3600)}:${two(Math.trunc((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return part === 0 ? clock : `${clock}.${String(part).padStart(3, '0')}`
}

/** The day it is in a zone at an instant. */
export function dayOf(at: Instant, zone: string): Day {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/**
 * The instant of a wall-clock time in a zone. In the hour a zone skips it is the hour after; in the hour a zone lives twice it is the
 * first. Throws RangeError on a day or a time that does not exist.
 */
export function zonedToInstant(day: Day, time: ClockTime, zone: string): Instant {
  if (!/^\d\d:\d\d(?::\d\d)?$/.test(time)) throw new RangeError(`“${time}” is not a time of day.`)
  const local = Temporal.PlainDate.from(day, { overflow: 'reject' }).toPlainDateTime(Temporal.PlainTime.from(time))
  return new Date(local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds).toISOString()
}

/** Whether a name is a zone of the IANA database. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/.test(name)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
