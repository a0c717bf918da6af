import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { setStatus } from '#features/records/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord, deed } from '#testing/makers.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ cache: true })
  for (const name of ['first', 'second']) {
    const id = await aRecord(hub.kysely, 'programme', { name: { en: `Quixotic ${name}`, fr: `Quichotte ${name}` } })
    const at = name === 'first' ? '2026-01-01T00:00:00.000Z' : '2026-02-01T00:00:00.000Z'
    await hub.kysely.updateTable('record').set({ published_at: at }).where('id', '=', id).execute()
  }
  const members = await aRecord(hub.kysely, 'programme', { name: { en: 'Quixotic club' } })
  await hub.kysely.updateTable('record').set({ visibility: 'members' }).where('id', '=', members).execute()
})
afterAll(async () => hub[Symbol.asyncDispose]())

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => name === 'entry' })

async function read(path: string, headers: Record<string, string> = {}) {
  const response = await hub.get(path, headers)
  const text = await response.text()
  expect([path, response.status, XMLValidator.validate(text)]).toEqual([path, 200, true])
  return { response, text, xml: Object(parser.parse(text)) }
}

test('a search is followed as a feed, newest first, that no search engine lists', async () => {
  const { response, xml } = await read('/en/search.atom?q=quixotic&kind=programme&page=7')

  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  expect(response.headers.get('x-robots-tag')).toBe('noindex')
  expect(xml.feed.entry.map((entry: { title: string; published: string }) => [entry.title, entry.published])).toEqual([
    ['Quixotic second', '2026-02-01T00:00:00.000Z'],
    ['Quixotic first', '2026-01-01T00:00:00.000Z'],
  ])
  expect(xml.feed.link).toEqual([
    {
      '@rel': 'self',
      '@type': 'application/atom+xml',
      '@href': `${hub.origin}/en/search.atom?q=quixotic&kind=programme`,
    },
    { '@rel': 'alternate', '@type': 'text/html', '@href': `${hub.origin}/en/search?q=quixotic&kind=programme` },
  ])
  const page = await (await hub.get('/en/search?q=quixotic&kind=programme')).text()
  expect(page).toContain('href="/en/search.atom?q=quixotic&amp;kind=programme"')
})

test('a feed tells visitors’ results to members too', async () => {
  const member = await hub.as(['member'])
  const { xml } = await read('/en/search.atom?q=quixotic', { cookie: member.cookie })

  expect(xml.feed.entry.length).toBe(2)
})

test('a reader who has the feed is told that nothing changed, until something has', async () => {
  const first = (await read('/en/search.atom?q=heron')).response.headers.get('etag') ?? ''
  expect((await hub.get('/en/search.atom?q=heron', { 'if-none-match': first })).status).toBe(304)
  const id = await aRecord(hub.kysely, 'programme', { name: { en: 'Heron' } }, { status: 'draft' })
  await setStatus(handlesOf(hub.kysely).records, id, 'published', deed)
  hub.forget()
  const { response, xml } = await read('/en/search.atom?q=heron', { 'if-none-match': first })
  expect([response.headers.get('etag') === first, xml.feed.entry.length]).toEqual([false, 1])
})

test('nothing asked, nothing found and hostile words make sound feeds; what means nothing makes none', async () => {
  for (const words of ['', 'zzyzx', ']]></title><entry>&lt;\u202E"', 'x'.repeat(3000)])
    expect((await read(`/en/search.atom?q=${encodeURIComponent(words)}`)).xml.feed.entry).toBeUndefined()
  expect((await hub.get('/en/search.atom?q=quixotic&kind=unicorn')).status).toBe(400)
})

test('browsers are told where the search is, in each language, and every page says so', async () => {
  for (const lang of ['en', 'ar']) {
    const { response, xml } = await read(`/${lang}/opensearch.xml`)
    expect(response.headers.get('content-type')).toBe('application/opensearchdescription+xml; charset=utf-8')
    const { ShortName, Url, Language } = xml.OpenSearchDescription
    expect([...ShortName].length).toBeLessThanOrEqual(16)
    expect([Language, Url.map((url: { '@template': string }) => url['@template'])]).toEqual([
      lang,
      [
        `${hub.origin}/${lang}/search?q={searchTerms}&page={startPage?}`,
        `${hub.origin}/${lang}/search.atom?q={searchTerms}`,
        `${hub.origin}/${lang}/search/suggest?q={searchTerms}`,
        `${hub.origin}/${lang}/opensearch.xml`,
      ],
    ])
    expect(await (await hub.get(`/${lang}/about`)).text()).toContain(
      `<link rel="search" type="application/opensearchdescription+xml" href="/${lang}/opensearch.xml"`,
    )
  }
  const filled = `/en/search?q=${encodeURIComponent('Quixotic first')}&page=`
  const page = await (await hub.get(filled)).text()
  expect([page.includes('1 result'), page.includes('left out')]).toEqual([true, false])
})
