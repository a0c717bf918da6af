import { afterAll, beforeAll, expect, test } from 'vitest'
import { interfaceLanguages, openHub, wordsOf, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { readMarkup } from './markup-reader.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ seeded: true, cache: true })
})
afterAll(async () => hub[Symbol.asyncDispose]())

const spilled = /node_modules|\bat [\w.<>]+ \(|select .* from|syntax error|PGlite|postgres|kysely|\.tsx?:\d/i

/** What an error page shows and gives away. */
async function ask(request: Request) {
  const response = await hub.fetch(request)
  const html = await response.text()
  const page = readMarkup(html)
  const id = response.headers.get('x-request-id') ?? ''
  return {
    status: response.status,
    lang: page.lang,
    headings: page.headings,
    namesRequest: /^[\w-]{8,}$/.test(id) && html.includes(id),
    spills: spilled.exec(html)?.[0] ?? null,
    isGuarded: (response.headers.get('content-security-policy') ?? '').startsWith("default-src 'none'"),
    allow: response.headers.get('allow'),
    location: response.headers.get('location'),
  }
}

/** An error page as it should be: in the language, with the number of the request, and nothing of the inside. */
const refusal = (status: number, lang: string, heading: string, allow: string | null = null) => ({
  status,
  lang,
  headings: [wordsOf(lang)[heading]],
  namesRequest: true,
  spills: null,
  isGuarded: true,
  allow,
  location: null,
})

const get = (path: string) => new Request(hub.origin + path)

test.each([
  ['page 0', 'page=0'],
  ['page -1', 'page=-1'],
  ['page abc', 'page=abc'],
  ['a page beyond all', 'page=99999999999'],
  ['page 2.5', 'page=2.5'],
  ['an empty page', 'page='],
  ['a page in Arabic digits', 'page=%D9%A1'],
  ['SQL for a theme', "theme=' or 1=1"],
  ['SQL behind a scheme', "theme=theme:' or 1=1 --"],
  ['too many colons', 'theme=a:b:c'],
  ['a colon', 'theme=:'],
  ['SQL for a series', "series='; drop table record; --"],
  ['a long one', `series=${'x'.repeat(5000)}`],
  ['the name of an inherited property', 'series=__proto__'],
])('a list asked for with %s is no page of the hub, in any language', async (_, query) => {
  for (const lang of interfaceLanguages) {
    const [name = '', value = ''] = query.split(/=(.*)/)
    expect(await ask(get(`/${lang}/seminars?${name}=${value.replaceAll(' ', '%20')}`))).toEqual(
      refusal(404, lang, 'error.notFound'),
    )
  }
})

test('the same parameter twice, and parameters nobody knows, do no harm', async () => {
  expect((await hub.get('/en/seminars?page=1&page=2')).status).toBe(200)
  expect((await hub.get('/en/seminars?utm_source=x&__proto__=1&constructor=2')).status).toBe(200)
  expect((await hub.get('/en/seminars?')).status).toBe(200)
})

test.each([
  '/fr/seminars?series=%00',
  '/fr/seminars/%00',
  '/fr/seminars/%zz',
  '/fr/seminars/%',
  '/fr/seminars/%ff%fe',
  '/fr/seminars/%c0%af',
  '/fr/seminars/%ed%a0%80',
  '/fr/seminars?theme=%zz',
  '/fr/seminars?theme=%ff',
  '/fr/seminars/a%0d%0aset-cookie:x',
])('%s, which cannot be read, is refused', async (path) => {
  expect(await ask(get(path))).toEqual(refusal(400, 'fr', 'error.badRequest'))
})

test('an address beyond what the hub reads is refused, one just below is simply not there', async () => {
  expect(await ask(get(`/es/seminars/${'x'.repeat(8200)}`))).toEqual(refusal(414, 'es', 'error.tooLong'))
  expect(await ask(get(`/es/seminars/${'x'.repeat(7900)}`))).toEqual(refusal(404, 'es', 'error.notFound'))
  expect(await ask(get(`/es${'/x'.repeat(3000)}`))).toEqual(refusal(404, 'es', 'error.notFound'))
})

test.each([
  '/pt/seminars/..%2f..%2fetc%2fpasswd',
  '/pt/people/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '/pt/places/bE',
  '/pt/places/999',
  '/pt/places/BEL',
  '/pt/themes/theme/%27%20or%201%3D1',
  '/pt/seminars/desenvolvimento-sustentavel-e-reintegracao-2021/sessions/-1',
  '/pt/seminars/desenvolvimento-sustentavel-e-reintegracao-2021/sessions/1e0',
  '/pt/seminars/desenvolvimento-sustentavel-e-reintegracao-2021/sessions/99999999999999999999',
  '/pt/seminars/.ics',
  '/pt/seminars/nada.ics',
  '/pt/feed.rss',
])('%s is not there', async (path) => {
  expect(await ask(get(path))).toEqual(refusal(404, 'pt', 'error.notFound'))
})

test('a page takes no other method than those it names', async () => {
  for (const [path, lang] of [
    ['/ar/seminars', 'ar'],
    ['/fr', 'fr'],
    ['/fr/feed.atom', 'fr'],
    ['/', 'en'],
    ['/sitemap.xml', 'en'],
  ] as const) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const request = new Request(hub.origin + path, { method, body: method === 'DELETE' ? null : 'a=1' })
      expect(await ask(request)).toEqual(refusal(405, lang, 'error.method', 'GET, HEAD, OPTIONS'))
    }
  }
})

