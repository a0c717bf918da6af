import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { moveHubVersion, setStatus } from '#features/records/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar, deed } from '#testing/makers.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ environment: { HUB_TRUST_PROXY: '1' } })
  await aSeminar(hub.kysely, { title: { en: 'Zanzibar kettle of copper', fr: 'La bouilloire de Zanzibar' } })
  await aSeminar(hub.kysely, {
    title: {
      en: 'Reintegration of kestrels',
      fr: 'Réintégration des faucons crécerelles',
      es: 'Reintegración de cernícalos',
      ar: 'إعادة إدماج العواسق',
    },
  })
  await aSeminar(hub.kysely, { title: { en: 'Negotiations with kestrels' } })
  await aRecord(hub.kysely, 'programme', { name: { en: 'Negotiable heronry' } }, { status: 'draft' })
  await aSeminar(hub.kysely, { title: { en: 'Kingfisher kestrels' }, visibility: 'members' })
  await aSeminar(hub.kysely, { title: { en: 'Nightjar kestrels' }, visibility: 'grp_1' })
  await follow()
}, 60_000)
afterAll(async () => hub[Symbol.asyncDispose]())

let asked = 0
/** Asks each time from elsewhere: whoever asks so often is told to wait. */
async function get(path: string, who: Pick<SignedIn, 'get'> = hub): Promise<Response> {
  asked += 1
  return who.get(path, { 'x-forwarded-for': `198.51.100.${asked % 250}` })
}

const isComplete = async () => Object(await (await get('/api/v1/search?q=kestrel')).json()).complete

/** Waits until the index is as the hub is. */
async function follow(): Promise<void> {
  await moveHubVersion(handlesOf(hub.kysely).records)
  await vi.waitUntil(isComplete, { timeout: 30_000 })
}

const meant = async (words: string, lang = 'en'): Promise<string[]> =>
  Object(await (await get(`/api/v1/search?q=${encodeURIComponent(words)}`, { get: asLang(lang) })).json()).suggestions

const asLang = (lang: string) => async (path: string, headers?: Readonly<Record<string, string>>) =>
  hub.get(path, { ...headers, 'accept-language': lang })

const suggested = async (words: string, lang = 'en', who?: SignedIn): Promise<string[]> => {
  const response = await get(`/${lang}/search/suggest?q=${encodeURIComponent(words)}`, who)
  expect(response.status).toBe(200)
  const [typed, texts] = Object(await response.json())
  expect(typed).toBe(words)
  return texts
}

const count = (page: string) => Number(/<h2>(\d+|No) result/.exec(page)?.[1]?.replace('No', '0'))

test.each([
  ['en', 'reintegrasion', 'reintegration'],
  ['fr', 'reintegrasion', 'réintégration'],
  ['es', 'Reintegrasion', 'reintegración'],
  ['ar', 'ادماخ', 'إدماج'],
  ['en', 'zanzibra', 'zanzibar'],
  ['en', 'ketle', 'kettle'],
  ['fr', 'crecerrelles', 'crécerelles'],
])('whoever reads %s and types %s is asked whether it is %s', async (lang, typed, right) => {
  expect((await meant(typed, lang))[0]).toBe(right)
})

test('the page leads to what was meant, and that finds it', async () => {
  const page = await (await get('/fr/search?q=reintegrasion&sort=newest')).text()
  const [, href = '', words] = /Vouliez-vous dire.*?<a href="([^"]+)"><bdi>([^<]+)<\/bdi>/s.exec(page) ?? []
  expect([words, href]).toEqual(['réintégration', '/fr/search?q=r%C3%A9int%C3%A9gration&amp;sort=newest'])
  const found = await (await get(href.replaceAll('&amp;', '&'))).text()
  expect(found).toContain('faucons')
  expect(found).not.toContain('Vouliez-vous dire')
})

