import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { cleanText } from '#platform/text/index.ts'
import { aSeminarValue, aSessionValue, aText } from '#testing/seminar-values.ts'
import type { Seminar } from '../domain.ts'
import { hubCalendar, seminarCalendar } from './ics.ts'

const context = { origin: 'https://hub.example', hubName: 'The hub', lang: 'en', t: (key: string) => key }

/** Reads a calendar as a reader that knows no zones but those the file brings. */
function read(ics: string) {
  ICAL.TimezoneService.reset()
  const component = ICAL.Component.fromString(ics)
  for (const zone of component.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  return { component, events: component.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)) }
}

function instants(seminar: Seminar): string[] {
  return read(seminarCalendar(seminar, context)).events.map((event) => event.startDate.toJSDate().toISOString())
}

function around(zone: string, ...startsAt: string[]): Seminar {
  const sessions = startsAt.map((at, index) =>
    aSessionValue({ number: index + 1, startsAt: at, endsAt: new Date(Date.parse(at) + 7_200_000).toISOString() }),
  )
  return aSeminarValue({ timeZone: zone, sessions })
}

test.each([
  ['Europe/Brussels', '2026-10-24T08:00:00.000Z', '2026-10-25T09:00:00.000Z'],
  ['Europe/Brussels', '2021-03-27T08:00:00.000Z', '2021-03-28T08:00:00.000Z'],
  ['Africa/Casablanca', '2022-03-26T09:00:00.000Z', '2022-03-28T09:00:00.000Z'],
  ['Africa/Casablanca', '2021-12-01T09:00:00.000Z', '2026-11-01T09:00:00.000Z'],
  ['America/New_York', '2026-10-31T14:00:00.000Z', '2026-11-01T15:00:00.000Z'],
  ['Africa/Addis_Ababa', '2018-11-27T06:00:00.000Z', '2018-11-28T06:00:00.000Z'],
  ['UTC', '2021-12-01T08:00:00.000Z', '2021-12-02T08:00:00.000Z'],
])('sessions in %s keep their instants across a clock change', (zone, first, second) => {
  expect(instants(around(zone, first, second))).toEqual([first, second])
})

test('both turns of an hour lived twice keep their instants', () => {
  const turns = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']

  expect(instants(around('Europe/Brussels', ...turns))).toEqual(turns)
})

test('the zone of the file says the local hours the reader was promised', () => {
  const ics = seminarCalendar(
    around('Europe/Brussels', '2026-10-24T08:00:00.000Z', '2026-10-25T09:00:00.000Z'),
    context,
  )

  expect(ics.match(/DTSTART;TZID.*/g)?.map((line) => line.trim())).toEqual([
    'DTSTART;TZID=Europe/Brussels:20261024T100000',
    'DTSTART;TZID=Europe/Brussels:20261025T100000',
  ])
})

test('a session with a day and no hours lasts that day and does not keep anybody busy', () => {
  const { events } = read(seminarCalendar(aSeminarValue(), context))
  const found = events.map((event) => [
    event.summary,
    event.startDate.toString(),
    event.endDate.toString(),
    event.startDate.isDate,
    event.component.getFirstPropertyValue('transp'),
  ])

  expect(found).toEqual([
    ['1. Session title 1', '2021-12-01', '2021-12-02', true, 'TRANSPARENT'],
    ['2. Session title 2', '2021-12-02', '2021-12-03', true, 'TRANSPARENT'],
  ])
})

test('a session whose day is unknown spans the days of the seminar', () => {
  const { events } = read(seminarCalendar(aSeminarValue({ sessions: [aSessionValue({ startsOn: null })] }), context))

  expect(events.map((event) => [event.startDate.toString(), event.endDate.toString()])).toEqual([
    ['2021-12-01', '2021-12-03'],
  ])
})

test('a seminar without sessions is one entry under its own title', () => {
  const { events } = read(seminarCalendar(aSeminarValue({ sessions: [] }), context))

  expect(
    events.map((event) => [event.uid, event.summary, event.startDate.toString(), event.endDate.toString()]),
  ).toEqual([['sem_01@hub.example', 'Links between development and reintegration', '2021-12-01', '2021-12-03']])
})

test('a seminar of which only the month is known is in no calendar', () => {
  const march = aSeminarValue({ id: 'sem_02', precision: 'month', sessions: [] })
  const { component, events } = read(hubCalendar([march, aSeminarValue()], context))

  expect(component.getFirstPropertyValue('x-wr-calname')).toBe('The hub')
  expect(events.map((event) => event.uid)).toEqual(['ses_01@hub.example', 'ses_02@hub.example'])
})

