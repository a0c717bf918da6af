import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertRecords, newId, setStatus, writeText } from '#features/records/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'

const first = '2026-11-24T09:00:00.000Z'
const later = '2026-11-24T09:05:00.000Z'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub({ environment: { HUB_TRUST_PROXY: '1' } })
})
afterAll(async () => hub[Symbol.asyncDispose]())

const text = (field: string, body: string) => ({ field, lang: 'en', body })

/** Programmes whose texts have a word, some more often and some at more length. */
async function make(word: string, count: number, at: string, status: 'published' | 'draft' = 'published') {
  const { records } = handlesOf(hub.kysely)
  const made = Array.from({ length: count }, (_, number) => {
    const summary = `${`${word} `.repeat((number % 4) + 1)}${'and more of it '.repeat(number % 7)}`
    const texts = [text('name', `Programme ${number}`), text('summary', summary)]
    return { id: newId('programme', at), kind: 'programme' as const, sourceLang: 'en', status, texts }
  })
  await insertRecords(records, made, { actor: 'test', at })
  return made.map(({ id }) => id)
}

let asked = 0
const get = async (path: string) => {
  asked += 1
  return (await hub.get(path, { 'x-forwarded-for': `198.51.${Math.floor(asked / 250)}.${(asked % 250) + 1}` })).text()
}
const ask = async (path: string) => Object(JSON.parse(await get(path.replace(hub.origin, ''))))

/** What happens between two pages: new records, a draft that is published, others that are written again. */
async function goOn(word: string, ids: readonly string[]): Promise<void> {
  const { records } = handlesOf(hub.kysely)
  hub.setNow(later)
  const deed = { actor: 'test', at: later }
  const [draft = ''] = await make(word, 1, first, 'draft')
  await setStatus(records, draft, 'published', deed)
  await make(word, 9, later)
  for (const id of ids.filter((_, index) => index % 3 === 0))
    await writeText(records, id, { field: 'remark', lang: 'en', body: 'Written again.' }, deed)
  const { total } = await vi.waitUntil(
    async () => {
      const answer = await ask(`/api/v1/search?q=${word}`)
      return answer.complete && answer
    },
    { timeout: 20_000 },
  )
  expect(total).toBe(ids.length + 10)
}

test.each(['best', 'newest'])(
  'pages that follow each other, the %s first, show each result once while others come',
  async (sort) => {
    hub.setNow(first)
    const word = `quixotic${sort}`
    const ids = await make(word, 25, '2026-11-20T09:00:00.000Z')
    await vi.waitUntil(async () => (await ask(`/api/v1/search?q=${word}`)).total === 25, { timeout: 20_000 })
    const seen: string[] = []
    const totals: number[] = []
    let next: string | null = `/api/v1/search?q=${word}&limit=10&sort=${sort}`
    while (next !== null) {
      const answer = await ask(next)
      seen.push(...answer.items.map((item: { id: string }) => item.id))
      totals.push(answer.total)
      if (totals.length === 1) await goOn(word, ids)
      next = answer.next
    }
    expect(totals).toEqual([25, 25, 25])
    expect(seen.toSorted()).toEqual(ids.toSorted())
  },
  60_000,
)

const linksOf = (html: string) => {
  const link = (rel: string) => new RegExp(`<a href="([^"]*)" rel="${rel}"`).exec(html)?.[1]?.replaceAll('&amp;', '&')
  return { previous: link('prev'), next: link('next') }
}
const slugsOf = (html: string) => [...html.matchAll(/<h3><a href="\/en\/programmes\/([^"]*)"/g)].map(([, slug]) => slug)

test('so do the pages that people read, by plain links; the first page is always of now', async () => {
  hub.setNow(first)
  const ids = await make('vellum', 25, '2026-11-20T09:00:00.000Z')
  await vi.waitUntil(async () => (await ask('/api/v1/search?q=vellum')).total === 25, { timeout: 20_000 })
  const one = await get('/en/search?q=vellum')
  await goOn('vellum', ids)
  const two = await get(linksOf(one).next ?? '')
  const three = await get(linksOf(two).next ?? '')
  const shown = [one, two, three].flatMap(slugsOf)
  expect([shown.length, new Set(shown).size, linksOf(three).next]).toEqual([25, 25, undefined])
  expect(linksOf(two).previous).toBe('/en/search?q=vellum')
  expect(await get(linksOf(two).previous ?? '')).toContain('35 results')
  // What is narrowed or put in another order begins anew.
  expect([...two.matchAll(/href="[^"]*sort=newest[^"]*"/g)].filter(([link]) => link.includes('at='))).toEqual([])
})

test('an instant that is none is left out, and said so; programs are told', async () => {
  for (const at of ['yesterday', '-1', '1e12', '99999999999999999999']) {
    expect(await get(`/en/search?q=vellum&page=2&at=${at}`)).toContain('was left out')
    expect((await ask(`/api/v1/search?q=vellum&at=${at}`)).status).toBe(400)
  }
  expect((await ask(`/api/v1/search?q=vellum&at=0000000000001`)).total).toBe(0)
  expect((await ask(`/api/v1/search?q=vellum&at=9999999999999`)).total).toBe(35)
})