test('only the words that are wrong are put right; what cannot be is left out', async () => {
  expect(await meant('zanzibar ketle -silver')).toEqual(['zanzibar kettle -silver'])
  expect(await meant('"zanzibra ketle" copper')).toEqual(['"zanzibar kettle" copper'])
  expect(await meant('ketle xqxqxqxq')).toEqual(['kettle'])
  expect(await meant('the ketle of zanzibar')).toEqual(['the kettle of zanzibar'])
  for (const typed of ['xqxqxqxq', 'kettle', '', '-ketle', '2021', 'ab'])
    expect([typed, await meant(typed)]).toEqual([typed, []])
})

test('a beginning that is no word is taken for the words that begin so', async () => {
  const page = await (await get('/en/search?q=copper+zanzi')).text()
  expect([count(page), /Also searched:.*<bdi>zanzibar<\/bdi>/s.test(page)]).toEqual([1, true])
  expect(count(await (await get('/en/search?q=copper+zanzi&exact=1')).text())).toBe(0)
  const first = await (await get('/en/search?q=zanzi+copper')).text()
  expect([count(first), first.includes('No text has all of these words')]).toEqual([1, true])
  expect(count(await (await get('/en/search?q=%22zanzi%22')).text())).toBe(0)
  expect(count(await (await get('/en/search?q=za')).text())).toBe(0)
  expect(Object(await (await get(`/api/v1/search?q=${encodeURIComponent('العواس')}`)).json()).total).toBe(1)
})

test('titles come first, those of the reader’s language before others, then words; nothing twice', async () => {
  expect(await suggested('kes')).toEqual(['Reintegration of kestrels', 'Negotiations with kestrels', 'kestrels'])
  expect(await suggested('reinteg', 'fr')).toEqual([
    'Réintégration des faucons crécerelles',
    'Reintegration of kestrels',
    'Reintegración de cernícalos',
    'réintégration',
    'reintegración',
  ])
  expect(await suggested('kestrels reint')).toEqual([
    'Reintegration of kestrels',
    'kestrels reintegration',
    'kestrels reintegración',
  ])
  expect(await suggested('copper zan')).toEqual(['Zanzibar kettle of copper', 'copper zanzibar'])
  expect((await suggested('ادما', 'ar'))[0]).toBe('إعادة إدماج العواسق')
  expect((await suggested('عواس', 'ar'))[0]).toBe('إعادة إدماج العواسق')
})

test('suggestions are as OpenSearch has them, few, kept for visitors, and told of to browsers', async () => {
  for (let number = 1; number <= 12; number += 1)
    await aSeminar(hub.kysely, { title: { en: `Flamingo ${'x'.repeat(number)}` } })
  await aSeminar(hub.kysely, { title: { en: 'FLAMINGO, x' } })
  await follow()
  const response = await get('/en/search/suggest?q=flam')
  expect(response.headers.get('content-type')).toBe('application/x-suggestions+json; charset=utf-8')
  expect(response.headers.get('x-robots-tag')).toBe('noindex')
  const [, texts] = Object(await response.json())
  expect([texts.length, texts[0]]).toEqual([8, 'Flamingo x'])
  expect(await (await get('/en/opensearch.xml')).text()).toContain(
    'type="application/x-suggestions+json" rel="suggestions" template="https://hub.example/en/search/suggest?q={searchTerms}"',
  )
})

test('what nobody may see is suggested to nobody: neither its words, nor their forms, nor its title', async () => {
  const seen = [
    ...(await suggested('heron')),
    ...(await suggested('negotiab')),
    ...(await suggested('kingf')),
    ...(await suggested('nightj')),
    ...(await meant('heronri')),
    ...(await meant('negotiabel')),
    ...(await meant('kingfishr')),
    ...(await meant('nightjer')),
  ]
  expect(seen.filter((text) => /heron|negotiable|kingfisher|nightjar/i.test(text))).toEqual([])
  const page = await (await get('/en/search?q=kingfi')).text()
  expect([count(page), page.includes('kingfisher')]).toEqual([0, false])
  // The word of the draft has the stem of one that everybody sees.
  expect(await meant('negotiatoins')).toEqual(['negotiations'])
})