test('a body where there is nothing to send it to is refused before it is read', async () => {
  const body = 'x'.repeat(2_000_000)
  const headers = { 'content-length': String(body.length) }
  const request = new Request(`${hub.origin}/en/nowhere`, { method: 'POST', body, headers })
  const response = await hub.fetch(request)

  expect(response.status).toBe(413)
  expect(await response.text()).not.toMatch(spilled)
})

test('error pages are valid HTML that is not to be indexed, and offer a way on', async () => {
  for (const lang of interfaceLanguages) {
    const html = await (await hub.get(`/${lang}/seminars/x`)).text()
    expect(await findMarkupFaults(html)).toEqual([])
    const page = readMarkup(html)
    expect([page.canonical, page.hreflang]).toEqual([null, {}])
    expect(page.links.map(({ href }) => href)).toEqual(expect.arrayContaining([`/${lang}`, `/${lang}/seminars`]))
  }
})

test.each([
  ['/api/v1/seminars?page=0', 400, 'query "page"'],
  ['/api/v1/seminars?limit=1000000', 400, 'query "limit"'],
  ['/api/v1/seminars?phase=asleep', 400, 'query "phase"'],
  ['/api/v1/seminars?from=2021-02-30', 400, 'query "from"'],
  ["/api/v1/seminars?lang='", 400, 'query "lang"'],
  ['/api/v1/seminars?pgae=2', 400, 'query "pgae"'],
  ['/api/v1/seminars?page=1&page=2', 400, 'query "page"'],
  ['/api/v1/search?q=return&limit=0', 400, 'query "limit"'],
  ['/api/v1/search?q=return&limit=101', 400, 'query "limit"'],
  ['/api/v1/search?q=return&page=51', 400, 'query "page"'],
  ['/api/v1/search?q=return&kind=unicorn', 400, 'query "kind"'],
  ['/api/v1/search?q=return&exact=yes', 400, 'query "exact"'],
  ['/api/v1/search?q=return&lang=%27', 400, 'query "lang"'],
  ['/api/v1/search?query=return', 400, 'query "query"'],
  [`/api/v1/search?q=${'x'.repeat(301)}`, 400, 'query "q"'],
  ['/api/v1/seminars/sem_nothing', 404, undefined],
  ['/api/v1/records/%27%20or%201%3D1', 404, undefined],
  ['/api/v1/nothing', 404, undefined],
  ['/api/v1/seminars/%ff', 400, 'path'],
])('%s is answered to programs with %i and its place', async (path, status, place) => {
  const response = await hub.get(path)
  const text = await response.text()
  const problem = Object(JSON.parse(text))

  expect([response.status, problem.status, problem.place]).toEqual([status, status, place])
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(problem.requestId).toBe(response.headers.get('x-request-id'))
  expect(text).not.toMatch(spilled)
})

test('the API takes no other method than those it names', async () => {
  const response = await hub.fetch(new Request(`${hub.origin}/api/v1/seminars`, { method: 'DELETE' }))

  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})
