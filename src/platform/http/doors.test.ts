import { expect, test } from 'vitest'
import { NotFoundError } from '#platform/errors.ts'
import { limitRate } from './index.ts'
import { aHub, type TestHub } from './test-hub.ts'

function aHubWithSeminars() {
  const hub = aHub()
  hub.app.get('/:lang{en|fr|ar}/seminars/:slug', () => {
    throw new NotFoundError('seminar')
  })
  return hub
}

test('while the hub waits, pages say so and the machine doors tell for what', async () => {
  let missing: string | undefined = 'the database'
  const hub = aHub({ waitingFor: () => missing, missing: async () => (missing ? [missing] : []) })
  hub.app.get('/fr', (c) => c.html('home'))

  const page = await hub.app.request('/fr')
  const ready = await hub.app.request('/readyz')
  expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5'])
  expect(ready.status).toBe(503)
  expect(await ready.json()).toEqual(
    expect.objectContaining({ status: 503, detail: 'The hub waits for the database', missing: 'the database' }),
  )
  expect(await (await hub.app.request('/healthz')).text()).toBe('ok\n')

  missing = undefined
  expect((await hub.app.request('/fr')).status).toBe(200)
  expect(await (await hub.app.request('/readyz')).json()).toEqual({ status: 'ready' })
})

const metricsStatus = async (hub: TestHub, headers: Record<string, string>) =>
  (await hub.app.request('/metrics', { headers })).status

test('metrics are for this machine, or for who has the token', async () => {
  const open = aHub()
  const closed = aHub({ env: { HUB_METRICS_TOKEN: 'a-long-enough-token' } })
  expect(await metricsStatus(open, {})).toBe(200)
  expect(await metricsStatus(open, { 'x-forwarded-for': '127.0.0.1' })).toBe(404)
  expect(await metricsStatus(closed, {})).toBe(404)
  expect(await metricsStatus(closed, { authorization: 'Bearer a-long-enough-tokem' })).toBe(404)
  expect(await metricsStatus(closed, { authorization: 'Bearer a-long-enough-token' })).toBe(200)
})

test('metrics count by route, not by address', async () => {
  const hub = aHubWithSeminars()
  hub.app.get('/fr/kept', hub.cachePages(), (c) => c.html('kept'))
  hub.app.get('*', async (_, next) => next())
  await hub.app.request('/fr/seminars/one')
  await hub.app.request('/fr/seminars/two')
  await hub.app.request('/nowhere')
  await hub.app.request('/fr/kept')
  await hub.app.request('/fr/kept')

  const text = await (await hub.app.request('/metrics')).text()

  expect(text).toContain('hub_http_requests_total{route="/:lang{en|fr|ar}/seminars/:slug",method="GET",status="404"} 2')
  expect(text).toContain('hub_http_requests_total{route="/*",method="GET",status="404"} 1')
  expect(text).toContain('hub_http_requests_total{route="/fr/kept",method="GET",status="200"} 1')
  expect(text).toContain('hub_http_memory_answers_total{route="/fr/kept",status="200"} 1')
  expect(text).not.toContain('nowhere')
})

test('who asks too often is told when to come back, and others are not', async () => {
  const hub = aHub({ env: { HUB_TRUST_PROXY: '1' } })
  hub.app.use('/api/*', limitRate({ name: 'api', requests: 2, seconds: 60, clientOf: hub.clientOf }))
  hub.app.get('/api/v1/seminars', (c) => c.json([]))
  const call = async (address: string) =>
    hub.app.request('/api/v1/seminars', { headers: { 'x-forwarded-for': address } })

  const first = await call('203.0.113.7')
  expect([first.status, first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual([
    200,
    '2',
    '1',
  ])
  expect((await call('203.0.113.7')).status).toBe(200)
  const third = await call('203.0.113.7')

  expect(third.status).toBe(429)
  expect(third.headers.get('retry-after')).toBe('60')
  expect(third.headers.get('ratelimit-remaining')).toBe('0')
  expect((await call('198.51.100.1')).status).toBe(200)
  expect((await call('192.0.2.1, 203.0.113.7')).status).toBe(429)
})

const idFor = async (env: Record<string, string>, given: string) =>
  (await aHub({ env }).app.request('/healthz', { headers: { 'x-request-id': given } })).headers.get('x-request-id')

test('an id is taken over from a proxy of ours and from nobody else', async () => {
  expect(await idFor({ HUB_TRUST_PROXY: '1' }, 'proxy-7f3a')).toBe('proxy-7f3a')
  expect(await idFor({}, 'proxy-7f3a')).toMatch(/^[0-9a-f]{10}-1$/)
  expect(await idFor({ HUB_TRUST_PROXY: '1' }, '"<script>')).toMatch(/^[0-9a-f]{10}-1$/)
})
