import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  dayOf,
  formatDay,
  formatDayRange,
  formatInstant,
  formatMinutes,
  formatPartialDay,
  formatTime,
  formatTimeRange,
  readClock,
  writeClock,
  isTimeZone,
  zoneName,
  zonedToInstant,
} from './time.ts'

const langs = ['en', 'fr', 'es', 'ar', 'pt']
const brussels = 'Europe/Brussels'

// CLDR sets ranges with thin spaces and marks that nobody sees.
const plain = (text: string) => text.replace(/[\u2009\u202F\u00A0]/g, ' ').replace(/[\u200E\u200F]/g, '')

test('a day reads as each language writes it', () => {
  expect(langs.map((lang) => plain(formatDay('2021-12-01', lang)))).toEqual([
    '1 December 2021',
    '1er décembre 2021',
    '1 de diciembre de 2021',
    '1 ديسمبر 2021',
    '1 de dezembro de 2021',
  ])
  expect(plain(formatDay('2021-12-01', 'fr', 'full'))).toBe('mercredi 1er décembre 2021')
  expect(plain(formatDay('2021-12-11', 'fr', 'weekday'))).toBe('samedi 11 décembre')
})

test('several days read as one range', () => {
  expect(langs.map((lang) => plain(formatDayRange('2021-12-01', '2021-12-02', lang)))).toEqual([
    '1 – 2 December 2021',
    '1er–2 décembre 2021',
    '1–2 de diciembre de 2021',
    '1–2 ديسمبر 2021',
    '1–2 de dezembro de 2021',
  ])
  expect(plain(formatDayRange('2021-12-31', '2022-01-01', 'fr'))).toBe('31 décembre 2021 – 1er janvier 2022')
  expect(plain(formatDayRange('2022-12-08', '2022-12-08', 'en'))).toBe('8 December 2022')
})

test('a month known without days is said as a month', () => {
  const march = langs.map((lang) => plain(formatDayRange('2021-03-01', '2021-03-31', lang, 'month')))
  expect(march).toEqual(['March 2021', 'mars 2021', 'marzo de 2021', 'مارس 2021', 'março de 2021'])
})

test('a day is said as exactly as it is known', () => {
  const said = (day: string) => langs.map((lang) => plain(formatPartialDay(day, lang)))
  expect(said('2021')).toEqual(['2021', '2021', '2021', '2021', '2021'])
  expect(said('2021-08')).toEqual(['August 2021', 'août 2021', 'agosto de 2021', 'أغسطس 2021', 'agosto de 2021'])
  expect(said('2021-08-01')).toEqual(langs.map((lang) => plain(formatDay('2021-08-01', lang))))
})

test.each(['2021-13', '2021-8', '2021-08-32', '21', 'when', ''])('“%s” is not a day, however exactly known', (day) => {
  expect(() => formatPartialDay(day, 'en')).toThrow(RangeError)
})

test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('a day is the same day in a process that runs in %s', (zone) => {
  const program = `
    import { formatDayRange } from '${import.meta.dirname}/time.ts'
    console.log(new Date(2021, 11, 1).toISOString().slice(0, 10), formatDayRange('2021-12-01', '2021-12-01', 'en'))`
  const printed = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
    env: { ...process.env, TZ: zone },
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
  })
  expect(printed.slice(11)).toBe('1 December 2021\n')
})

test.each(['2022-02-31', '2022-13-01', '31/02/2022', '', 'tomorrow'])('“%s” is not a day', (day) => {
  expect(() => formatDay(day, 'en')).toThrow(RangeError)
})

