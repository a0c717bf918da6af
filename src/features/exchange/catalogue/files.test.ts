import { gunzipSync } from 'node:zlib'
import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCatalogue } from '#features/library/index.ts'
import { setStatus, touchRecord } from '#features/records/index.ts'
import { interfaceLanguages, openHub, type TestHub } from '#testing/hub.ts'
import { aReader, aRecord, deed } from '#testing/makers.ts'
import { handlesOf } from '../handles.ts'
import { catalogueRoutes } from './routes.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ seeded: true })
})
afterAll(async () => {
  await hub[Symbol.asyncDispose]()
})

async function read(path: string) {
  const response = await hub.get(path)
  expect([path, response.status]).toEqual([path, 200])
  const bytes = new Uint8Array(await response.arrayBuffer())
  const found = await readCatalogue(bytes, path, { origin: hub.origin, lang: 'en' })
  if (!found.ok) throw new Error(found.fault)
  return found
}

test('one publication goes out in every form for reference managers, and the firm Samuel Hall stays whole', async () => {
  const all = await read('/en/library/export.csv')
  const study = all.entries.find(({ patch }) => patch?.contributors?.some(({ name }) => name === 'Samuel Hall'))
  const page = await hub.get(`/r/${study?.patch?.id}`, { 'accept-language': 'en' })
  const href = page.headers.get('location') ?? ''
  for (const ending of ['bib', 'ris', 'csl.json', 'csv', 'xlsx']) {
    const { entries } = await read(`${href}.${ending}`)
    expect([ending, entries.length, entries[0]?.patch?.id, entries[0]?.problems]).toEqual([
      ending,
      1,
      study?.patch?.id,
      [],
    ])
    expect(entries[0]?.patch?.contributors?.filter(({ name }) => /Hall/.test(name))).toEqual([
      { role: 'author', kind: 'organisation', agentId: null, name: 'Samuel Hall', given: null },
    ])
  }
  const datacite = JSON.parse(await (await hub.get(`${href}.datacite.json`)).text())
  expect(datacite.creators).toEqual([{ name: 'Samuel Hall', nameType: 'Organizational' }])
  const xml = new XMLParser({ ignoreAttributes: false }).parse(
    await (await hub.get(`${href}.datacite.xml`)).text(),
    true,
  )
  expect(xml.resource.creators.creator.creatorName['#text']).toBe('Samuel Hall')
})

test('the whole library goes out headed in the language of the page, and comes back without a problem', async () => {
  for (const lang of ['en', 'fr', 'ar']) {
    const { entries, problems } = await read(`/${lang}/library/export.csv`)
    expect([lang, problems, entries.flatMap((entry) => entry.problems)]).toEqual([lang, [], []])
    expect(entries.length).toBeGreaterThan(5)
  }
  const text = await (await hub.get('/fr/library/export.csv')).text()
  expect(
    text
      .split('\r\n')
      .slice(0, 2)
      .map((row) => row.split(',').slice(0, 3).join(',')),
  ).toEqual(['identifiant,type,langue', '#meta+id,#meta+type,#meta+lang'])
})

test('a series goes out alone', async () => {
  const bites = await hub.kysely
    .selectFrom('record_slug')
    .select('slug')
    .where('kind', '=', 'series')
    .where('lang', '=', 'en')
    .where('slug', 'like', '%bites%')
    .executeTakeFirstOrThrow()
  const { entries } = await read(`/en/library/export.bib?series=${bites.slug}`)
  expect(new Set(entries.map(({ patch }) => patch?.series?.name)).size).toBe(1)
  expect(entries.length).toBeGreaterThan(1)
})

test('drafts and what is not for the public never go out', async () => {
  await aRecord(hub.kysely, 'publication', { title: { en: 'A secret draft' } }, { status: 'draft' })
  await aRecord(hub.kysely, 'publication', { title: { en: 'For members alone' } }, { visibility: 'members' })
  for (const path of [
    '/en/library/export.csv',
    '/en/library/export.ris',
    '/oai?verb=ListRecords&metadataPrefix=oai_dc',
  ]) {
    const text = await (await hub.get(path)).text()
    expect([path, text.includes('secret draft'), text.includes('members alone')]).toEqual([path, false, false])
  }
  for (const slug of ['a-secret-draft', 'for-members-alone', 'none']) {
    expect((await hub.get(`/en/library/${slug}.bib`)).status).toBe(404)
  }
  expect((await hub.get('/en/library/export.bib?series=none')).status).toBe(404)
  expect((await hub.get('/en/library/export.bib?theme=none')).status).toBe(404)
})

test('a template has headings and tags, and no works', async () => {
  const text = await (await hub.get('/en/library/template.csv')).text()
  expect(text.trimEnd().split('\r\n').length).toBe(2)
})

