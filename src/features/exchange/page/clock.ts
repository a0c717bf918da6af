import { say } from './messages.ts'
import { MAX_LOOK } from './token.ts'
import type { Unsure } from './types.ts'

export type Clock = { startTime: string | null; timeZone: string | null; notes: Unsure[] }

/** Letters of time zones. CET and its like are links to these places in the IANA database. */
const zones: Readonly<Record<string, { zone: string; offset: number }>> = {
  cet: { zone: 'Europe/Brussels', offset: 60 },
  cest: { zone: 'Europe/Brussels', offset: 120 },
  hnec: { zone: 'Europe/Brussels', offset: 60 },
  gmt: { zone: 'UTC', offset: 0 },
  utc: { zone: 'UTC', offset: 0 },
  wet: { zone: 'Europe/Lisbon', offset: 0 },
  bst: { zone: 'Europe/London', offset: 60 },
  eet: { zone: 'Europe/Athens', offset: 120 },
  eest: { zone: 'Europe/Athens', offset: 180 },
  eat: { zone: 'Africa/Nairobi', offset: 180 },
  wat: { zone: 'Africa/Lagos', offset: 60 },
  cat: { zone: 'Africa/Maputo', offset: 120 },
  sast: { zone: 'Africa/Johannesburg', offset: 120 },
  est: { zone: 'America/New_York', offset: -300 },
  edt: { zone: 'America/New_York', offset: -240 },
}

const cities: Readonly<Record<string, string>> = {
  brussels: 'Europe/Brussels',
  bruxelles: 'Europe/Brussels',
  bruselas: 'Europe/Brussels',
  bruxelas: 'Europe/Brussels',
  paris: 'Europe/Paris',
  geneva: 'Europe/Zurich',
  geneve: 'Europe/Zurich',
  ginebra: 'Europe/Zurich',
  genebra: 'Europe/Zurich',
  rome: 'Europe/Rome',
  madrid: 'Europe/Madrid',
  lisbon: 'Europe/Lisbon',
  lisboa: 'Europe/Lisbon',
  london: 'Europe/London',
  londres: 'Europe/London',
  nairobi: 'Africa/Nairobi',
  dakar: 'Africa/Dakar',
  tunis: 'Africa/Tunis',
  cairo: 'Africa/Cairo',
  'addis ababa': 'Africa/Addis_Ababa',
  'addis-abeba': 'Africa/Addis_Ababa',
}

const clock = /(?<![\d/.:-])(\d{1,2})(?:(?: ?[h:] ?|\.)([0-5]\d)(?!\d)| ?h(?![a-z]))?(?: ?(a\.? ?m\b|p\.? ?m\b))?/g
const zoneWords =
  /\b(cet|cest|hnec|gmt|utc|wet|bst|eet|eest|eat|wat|cat|sast|est|edt)\b(?: ?([+-]) ?(\d{1,2})(?::?([0-5]\d))?)?/g
const cityTime =
  /\b(?:heure|heures|hora|horas|time) (?:de |d'|a |in |do |local de )?\(?([a-z-]{4,12}(?: ababa)?)|\b([a-z-]{4,12}(?: ababa)?) (?:local )?time\b/g

/** The time of day and its zone in the words after a date (folded); `day` checks summer and winter time. */
export function readClock(words: string, line: number, day: string | null): Clock {
  const text = words.slice(0, Math.min(400, MAX_LOOK))
  const notes: Unsure[] = []
  const startTime = readTime(text, line, notes)
  if (startTime === null) return { startTime: null, timeZone: null, notes }
  const timeZone = readZone(text, words, line, day, notes)
  if (timeZone === null) notes.push(say.noZone(line))
  return { startTime, timeZone, notes }
}

function readTime(text: string, line: number, notes: Unsure[]): string | null {
  for (const match of text.matchAll(clock)) {
    const [written, hours = '', minutes, half] = match
    const marked = minutes !== undefined || half !== undefined || / ?h$/.test(written)
    if (
      !marked ||
      (written.includes('.') &&
        minutes !== undefined &&
        half === undefined &&
        !/\b(?:at|a|as|las) $/.test(text.slice(0, match.index)))
    )
      continue
    const afternoon = half?.startsWith('p') ?? false
    const hour = Number(hours)
    const valid = half === undefined ? hour <= 23 : hour >= 1 && hour <= 12
    if (!valid) {
      notes.push(say.unknownTime(written.trim(), line))
      return null
    }
    const full = half === undefined ? hour : (hour % 12) + (afternoon ? 12 : 0)
    return `${String(full).padStart(2, '0')}:${minutes ?? '00'}`
  }
  return null
}

function readZone(text: string, words: string, line: number, day: string | null, notes: Unsure[]): string | null {
  for (const match of text.matchAll(cityTime)) {
    const zone = cities[match[1] ?? match[2] ?? '']
    if (zone) return zone
  }
  for (const match of text.matchAll(zoneWords)) {
    const [written, letters = '', sign, hours, minutes] = match
    if (letters === 'est' && !/\d ?(?:am|pm|a\.m\.|p\.m\.)? ?\(?$/.test(words.slice(0, match.index))) continue
    const known = zones[letters]
    if (!known) continue
    if (sign && hours && (minutes === undefined || minutes === '00')) {
      const count = Number(hours)
      const zone = count === 0 ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${count}`
      if (count > 14) continue
      notes.push(say.offsetOnly(written, zone, line))
      return zone
    }
    if (day !== null && offsetOf(known.zone, day) !== known.offset) {
      notes.push(say.wrongSeason(letters.toUpperCase(), known.zone, line))
    }
    return known.zone
  }
  return null
}

/** Minutes east of Greenwich at noon of a day. */
function offsetOf(zone: string, day: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  const name =
    format.formatToParts(new Date(`${day}T12:00:00Z`)).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const match = /([+-])(\d{2}):(\d{2})/.exec(name)
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0
}
