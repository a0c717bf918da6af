import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import type { Episode } from '#features/recordings/index.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aRecorded } from '#testing/recorded-values.ts'
import { aSeminarValue, aSessionValue, aText } from '#testing/seminar-values.ts'
import { podcastFeed } from './podcast.ts'

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => name === 'item' })
const sound = { href: '/files/bb/day-audio.m4a', type: 'audio/mp4', bytes: 900, duration: 754_500 }

const anEpisode = (changes: Partial<Episode> = {}): Episode => ({
  seminar: aSeminarValue(),
  session: aSessionValue(),
  recorded: aRecorded(),
  sound,
  isOneOfSeveral: false,
  ...changes,
})

function write(lang: string, ...episodes: Episode[]): string {
  const { t, hub } = aPageContext(lang)
  const xml = podcastFeed(episodes, { origin: 'https://hub.example', hubName: hub.name, lang, t })
  expect(XMLValidator.validate(xml)).toBe(true)
  return xml
}

const read = (lang: string, ...episodes: Episode[]) => parser.parse(write(lang, ...episodes)).rss

test('an episode has its file, its place in the hub, its chapters and its transcripts', () => {
  const page = 'https://hub.example/en/seminars/links/sessions/1'
  const { channel, ...rss } = read('en', anEpisode())

  expect([rss['@version'], rss['@xmlns:itunes']]).toEqual(['2.0', 'http://www.itunes.com/dtds/podcast-1.0.dtd'])
  expect(channel).toMatchObject({
    title: 'Learning Hub: sessions to listen to',
    link: 'https://hub.example/en/seminars',
    language: 'en',
    pubDate: 'Fri, 10 Dec 2021 08:00:00 GMT',
    'atom:link': { '@rel': 'self', '@type': 'application/rss+xml', '@href': 'https://hub.example/en/podcast.xml' },
    'itunes:author': 'Learning Hub',
    'itunes:explicit': false,
  })
  expect(channel.item).toEqual([
    {
      title: 'Session title 1',
      link: `${page}#recording`,
      guid: { '@isPermaLink': 'true', '#text': 'https://hub.example/r/rec_01' },
      pubDate: 'Fri, 10 Dec 2021 08:00:00 GMT',
      description:
        '<p>Links between development and reintegration</p>\n<p>What we learnt.</p>\n<p>Sound is poor at the beginning.</p>',
      enclosure: { '@url': 'https://hub.example/files/bb/day-audio.m4a', '@length': '900', '@type': 'audio/mp4' },
      'itunes:duration': 755,
      'itunes:episodeType': 'full',
      'itunes:explicit': false,
      'podcast:transcript': [
        { '@url': `${page}/captions/en.vtt`, '@type': 'text/vtt', '@language': 'en', '@rel': 'captions' },
        { '@url': `${page}/captions/en.srt`, '@type': 'application/x-subrip', '@language': 'en', '@rel': 'captions' },
      ],
      'podcast:chapters': { '@url': `${page}/chapters/en.json`, '@type': 'application/json+chapters' },
    },
  ])
})

test('what is not known is left out, and where there are several recordings the title says which', () => {
  const bare = {
    ...aRecorded({ note: null, publishedAt: null, synthetic: true, title: aText('Second camera') }),
    chapters: [],
    captions: [],
  }
  const session = aSessionValue({ abstract: null })
  const { channel } = read(
    'en',
    anEpisode({ session, recorded: bare, sound: { ...sound, duration: null }, isOneOfSeveral: true }),
  )

  expect(channel.item).toEqual([
    {
      title: 'Session title 1 · Second camera',
      link: expect.any(String),
      guid: expect.any(Object),
      pubDate: 'Sat, 20 Nov 2021 09:30:00 GMT',
      description:
        '<p>Links between development and reintegration</p>\n<p>Two days on what ties the two together.</p>\n<p>Made up for demonstration</p>',
      enclosure: expect.any(Object),
      'itunes:episodeType': 'full',
      'itunes:explicit': false,
    },
  ])
})

test('in Arabic the words are Arabic, and a text in another language says so', () => {
  const session = aSessionValue({ title: aText('جلسة الافتتاح', 'ar'), abstract: aText('ملخص', 'ar') })
  const { channel } = read('ar', anEpisode({ session }), anEpisode())

  expect([channel.language, channel.title]).toEqual(['ar', 'Learning Hub: جلسات للاستماع'])
  expect(channel.item[0].title).toBe('جلسة الافتتاح')
  expect(channel.item[0].description).toContain(
    '<p lang="en" dir="ltr">Links between development and reintegration</p>\n<p>ملخص</p>',
  )
  expect(channel.item[1].title).toEqual({ '@xml:lang': 'en', '#text': 'Session title 1' })
})

test('hostile words stay words, in XML and in the HTML that players make of a description', () => {
  const hostile = `</title><item>&x;\u0001 <script>alert("1")</script> ]]>`
  const session = aSessionValue({ title: aText(hostile), abstract: aText(`<img src=x onerror=alert(1)> & ${hostile}`) })
  const { channel } = read('en', anEpisode({ session }))

  expect(channel.item.length).toBe(1)
  expect(channel.item[0].title).toBe('</title><item>&x; <script>alert("1")</script> ]]>')
  expect(channel.item[0].description).not.toMatch(/<(?!\/?p>)/)
  expect(channel.item[0].description).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; ')
})

test('a podcast without episodes is one', () => {
  const { channel } = read('fr')

  expect([channel.title, channel.item, channel.pubDate]).toEqual([
    'Learning Hub\u202f: sessions à écouter',
    undefined,
    undefined,
  ])
  expect(channel['atom:link']['@href']).toBe('https://hub.example/fr/podcast.xml')
})
