import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { HubEnv } from './env.ts'
import { refuseOtherOrigins } from './same-origin.ts'

const app = new Hono<HubEnv>()
app.use(refuseOtherOrigins('https://hub.example'))
app.onError((error, c) => c.text(error.name, 403))
app.all('/', (c) => c.text('done'))

const send = async (headers: Record<string, string>, method = 'POST') =>
  (await app.request('/', { method, headers })).text()

test.each([
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  [{ 'sec-fetch-site': 'same-site', origin: 'https://hub.example' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
  [{ origin: 'https://hub.example.evil.example' }],
])('what another site sends is refused: %o', async (headers) => {
  expect(await send(headers)).toBe('ForbiddenError')
  expect(await send(headers, 'DELETE')).toBe('ForbiddenError')
})

test.each([
  [{ 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' }],
  [{ 'sec-fetch-site': 'none' }],
  [{ origin: 'https://hub.example' }],
  [{}],
])('what the hub’s own pages send is taken: %o', async (headers) => {
  expect(await send(headers)).toBe('done')
})

test('reading is open to all', async () => {
  expect(await send({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 'GET')).toBe('done')
})