test('hours are told in the zone they are given, on a clock of 24 hours', () => {
  expect(formatTime('2022-12-08T12:00:00Z', 'en', brussels)).toBe('13:00')
  expect(plain(formatTimeRange('2022-12-08T08:30:00.000Z', '2022-12-08T10:00:00Z', 'en', brussels))).toBe('09:30–11:00')
  expect(plain(formatTimeRange('2022-12-08T22:30:00Z', '2022-12-09T00:00:00Z', 'fr', brussels))).toBe(
    '8 décembre 2022 à 23:30 – 9 décembre 2022 à 01:00',
  )
  expect(plain(formatInstant('2022-12-08T12:00:00Z', 'es', 'Africa/Addis_Ababa'))).toBe(
    '8 de diciembre de 2022 a las 15:00',
  )
  expect(formatTime('2022-12-07T23:00:00Z', 'en', brussels)).toBe('00:00')
})

test('a zone is named with its distance from UTC on that day', () => {
  expect(zoneName(brussels, 'en', '2022-12-08T12:00:00Z')).toEqual({ name: 'Central European Time', offset: 'GMT+1' })
  expect(zoneName(brussels, 'fr', '2022-07-08T12:00:00Z')).toEqual({ name: 'heure d’Europe centrale', offset: 'UTC+2' })
})

test('a length of time reads in hours and minutes', () => {
  expect([120, 90, 45].map((minutes) => plain(formatMinutes(minutes, 'fr')))).toEqual([
    '2 heures',
    '1 heure et 30 minutes',
    '45 minutes',
  ])
})

describe('a wall clock becomes an instant', () => {
  test.each([
    ['2022-12-08', '13:00', brussels, '2022-12-08T12:00:00.000Z'],
    ['2022-07-08', '13:00', brussels, '2022-07-08T11:00:00.000Z'],
    ['2022-03-27', '02:30', brussels, '2022-03-27T01:30:00.000Z'],
    ['2022-10-30', '02:30', brussels, '2022-10-30T00:30:00.000Z'],
    ['2022-10-30', '03:00', brussels, '2022-10-30T02:00:00.000Z'],
    ['2022-12-08', '00:00', 'Asia/Kathmandu', '2022-12-07T18:15:00.000Z'],
    ['2024-02-29', '23:59', 'UTC', '2024-02-29T23:59:00.000Z'],
  ])('%s %s in %s is %s', (day, time, zone, expected) => {
    expect(zonedToInstant(day, time, zone)).toBe(expected)
  })

  test.each([
    ['2022-02-30', '10:00', brussels],
    ['2022-02-20', '25:00', brussels],
    ['2022-02-20', '1pm', brussels],
    ['2022-02-20', '', brussels],
    ['2022-02-20', '10:00', 'Mars/Olympus'],
  ])('%s %s in %s is refused', (day, time, zone) => {
    expect(() => zonedToInstant(day, time, zone)).toThrow(RangeError)
  })

  test('and an instant has a day of its own in each zone', () => {
    const zones = ['Pacific/Auckland', brussels, 'Pacific/Honolulu']
    expect(zones.map((zone) => dayOf('2021-12-01T11:30:00Z', zone))).toEqual(['2021-12-02', '2021-12-01', '2021-12-01'])
    expect(dayOf('2022-03-27T00:59:59.999Z', brussels)).toBe('2022-03-27')
  })
})

test('zones are those of the IANA database', () => {
  const names = [
    brussels,
    'UTC',
    'Africa/Addis_Ababa',
    'Etc/GMT+1',
    'Mars/Olympus',
    '',
    '+01:00',
    '../UTC',
    'a'.repeat(200),
  ]
  expect(names.map(isTimeZone)).toEqual([true, true, true, true, false, false, false, false, false])
})

test.each([
  ['1:02:03', 3_723_000],
  ['0:00', 0],
  ['12:34.5', 754_500],
  ['99:59:59.999', 359_999_999],
  ['90:00', 5_400_000],
  ['1:60:00', null],
  ['1:2', null],
  ['12:60', null],
  ['754', null],
  ['', null],
  ['-1:00', null],
])('a place in a recording %s is %s milliseconds', (text, milliseconds) => {
  expect(readClock(text)).toBe(milliseconds)
})

test.each([0, 3_723_000, 754_500, 86_400_000])('%s milliseconds are written as they are read', (milliseconds) => {
  expect(readClock(writeClock(milliseconds))).toBe(milliseconds)
})
