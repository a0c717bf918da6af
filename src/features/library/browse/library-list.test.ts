import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { setStatus } from '#features/records/index.ts'
import { insertConcepts, insertSchemes } from '#features/taxonomy/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aPublication } from '#testing/publications.ts'
import { aRecord, deed } from '#testing/makers.ts'

/** Titles in the order of the list. */
const titlesOf = (html: string) => [...html.matchAll(/<h3[^>]*><a href="[^"]*">([^<]*)</g)].map(([, title]) => title)

/** What a facet offers, as `value count`. */
function offered(html: string, name: string): string[] {
  const links = html.matchAll(/<a href="[^"]*\?([^"]*)"[^>]*>[^<]*(?:<span[^>]*>[^<]*<\/span>)? <small>([\d,]+)</g)
  return [...links].flatMap(([, query = '', count]) => {
    const value = new URLSearchParams(query.replaceAll('&amp;', '&')).get(name)
    return value === null ? [] : [`${value} ${count}`]
  })
}

const read = async (hub: Pick<TestHub, 'get'>, query = '') => (await hub.get(`/en/library${query}`)).text()

async function aTheme(hub: TestHub, notation: string): Promise<string> {
  const scheme = await aRecord(hub.kysely, 'scheme', { label: { en: 'Theme' } })
  const concept = await aRecord(hub.kysely, 'concept', { label: { en: `About ${notation}` } })
  const { taxonomy } = handlesOf(hub.kysely)
  await insertSchemes(taxonomy, [{ id: scheme, notation: 'theme', position: 0 }])
  const own = { exactMatch: [], m49: [], position: 0 }
  await insertConcepts(taxonomy, [{ id: concept, schemeId: scheme, notation, ...own }])
  return concept
}

test('a draft and what is for members are neither listed nor counted for visitors', async () => {
  await using hub = await openHub()
  await aPublication(hub, { title: 'Open to all', types: ['paper'] })
  const draft = await aPublication(hub, { title: 'A secret draft', types: ['brief'], status: 'draft' })
  await aPublication(hub, { title: 'Among members', types: ['paper', 'thesis'], visibility: 'members' })
  const html = await read(hub)
  expect([titlesOf(html), offered(html, 'type')]).toEqual([['Open to all'], ['paper 1']])
  expect(html).toContain('1 publication<')

  const member = await hub.as(['member'])
  const theirs = await read(member, '?sort=title')
  expect([titlesOf(theirs), offered(theirs, 'type')]).toEqual([
    ['Among members', 'Open to all'],
    ['paper 2', 'thesis 1'],
  ])

  await hub.kysely.transaction().execute(async (tx) => setStatus(handlesOf(tx).records, draft, 'published', deed))
  expect(offered(await read(hub), 'type')).toEqual(['brief 1', 'paper 1'])
})

test('a filter narrows the list, counts follow it, and each can be taken away', async () => {
  await using hub = await openHub()
  const theme = await aTheme(hub, 'returns')
  await aPublication(hub, { title: 'One', types: ['paper'], issued: '2021-08', places: ['ET'], concepts: [theme] })
  await aPublication(hub, { title: 'Two', types: ['paper'], issued: '2019', places: ['ET', 'SN'], langs: ['fr', 'en'] })
  await aPublication(hub, { title: 'Three', types: ['brief'], issued: '2021', places: ['SN'] })

  const papers = await read(hub, '?type=paper')
  expect(titlesOf(papers)).toEqual(['One', 'Two'])
  expect(offered(papers, 'place')).toEqual(['ET 2', 'SN 1'])
  expect(offered(papers, 'lang')).toEqual(['en 1', 'fr 1'])
  // The other types are counted as if none were chosen.
  expect(offered(papers, 'type')).toContain('brief 1')
  expect(papers).toContain('<a href="/en/library" aria-label="Remove the filter Paper" aria-current="true">')
  expect(papers).toContain('<meta name="robots" content="noindex"')

  const both = await read(hub, '?type=paper&theme=returns&year=2021')
  expect([titlesOf(both), /<title>([^<]*)/.exec(both)?.[1]]).toEqual([
    ['One'],
    'Library: Paper, About returns, 2021 — Passerelle',
  ])
  expect(both).toContain('href="/en/library?type=paper&amp;year=2021" aria-label="Remove the filter About returns"')

  const none = await read(hub, '?type=thesis&place=ET')
  expect(none).toContain('No publication matches all of this.')
  expect(offered(none, 'type')).toEqual(['paper 2'])
})

test('the list is sorted by date as precise as known, or by title as the language sorts', async () => {
  await using hub = await openHub()
  for (const [title, issued] of [
    ['Zebra', '2020'],
    ['école', '2020-03'],
    ['Eau', null],
    ['Ère', '2021'],
  ] as const)
    await aPublication(hub, { title, ...(issued === null ? {} : { issued }) })
  expect(titlesOf(await read(hub))).toEqual(['Ère', 'école', 'Zebra', 'Eau'])
  expect(titlesOf(await read(hub, '?sort=title'))).toEqual(['Eau', 'école', 'Ère', 'Zebra'])

  await aPublication(hub, { title: 'Échelle', issued: '2022' })
  expect(titlesOf(await read(hub))).toEqual(['Échelle', 'Ère', 'école', 'Zebra', 'Eau'])
  expect(titlesOf(await read(hub, '?sort=title'))).toEqual(['Eau', 'Échelle', 'école', 'Ère', 'Zebra'])
})

test('what was withdrawn is gone at once, be it a publication or a term', async () => {
  await using hub = await openHub()
  const theme = await aTheme(hub, 'returns')
  const id = await aPublication(hub, { title: 'Gone soon', concepts: [theme] })
  await aPublication(hub, { title: 'Stays', concepts: [theme] })
  expect(offered(await read(hub), 'theme')).toEqual(['returns 2'])
  await hub.kysely.transaction().execute(async (tx) => setStatus(handlesOf(tx).records, id, 'withdrawn', deed))
  const html = await read(hub)
  expect([titlesOf(html), offered(html, 'theme')]).toEqual([['Stays'], ['returns 1']])
  // A vocabulary's term that is withdrawn is offered no more.
  await hub.kysely.transaction().execute(async (tx) => setStatus(handlesOf(tx).records, theme, 'withdrawn', deed))
  expect(offered(await read(hub), 'theme')).toEqual([])
  expect((await hub.get('/en/library?theme=returns')).status).toBe(404)
})

test('a long list has pages of twenty, and its first page names itself as the canonical one', async () => {
  await using hub = await openHub()
  for (let number = 1; number <= 21; number += 1) {
    await aPublication(hub, { title: `Paper ${number}`, issued: '2021', types: ['paper'] })
  }
  const first = await read(hub, '?sort=title')
  expect([titlesOf(first).length, titlesOf(first)[1]]).toEqual([20, 'Paper 2'])
  expect(titlesOf(await read(hub, '?sort=title&page=2'))).toEqual(['Paper 21'])
  expect(await read(hub)).toContain(`<link rel="canonical" href="${hub.origin}/en/library"`)
  expect(await read(hub, '?page=2')).toContain(`<link rel="canonical" href="${hub.origin}/en/library?page=2"`)
  expect((await hub.get('/en/library?page=3')).status).toBe(404)
})

test('what the library does not know is no page', async () => {
  await using hub = await openHub({ seeded: true })
  const hidden = await aRecord(hub.kysely, 'series', { name: { en: 'Hidden series' } }, { status: 'draft' })
  await hub.kysely.insertInto('series').values({ id: hidden, contains: 'publication', planned: null }).execute()
  const wrong = [
    'type=novel', 'type=paper&type=brief', 'series=none', 'series=hidden-series', 'theme=none', 'theme=gcm:none', 'place=XX',
    'place=et', 'lang=x_y', 'lang=FR', 'year=21', 'year=3021', 'role=none', 'dimension=none', 'level=none', 'sort=size',
    'sort=date&sort=title', 'page=0', 'page=-1', 'page=2x', 'page=999999', 'author=sem_x', 'author=per_none', 'programme=x',
  ] // prettier-ignore
  const statuses = await Promise.all(
    wrong.map(async (query) => [query, (await hub.get(`/en/library?${query}`)).status]),
  )
  expect(statuses.filter(([, status]) => status !== 404)).toEqual([])
  expect((await hub.get('/en/library?type=&page=1&sort=date&unknown=1')).status).toBe(200)
})

test('an empty library says what to do', async () => {
  await using hub = await openHub()
  expect(await read(hub)).toContain('The hub has not published anything yet.')
})

test('the library of the demonstration hub offers its series, in the reader’s words', async () => {
  await using hub = await openHub({ seeded: true })
  const html = await (await hub.get('/fr/library')).text()
  const series = /series=([^"&]+)"/.exec(html)?.[1] ?? ''
  const narrowed = await hub.get(`/fr/library?series=${series}`)
  expect(narrowed.status).toBe(200)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from publication`.execute(hub.kysely)
  expect(html).toContain(`>${rows[0]?.count} publications<`)
})
