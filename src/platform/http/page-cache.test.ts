import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
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

test('a page is made once and read by many, packed as each reader takes it', async () => {
  const { hub, made } = aCountingHub()
  await using server = await serveHub(hub)

  const first = await ask(server, '/fr/seminars', { headers: { 'accept-encoding': 'gzip, br' } })
  const brotli = await ask(server, '/fr/seminars', { headers: { 'accept-encoding': 'gzip, br' } })
  const gzip = await ask(server, '/fr/seminars', { headers: { 'accept-encoding': 'gzip' } })
  const plain = await ask(server, '/fr/seminars')

  expect(made).toEqual(['/fr/seminars'])
  expect(first.headers['content-encoding']).toBe('br')
  expect(brotliDecompressSync(brotli.body).toString()).toBe(text)
  expect(gunzipSync(gzip.body).toString()).toBe(text)
  expect(plain.body.toString()).toBe(text)
  expect(plain.headers['content-encoding']).toBe(undefined)
  expect(new Set([first, brotli, gzip, plain].map(({ headers }) => headers['etag'])).size).toBe(1)
})

/** Headers without those that each answer has of its own. */
const withoutOwn = (headers: Record<string, string>) => ({ ...headers, date: '', 'x-request-id': '' })

test('what memory answers carries the same headers as what a handler made', async () => {
  const { hub } = aCountingHub({ env: { HUB_ORIGIN: 'https://hub.example' } })
  await using server = await serveHub(hub)
  const headers = { 'accept-encoding': 'br' }
  const made = await ask(server, '/fr/seminars', { headers })
  const kept = await ask(server, '/fr/seminars', { headers })

  expect(withoutOwn(kept.headers)).toEqual(withoutOwn(made.headers))
  expect(kept.body).toEqual(made.body)
  expect(kept.headers['x-request-id']).not.toBe(made.headers['x-request-id'])
  expect(kept.headers).toEqual(
    expect.objectContaining({
      'cache-control': 'public, no-cache',
      vary: 'Accept-Encoding',
      'content-type': 'text/html; charset=UTF-8',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    }),
  )
})

