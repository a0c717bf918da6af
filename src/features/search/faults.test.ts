import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openHub, sayIn, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { passageSources } from '../../search-sources.ts'
import { mendIndex, refreshIndex } from './index.ts'

let hub: TestHub
let member: SignedIn

beforeAll(async () => {
  hub = await openHub({ environment: { HUB_TRUST_PROXY: '1' } })
  member = await hub.as(['member'])
  await aSeminar(hub.kysely, { title: { en: 'Quixotic zebra', fr: 'Zèbre quixotique' }, sessions: ['09:00–10:00'] })
  await aSeminar(hub.kysely, { title: { en: 'Quixotic for members' }, visibility: 'members' })
  await aSeminar(hub.kysely, { title: { en: 'Quixotic draft' }, status: 'draft' })
  await aRecord(hub.kysely, 'programme', { name: { en: 'An older quixotic heron' }, summary: { en: 'Of vellum' } })
  await aRecord(hub.kysely, 'concept', { label: { en: 'Quixotic' } })
  await isWhole()
}, 60_000)
afterAll(async () => hub[Symbol.asyncDispose]())

const isWhole = async () => vi.waitUntil(async () => (await ask('q=quixotic')).complete, { timeout: 30_000 })

let asked = 0
/** Each time from elsewhere: whoever asks so often is told to wait. */
const from = () => {
  asked += 1
  return { 'x-forwarded-for': `198.51.${Math.floor(asked / 250)}.${(asked % 250) + 1}` }
}
const ask = async (query: string) => Object(await (await hub.get(`/api/v1/search?${query}`, from())).json())
const page = async (query: string, who: Pick<SignedIn, 'get'> = hub, lang = 'en') =>
  (await who.get(`/${lang}/search?${query}`, from())).text()
const titlesIn = (html: string) =>
  [...html.matchAll(/<h3><a href="[^"]*">(?:<span[^>]*>)?([^<]*)/g)].map(([, title = '']) => title)

const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id).toSorted()

const says = sayIn('en')
const notice = says('search.titles')

test.each([
  ['its tables were emptied', 'truncate search_entry cascade'],
  ['its tables were emptied and their numbers begin anew', 'truncate search_entry restart identity cascade'],
  ['its documents are gone', 'delete from search_document'],
  ['its passages are gone', 'delete from passage'],
  ['the function that reads questions is gone', 'drop function search_query'],
  ['the function that reads texts is gone', 'drop function search_words'],
  ['the function that finds documents is gone', 'drop function search_documents'],
  [
    'its functions and indexes are gone',
    'drop function search_terms, search_key, search_ranked, search_ordered cascade',
  ],
])(
  'an index is lost when %s: titles are searched, it is said, and the index made anew',
  async (_, loss) => {
    const before = await ask('q=quixotic')
    expect([before.total, before.complete, titlesIn(await page('q=vellum')).length]).toEqual([3, true, 1])

    await sql.raw(loss).execute(hub.kysely)

    const html = await page('q=quixotic')
    expect([html.includes(notice), html.includes('Quixotic zebra'), html.includes('quixotic heron')]).toEqual([
      true,
      true,
      true,
    ])
    expect(/members|draft/.test(html)).toBe(false)
    await isWhole()
    // Scores follow what the engine still remembers of what is gone.
    expect(idsOf(await ask('q=quixotic'))).toEqual(idsOf(before))
    const after = await page('q=vellum')
    expect([after.includes(notice), titlesIn(after)]).toEqual([false, ['An older quixotic heron']])
  },
  30_000,
)

test.each([
  ['the function that finds titles', 'search_titles', '/en/search/suggest?q=quixo', '["quixo",[]]'],
  ['the function that finds words which are alike', 'search_near', '/en/search?q=qixotic', notice],
])('%s may be gone: it is made again', async (_, name, path, told) => {
  await isWhole()
  const known = await (await hub.get(path, from())).text()
  await sql.raw(`drop function ${name}`).execute(hub.kysely)

  const response = await hub.get(`${path}&exact=1`, from())

  expect([response.status, (await response.text()).includes(told), known.includes(told)]).toEqual([200, true, false])
  await isWhole()
  // Nothing of what follows was asked before.
  const after = await (await hub.get(`${path}&sort=newest`, from())).text()
  expect([known, after].map((text) => /quixotic/i.test(text))).toEqual([true, true])
})

test('the function that writes words may be gone: what comes then is found in the end', async () => {
  await isWhole()
  await sql`drop function search_new_words`.execute(hub.kysely)
  await aRecord(hub.kysely, 'programme', { name: { en: 'Ostracon' } })
  await vi.waitUntil(async () => (await ask('q=ostracon')).complete, { timeout: 20_000 })
  expect((await ask('q=ostracon')).total).toBe(1)
})

