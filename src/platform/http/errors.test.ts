import { expect, test } from 'vitest'
import { z } from 'zod'
import { ForbiddenError, InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { aHub } from './test-hub.ts'

function aHubWithPages() {
  const hub = aHub()
  hub.app.get('/:lang{en|fr|ar}/seminars/:slug', () => {
    throw new NotFoundError('seminar')
  })
  hub.app.get('/:lang{en|fr|ar}/seminars', (c) => c.html('seminars'))
  hub.app.post('/:lang{en|fr|ar}/seminars', (c) => c.html('made'))
  hub.app.get('/:lang{en|fr|ar}/bad', () => {
    throw new InvalidInputError('query "page"', '"x" is not a number')
  })
  hub.app.get('/:lang{en|fr|ar}/desk', () => {
    throw new ForbiddenError('edit')
  })
  hub.app.get('/:lang{en|fr|ar}/fault', () => {
    throw new Error('password is hunter2')
  })
  hub.app.get('/:lang{en|fr|ar}/database', () => {
    throw new Error('Connection terminated due to connection timeout')
  })
  hub.app.get('/:lang{en|fr|ar}/refused', () => {
    throw Object.assign(new Error('connect ENOENT /data/run'), { code: 'ENOENT', syscall: 'connect' })
  })
  hub.app.get('/api/v1/fault', () => {
    throw new Error('password is hunter2')
  })
  hub.app.get('/api/v1/bad', () => {
    throw new InvalidInputError('query "page"', '"x" is not a number')
  })
  return hub
}

const pages = [
  ['GET', '/fr/seminars/none', 404],
  ['GET', '/fr/nowhere', 404],
  ['GET', '/xx/seminars', 404],
  ['GET', '/FR/seminars', 404],
  ['GET', '/fr/bad', 400],
  ['GET', '/fr/desk', 403],
  ['GET', '/fr/fault', 500],
  ['GET', '/fr/database', 503],
  ['GET', '/fr/refused', 503],
  ['DELETE', '/fr/seminars', 405],
  ['POST', '/fr/bad', 405],
  ['POST', '/fr/nowhere', 404],
  ['PROPFIND', '/fr/seminars', 501],
  ['GET', `/fr/${'a'.repeat(8000)}`, 414],
  ['GET', '/fr/%', 400],
  ['GET', '/fr/%zz', 400],
  ['GET', '/fr/%c0%af', 400],
  ['GET', '/fr/%e0%80%af', 400],
  ['GET', '/fr/%ed%a0%80', 400],
  ['GET', '/fr/%ff', 400],
  ['GET', '/fr/a%00b', 400],
  ['GET', '/fr/a%0d%0ab', 400],
  ['GET', '/fr/seminars?q=%00', 400],
  ['GET', '/fr/seminars?q=100%', 400],
  ['GET', '/fr/seminars?q=%f0%28%8c%28', 400],
] as const

test.each(pages)(
  '%s %s is answered %i by a page in the language of the path, with an id and no details',
  async (method, path, status) => {
    const hub = aHubWithPages()
    const response = await hub.app.request(path, { method, headers: { 'accept-language': 'ar' } })
    const body = await response.text()
    const lang = path.startsWith('/fr') ? 'fr' : 'ar'

    expect(response.status).toBe(status)
    expect(body).toBe(
      `<!doctype html><html lang="${lang}"><title>${status}</title>${response.headers.get('x-request-id')}</html>`,
    )
    expect(response.headers.get('content-language')).toBe(lang)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  },
)

test('an address as long as one may be is an address', async () => {
  expect((await aHubWithPages().app.request(`/fr/${'a'.repeat(7996)}`)).status).toBe(404)
})

test('Arabic and other letters in an address are letters', async () => {
  const hub = aHub()
  hub.app.get('/ar/seminars/:slug', (c) => c.text(c.req.param('slug')))

  expect(await (await hub.app.request('/ar/seminars/%D9%86%D8%AF%D9%88%D8%A9')).text()).toBe('ندوة')
})

test('405 names what can be done; OPTIONS asks for just that', async () => {
  const hub = aHubWithPages()

  const refused = await hub.app.request('/fr/seminars', { method: 'PUT' })
  const asked = await hub.app.request('/fr/seminars', { method: 'OPTIONS' })

  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
  expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  expect((await hub.app.request('/fr/nowhere', { method: 'OPTIONS' })).status).toBe(404)
})

test('a handler for what has no route does not make everything a page', async () => {
  const hub = aHubWithPages()
  hub.app.get('*', async (c, next) => (c.req.path === '/old' ? c.redirect('/fr/seminars', 301) : next()))

  expect((await hub.app.request('/old')).headers.get('location')).toBe('/fr/seminars')
  expect((await hub.app.request('/fr/nowhere')).status).toBe(404)
  expect((await hub.app.request('/fr/nowhere', { method: 'POST' })).status).toBe(404)
  expect((await hub.app.request('/fr/seminars', { method: 'PUT' })).status).toBe(405)
})

test('untidy slashes lead to the tidy address, never to another host', async () => {
  const hub = aHubWithPages()
  const places = ['/fr/', '/fr//seminars', '//evil.example/fr', '/fr/seminars/?page=2', '///', '/fr/seminars//?']
  const led = await Promise.all(
    places.map(async (path) => {
      const { status, headers } = await hub.app.request(new Request(`http://localhost${path}`))
      return [path, status, headers.get('location')]
    }),
  )

  expect(led).toEqual([
    ['/fr/', 301, '/fr'],
    ['/fr//seminars', 301, '/fr/seminars'],
    ['//evil.example/fr', 301, '/evil.example/fr'],
    ['/fr/seminars/?page=2', 301, '/fr/seminars?page=2'],
    ['///', 301, '/'],
    ['/fr/seminars//?', 301, '/fr/seminars'],
  ])
  expect((await hub.app.request('/fr/seminars/', { method: 'POST' })).status).toBe(404)
})

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  instance: z.string(),
  requestId: z.string(),
})

