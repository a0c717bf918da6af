import { z } from 'zod'
import { cleanFileName, fileRef, readFileRef } from '#features/files/index.ts'
import { canonicalLanguageTag, type MessageKey } from '#platform/i18n/index.ts'
import { cleanText } from '#platform/text/index.ts'
import { isTimeZone, zonedToInstant } from '#platform/time.ts'
import { isPicked, isSame, type Fact, type FactValue, type FactValues } from './kind.ts'

export type ReadFact =
  { readonly ok: true; readonly value: FactValue } | { readonly ok: false; readonly message: MessageKey }

const most = { text: 500, lines: 200, picks: 200 } as const

/** A value of a fact as its field shows it: an instant on the clock of its zone, all others as they are. */
export function showFact(fact: Fact, value: FactValue, facts: FactValues): FactValue {
  if (fact.type === 'lines') return value.length === 0 ? [] : [value.join('\n')]
  const [first] = value
  if (fact.type !== 'instant' || first === undefined) return value
  const zone = facts[fact.zone]?.[0] ?? 'UTC'
  return [localTime(first, zone)]
}

/** `2026-03-10T09:00`, as a clock in a zone shows an instant. */
export function localTime(at: string, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime()
  return local.toString({ smallestUnit: local.second === 0 && local.millisecond === 0 ? 'minute' : 'millisecond' })
}

/** Reads what was sent for a fact. What still shows what it showed stays exactly as it was kept. */
export function readFact(fact: Fact, sent: FactValue, current: FactValues, zoneOf: (name: string) => string): ReadFact {
  const kept = current[fact.name] ?? []
  const texts = sent.map((text) => cleanText(text).trim()).filter((text) => text !== '')
  const isMoved = fact.type === 'instant' && (current[fact.zone]?.[0] ?? '') !== zoneOf(fact.zone)
  if (!isMoved && isSame(texts, showFact(fact, kept, current))) return required(fact, kept)
  if (isPicked(fact)) return readPicks(fact, texts)
  if (fact.type === 'lines') return readLines(fact, texts[0] ?? '')
  if (fact.type === 'choices') return readChoices(fact, texts, kept)
  const [text] = texts
  if (text === undefined) return required(fact, [])
  const read = readText(fact, text, zoneOf)
  return typeof read === 'string' ? { ok: true, value: [read] } : { ok: false, message: read.message }
}

function required(fact: Fact, value: FactValue): ReadFact {
  return value.length === 0 && fact.required ? { ok: false, message: 'form.required' } : { ok: true, value }
}

function readPicks(fact: Fact, texts: readonly string[]): ReadFact {
  const picks = [...new Set(texts)]
  if (picks.length > most.picks || picks.some((pick) => pick.length > 100))
    return { ok: false, message: 'form.tooLong' }
  if (fact.type === 'record' && picks.length > 1) return { ok: false, message: 'desk.problem.one' }
  if (fact.type === 'places' && !picks.every(isPlace)) return { ok: false, message: 'form.invalid' }
  return required(fact, picks)
}

function readLines(fact: Fact & { type: 'lines' }, text: string): ReadFact {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
  if (lines.length > most.lines || lines.some((line) => line.length > most.text))
    return { ok: false, message: 'form.tooLong' }
  if (!lines.every((line) => fact.pattern.test(line))) return { ok: false, message: 'form.invalid' }
  const { readLine = (line: string) => line } = fact
  const read: string[] = []
  for (const line of lines) {
    const kept = readLine(line)
    if (typeof kept !== 'string') return { ok: false, message: kept.message }
    read.push(kept)
  }
  return required(fact, [...new Set(read)])
}

/** What was chosen before keeps its order, for the first may count most; what is new comes after it, as it was sent. */
function readChoices(fact: Fact & { type: 'choices' }, texts: readonly string[], kept: FactValue): ReadFact {
  const known = new Set(fact.choices.map(({ value }) => value))
  if (!texts.every((text) => known.has(text))) return { ok: false, message: 'form.invalid' }
  return required(fact, [...new Set([...kept.filter((value) => texts.includes(value)), ...texts])])
}

