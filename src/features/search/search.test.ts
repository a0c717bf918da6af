import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { readNewCaptions } from '#features/recordings/index.ts'
import { moveHubVersion, setStatus } from '#features/records/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar, deed } from '#testing/makers.ts'
import { fold } from './fold.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ seeded: true })
  // The first who ask find an index that is being made.
  await vi.waitUntil(async () => !(await search('return')).includes('being brought up to date'), { timeout: 30_000 })
}, 60_000)
afterAll(async () => hub[Symbol.asyncDispose]())

const search = async (words: string, more = '', lang = 'en') =>
  (await hub.get(`/${lang}/search?q=${encodeURIComponent(words)}${more}`)).text()

/** How many records were found, as the headline tells. */
const count = (page: string) => Number(/<h2>(\d+|No) result/.exec(page)?.[1]?.replace('No', '0'))

/** The records that have a word that begins like this in a text of a language, by the stored texts themselves. */
async function holding(lang: string, start: RegExp): Promise<number> {
  const kinds = [
    'seminar',
    'session',
    'series',
    'publication',
    'programme',
    'organisation',
    'person',
    'concept',
  ] as const
  const rows = await hub.kysely
    .selectFrom('record_text')
    .innerJoin('record', 'record.id', 'record_text.record_id')
    .select(['record_id', 'body'])
    .where('lang', '=', lang)
    .where('kind', 'in', kinds)
    .where('status', '=', 'published')
    .execute()
  return new Set(rows.filter(({ body }) => start.test(fold(body).text)).map((row) => row.record_id)).size
}

test.each([
  ['fr', /\breintegrations?\b/, ['réintégration', 'reintegration', 'réintégrations', 'REINTEGRATIONS']],
  ['fr', /\bcommunautes?\b/, ['communauté', 'communaute']],
  ['fr', /\bpolitiques?\b/, ['politique', 'politiques']],
  ['fr', /\bseminaires?\b/, ['séminaires', 'seminaire']],
  ['es', /\breintegracion(es)?\b/, ['reintegración', 'reintegracion']],
  ['es', /\bcomunidad(es)?\b/, ['comunidades', 'comunidad']],
  ['es', /\bpoliticas?\b/, ['políticas', 'politica']],
  ['en', /\bcommunit(y|ies)\b/, ['communities', 'community']],
  ['en', /\bpolic(y|ies)\b/, ['policies']],
  ['ar', /(?<!\p{L})مجتمع(?!\p{L})/u, ['المجتمعات']],
  ['ar', /(?<!\p{L})سياس(?!\p{L})/u, ['سياسات', 'السياسة']],
])('in %s, every record with a word like %s is found by each of its forms', async (lang, start, forms) => {
  const least = await holding(lang, start)
  expect(least).toBeGreaterThan(0)
  for (const form of forms) {
    const found = count(await search(form, `&lang=${lang}&exact=1`))
    expect([form, found, found >= least]).toEqual([form, found, true])
  }
})

test('a page says where a word stands, marks it, and leads there', async () => {
  const page = await search('réintégrations', '&kind=session', 'fr')
  expect(page).toMatch(/<mark>[Rr]éintégration<\/mark>/)
  expect(page).toMatch(/href="\/fr\/seminars\/[^"]+\/sessions\/\d"/)
})

test('phrases keep their order, and what is left out is left out', async () => {
  await aSeminar(hub.kysely, { title: { en: 'Zanzibar kettle copper' } })
  await aSeminar(hub.kysely, { title: { en: 'Copper kettle of Zanzibar' } })
  expect(count(await search('zanzibar kettles'))).toBe(2)
  expect(count(await search('"copper kettle"'))).toBe(1)
  expect(count(await search('kettle -"copper kettle"'))).toBe(1)
  expect(count(await search('kettle', '&kind=session'))).toBe(0)
})

