import { regionName } from '#platform/i18n/index.ts'
import {
  basicTime,
  contentLine,
  escapeText,
  isUtc,
  timeZoneLines,
  writeLines,
  type Property,
} from '#platform/ical/index.ts'
import { plainText, shorten } from '#platform/text/index.ts'
import type { Day, Instant } from '#platform/time.ts'
import type { TextValue } from '#features/records/index.ts'
import type { Seminar, Session } from '../domain.ts'
import { absolute, type MachineContext } from './context.ts'

/** What a VEVENT is made of: the seminar itself, or one of its sessions. */
interface CalendarEntry {
  readonly seminar: Seminar
  readonly session: Session | null
}

/**
 * A seminar as an iCalendar file (RFC 5545, RFC 7986): a VEVENT per session, or one for the seminar when it has none. Instants are
 * written in the seminar's zone; a session whose hours are unknown lasts all day, one whose day is unknown lasts the seminar's days.
 * A seminar of which only the month is known has no entry, for a calendar would show it on days nobody announced. The bytes
 * depend on the data alone.
 */
export function seminarCalendar(seminar: Seminar, context: MachineContext): string {
  return calendar([seminar], { ...context, title: seminar.title.value, source: seminar.href.concat('.ics') })
}

/** Every seminar given, as one calendar named after the hub. The same rules as for one. */
export function hubCalendar(seminars: readonly Seminar[], context: MachineContext): string {
  return calendar(seminars, { ...context, title: context.hubName, source: `/${context.lang}/calendar.ics` })
}

interface CalendarContext extends MachineContext {
  readonly title: string
  readonly source: string
}

function calendar(seminars: readonly Seminar[], context: CalendarContext): string {
  const entries = seminars.filter((seminar) => seminar.precision === 'day').flatMap(entriesOf)
  const name = escapeText(context.title)
  return writeLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Passerelle//${escapeText(host(context.origin))}//EN`,
    'CALSCALE:GREGORIAN',
    contentLine({ name: 'NAME', params: { LANGUAGE: context.lang }, value: name }),
    `X-WR-CALNAME:${name}`,
    contentLine({ name: 'SOURCE', params: { VALUE: 'URI' }, value: absolute(context.origin, context.source) }),
    'REFRESH-INTERVAL;VALUE=DURATION:P1D',
    'X-PUBLISHED-TTL:P1D',
    ...(entries.length > 0 ? zonesOf(entries) : placeholder(seminars)),
    ...entries.flatMap((entry) => eventLines(entry, context)),
    'END:VCALENDAR',
  ])
}

function entriesOf(seminar: Seminar): CalendarEntry[] {
  if (seminar.sessions.length === 0) return [{ seminar, session: null }]
  return seminar.sessions.map((session) => ({ seminar, session }))
}

/** A calendar must have a component (RFC 5545 §3.6): one without entries has a zone, which shows nothing. */
function placeholder(seminars: readonly Seminar[]): string[] {
  const [{ timeZone, startsOn } = { timeZone: 'Etc/UTC', startsOn: '1970-01-01' }] = seminars
  const at = Temporal.PlainDate.from(startsOn).toZonedDateTime(timeZone).toInstant().toString()
  return timeZoneLines(timeZone, at, at)
}

function zonesOf(entries: readonly CalendarEntry[]): string[] {
  const spans = new Map<string, Instant[]>()
  for (const { seminar, session } of entries) {
    const times = [session?.startsAt, session?.endsAt].filter((at) => typeof at === 'string')
    if (times.length > 0 && !isUtc(seminar.timeZone)) {
      spans.set(seminar.timeZone, [...(spans.get(seminar.timeZone) ?? []), ...times])
    }
  }
  return [...spans].flatMap(([zone, times]) => {
    const sorted = times.toSorted((a, b) => Date.parse(a) - Date.parse(b))
    return timeZoneLines(zone, sorted[0] ?? '', sorted.at(-1) ?? '')
  })
}

function eventLines(entry: CalendarEntry, context: CalendarContext): string[] {
  const { seminar, session } = entry
  const changed = utc(seminar.updatedAt)
  return [
    'BEGIN:VEVENT',
    `UID:${session?.id ?? seminar.id}@${host(context.origin)}`,
    `SEQUENCE:${seminar.version}`,
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    ...(seminar.publishedAt ? [`CREATED:${utc(seminar.publishedAt)}`] : []),
    ...times(entry).map(contentLine),
    contentLine(summary(entry)),
    ...description(entry, context),
    contentLine({ name: 'URL', value: absolute(context.origin, session?.href ?? seminar.href) }),
    ...location(seminar, context.lang),
    ...conference(seminar),
    'STATUS:CONFIRMED',
    ...categories(seminar),
    'END:VEVENT',
  ]
}

