import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCatalogue } from '#features/library/index.ts'
import { interfaceLanguages, openHub, type TestHub } from '#testing/hub.ts'
import { aReader, aRecord } from '#testing/makers.ts'
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

test('a library that is larger than a file may be goes out in parts, each of which says so, and none is left out', async () => {
  const routes = catalogueRoutes({
    deps: { ...handlesOf(hub.kysely), now: () => '2026-11-24T09:00:00.000Z' },
    origin: hub.origin,
    languages: [...interfaceLanguages],
    readerOf: () => aReader(),
    hubName: async () => 'The hub',
    mostWorks: 5,
  })
  const whole = await read('/en/library/export.csv')
  const ids: (string | null | undefined)[] = []
  const names: (string | undefined)[] = []
  let next: string | null = '/library/export.csv?part=1'
  while (next !== null) {
    const response: Response = await routes.request(next)
    const found = await readCatalogue(new Uint8Array(await response.arrayBuffer()), 'a.csv', {
      origin: hub.origin,
      lang: 'en',
    })
    if (!found.ok) throw new Error(found.fault)
    ids.push(...found.entries.map(({ patch }) => patch?.id))
    names.push(/filename="(.+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1])
    next = /^<(.+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? null
  }
  const parts = Math.ceil(whole.entries.length / 5)
  expect(parts).toBeGreaterThan(1)
  expect(ids).toEqual(whole.entries.map(({ patch }) => patch?.id))
  expect(names).toEqual(Array.from({ length: parts }, (_, index) => `library-${index + 1}-of-${parts}.csv`))
  for (const part of ['0', String(parts + 1), 'x']) {
    expect((await hub.get(`/en/library/export.csv?part=${part}`)).status).toBe(404)
  }
})
