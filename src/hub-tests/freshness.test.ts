import { brotliDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { changeSlug, saveText, setStatus } from '#features/records/index.ts'
import { deed, aRecord, aSeminar } from '#testing/makers.ts'
import { openHub } from '#testing/hub.ts'
import { readMarkup } from './markup-reader.ts'

test('a text that is saved stands on the page as soon as the hub version is looked at again', async () => {
  await using hub = await openHub({ cache: true })
  const { records } = handlesOf(hub.kysely)
  const id = await aSeminar(hub.kysely, { title: { en: 'Bridges' } })
  const read = async () => readMarkup(await (await hub.get('/en/seminars/bridges')).text()).headings
  expect(await read()).toEqual(['Bridges'])

  await saveText(records, id, { field: 'title', lang: 'en', body: 'Better bridges' }, deed)

  expect(await read()).toEqual(['Bridges'])
  hub.forget()
  expect(await read()).toEqual(['Better bridges'])
})

test('an unchanged page is not sent again, a changed one is', async () => {
  await using hub = await openHub({ cache: true })
  const { records } = handlesOf(hub.kysely)
  const id = await aSeminar(hub.kysely, { title: { en: 'Bridges' } })
  const path = '/en/seminars/bridges'
  const first = (await hub.get(path)).headers.get('etag') ?? '?'
  expect(first).toMatch(/^W\/"[\w-]{22}"$/)
  const again = await hub.get(path, { 'if-none-match': first })
  expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', first])

  // Another record of the hub moves the version on; this page is made anew and is the same.
  await aRecord(hub.kysely, 'person', { name: { en: 'Somebody' } })
  hub.forget()
  expect((await hub.get(path, { 'if-none-match': first })).status).toBe(304)

  await saveText(records, id, { field: 'summary', lang: 'en', body: 'On crossing.' }, deed)
  hub.forget()
  const changed = await hub.get(path, { 'if-none-match': first })
  expect(changed.status).toBe(200)
  expect(changed.headers.get('etag')).not.toBe(first)
})

test('publishing, withdrawing and renaming show in lists, feed, calendar and sitemap alike', async () => {
  await using hub = await openHub({ cache: true })
  const { records } = handlesOf(hub.kysely)
  const id = await aSeminar(hub.kysely, { title: { en: 'Bridges' }, status: 'draft' })
  const doors = ['/en', '/en/seminars', '/en/feed.atom', '/en/calendar.ics', '/sitemap.xml', '/api/v1/seminars']
  const telling = async (word: string) => {
    hub.forget()
    const texts = await Promise.all(doors.map(async (path) => (await hub.get(path)).text()))
    return texts.map((text) => text.includes(word))
  }
  const nowhere = doors.map(() => false)
  expect(await telling('seminars/bridges')).toEqual(nowhere)

  await setStatus(records, id, 'published', deed)
  expect(await telling('seminars/bridges')).toEqual(doors.map(() => true))

  await changeSlug(records, id, 'en', 'footbridges', deed)
  expect(await telling('seminars/bridges')).toEqual(nowhere)
  expect(await telling('seminars/footbridges')).toEqual(doors.map(() => true))

  await setStatus(records, id, 'withdrawn', deed)
  expect(await telling('seminars/footbridges')).toEqual(nowhere)
})

test('what the hub says of itself changes on every page', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const title = async () => readMarkup(await (await hub.get('/en/places')).text()).title
  expect(await title()).toBe('Places — EU-IOM Knowledge Management Hub')

  const { records } = handlesOf(hub.kysely)
  await saveText(records, 'hub_main', { field: 'name', lang: 'en', body: 'The Bridge' }, deed)
  hub.forget()

  expect(await title()).toBe('Places — The Bridge')
})

test('pages, errors, redirects and kept pages carry the same guards', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const guards =
    'content-security-policy x-content-type-options referrer-policy permissions-policy cross-origin-opener-policy ' +
    'cross-origin-resource-policy strict-transport-security'
  const guardsOf = async (path: string) => {
    const { headers } = await hub.get(path)
    return guards.split(' ').map((name) => headers.get(name))
  }
  const expected = await guardsOf('/fr/seminars')
  expect(expected[0]).toMatch(/^default-src 'none';.*script-src 'self';.*frame-ancestors 'none'$/)
  expect(expected.slice(1, 3)).toEqual(['nosniff', 'strict-origin-when-cross-origin'])
  expect(expected.filter((value) => value === null)).toEqual([])

  for (const path of ['/fr/seminars', '/fr/nothing', '/', '/fr/', '/fr/seminars?page=0', '/fr/%ff', '/sitemap.xml']) {
    expect([path, await guardsOf(path)]).toEqual([path, expected])
  }
})

/** Every header but those that count or name the request. */
const told = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => !/^(x-request-id|ratelimit-)/.test(name)))

test('HEAD answers as GET does, without a body', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const paths = ['/', '/fr', '/fr/seminars', '/ar/nothing', '/en/calendar.ics', '/sitemap.xml', '/api/v1/seminars']
  for (const path of [...paths, ...paths]) {
    const get = await hub.get(path)
    const head = await hub.fetch(new Request(hub.origin + path, { method: 'HEAD' }))
    await get.arrayBuffer()
    expect([path, head.status, await head.text()]).toEqual([path, get.status, ''])
    expect([path, told(head)]).toEqual([path, told(get)])
  }
})

test('a page goes out packed as the reader can unpack it, and says that it differs by that', async () => {
  await using hub = await openHub({ seeded: true, cache: true })
  const plain = await hub.get('/ar/seminars')
  const packed = await hub.get('/ar/seminars', { 'accept-encoding': 'gzip, br' })

  expect(packed.headers.get('content-encoding')).toBe('br')
  expect(brotliDecompressSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(await plain.text())
  expect(plain.headers.get('vary')).toBe('Accept-Encoding, Accept-Language')
  expect(packed.headers.get('vary')).toBe('Accept-Encoding, Accept-Language')
})
