import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { aSeminarValue, aSessionValue, aSpeakerValue, aText } from '#testing/seminar-values.ts'
import type { Seminar } from '../domain.ts'
import { scheduleJson, scheduleXml } from './schedule.ts'

const context = { origin: 'https://hub.example', hubName: 'The hub', lang: 'en', t: (key: string) => key }
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => ['day', 'event', 'person'].includes(name),
})

function events(seminar: Seminar) {
  const { days } = scheduleJson(seminar, context).schedule.conference
  return days.flatMap((day) =>
    Object.values(day.rooms)
      .flat()
      .map((event) => ({ day: day.date, ...event })),
  )
}

function ids(seminar: Seminar) {
  return events(seminar).map(({ id, guid }) => ({ id, guid }))
}

const timed = aSeminarValue({
  sessions: [
    aSessionValue({
      startsAt: '2021-12-01T13:00:00.000Z',
      endsAt: '2021-12-01T15:00:00.000Z',
      speakers: [aSpeakerValue()],
    }),
    aSessionValue({ number: 2, startsOn: '2021-12-02', startsAt: '2021-12-02T08:30:00.000Z', minutes: 90 }),
  ],
})

test('sessions stand under their day at the local hour of the seminar', () => {
  expect(
    events(timed).map(({ day, date, start, duration, subtitle }) => ({ day, date, start, duration, subtitle })),
  ).toEqual([
    { day: '2021-12-01', date: '2021-12-01T14:00:00+01:00', start: '14:00', duration: '02:00', subtitle: '' },
    { day: '2021-12-02', date: '2021-12-02T09:30:00+01:00', start: '09:30', duration: '01:30', subtitle: '' },
  ])
})

test('a session without hours is there with its known length, and says that its hour is unknown', () => {
  const unknown = aSeminarValue({
    sessions: [aSessionValue(), aSessionValue({ number: 2, startsOn: null, minutes: null })],
  })

  expect(events(unknown).map(({ day, start, duration, subtitle }) => [day, start, duration, subtitle])).toEqual([
    ['2021-12-01', '00:00', '02:00', 'agenda.hourUnknown'],
    ['2021-12-01', '00:00', '00:00', 'agenda.dayUnknown'],
  ])
})

test('ids stay when everything else of a session changes, and differ between sessions', () => {
  const changed = aSeminarValue({
    title: aText('Other'),
    sessions: timed.sessions.map((session) => ({ ...session, title: aText('Other') })),
  })

  expect(ids(changed)).toEqual(ids(timed))
  expect(new Set(ids(timed).map(({ guid }) => guid)).size).toBe(2)
  expect(ids(timed)[0]?.guid).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

test('the XML holds every session of the JSON, with its speakers', () => {
  const read: unknown = parser.parse(scheduleXml(timed, context))

  expect(read).toMatchObject({
    schedule: {
      conference: {
        acronym: 'sem_01',
        start: '2021-12-01',
        end: '2021-12-02',
        days: '2',
        time_zone_name: 'Europe/Brussels',
      },
      day: [
        {
          '@index': '1',
          '@date': '2021-12-01',
          '@start': '2021-12-01T00:00:00+01:00',
          '@end': '2021-12-01T23:59:59+01:00',
          room: {
            '@name': 'Zoom',
            event: [
              {
                title: 'Session title 1',
                start: '14:00',
                language: 'en',
                persons: { person: [{ '#text': 'Amina Diallo' }] },
              },
            ],
          },
        },
        { '@index': '2', room: { event: [{ title: 'Session title 2', duration: '01:30' }] } },
      ],
    },
  })
})

test('a seminar of which only the month is known has one day, and its sessions say what is unknown', () => {
  const march = aSeminarValue({
    startsOn: '2021-03-01',
    endsOn: '2021-03-31',
    precision: 'month',
    sessions: [aSessionValue({ startsOn: null })],
  })

  expect(events(march).map(({ day, subtitle }) => [day, subtitle])).toEqual([['2021-03-01', 'agenda.dayUnknown']])
})

test('hostile text leaves the XML well-formed and the text a text', () => {
  const title = ']]></title><event id="1"/>&lol;\u0000\uD800'
  const xml = scheduleXml(
    aSeminarValue({ sessions: [aSessionValue({ title: aText(title), abstract: aText('<script>') })] }),
    context,
  )

  expect(XMLValidator.validate(xml)).toBe(true)
  const read: unknown = parser.parse(xml)
  expect(read).toMatchObject({
    schedule: { day: [{ room: { event: [{ title: ']]></title><event id="1"/>&lol;\uFFFD' }] } }, {}] },
  })
})

test('a session under the Chatham House Rule is marked as one that is not recorded', () => {
  const ruled = aSeminarValue({ sessions: [aSessionValue({ isChathamHouse: true }), aSessionValue({ number: 2 })] })

  expect(events(ruled).map((event) => event.do_not_record)).toEqual([true, false])
  expect(scheduleXml(ruled, context).match(/<optout>\w+<\/optout>/g)).toEqual([
    '<optout>true</optout>',
    '<optout>false</optout>',
  ])
})
