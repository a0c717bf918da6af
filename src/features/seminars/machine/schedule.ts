import { plainText } from '#platform/text/index.ts'
import { writeXml, type XmlElement } from '#platform/xml.ts'
import type { Day } from '#platform/time.ts'
import type { Material, Seminar, Session } from '../domain.ts'
import { absolute, type MachineContext } from './context.ts'
import { numberOf, uuidOf } from '#platform/stable-ids.ts'

/** One session as frab tells it; the JSON and the XML form are both written from it. */
interface ScheduleEvent {
  readonly id: number
  readonly guid: string
  readonly date: string
  readonly start: string
  readonly duration: string
  readonly room: string
  readonly slug: string
  readonly url: string
  readonly title: string
  readonly subtitle: string
  readonly type: string
  readonly language: string
  readonly abstract: string
  readonly description: string
  readonly persons: readonly { readonly id: number; readonly name: string }[]
  readonly links: readonly Link[]
  readonly attachments: readonly Link[]
  readonly video: string | null
  readonly isUnrecorded: boolean
}

interface Link {
  readonly url: string
  readonly title: string
}

interface ScheduleDay {
  readonly index: number
  readonly date: Day
  readonly start: string
  readonly end: string
  readonly events: readonly ScheduleEvent[]
}

const generator = { name: 'Passerelle', version: '1' }

/**
 * A seminar's agenda as frab `schedule.json` (schema: c3voc.de/schedule/schema.json). Every session is in it. The format has no way to leave
 * an hour out, so a session whose hours are unknown starts at 00:00 of its day (or of the first day) and its subtitle says that the hour is not known;
 * its duration is the known one, or 00:00.
 */
export function scheduleJson(seminar: Seminar, context: MachineContext) {
  const days = daysOf(seminar, context)
  const room = roomName(seminar, context)
  return {
    $schema: 'https://c3voc.de/schedule/schema.json',
    generator,
    schedule: {
      url: absolute(context.origin, seminar.href.concat('/schedule.json')),
      version: versionOf(seminar),
      base_url: absolute(context.origin, seminar.href),
      conference: {
        ...conference(seminar),
        daysCount: days.length,
        url: absolute(context.origin, seminar.href),
        rooms: [{ name: room, guid: uuidOf(absolute(context.origin, `/r/${seminar.id}#room`)) }],
        days: days.map((day) => ({
          index: day.index,
          date: day.date,
          day_start: day.start,
          day_end: day.end,
          rooms: { [room]: day.events.map(jsonEvent) },
        })),
      },
    },
  }
}

/** The same as frab `schedule.xml` (schema: github.com/voc/schedule, validator/xsd). */
export function scheduleXml(seminar: Seminar, context: MachineContext): string {
  const days = daysOf(seminar, context)
  const room = roomName(seminar, context)
  return writeXml({
    schedule: {
      generator: { '@name': generator.name, '@version': generator.version },
      version: versionOf(seminar),
      conference: { ...conference(seminar), days: days.length, base_url: absolute(context.origin, seminar.href) },
      day: days.map((day) => ({
        '@index': day.index,
        '@date': day.date,
        '@start': day.start,
        '@end': day.end,
        room: { '@name': room, event: day.events.map(xmlEvent) },
      })),
    },
  })
}

function conference(seminar: Seminar) {
  return {
    title: seminar.title.value,
    acronym: seminar.id.toLowerCase(),
    start: seminar.startsOn,
    end: seminar.endsOn,
    timeslot_duration: '00:15',
    time_zone_name: seminar.timeZone,
  }
}

function versionOf(seminar: Seminar): string {
  return `${seminar.version} (${seminar.updatedAt})`
}

function roomName(seminar: Seminar, { t }: MachineContext): string {
  if (seminar.mode === 'online') return seminar.platform ?? t('mode.online')
  return seminar.city ?? t(`mode.${seminar.mode}`)
}

/** The day a session stands under, or null when the agenda does not say. */
function dayOfSession(session: Session, zone: string): Day | null {
  if (!session.startsAt) return session.startsOn
  return Temporal.Instant.from(session.startsAt).toZonedDateTimeISO(zone).toPlainDate().toString()
}

function daysOf(seminar: Seminar, context: MachineContext): ScheduleDay[] {
  const dated = seminar.sessions.map((session) => ({ session, day: dayOfSession(session, seminar.timeZone) }))
  const known = dated.flatMap(({ day }) => day ?? [])
  const days = [...new Set([...wholeDays(seminar), ...known])].toSorted()
  const first = days[0] ?? seminar.startsOn
  return days.map((date, position) => ({
    index: position + 1,
    date,
    ...bounds(date, seminar.timeZone),
    events: dated
      .filter(({ day }) => (day ?? first) === date)
      .map(({ session, day }) => toEvent(seminar, session, { day, shown: date }, context))
      .toSorted((a, b) => Date.parse(a.date) - Date.parse(b.date)),
  }))
}

