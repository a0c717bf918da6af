import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packageRoot } from '#platform/root.ts'
import type { CachePagesOptions } from './index.ts'
import { ask, aHub, serveHub } from './test-hub.ts'

const text = '<!doctype html><title>Seminar</title>' + '<p>Reintegration of returning migrants. '.repeat(100)

/** A hub with one page that counts how often it was made. */
function aCountingHub(options: Parameters<typeof aHub>[0] = {}) {
  const hub = aHub(options)
  const made: string[] = []
  hub.app.get('/:lang/seminars', hub.cachePages({ query: ['theme', 'page'] }), (c) => {
    made.push(c.req.url.replace(/^https?:\/\/[^/]+/, ''))
    return c.html(text)
  })
  return { hub, made }
}

test('pages that differ by a header are kept for each of its values', async () => {
  const hub = aHub()
  let made = 0
  hub.app.get(
    '/api/v1/seminars',
    hub.cachePages({ by: { header: 'Accept-Language', value: (c) => c.var.lang } }),
    (c) => {
      made += 1
      return c.json({ lang: c.var.lang })
    },
  )
  await using server = await serveHub(hub)
  const read = async (lang: string) => {
    const answer = await ask(server, '/api/v1/seminars', { headers: { 'accept-language': lang } })
    return [answer.body.toString(), answer.headers['vary']]
  }

  for (const lang of ['fr', 'ar', 'fr-CA']) {
    const expected = lang.slice(0, 2)
    expect(await read(lang)).toEqual([`{"lang":"${expected}"}`, 'Accept-Encoding, Accept-Language'])
  }
  expect(made).toBe(2)
})

test('what is kept for a language goes out from memory, and never to another', async () => {
  const hub = aHub()
  let made = 0
  const by: CachePagesOptions['by'] = {
    header: 'Accept-Language',
    value: (c) => c.req.header('accept-language') ?? '',
  }
  hub.app.get('/fr', hub.cachePages({ by }), (c) => {
    made += 1
    return c.text(`fr, then ${c.req.header('accept-language')}`)
  })
  await using server = await serveHub(hub)
  const read = async (lang: string) =>
    (await ask(server, '/fr', { headers: { 'accept-language': lang } })).body.toString()

  for (const lang of ['ar', 'es', 'ar', 'es', 'ar']) expect(await read(lang)).toBe(`fr, then ${lang}`)

  expect(made).toBe(2)
  expect(hub.cache.find('/fr', 'ar')?.status).toBe(200)
  expect(hub.cache.find('/fr', 'pt')).toBe(undefined)
  expect(hub.cache.find('/fr')).toBe(undefined)
})

test('an answer that says it depends on more than its key holds is not kept', async () => {
  const hub = aHub()
  hub.app.use(hub.cachePages())
  hub.app.get('/vocabularies/gcm', (c) =>
    c.text(c.req.header('accept') ?? '', 200, { vary: 'Accept, Accept-Encoding' }),
  )
  const read = async (accept: string) => (await hub.app.request('/vocabularies/gcm', { headers: { accept } })).text()

  expect([await read('text/turtle'), await read('application/ld+json')]).toEqual(['text/turtle', 'application/ld+json'])
  expect(hub.cache.pages()).toBe(0)
})

test('memory is bounded, and a flood of pages asked for once leaves those asked for twice', async () => {
  const body = Buffer.from(Array.from({ length: 8000 }, (_, i) => (i * 7919) % 251)).toString('base64')
  const hub = aHub({ cacheBytes: 1_000_000 })
  const made: string[] = []
  hub.app.get('/page/:name', hub.cachePages(), (c) => {
    made.push(c.req.param('name'))
    return c.body(body, 200, { 'content-type': 'application/octet-stream' })
  })
  await hub.app.request('/page/home')
  await hub.app.request('/page/home')

  for (let flood = 0; flood < 300; flood++) await hub.app.request(`/page/${flood}`)

  expect(hub.cache.bytes()).toBeLessThanOrEqual(1_000_000)
  expect(hub.cache.pages()).toBeGreaterThan(50)
  made.length = 0
  await hub.app.request('/page/home')
  await hub.app.request('/page/0')
  expect(made).toEqual(['0'])
})

test('a page larger than an eighth of the memory is not kept', async () => {
  const hub = aHub({ cacheBytes: 100_000 })
  hub.app.get('/big', hub.cachePages(), (c) =>
    c.body('x'.repeat(20_000), 200, { 'content-type': 'application/octet-stream' }),
  )

  expect((await hub.app.request('/big')).status).toBe(200)
  expect(hub.cache.pages()).toBe(0)
})

test('switched off, each page is made anew, with its ETag', async () => {
  const { hub, made } = aCountingHub({ cacheBytes: 0 })
  const first = await hub.app.request('/fr/seminars')
  const second = await hub.app.request('/fr/seminars', {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  })

  expect(made.length).toBe(2)
  expect(second.status).toBe(304)
})

test('a page read often is packed tighter, and stays the same page', async () => {
  const hub = aHub()
  const long = readFileSync(join(packageRoot(), 'locales/en.json'), 'utf8')
  hub.app.get('/fr', hub.cachePages(), (c) => c.html(long))
  await using server = await serveHub(hub)
  const read = async () => ask(server, '/fr', { headers: { 'accept-encoding': 'br' } })
  const first = await read()
  for (let reading = 0; reading < 6; reading++) await read()
  await expect.poll(async () => (await read()).body.length).toBeLessThan(first.body.length)

  const last = await read()

  expect(brotliDecompressSync(last.body).toString()).toBe(long)
  expect(last.headers['etag']).toBe(first.headers['etag'])
})