type Refused = { readonly message: MessageKey }
const refused = (message: MessageKey): Refused => ({ message })

const Day = z.iso.date().refine((day) => day >= '1900' && day < '2200')
const Period = z
  .string()
  .regex(/^(19|20|21)\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?$/)
  .refine((text) => text.length < 10 || Day.safeParse(text).success)
const Link = z.url({ protocol: /^https?$/ }).max(2000)

/** Reads one text of a fact: its canonical form, or why it cannot be read. */
function readText(fact: Fact, text: string, zoneOf: (name: string) => string): string | Refused {
  if (text.length > (fact.type === 'url' ? 2000 : most.text)) return refused('form.tooLong')
  switch (fact.type) {
    case 'text':
      if (fact.pattern && !fact.pattern.test(text)) return refused('desk.problem.pattern')
      return text.replace(/\s+/g, ' ')
    case 'select':
      return fact.choices.some((choice) => choice.value === text) ? text : refused('form.invalid')
    case 'number': {
      const number = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN
      return number >= fact.min && number <= fact.max ? String(number) : refused('desk.problem.number')
    }
    case 'day':
      return Day.safeParse(text).success ? text : refused('desk.problem.day')
    case 'period':
      return Period.safeParse(text).success ? text : refused('desk.problem.period')
    case 'url':
      return Link.safeParse(text).success ? text : refused('desk.problem.url')
    case 'flag':
      return text === 'on' ? text : refused('form.invalid')
    case 'country':
      return /^[A-Z]{2}$/.test(text) && isPlace(text) ? text : refused('form.invalid')
    case 'zone':
      return isTimeZone(text) ? text : refused('desk.problem.zone')
    case 'language':
      return canonicalLanguageTag(text) ?? refused('desk.problem.language')
    case 'file': {
      const ref = readFileRef(text)
      return ref ? fileRef({ ...ref, name: cleanFileName(ref.name) }) : refused('desk.problem.fileUnknown')
    }
    case 'instant':
      return readInstant(text, zoneOf(fact.zone))
    default:
      return refused('form.invalid')
  }
}

function readInstant(text: string, zone: string): string | Refused {
  const [day = '', time = ''] = text.split('T', 2)
  if (!Day.safeParse(day).success || !/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time) || !isTimeZone(zone)) {
    return refused('desk.problem.instant')
  }
  return clockState(day, time, zone) === 'skipped' ? refused('desk.problem.skipped') : zonedToInstant(day, time, zone)
}

/** Whether a clock in a zone shows a time on a day once, never (it is put forward over it) or twice (it is put back). */
export function clockState(day: string, time: string, zone: string): 'once' | 'skipped' | 'twice' {
  const local = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(time))
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) return 'once'
  return earlier.toPlainDateTime().equals(local) ? 'twice' : 'skipped'
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** An ISO 3166-1 or UN M49 code that CLDR has a name for. */
function isPlace(code: string): boolean {
  return /^([A-Z]{2}|\d{3})$/.test(code) && regions.of(code) !== undefined
}

/** Countries by ISO 3166-1. */
export const listCountries = (): readonly string[] => countries

/** Every place that can be named: countries, and regions by UN M49. */
export const listPlaces = (): readonly string[] => placeCodes

const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index))
const notCountries = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '))
const m49 = `001 002 003 005 009 011 013 014 015 017 018 019 021 029 030 034 035 039 053 054 057 061 142 143 145 150 151 154
  155 202 419`
const isCountry = (code: string) =>
  isPlace(code) && !notCountries.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`

const countries = letters.flatMap((one) => letters.map((other) => one + other)).filter(isCountry)
const placeCodes: readonly string[] = [...countries, ...m49.split(/\s+/)]
