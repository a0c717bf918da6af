import type { Instant } from '#platform/time.ts'

/** A change of a zone's distance from UTC, in local time as it was just before (RFC 5545 §3.6.5). */
interface Onset {
  readonly from: string
  readonly to: string
  readonly at: string
}

const longAgo = '19700101T000000'

/** Whether a zone is UTC by any of its names, so that its times are written with a Z and need no VTIMEZONE. */
export function isUtc(zone: string): boolean {
  return /^(?:Etc\/)?(?:UTC|UCT|Zulu|Universal|GMT)$/.test(zone)
}

/** `20211201T140000`: digits only, seconds included. */
export function basicTime(local: Temporal.PlainDateTime): string {
  return local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')
}

/**
 * The lines of a VTIMEZONE that is exact from `first` to `last`: every change in that span, and the one before it. Made from the
 * same zone data that gave the instants; ready-made blocks hold only a zone's present rules and are wrong for past years.
 */
export function timeZoneLines(zone: string, first: Instant, last: Instant): string[] {
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...onsets(zone, first, last).flatMap(observanceLines), 'END:VTIMEZONE']
}

function onsets(zone: string, first: Instant, last: Instant): Onset[] {
  const start = Temporal.Instant.from(first).toZonedDateTimeISO(zone)
  const end = Temporal.Instant.from(last)
  // A transition exactly at the first instant is already in force.
  const before = start.add({ seconds: 1 }).getTimeZoneTransition('previous')
  const found: Onset[] = [before ? onset(before) : { from: start.offset, to: start.offset, at: longAgo }]
  let next = start.getTimeZoneTransition('next')
  while (next && Temporal.Instant.compare(next.toInstant(), end) <= 0) {
    found.push(onset(next))
    next = next.getTimeZoneTransition('next')
  }
  return found
}

function onset(change: Temporal.ZonedDateTime): Onset {
  const before = change.subtract({ seconds: 1 })
  const at = change.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime()
  return { from: before.offset, to: change.offset, at: basicTime(at) }
}

function observanceLines({ from, to, at }: Onset): string[] {
  const kind = seconds(to) > seconds(from) ? 'DAYLIGHT' : 'STANDARD'
  const offsets = [`TZOFFSETFROM:${utcOffset(from)}`, `TZOFFSETTO:${utcOffset(to)}`]
  return [`BEGIN:${kind}`, `DTSTART:${at}`, ...offsets, `END:${kind}`]
}

function utcOffset(offset: string): string {
  return offset.replaceAll(':', '')
}

function seconds(offset: string): number {
  const [hours = 0, minutes = 0, rest = 0] = offset.slice(1).split(':').map(Number)
  return (hours * 3600 + minutes * 60 + rest) * (offset.startsWith('-') ? -1 : 1)
}