/** Every day of a seminar of at most a month; of a longer one, or one whose days are unknown, only its first: the format wants at least one. */
function wholeDays({ startsOn, endsOn, precision }: Seminar): Day[] {
  const first = Temporal.PlainDate.from(startsOn)
  const count = first.until(endsOn).days + 1
  if (precision === 'month' || count > 31) return [startsOn]
  return Array.from({ length: count }, (_, offset) => first.add({ days: offset }).toString())
}

function bounds(day: Day, zone: string): { start: string; end: string } {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(zone)
  return { start: offsetTime(start), end: offsetTime(start.add({ days: 1 }).subtract({ seconds: 1 })) }
}

function offsetTime(at: Temporal.ZonedDateTime): string {
  return at.toString({ smallestUnit: 'second', timeZoneName: 'never' })
}

function toEvent(
  seminar: Seminar,
  session: Session,
  { day, shown }: { day: Day | null; shown: Day },
  context: MachineContext,
): ScheduleEvent {
  const at = session.startsAt
    ? Temporal.Instant.from(session.startsAt).toZonedDateTimeISO(seminar.timeZone)
    : Temporal.PlainDate.from(shown).toZonedDateTime(seminar.timeZone)
  const address = absolute(context.origin, `/r/${session.id}`)
  const materials = session.materials.map((material) => ({ url: absolute(context.origin, material.url), material }))
  const toLink = ({ url, material }: (typeof materials)[number]) => ({ url, title: materialTitle(material, context) })
  const videos = materials.filter(({ material }) => material.kind === 'recording')
  return {
    id: numberOf(session.id),
    guid: uuidOf(address),
    date: offsetTime(at),
    start: session.startsAt ? at.toPlainTime().toString({ smallestUnit: 'minute' }) : '00:00',
    duration: clock(minutesOf(session)),
    room: roomName(seminar, context),
    slug: `${seminar.id.toLowerCase()}-${session.number}`,
    url: absolute(context.origin, session.href),
    title: session.title.value,
    subtitle: unknown(session, day, context),
    type: seminar.form,
    language: session.channels.find((channel) => channel.kind === 'floor')?.lang ?? session.title.lang,
    abstract: session.abstract ? plainText(session.abstract.value, 500) : '',
    description: session.abstract?.value ?? '',
    persons: session.speakers.map((speaker) => ({ id: numberOf(speaker.id), name: speaker.name.value })),
    links: videos.map(toLink),
    attachments: materials.filter(({ material }) => material.kind !== 'recording').map(toLink),
    isUnrecorded: session.isChathamHouse,
    video: videos.find(({ url }) => /^https?:/.test(url))?.url ?? null,
  }
}

function unknown(session: Session, day: Day | null, { t }: MachineContext): string {
  if (session.startsAt) return ''
  return day ? t('agenda.hourUnknown') : t('agenda.dayUnknown')
}

function materialTitle(material: Material, { t }: MachineContext): string {
  return `${material.label?.value ?? t(`material.${material.kind}`)} (${material.lang})`
}

function minutesOf({ startsAt, endsAt, minutes }: Session): number {
  if (!startsAt || !endsAt) return minutes ?? 0
  return Math.max(0, Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000))
}

function clock(minutes: number): string {
  const parts = [Math.min(99, Math.trunc(minutes / 60)), minutes % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

function jsonEvent(event: ScheduleEvent) {
  const { video: _video, isUnrecorded, persons, ...same } = event
  return {
    ...same,
    track: null,
    do_not_record: isUnrecorded,
    persons: persons.map(({ id, name }) => ({ id, name, public_name: name })),
  }
}

function xmlLink({ url, title }: Link): XmlElement {
  return { '@href': url, '#text': title }
}

function xmlEvent(event: ScheduleEvent): XmlElement {
  return {
    '@id': event.id,
    '@guid': event.guid,
    date: event.date,
    start: event.start,
    duration: event.duration,
    room: event.room,
    slug: event.slug,
    url: event.url,
    title: event.title,
    subtitle: event.subtitle,
    track: '',
    type: event.type,
    language: event.language,
    abstract: event.abstract,
    description: event.description,
    recording: { license: '', optout: String(event.isUnrecorded) },
    persons: { person: event.persons.map(({ id, name }) => ({ '@id': id, '#text': name })) },
    links: { link: event.links.map(xmlLink) },
    attachments: { attachment: event.attachments.map(xmlLink) },
    ...(event.video ? { video_download_url: event.video } : {}),
  }
}
