import { XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertRecords, newId } from '#features/records/index.ts'
import { openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar, deed } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { facetNames } from './domain.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ environment: { HUB_TRUST_PROXY: '1' } })
  await aSeminar(hub.kysely, { title: { en: 'Quixotic zebra' } })
  await aRecord(hub.kysely, 'programme', { name: { en: 'Quixotic heron' } })
  await vi.waitUntil(async () => (await ask('q=quixotic')).complete, { timeout: 30_000 })
}, 60_000)
afterAll(async () => hub[Symbol.asyncDispose]())

let asked = 0
/** Each time from elsewhere: whoever asks so often is told to wait. */
const from = () => {
  asked += 1
  return { 'x-forwarded-for': `198.51.${Math.floor(asked / 250)}.${(asked % 250) + 1}` }
}
const get = async (path: string) => hub.get(path, from())
const ask = async (query: string) => Object(await (await get(`/api/v1/search?${query}`)).json())
const says = sayIn('en')

/** What answers without finding anything, whatever the way it is asked. */
const harmless = [
  ['marks that are left open', '"((&|!:*'],
  ['brackets', ')))((([[]]{}'],
  ['quotes alone', '"""""""'],
  ['what is left out alone', '-quixotic'],
  ['strokes alone', '-- - -"-'],
  ['operators of other searches', 'AND OR NOT NEAR/2'],
  ['stars alone', '*'.repeat(300)],
  ['words that are all stars', 'a* b* c* d* e* f* g* h* i* j* k* l* m* n* '.repeat(7)],
  ['what stands for anything', '% %% _ ?* .* [a-z]+'],
  ['an English question of words that say nothing', 'the of and to in'],
  ['a French one', 'de la et les du'],
  ['a Spanish one', 'de la que y los'],
  ['a Portuguese one', 'de que e do da'],
  ['an Arabic one', 'في من على إلى'],
  ['the language of databases', `'; drop table passage; -- a & !b <-> c:*A`],
  ['a question as the database writes it', "'quixotic':*A & !'zebra' <2> 'x'"],
  ['what steers a terminal or a line', '\u202Eabc\u2066'],
  ['halves of characters', '%ED%A0%80'],
  ['a script', '<script>alert(1)</script>'],
] as const

test.each(harmless)('%s: a question like another, on the page, to programs and as a feed', async (_, words) => {
  const query = `q=${encodeURIComponent(words)}`
  const page = await get(`/en/search?${query}`)
  const html = await page.text()
  expect([page.status, await findMarkupFaults(html)]).toEqual([200, []])
  expect(html).not.toContain('<script>alert')
  const answer = await get(`/api/v1/search?${query}`)
  expect([answer.status, Object(await answer.json()).complete]).toEqual([200, true])
  const feed = await get(`/en/search.atom?${query}`)
  expect([feed.status, XMLValidator.validate(await feed.text())]).toEqual([200, true])
  expect((await ask('q=quixotic')).total).toBe(2)
})

test('thousands of characters are cut where a person reads and refused where a program asks; ten thousand are no address', async () => {
  for (const words of ['x'.repeat(7500), 'x '.repeat(1800)]) {
    const long = encodeURIComponent(`quixotic ${words}`)
    const page = await get(`/en/search?q=${long}`)
    const html = await page.text()
    expect([page.status, await findMarkupFaults(html)]).toEqual([200, []])
    const [, kept = ''] = /name="q"[^>]* value="([^"]*)"/.exec(html) ?? []
    expect(kept.length).toBeLessThanOrEqual(300)
    const answer = await get(`/api/v1/search?q=${long}`)
    expect([answer.status, Object(await answer.json()).place]).toEqual([400, 'query "q"'])
    const feed = await get(`/en/search.atom?q=${long}`)
    expect([feed.status, XMLValidator.validate(await feed.text())]).toEqual([200, true])
  }
  // An address of ten thousand characters is longer than what the hub reads of any.
  for (const door of ['/en/search', '/api/v1/search', '/en/search.atom'])
    expect((await get(`${door}?q=${'x'.repeat(10_000)}`)).status).toBe(414)
})

test.each(facetNames)(
  'a value of %s that means nothing is left out on the page, which says so; programs are told',
  async (name) => {
    for (const value of ['zzyzx', "' or 1=1 --", 'x'.repeat(2000), '\u202E']) {
      const query = `q=quixotic&${name}=${encodeURIComponent(value)}`
      const html = await (await get(`/en/search?${query}`)).text()
      expect([html.includes(says('search.ignored')), html.includes(says('search.count', { count: 2 }))]).toEqual([
        true,
        true,
      ])
      expect((await get(`/api/v1/search?${query}`)).status).toBe(400)
      expect((await get(`/en/search.atom?${query}`)).status).toBe(400)
    }
  },
)

const texts = (number: number) => [{ field: 'name', lang: 'en', body: `Vellum ${number}` }]

test('deep pages end at the fiftieth, and it is said that there is more', async () => {
  const records = Array.from({ length: 505 }, (_, number) => ({
    id: newId('programme', deed.at),
    kind: 'programme' as const,
    sourceLang: 'en',
    status: 'published' as const,
    texts: texts(number),
  }))
  await insertRecords(handlesOf(hub.kysely).records, records, deed)
  await vi.waitUntil(async () => (await ask('q=vellum')).total === 505, { timeout: 60_000 })
  const last = await (await get('/en/search?q=vellum&page=50')).text()
  expect([last.includes(says('search.deep')), last.includes('page=51'), last.includes(says('search.ignored'))]).toEqual(
    [true, false, false],
  )
  expect([...last.matchAll(/<li><h3>/g)].length).toBe(10)
  for (const page of ['51', '999999999', '0', '-1', '1e3']) {
    const html = await (await get(`/en/search?q=vellum&page=${page}`)).text()
    expect([page, html.includes(says('search.ignored'))]).toEqual([page, true])
  }
  const { items, next, total } = await ask('q=vellum&page=50&limit=10')
  expect([items.length, next, total]).toEqual([10, null, 505])
  expect((await get('/api/v1/search?q=vellum&page=51')).status).toBe(400)
}, 120_000)

test('fifty searches a second from one address are soon told to wait, and nobody else waits for them', async () => {
  const greedy = { 'x-forwarded-for': '203.0.113.7' }
  const doors = ['/en/search?q=quixotic', '/api/v1/search?q=zebra', '/en/search.atom?q=heron']
  const statuses: number[] = []
  const waits: string[] = []
  const others: number[] = []
  for (let second = 0; second < 4; second += 1) {
    const flood = Array.from({ length: 50 }, async (_, index) => hub.get(doors[index % 3] ?? '', greedy))
    const other = hub.get('/en/search?q=quixotic', { 'x-forwarded-for': '203.0.113.8' })
    for (const answer of await Promise.all(flood)) {
      statuses.push(answer.status)
      if (answer.status === 429) waits.push(answer.headers.get('retry-after') ?? '')
      await answer.arrayBuffer()
    }
    others.push((await other).status)
  }
  expect(statuses.filter((status) => status === 200).length).toBe(120)
  expect(statuses.filter((status) => status === 429).length).toBe(80)
  expect(waits.filter((wait) => !(Number(wait) >= 1 && Number(wait) <= 60))).toEqual([])
  expect(others).toEqual([200, 200, 200, 200])
  // What is no search is theirs as before.
  expect((await hub.get('/en/seminars', greedy)).status).toBe(200)
}, 60_000)