test('members get what is theirs, and those of a group theirs', async () => {
  const member = await hub.as(['member'])
  const one = await hub.as([{ role: 'facilitator', scope: 'grp_1' }])
  const told = async (who: SignedIn, typed: string) => (await get(`/en/search?q=${typed}`, who)).text()
  expect(await suggested('kingf', 'en', member)).toEqual(['Kingfisher kestrels', 'kingfisher'])
  expect(await suggested('nightj', 'en', member)).toEqual([])
  expect(await told(member, 'kingfishr')).toContain('<bdi>kingfisher</bdi>')
  expect(await told(member, 'nightjer')).not.toContain('nightjar')
  expect(await suggested('nightj', 'en', one)).toEqual(['Nightjar kestrels', 'nightjar'])
  expect(await told(one, 'nightjer')).toContain('<bdi>nightjar</bdi>')
  const kept = await get('/en/search/suggest?q=kingf', member)
  expect(kept.headers.get('cache-control')).toBe('private, no-store')
})

const oysters = async () => [await suggested('oyster'), await meant('oystercacher')]

test('what is withdrawn is suggested no more, from the moment on', async () => {
  const id = await aSeminar(hub.kysely, { title: { en: 'Oystercatcher' } })
  await follow()
  expect(await oysters()).toEqual([['Oystercatcher'], ['oystercatcher']])
  const { records } = handlesOf(hub.kysely)
  await setStatus(records, id, 'withdrawn', deed)
  await moveHubVersion(records)
  expect(await oysters()).toEqual([[], []])
})

test.each([
  ['thousands of letters', 'x'.repeat(3_000)],
  ['a thousand words', 'ab '.repeat(1_000)],
  ['marks', '%_*?()[]{}|&!:<>\'"\\^~'],
  ['wildcards', 'k% _e *'],
  ['what steers a terminal or a line', '\u202Ekes\u2066'],
  ['the language of databases', `'; drop table search_word; --`],
  ['the language of questions', `'a':* & !b <-> (c | 'd'`],
  ['half a character', '\uD83D'],
  ['what is written without spaces', '移民返回'],
  ['marks of letters alone', '\u0301\u0301\u0301'],
  ['quotes without an end', '"kes'],
  ['nothing', '  '],
])('%s: something is answered, and nothing breaks', async (_, typed) => {
  const query = new URLSearchParams({ q: typed })
  const response = await get(`/en/search/suggest?${query}`)
  expect(response.status).toBe(200)
  const [echo, texts] = Object(await response.json())
  expect([typeof echo, echo.length <= 300, Array.isArray(texts)]).toEqual(['string', true, true])
  expect([200, 400]).toContain((await get(`/api/v1/search?${query}`)).status)
  expect((await get(`/en/search?${query}`)).status).toBe(200)
  expect((await suggested('kes')).length).toBe(3)
})

test.each([
  ['ten thousand letters', 'x'.repeat(10_000), 414],
  ['nothing at all', '\u0000', 400],
  ['what steers a terminal', '\u001B[2Jkes', 400],
])('%s: no question', async (_, typed, status) => {
  expect((await get(`/en/search/suggest?${new URLSearchParams({ q: typed })}`)).status).toBe(status)
})

test('without a question nothing is suggested, and who asks for ever is told to wait', async () => {
  expect(await (await get('/en/search/suggest')).json()).toEqual(['', []])
  const statuses = new Set<number>()
  for (let number = 0; number < 241; number += 1) statuses.add((await hub.get('/en/search/suggest?q=a')).status)
  expect([...statuses]).toEqual([200, 429])
  expect((await hub.get('/en/search?q=kestrel')).status).toBe(200)
})