test('the API answers with a problem; the bad thing is named, a fault is not', async () => {
  const hub = aHubWithPages()
  const bad = await hub.app.request('/api/v1/bad')
  const fault = await hub.app.request('/api/v1/fault')

  expect(bad.headers.get('content-type')).toBe('application/problem+json')
  expect(await bad.json()).toEqual({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail: 'query "page": "x" is not a number',
    instance: '/api/v1/bad',
    requestId: bad.headers.get('x-request-id'),
    place: 'query "page"',
    problem: '"x" is not a number',
  })
  expect(Problem.parse(await fault.json())).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'Something went wrong here; the log knows more by this request id.',
    instance: '/api/v1/fault',
    requestId: fault.headers.get('x-request-id'),
  })
})

test('elsewhere whoever prefers JSON gets a problem, and a browser a page', async () => {
  const hub = aHubWithPages()
  const typeFor = async (accept: string) =>
    (await hub.app.request('/fr/nowhere', { headers: { accept } })).headers.get('content-type')

  expect(await typeFor('application/json')).toBe('application/problem+json')
  expect(await typeFor('application/json, text/html;q=0.5')).toBe('application/problem+json')
  expect(await typeFor('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe(
    'text/html; charset=utf-8',
  )
  expect(await typeFor('text/html, application/json')).toBe('text/html; charset=utf-8')
  expect(await typeFor('*/*')).toBe('text/html; charset=utf-8')
})

test('a fault is in the log with its id, where no reader sees it', async () => {
  const hub = aHubWithPages()
  const response = await hub.app.request('/fr/fault')

  expect(hub.lines.find(({ msg }) => msg === 'fault')).toEqual(
    expect.objectContaining({
      level: 'error',
      id: response.headers.get('x-request-id'),
      path: '/fr/fault',
      status: 500,
      error: expect.objectContaining({ name: 'Error', message: 'password is hunter2' }),
    }),
  )
})

test('a line of the access log has no address, query value or user agent in it', async () => {
  const hub = aHubWithPages()
  await hub.app.request('/fr/seminars?q=Amina', {
    headers: { 'user-agent': 'Old Phone', 'x-forwarded-for': '203.0.113.7' },
  })

  const line = hub.lines.find(({ msg }) => msg === 'request')

  expect(Object.keys(line ?? {}).sort()).toEqual(['id', 'level', 'method', 'ms', 'msg', 'path', 'status', 'time'])
  expect(line).toEqual(expect.objectContaining({ method: 'GET', path: '/fr/seminars', status: 200 }))
  expect(JSON.stringify(hub.lines)).not.toMatch(/Amina|Old Phone|203\.0/)
})

test('an error page that cannot be drawn is still an answer', async () => {
  const hub = aHub({
    drawError: () => {
      throw new Error('no words')
    },
  })
  const response = await hub.app.request('/fr/nowhere')

  expect(response.status).toBe(404)
  expect(await response.text()).toBe(`404 Not Found\n${response.headers.get('x-request-id')}\n`)
})

test('a body that is too large is refused before it is read', async () => {
  const hub = aHubWithPages()
  const post = async (headers: Record<string, string>, body: BodyInit) =>
    (await hub.app.request('/fr/seminars', { method: 'POST', headers, body })).status

  expect(await post({ 'content-length': '1000001' }, 'x')).toBe(413)
  expect(await post({}, 'x'.repeat(1000))).toBe(200)
})