function times({ seminar, session }: CalendarEntry): Property[] {
  if (session?.startsAt) return [...clockTimes(session, session.startsAt, seminar.timeZone)]
  const first = session?.startsOn ?? seminar.startsOn
  const last = session?.startsOn ?? seminar.endsOn
  const after = Temporal.PlainDate.from(last).add({ days: 1 }).toString()
  return [allDay('DTSTART', first), allDay('DTEND', after), { name: 'TRANSP', value: 'TRANSPARENT' }]
}

function allDay(name: string, day: Day): Property {
  return { name, params: { VALUE: 'DATE' }, value: day.replaceAll('-', '') }
}

function clockTimes(session: Session, startsAt: Instant, zone: string): Property[] {
  const start = localTime('DTSTART', startsAt, zone)
  if (session.endsAt) return [start, localTime('DTEND', session.endsAt, zone)]
  return session.minutes ? [start, { name: 'DURATION', value: `PT${session.minutes}M` }] : [start]
}

/** Local time with its zone. Readers do not agree which turn of an hour lived twice is meant, so such a time is written in UTC. */
function localTime(name: string, at: Instant, zone: string): Property {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const local = zoned.toPlainDateTime()
  if (isUtc(zone) || isLivedTwice(local, zone)) return { name, value: utc(at) }
  return { name, params: { TZID: zone }, value: basicTime(local) }
}

function isLivedTwice(local: Temporal.PlainDateTime, zone: string): boolean {
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return !first.equals(local.toZonedDateTime(zone, { disambiguation: 'later' }))
}

function utc(at: Instant): string {
  return `${basicTime(Temporal.Instant.from(at).toZonedDateTimeISO('UTC').toPlainDateTime())}Z`
}

function summary({ seminar, session }: CalendarEntry): Property {
  if (!session) return textProperty('SUMMARY', seminar.title)
  return textProperty('SUMMARY', { ...session.title, value: `${session.number}. ${session.title.value}` })
}

function textProperty(name: string, text: TextValue): Property {
  return { name, params: { LANGUAGE: text.lang }, value: escapeText(text.value) }
}

function description({ seminar, session }: CalendarEntry, context: CalendarContext): string[] {
  const body = session ? session.abstract : (seminar.summary ?? seminar.objectives)
  const isMarkdown = session !== null || seminar.summary === null
  const parts = [
    session ? seminar.title.value : '',
    body ? (isMarkdown ? plainText(body.value, 1000) : shorten(body.value, 1000)) : '',
    ...(session?.speakers.map((speaker) => speaker.name.value) ?? []),
    session?.isChathamHouse === true ? context.t('session.chathamHouse') : '',
    ...seminar.funding.map((funding) => funding.statement.value),
    absolute(context.origin, session?.href ?? seminar.href),
  ]
  const value = escapeText(parts.filter((part) => part !== '').join('\n'))
  return [contentLine({ name: 'DESCRIPTION', params: { LANGUAGE: (body ?? seminar.title).lang }, value })]
}

function location(seminar: Seminar, lang: string): string[] {
  const place = seminar.mode === 'online' ? [] : [seminar.city, seminar.country && regionName(seminar.country, lang)]
  const platform = seminar.mode === 'in-person' ? [] : [seminar.platform]
  const written = [...place, ...platform].filter((part) => typeof part === 'string' && part !== '').join(', ')
  return written === ''
    ? []
    : [contentLine({ name: 'LOCATION', params: { LANGUAGE: lang }, value: escapeText(written) })]
}

/** Where to join (RFC 7986 §5.11), only when anybody may: a calendar file leaves the hub and is passed on. */
function conference(seminar: Seminar): string[] {
  if (seminar.access !== 'public' || !seminar.joinUrl || !URL.canParse(seminar.joinUrl)) return []
  const params = { VALUE: 'URI', FEATURE: 'VIDEO', LABEL: seminar.platform ?? new URL(seminar.joinUrl).host }
  return [contentLine({ name: 'CONFERENCE', params, value: new URL(seminar.joinUrl).href })]
}

function categories(seminar: Seminar): string[] {
  const labels = Map.groupBy(seminar.concepts, (concept) => concept.label.lang)
  return [...labels].map(([lang, tags]) => {
    const value = tags.map((tag) => escapeText(tag.label.value)).join(',')
    return contentLine({ name: 'CATEGORIES', params: { LANGUAGE: lang }, value })
  })
}

function host(origin: string): string {
  return new URL(origin).host
}
