import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PortTakenError, serve } from './index.ts'
import { ask, aHub, sendBytes, serveHub } from './test-hub.ts'

const firstLine = (answer: string) => answer.split('\r\n', 1)[0]
const titleOf = (answer: string) => /<html lang="(\w+)"><title>(\d+)/.exec(answer)?.slice(1).join(' ')

function aHubWithHome() {
  const hub = aHub()
  hub.app.get('/fr', hub.cachePages(), (c) => c.html('<p>Accueil'))
  hub.app.post('/fr', async (c) => c.text(String((await c.req.text()).length)))
  return hub
}

const unreadable = [
  ['half a line, then nothing', 'GET /fr HT', 'HTTP/1.1 408 Request Timeout', 'en 408'],
  [
    'headers that never end',
    'GET /fr HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n',
    'HTTP/1.1 408 Request Timeout',
    'en 408',
  ],
  ['another protocol', '\x16\x03\x01\x02\x00\x01\x00', 'HTTP/1.1 400 Bad Request', 'en 400'],
  ['a bad byte in a header', 'GET /fr HTTP/1.1\r\nHost: a\r\nX-A: \x00\r\n\r\n', 'HTTP/1.1 400 Bad Request', 'fr 400'],
  ['a space in a header name', 'GET /fr HTTP/1.1\r\nHost: a\r\nX A: b\r\n\r\n', 'HTTP/1.1 400 Bad Request', 'fr 400'],
  [
    'two lengths',
    'POST /fr HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
    'HTTP/1.1 400 Bad Request',
    'fr 400',
  ],
  [
    'length and chunks together',
    'POST /fr HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'HTTP/1.1 400 Bad Request',
    'fr 400',
  ],
  ['a method nobody knows', 'BREW /fr HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 501 Not Implemented', 'fr 501'],
  [
    'headers beyond measure',
    `GET /fr HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
    'HTTP/1.1 431 Request Header Fields Too Large',
    'fr 431',
  ],
  [
    'an address beyond measure',
    `GET /fr/${'a'.repeat(70_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    'HTTP/1.1 414 URI Too Long',
    'fr 414',
  ],
] as const

test.each(unreadable)('%s is answered, and the connection closed', async (_, bytes, line, page) => {
  await using server = await serveHub(aHubWithHome(), { headers: 150, request: 200, check: 50 })
  const answer = await sendBytes(server, Buffer.from(bytes, 'latin1'))

  expect(firstLine(answer)).toBe(line)
  expect(titleOf(answer)).toBe(page)
  expect(answer).toContain('\r\nconnection: close\r\n')
  expect(answer).toContain('\r\nx-content-type-options: nosniff\r\n')
})

const refused = [
  ['no host', 'GET /fr HTTP/1.1\r\n', 'HTTP/1.1 400 Bad Request', 'fr 400'],
  ['HTTP/0.9', 'GET /fr\r\n', 'HTTP/1.1 400 Bad Request', 'fr 400'],
  ['raw bytes in the address', 'GET /fr/s\xe9minaire HTTP/1.1\r\nHost: a\r\n', 'HTTP/1.1 400 Bad Request', 'fr 400'],
  ['a backslash', 'GET /fr\\..\\x HTTP/1.1\r\nHost: a\r\n', 'HTTP/1.1 400 Bad Request', 'en 400'],
  ['dot segments', 'GET /fr/../fr HTTP/1.1\r\nHost: a\r\n', 'HTTP/1.1 404 Not Found', 'fr 404'],
  ['hidden dot segments', 'GET /fr/%2e%2E/fr HTTP/1.1\r\nHost: a\r\n', 'HTTP/1.1 404 Not Found', 'fr 404'],
  ['an address of 8 kB', `GET /fr/${'a'.repeat(8192)} HTTP/1.1\r\nHost: a\r\n`, 'HTTP/1.1 414 URI Too Long', 'fr 414'],
  [
    'an address of 20 kB',
    `GET /fr/${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n`,
    'HTTP/1.1 414 URI Too Long',
    'fr 414',
  ],
  ['TRACE', 'TRACE /fr HTTP/1.1\r\nHost: a\r\n', 'HTTP/1.1 501 Not Implemented', 'fr 501'],
  [
    'a body where none belongs',
    'GET /fr HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n',
    'HTTP/1.1 400 Bad Request',
    'fr 400',
  ],
  ['a fragment', 'GET /fr#x HTTP/1.1\r\nHost: a\r\n', 'HTTP/1.1 400 Bad Request', 'en 400'],
] as const

test.each(refused)('%s is refused by a page', async (_, head, line, page) => {
  await using server = await serveHub(aHubWithHome())
  const answer = await sendBytes(server, Buffer.from(`${head}Connection: close\r\n\r\n`, 'latin1'))

  expect(firstLine(answer)).toBe(line)
  expect(titleOf(answer)).toBe(page)
})

test('what Host says changes nothing, nor does a whole URL in the first line', async () => {
  await using server = await serveHub(aHubWithHome())
  const heads = [
    'GET /fr HTTP/1.1\r\nHost: evil.example\r\n',
    'GET /fr HTTP/1.1\r\nHost: <>"{}\r\n',
    'GET http://evil.example/fr HTTP/1.1\r\nHost: evil.example\r\n',
    'GET /fr HTTP/1.0\r\n',
  ]
  for (const head of heads) {
    const answer = await sendBytes(server, `${head}Connection: close\r\n\r\n`)
    expect([head, firstLine(answer)]).toEqual([head, 'HTTP/1.1 200 OK'])
    expect(answer).not.toContain('evil')
  }
  const options = await sendBytes(server, 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(firstLine(options)).toBe('HTTP/1.1 404 Not Found')
})

test('a body that outgrows the limit while it arrives is refused', async () => {
  await using server = await serveHub(aHubWithHome())
  const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`
  const answer = await sendBytes(
    server,
    `POST /fr HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}0\r\n\r\n`,
  )

  expect(firstLine(answer)).toBe('HTTP/1.1 413 Payload Too Large')
})

test('a reader who takes nothing of a large answer is let go', async () => {
  const hub = aHub()
  hub.app.get('/large', (c) => c.body(new Uint8Array(60_000_000), 200, { 'content-type': 'application/octet-stream' }))
  await using server = await serveHub(hub, { check: 50 })
  const socket = connect(server.port, '127.0.0.1').pause()
  socket.on('error', () => undefined)
  socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n')
  await pause(400)

  let received = 0
  socket.on('data', (chunk) => (received += chunk.length)).resume()
  await once(socket, 'close')

  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThan(60_000_000)
})

test('stopping lets a running request end, closes idle connections and takes no more', async () => {
  const hub = aHubWithHome()
  const begun = Promise.withResolvers<void>()
  hub.app.get('/slow', async (c) => {
    begun.resolve()
    await pause(200)
    return c.text('finished')
  })
  const server = await serveHub(hub)
  const idle = connect(server.port, '127.0.0.1').resume()
  idle.write('GET /fr HTTP/1.1\r\nHost: a\r\n\r\n')
  await once(idle, 'data')
  const idleClosed = once(idle, 'close')
  const running = ask(server, '/slow', { headers: { connection: 'keep-alive' } })
  await begun.promise

  const stopped = Promise.all([server.stop(), server.stop()])
  await idleClosed
  const answer = await running
  await stopped

  expect([answer.status, answer.body.toString(), answer.headers['connection']]).toEqual([200, 'finished', 'close'])
  await expect(ask(server, '/fr')).rejects.toThrow('ECONNREFUSED')
})

test('stopping waits for a request that never ends only so long', async () => {
  const hub = aHub()
  const begun = Promise.withResolvers<void>()
  hub.app.get('/never', async () => {
    begun.resolve()
    return new Promise<Response>(() => undefined)
  })
  const server = await serveHub(hub, { stop: 150 })
  const running = ask(server, '/never')
  running.catch(() => undefined)
  await begun.promise
  const startedAt = performance.now()

  await server.stop()

  expect(performance.now() - startedAt).toBeLessThan(1000)
  await expect(running).rejects.toThrow('socket hang up')
})

test('a port that is taken is named, with the setting', async () => {
  const hub = aHubWithHome()
  await using server = await serveHub(hub)
  const again = serve({ config: { HOST: '127.0.0.1', PORT: server.port }, http: hub, log: hub.inner.log })

  await expect(again).rejects.toThrow(
    new PortTakenError(
      `Port ${server.port} of 127.0.0.1 is taken by another program. Stop that one, or set PORT to a free one.`,
    ),
  )
  const elsewhere = serve({ config: { HOST: '203.0.113.1', PORT: 0 }, http: hub, log: hub.inner.log })
  await expect(elsewhere).rejects.toThrow(
    new PortTakenError(
      '203.0.113.1 is no address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for every network.',
    ),
  )
})

test('the waiting hub gives way to the ready one without a connection lost', async () => {
  const waiting = aHub({ waitingFor: () => 'the database' })
  await using server = await serveHub(waiting)
  expect((await ask(server, '/fr')).status).toBe(503)

  server.swap(aHubWithHome())

  expect((await ask(server, '/fr')).status).toBe(200)
})

test('requests that come together on one connection are answered in turn', async () => {
  await using server = await serveHub(aHubWithHome())
  const one = 'GET /fr HTTP/1.1\r\nHost: a\r\n\r\n'
  const answer = await sendBytes(server, `${one}${one}${one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')}`)

  expect(answer.match(/HTTP\/1\.1 200 OK/g)?.length).toBe(3)
})
