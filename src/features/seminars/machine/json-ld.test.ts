import { expect, test } from 'vitest'
import type { JsonLd } from '#platform/json-ld.ts'
import { jsonForHtml } from '#platform/text/index.ts'
import { aSeminarValue, aSessionValue, aSpeakerValue, aText } from '#testing/seminar-values.ts'
import type { Material } from '../domain.ts'
import { seminarJsonLd } from './json-ld.ts'

const origin = 'https://hub.example'
const recording: Material = {
  id: 'mat_1',
  kind: 'recording',
  lang: 'fr',
  url: 'https://video.example/1',
  file: null,
  label: aText('Recording'),
  bytes: null,
  seconds: 3600,
  session: 1,
  synthetic: false,
}

function dates({ startDate, endDate }: JsonLd) {
  return [startDate, endDate]
}

test('a seminar is an event with its series, its sessions and their recordings', () => {
  const seminar = aSeminarValue({
    sessions: [
      aSessionValue({
        startsAt: '2021-12-01T13:00:00.000Z',
        endsAt: '2021-12-01T15:00:00.000Z',
        speakers: [aSpeakerValue()],
        materials: [recording],
      }),
    ],
    concepts: [{ id: 'con_1', scheme: 'sdg', notation: '8', label: aText('Decent work'), href: '/en/themes/sdg/8' }],
  })

  expect(seminarJsonLd(seminar, origin)).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Event',
    '@id': 'https://hub.example/r/sem_01',
    name: 'Links between development and reintegration',
    description: 'Two days on what ties the two together.',
    url: 'https://hub.example/en/seminars/links',
    startDate: '2021-12-01T14:00+01:00',
    endDate: '2021-12-01T16:00+01:00',
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
    location: { '@type': 'VirtualLocation', name: 'Zoom', url: 'https://hub.example/en/seminars/links' },
    inLanguage: ['en', 'fr'],
    superEvent: {
      '@type': 'EventSeries',
      name: 'Interregional seminars',
      url: 'https://hub.example/en/series/interregional',
    },
    keywords: {
      '@type': 'DefinedTerm',
      name: 'Decent work',
      inDefinedTermSet: 'https://hub.example/vocabularies/sdg',
      termCode: '8',
    },
    subEvent: {
      '@type': 'Event',
      name: 'Session title 1',
      url: 'https://hub.example/en/seminars/links/sessions/1',
      startDate: '2021-12-01T14:00+01:00',
      endDate: '2021-12-01T16:00+01:00',
      duration: 'PT120M',
      performer: { '@type': 'Person', name: 'Amina Diallo', url: 'https://hub.example/en/people/amina-diallo' },
      recordedIn: {
        '@type': 'VideoObject',
        name: 'Recording',
        url: 'https://video.example/1',
        inLanguage: 'fr',
        duration: 'PT3600S',
      },
    },
  })
})

test('a recording that the hub keeps is named with its file and type', () => {
  const file = { sha256: 'ab', name: 'talk.mp4', type: 'video/mp4' }
  const kept = { ...recording, url: '/files/ab/talk.mp4', file }
  expect(seminarJsonLd(aSeminarValue({ materials: [kept] }), origin)['recordedIn']).toEqual({
    '@type': 'VideoObject',
    name: 'Recording',
    url: 'https://hub.example/files/ab/talk.mp4',
    contentUrl: 'https://hub.example/files/ab/talk.mp4',
    encodingFormat: 'video/mp4',
    inLanguage: 'fr',
    duration: 'PT3600S',
  })
})

test('what is not known is not told: a month has no day, a day has no hour', () => {
  expect(dates(seminarJsonLd(aSeminarValue(), origin))).toEqual(['2021-12-01', '2021-12-02'])
  expect(
    dates(seminarJsonLd(aSeminarValue({ precision: 'month', startsOn: '2021-03-01', endsOn: '2021-03-31' }), origin)),
  ).toEqual(['2021-03', '2021-03'])
})

test('where to join is not told, whatever the access', () => {
  expect(JSON.stringify(seminarJsonLd(aSeminarValue({ joinUrl: 'https://meet.example/1' }), origin))).not.toContain(
    'meet.example',
  )
})

test('a title cannot end the element that carries it', () => {
  const { __html } = jsonForHtml(
    seminarJsonLd(aSeminarValue({ title: aText('</script><script>alert(1)//\u2028<!--') }), origin),
  )

  expect(__html).not.toMatch(/[<\u2028]/)
  const read: unknown = JSON.parse(__html)
  expect(read).toMatchObject({ name: '</script><script>alert(1)//\u2028<!--' })
})
