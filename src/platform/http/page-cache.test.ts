import { setTimeout as pause } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
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