test('what is published is found at once, and what is withdrawn, a draft or for members is found by nobody else', async () => {
  const { records } = handlesOf(hub.kysely)
  const id = await aSeminar(hub.kysely, { title: { en: 'Quixotic zebra' }, sessions: ['09:00–10:00'] })
  await aRecord(hub.kysely, 'programme', { name: { en: 'Quixotic heron' } }, { status: 'draft' })
  expect(count(await search('quixotic'))).toBe(1)
  const show = async (visibility: string) => {
    await hub.kysely.updateTable('record').set({ visibility }).where('id', '=', id).execute()
    await moveHubVersion(records)
  }
  await show('members')
  const hidden = await search('quixotic')
  expect([count(hidden), hidden.includes('zebra'), hidden.includes('heron')]).toEqual([0, false, false])
  const member = await hub.as(['member'])
  expect(count(await (await member.get('/en/search?q=quixotic')).text())).toBe(1)
  await show('public')
  expect(count(await search('quixotic'))).toBe(1)
  await setStatus(records, id, 'withdrawn', deed)
  await moveHubVersion(records)
  expect(count(await search('quixotic'))).toBe(0)
})

test.each([
  ['marks alone', '"((&|!:*'],
  ['two thousand letters', 'x'.repeat(2000)],
  ['words that are in every text', 'the of and'],
  ['what steers a terminal or a line', '\u202Eabc\u2066'],
  ['the language of databases', `'; drop table passage; -- a & !b <-> c:*`],
  ['only what is left out', '-return'],
  ['what is written without spaces', '移民返回'],
])('%s is a question like another', async (_, words) => {
  expect((await hub.get(`/en/search?q=${encodeURIComponent(words)}`)).status).toBe(200)
})

test('what an address asks in vain is left out, and said so', async () => {
  expect(await search('return', '&kind=unicorn&page=9999999')).toContain('was left out')
  expect(await search('return', '&page=51')).toContain('was left out')
  expect(await search('return')).not.toContain('was left out')
})

test('what is said in a recording is found, leads to its second, and is found no more once it is taken down', async () => {
  await readNewCaptions({ ...handlesOf(hub.kysely), store: hub.files, now: () => '2026-11-24T09:00:00.000Z' })
  await moveHubVersion(handlesOf(hub.kysely).records)
  const page = await search('"simple referral list"')
  expect(count(page)).toBe(1)
  const [, href = ''] = /href="([^"]*sessions\/1\?[^"]*)"/.exec(page) ?? []
  const session = await (await hub.get(href.replaceAll('&amp;', '&'))).text()
  expect(new URL(href.replaceAll('&amp;', '&'), 'http://hub').searchParams.get('t')).toBe('44')
  expect(session).toContain('A simple referral list')

  const recording = new URL(href.replaceAll('&amp;', '&'), 'http://hub').searchParams.get('recording') ?? ''
  const editor = await hub.as(['editor'])
  const span = { from: '0:40', to: '0:55', reason: 'law' }
  expect((await editor.post(`/en/desk/records/${recording}/takedowns`, span)).status).toBe(303)
  const after = await search('"simple referral list"')
  expect([count(after), after.includes('A simple')]).toEqual([0, false])
})

test('results are narrowed by what their records are tagged with, and counted by it', async () => {
  const all = await search('reintegration')
  const links = [
    ...all.matchAll(/href="([^"]*[?&](?:amp;)?(theme|year|place|kind|lang)=[^"]*)"[^>]*><bdi>.*?<\/bdi> \((\d+)\)/gs),
  ]
  expect(new Set(links.map(([, , facet]) => facet))).toEqual(new Set(['kind', 'lang', 'theme', 'place', 'year']))
  for (const [, href = '', , told] of links) {
    const narrowed = await (await hub.get(href.replaceAll('&amp;', '&'))).text()
    expect([href, count(narrowed)]).toEqual([href, Number(told)])
  }
})
