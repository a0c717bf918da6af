import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { aSeminarValue, aText } from '#testing/seminar-values.ts'
import { atomFeed } from './atom.ts'

const context = { origin: 'https://hub.example', hubName: 'The hub', lang: 'en', updatedAt: '2020-01-01T00:00:00.000Z' }
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => name === 'entry' })

function read(...seminars: Parameters<typeof atomFeed>[0]): unknown {
  return parser.parse(atomFeed(seminars, context))
}

test('the seminar changed last comes first, and the feed is as new as it', () => {
  const older = aSeminarValue({ id: 'sem_02', updatedAt: '2021-10-01T00:00:00.000Z' })

  expect(read(older, aSeminarValue())).toMatchObject({
    feed: {
      '@xml:lang': 'en',
      title: 'The hub',
      updated: '2021-11-20T09:30:00.000Z',
      entry: [
        { updated: '2021-11-20T09:30:00.000Z', published: '2021-11-01T08:00:00.000Z' },
        { updated: '2021-10-01T00:00:00.000Z' },
      ],
    },
  })
})

test('an entry links to the page in each language it has, and keeps its id at another address', () => {
  const here = read(aSeminarValue())
  const moved = parser.parse(atomFeed([aSeminarValue()], { ...context, origin: 'https://moved.example' }))

  expect(here).toMatchObject({
    feed: {
      entry: [
        {
          link: [
            { '@hreflang': 'en', '@href': 'https://hub.example/en/seminars/links' },
            { '@hreflang': 'fr', '@href': 'https://hub.example/fr/seminars/liens' },
          ],
        },
      ],
    },
  })
  expect(idsOf(moved)).toEqual(idsOf(here))
  expect(idsOf(here)).toEqual([expect.stringMatching(/^urn:uuid:[\da-f-]{36}$/)])
})

function idsOf(feed: unknown): string[] {
  return [...JSON.stringify(feed).matchAll(/"entry":\[\{"id":"([^"]+)"/g)].map((match) => match[1] ?? '')
}

test('a text in another language says so', () => {
  expect(read(aSeminarValue({ title: aText('Liens', 'fr'), summary: aText('ملخص', 'ar', 'machine') }))).toMatchObject({
    feed: {
      entry: [{ title: { '@xml:lang': 'fr', '#text': 'Liens' }, summary: { '@xml:lang': 'ar', '#text': 'ملخص' } }],
    },
  })
})

test('an empty feed is a feed', () => {
  expect(read()).toMatchObject({ feed: { updated: '2020-01-01T00:00:00.000Z', author: { name: 'The hub' } } })
})

test('of many seminars the fifty newest are told', () => {
  const many = Array.from({ length: 60 }, (_, index) => aSeminarValue({ id: `sem_${index}` }))

  expect(atomFeed(many, context).match(/<entry>/g)?.length).toBe(50)
})

test('hostile text leaves the feed well-formed', () => {
  const title = '</title><entry/>&x;\u0001'
  const xml = atomFeed([aSeminarValue({ title: aText(title) })], context)

  expect(XMLValidator.validate(xml)).toBe(true)
  expect(parser.parse(xml)).toMatchObject({ feed: { entry: [{ title: '</title><entry/>&x;' }] } })
})