/** Loses the index, and asks while it is lost. */
async function askTitles<T>(question: () => Promise<T>): Promise<T> {
  await isWhole()
  await sql`truncate search_entry cascade`.execute(hub.kysely)
  return question()
}

test('among titles too, nobody finds what is not theirs', async () => {
  expect(titlesIn(await askTitles(async () => page('q=quixotic', member))).toSorted()).toEqual([
    'An older quixotic heron',
    'Quixotic for members',
    'Quixotic zebra',
  ])
  const { items, total, complete } = await askTitles(async () => ask('q=quixotic'))
  expect([items.length, total, complete]).toEqual([2, 2, false])
})

test('titles are found by their words without accents, in any order, in every language, the reader’s own first', async () => {
  expect(titlesIn(await askTitles(async () => page('q=zebra+QUIXOTIC')))).toEqual(['Quixotic zebra'])
  expect(titlesIn(await askTitles(async () => page('q=zebre', hub, 'fr')))).toEqual(['Zèbre quixotique'])
  expect(titlesIn(await askTitles(async () => page('q=zebre')))).toEqual(['Quixotic zebra'])
  expect(titlesIn(await askTitles(async () => page('q=quixotic+-zebra')))).toEqual(['An older quixotic heron'])
  expect(titlesIn(await askTitles(async () => page('q=ebra')))).toEqual([])
  expect(titlesIn(await askTitles(async () => page('q=100%25_')))).toEqual([])
  expect(titlesIn(await askTitles(async () => page('q=-zebra')))).toEqual([])
})

test('titles are narrowed by kind and language, and by nothing that only the index knows', async () => {
  expect(titlesIn(await askTitles(async () => page('q=quixotic&kind=programme')))).toEqual(['An older quixotic heron'])
  expect(titlesIn(await askTitles(async () => page('q=quixotique&lang=fr')))).toEqual(['Quixotic zebra'])
  expect(titlesIn(await askTitles(async () => page('q=quixotique&lang=en')))).toEqual([])
  expect(titlesIn(await askTitles(async () => page('q=quixotic&year=2026')))).toEqual([])
})

test('the feed and the second page of titles are whole, and no page that tells of them is kept', async () => {
  const feed = await askTitles(async () => hub.get('/en/search.atom?q=quixotic', from()))
  expect(feed.headers.get('cache-control')).toBe('private, no-store')
  expect([...(await feed.text()).matchAll(/<entry>/g)].length).toBe(2)
  const first = await askTitles(async () => ask('q=quixotic&limit=1'))
  const second = await askTitles(async () => ask('q=quixotic&limit=1&page=2'))
  const ids = [...first.items, ...second.items].map((item: { id: string }) => item.id)
  expect([new Set(ids).size, second.next]).toEqual([2, null])
  const html = await askTitles(async () => page('q=quixotic', hub, 'ar'))
  expect([html.includes(sayIn('ar')('search.titles')), await findMarkupFaults(html)]).toEqual([true, []])
})

test.each(['search_title', 'search_word', 'search_name'])(
  'a %s that is missing is noticed and read again',
  async (table) => {
    await isWhole()
    const count = async () =>
      Number((await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(hub.kysely)).rows[0]?.n)
    const before = await count()
    expect(before).toBeGreaterThan(0)
    await sql`delete from ${sql.table(table)}`.execute(hub.kysely)

    await mendIndex(hub.kysely.$pickTables())
    await refreshIndex(hub.kysely.$pickTables(), passageSources(hub.kysely))

    expect(await count()).toBe(before)
  },
)

test('documents that are missing among others are noticed and read again', async () => {
  await isWhole()
  const search = hub.kysely.$pickTables<'search_document' | 'search_entry'>()
  await search.deleteFrom('search_document').where('kind', '=', 'programme').execute()
  expect((await ask('q=vellum')).total).toBe(0)

  await mendIndex(hub.kysely.$pickTables())
  await refreshIndex(hub.kysely.$pickTables(), passageSources(hub.kysely))

  expect((await ask('q=vellum')).total).toBe(1)
  // What is whole is left alone.
  const numbers = async () => search.selectFrom('search_document').select('ord').orderBy('ord').execute()
  const before = await numbers()
  await mendIndex(hub.kysely.$pickTables())
  await refreshIndex(hub.kysely.$pickTables(), passageSources(hub.kysely))
  expect(await numbers()).toEqual(before)
})

test('a hub without anything to find says nothing of a lost index', async () => {
  await using empty = await openHub()
  await vi.waitUntil(async () => Object(await (await empty.get('/api/v1/search?q=x')).json()).complete, {
    timeout: 20_000,
  })
  expect(await (await empty.get('/en/search?q=x')).text()).not.toContain(notice)
  await aRecord(empty.kysely, 'programme', { name: { en: 'The first' } })
  const found = async () => Object(await (await empty.get('/api/v1/search?q=first')).json()).total
  await vi.waitUntil(async () => (await found()) === 1, { timeout: 20_000 })
})