test('a series and a theme each have a feed, of their publications alone', async () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => ['entry', 'link', 'author'].includes(name),
  })
  const feed = async (path: string) => {
    const response = await hub.get(path)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/atom+xml; charset=utf-8',
    ])
    return parser.parse(await response.text(), true).feed
  }
  const all = await feed('/fr/library/feed.atom')
  const bites = await feed('/fr/library/feed.atom?series=knowledge-bites')
  expect(all.entry.length).toBeGreaterThan(bites.entry.length)
  expect([all['@_xml:lang'], all.link[0]['@_href']]).toEqual(['fr', `${hub.origin}/fr/library/feed.atom`])
  const known = new Set(all.entry.map(({ id }: { id: string }) => id))
  expect(bites.entry.filter(({ id }: { id: string }) => !known.has(id))).toEqual([])
  const listed = await (await hub.get('/api/v1/publications')).json()
  const [theme] = listed.items.flatMap((one: { themes: { scheme: string; notation: string }[] }) => one.themes)
  const themed = await feed(`/en/library/feed.atom?theme=${theme.scheme}:${theme.notation}`)
  expect(themed.entry.length).toBeGreaterThan(0)
  expect((await hub.get('/fr/library/feed.atom?series=none')).status).toBe(404)
})

/** The files of the library, of five works each. */
const shortFiles = () =>
  catalogueRoutes({
    deps: { ...handlesOf(hub.kysely), now: () => deed.at },
    origin: hub.origin,
    languages: [...interfaceLanguages],
    readerOf: () => aReader(),
    hubName: async () => 'The hub',
    mostWorks: 5,
  })

async function idsIn(response: Response): Promise<(string | null | undefined)[]> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const found = await readCatalogue(bytes, 'a.csv', { origin: hub.origin, lang: 'en' })
  if (!found.ok) throw new Error(found.fault)
  return found.entries.map(({ patch }) => patch?.id)
}

const nextOf = (response: Response) => /^<(.+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? null

test('a library that is larger than a file may be goes out in parts, and none is left out though one is withdrawn meanwhile', async () => {
  const routes = shortFiles()
  const whole = (await read('/en/library/export.csv')).entries.map(({ patch }) => patch?.id)
  const { records } = handlesOf(hub.kysely)
  const [gone = ''] = whole.map(String)
  const ids: (string | null | undefined)[] = []
  const names: (string | undefined)[] = []
  let next: string | null = '/library/export.csv'
  while (next !== null) {
    const response: Response = await routes.request(next)
    next = nextOf(response)
    names.push(/filename="(.+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1])
    ids.push(...(await idsIn(response)))
    await setStatus(records, gone, 'withdrawn', deed)
  }
  await setStatus(records, gone, 'published', deed)
  expect(whole.length).toBeGreaterThan(5)
  expect(ids).toEqual(whole)
  const starts = whole.filter((_, index) => index % 5 === 4 && index < whole.length - 1)
  expect(names).toEqual(['library.csv', ...starts.map((id) => `library-after-${id}.csv`)])
  for (const after of ['x', '1', 'pub_', 'pub_1&after=pub_2']) {
    expect((await hub.get(`/en/library/export.csv?after=${after}`)).status).toBe(404)
  }
})

test('a file of the library is read while it is sent, packed or not', async () => {
  const { records } = handlesOf(hub.kysely)
  const whole = (await read('/en/library/export.csv')).entries.map(({ patch }) => patch?.id)
  const last = String(whole.at(-1))
  const response = await hub.get('/en/library/export.csv')
  await setStatus(records, last, 'withdrawn', deed)
  expect(await idsIn(response)).toEqual(whole.slice(0, -1))
  await setStatus(records, last, 'published', deed)
  const packed = await hub.get('/en/library/export.bib', { 'accept-encoding': 'br, gzip' })
  expect([packed.headers.get('content-encoding'), packed.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding'])
  const plain = await (await hub.get('/en/library/export.bib')).text()
  expect(gunzipSync(await packed.arrayBuffer()).toString()).toBe(plain)
})

test('a work that changed last stands first in the feed, though others were made after it', async () => {
  const { records } = handlesOf(hub.kysely)
  const [first] = (await read('/en/library/export.csv')).entries.map(({ patch }) => String(patch?.id))
  for (let count = 0; count < 50; count++) await aRecord(hub.kysely, 'publication', { title: { en: `Later ${count}` } })
  const at = '2027-01-01T00:00:00.000Z'
  await touchRecord(records, first ?? '', { ...deed, at })
  const parser = new XMLParser({ isArray: (name) => name === 'entry' })
  const { feed } = parser.parse(await (await hub.get('/en/library/feed.atom')).text())
  expect([feed.entry.length, feed.entry[0].updated, feed.updated]).toEqual([50, at, at])
})

test('whoever asks for the whole library again and again is told to wait', async () => {
  await using own = await openHub()
  const statuses = new Set<number>()
  for (let count = 0; count < 60; count++) statuses.add((await own.get('/en/library/export.ris')).status)
  expect([...statuses]).toEqual([200])
  const refused = await own.get('/en/library/export.ris')
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  // Others are not held up, nor are pages.
  expect((await own.get('/en/library')).status).toBe(200)
})