test('a reader who has the page hears 304, with the headers of a 304 and no body', async () => {
  const { hub } = aCountingHub()
  await using server = await serveHub(hub)
  const { headers } = await ask(server, '/fr/seminars')
  const etag = headers['etag'] ?? ''

  for (const condition of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
    const answer = await ask(server, '/fr/seminars', { headers: { 'if-none-match': condition } })
    expect([condition, answer.status, answer.body.length]).toEqual([condition, 304, 0])
    expect(answer.headers['etag']).toBe(etag)
    expect(answer.headers['vary']).toBe('Accept-Encoding')
    expect(answer.headers['content-type']).toBe(undefined)
    expect(answer.headers['content-length']).toBe(undefined)
  }
  expect((await ask(server, '/fr/seminars', { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
})

test('HEAD says what GET would', async () => {
  const { hub, made } = aCountingHub()
  await using server = await serveHub(hub)

  for (const call of ['made', 'kept']) {
    const head = await ask(server, '/fr/seminars', { method: 'HEAD' })
    expect([call, head.status, head.body.length]).toEqual([call, 200, 0])
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(text)))
  }
  expect(made.length).toBe(1)
})

test('a page differs by its own query only; what else is in the address is not seen by the handler', async () => {
  const { hub, made } = aCountingHub()
  await using server = await serveHub(hub)

  for (const query of ['', '?utm=x', '?', '?page=2', '?page=2&fbclid=1', '?page=2&theme=a', '?theme=a&page=2']) {
    expect((await ask(server, `/fr/seminars${query}`)).status).toBe(200)
  }

  expect(made).toEqual(['/fr/seminars', '/fr/seminars?page=2', '/fr/seminars?theme=a&page=2'])
})

test('many readers at once: one page is made', async () => {
  const hub = aHub()
  let made = 0
  hub.app.get('/fr', hub.cachePages(), async (c) => {
    made += 1
    await pause(20)
    return c.html(text)
  })

  const answers = await Promise.all(Array.from({ length: 20 }, async () => hub.app.request('/fr')))

  expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(200))
  expect(made).toBe(1)
})

test('many readers at once of a page that is not for keeping: each has their own', async () => {
  const hub = aHub()
  let made = 0
  hub.app.get('/fr', hub.cachePages(), async (c) => {
    const mine = (made += 1)
    await pause(20)
    return c.text(String(mine), 200, { 'cache-control': 'private' })
  })

  const answers = await Promise.all([1, 2, 3].map(async () => (await hub.app.request('/fr')).text()))

  expect(answers.sort()).toEqual(['1', '2', '3'])
})

test('a change made elsewhere is seen within a second, one made here at once', async () => {
  const { hub, made } = aCountingHub()
  await using server = await serveHub(hub)
  await ask(server, '/fr/seminars')

  hub.setVersion(2)
  await ask(server, '/fr/seminars')
  expect(made.length).toBe(1)
  await pause(1050)
  await ask(server, '/fr/seminars')
  expect(made.length).toBe(2)

  hub.setVersion(3)
  hub.forgetVersion()
  await ask(server, '/fr/seminars')
  expect(made.length).toBe(3)
})

test('the version is asked for once a second, however many ask', async () => {
  let asked = 0
  const hub = aHub({
    readVersion: async () => {
      asked += 1
      await pause(20)
      return 1
    },
  })
  hub.app.get('/:page', hub.cachePages(), (c) => c.html(text))

  await Promise.all(Array.from({ length: 50 }, async (_, page) => hub.app.request(`/${page}`)))

  expect(asked).toBe(1)
})

test('while the database is away, kept pages are served on', async () => {
  const { hub, made } = aCountingHub()
  await hub.app.request('/fr/seminars')
  hub.fail(true)
  hub.forgetVersion()

  expect((await hub.app.request('/fr/seminars')).status).toBe(200)
  expect(made.length).toBe(1)
})

test('when the version has never been known, pages are made and nothing is kept', async () => {
  const { hub, made } = aCountingHub()
  hub.fail(true)

  await hub.app.request('/fr/seminars')
  await hub.app.request('/fr/seminars')

  expect(made.length).toBe(2)
  expect(hub.cache.pages()).toBe(0)
})

test('a page that the clock changes is kept until then', async () => {
  let now = Date.parse('2021-12-01T08:59:00Z')
  const hub = aHub({ now: () => now })
  let made = 0
  hub.app.get('/fr', hub.cachePages(), (c) => {
    made += 1
    c.set('validUntil', '2021-12-01T09:00:00.000Z')
    return c.html(text)
  })
  await hub.app.request('/fr')
  await hub.app.request('/fr')
  expect(made).toBe(1)

  now = Date.parse('2021-12-01T09:00:00Z')
  await hub.app.request('/fr')

  expect(made).toBe(2)
})

test('signed-in readers and programs with keys get pages of their own, and leave none behind', async () => {
  const hub = aHub()
  hub.app.get('/fr', hub.cachePages(), (c) =>
    c.html(`For ${c.req.header('cookie') ?? c.req.header('authorization') ?? 'all'}`),
  )
  await using server = await serveHub(hub)
  const read = async (headers: Record<string, string>) => {
    const answer = await ask(server, '/fr', { headers })
    return [answer.body.toString(), answer.headers['cache-control']]
  }

  expect(await read({ cookie: 'visit=anna' })).toEqual(['For visit=anna', 'private, no-store'])
  expect(await read({ authorization: 'Bearer anna' })).toEqual(['For Bearer anna', 'private, no-store'])
  expect(await read({})).toEqual(['For all', 'public, no-cache'])
  expect(await read({ cookie: 'theme=dark; visit=anna' })).toEqual(['For theme=dark; visit=anna', 'private, no-store'])
  expect(await read({ cookie: 'theme=dark' })).toEqual(['For all', 'public, no-cache'])
})

test('what sets a cookie, is private, missing or at fault never enters', async () => {
  const hub = aHub()
  hub.app.use(hub.cachePages())
  hub.app.get('/cookie', (c) => c.html(text, 200, { 'set-cookie': 'visit=1' }))
  hub.app.get('/private', (c) => c.html(text, 200, { 'cache-control': 'private' }))
  hub.app.get('/no-store', (c) => c.html(text, 200, { 'cache-control': 'no-store' }))
  hub.app.get('/missing', (c) => c.html(text, 404))
  hub.app.get('/fault', () => {
    throw new Error('fault')
  })

  for (const path of ['/cookie', '/private', '/no-store', '/missing', '/fault', '/nowhere', '/nowhere/2']) {
    await hub.app.request(path)
  }
  expect(hub.cache.pages()).toBe(0)
})

test('a redirect is kept as it is', async () => {
  const hub = aHub()
  let made = 0
  hub.app.get('/fr/old', hub.cachePages(), (c) => {
    made += 1
    return c.redirect('/fr/new', 301)
  })
  await using server = await serveHub(hub)

  for (const call of [1, 2]) {
    const answer = await ask(server, '/fr/old')
    expect([call, answer.status, answer.headers['location'], answer.body.length]).toEqual([call, 301, '/fr/new', 0])
  }
  expect(made).toBe(1)
})

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