test.each([
  ['whose only seminar has but a month', [aSeminarValue({ precision: 'month', sessions: [] })], 'Europe/Brussels'],
  ['without seminars', [], 'Etc/UTC'],
])('a calendar %s is a calendar all the same', (_, seminars, zone) => {
  const { component, events } = read(hubCalendar(seminars, context))
  const [only, ...others] = component.getAllSubcomponents()

  expect([events.length, others.length, only?.name, only?.getFirstPropertyValue('tzid')]).toEqual([
    0,
    0,
    'vtimezone',
    zone,
  ])
})

test('a duration stands in where the end is unknown', () => {
  const session = aSessionValue({ startsAt: '2022-12-08T12:00:00.000Z', minutes: 90 })
  const [event] = read(seminarCalendar(aSeminarValue({ sessions: [session] }), context)).events

  expect(event?.endDate.toJSDate().toISOString()).toBe('2022-12-08T13:30:00.000Z')
})

test('an entry says its revision, where it is and what it is about', () => {
  const seminar = aSeminarValue({
    mode: 'hybrid',
    city: 'Addis Ababa',
    country: 'ET',
    joinUrl: 'https://meet.example/j/1',
    concepts: [
      {
        id: 'con_1',
        scheme: 'level',
        notation: 'community',
        label: aText('community'),
        href: '/en/themes/level/community',
      },
      { id: 'con_2', scheme: 'sdg', notation: '8', label: aText('work, growth'), href: '/en/themes/sdg/8' },
    ],
  })
  const [event] = read(seminarCalendar(seminar, context)).events
  const value = (name: string) => event?.component.getFirstPropertyValue(name)?.toString()

  expect(event?.sequence).toBe(2)
  expect([value('dtstamp'), value('last-modified'), value('created')]).toEqual([
    '2021-11-20T09:30:00Z',
    '2021-11-20T09:30:00Z',
    '2021-11-01T08:00:00Z',
  ])
  expect([event?.location, value('conference'), value('url')]).toEqual([
    'Addis Ababa, Ethiopia, Zoom',
    'https://meet.example/j/1',
    'https://hub.example/en/seminars/links/sessions/1',
  ])
  expect(event?.component.getFirstProperty('categories')?.getValues()).toEqual(['community', 'work, growth'])
  expect(event?.component.getFirstProperty('summary')?.getParameter('language')).toBe('en')
})

test.each(['members', 'invitation', null] as const)('where to join is not told when access is %s', (access) => {
  const seminar = aSeminarValue({ access, joinUrl: 'https://meet.example/secret' })

  expect(seminarCalendar(aSeminarValue({ ...seminar, access: 'public' }), context)).toContain('meet.example/secret')
  expect(seminarCalendar(seminar, context)).not.toContain('meet.example')
})

test('any title, in any script, survives, in lines of at most 75 octets that end with CRLF', () => {
  const title = fc.string({ unit: 'binary', maxLength: 300 })
  fc.assert(
    fc.property(fc.oneof(title, fc.string({ unit: 'grapheme' }), fc.constant('إعادة الإدماج '.repeat(20))), (value) => {
      const ics = seminarCalendar(aSeminarValue({ sessions: [], title: aText(value, 'ar') }), context)
      const lines = ics.split('\r\n')
      expect(read(ics).events[0]?.summary ?? '').toBe(cleanText(value.toWellFormed()))
      expect(
        lines.filter((line) => Buffer.byteLength(line) > 75 || /[\r\n]/.test(line) || !line.isWellFormed()),
      ).toEqual([])
    }),
    { numRuns: 200 },
  )
})

test('a title that plays a calendar stays a title', () => {
  const hostile = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:evil;,\\'
  const { events } = read(seminarCalendar(aSeminarValue({ sessions: [], title: aText(hostile) }), context))

  expect(events.map((event) => [event.uid, event.summary])).toEqual([
    ['sem_01@hub.example', hostile.replaceAll('\r', '')],
  ])
})

test('a session under the Chatham House Rule says so in its description', () => {
  const ruled = aSeminarValue({ sessions: [aSessionValue({ isChathamHouse: true }), aSessionValue({ number: 2 })] })
  const { events } = read(seminarCalendar(ruled, context))

  expect(events.map(({ description }) => description.includes('session.chathamHouse'))).toEqual([true, false])
})
