import { randomBytes } from 'node:crypto'
import { readdir, readlink } from 'node:fs/promises'
import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { serve, type Running } from '#platform/http/index.ts'
import { createLog } from '#platform/log.ts'
import { aMaterialFile } from '#testing/files.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aSeminar } from '#testing/makers.ts'

interface Served extends AsyncDisposable {
  readonly hub: TestHub
  readonly running: Running
}

async function openServed(): Promise<Served> {
  const hub = await openHub({ cache: true })
  const log = createLog({ level: 'silent' })
  const running = await serve({ config: { HOST: '127.0.0.1', PORT: 0 }, http: hub.http, log, limits: { stop: 500 } })
  const close = async () => {
    await running.stop()
    await hub[Symbol.asyncDispose]()
  }
  return { hub, running, [Symbol.asyncDispose]: close }
}

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

async function ask(url: string, options: { method?: string; headers?: Record<string, string>; agent?: Agent } = {}) {
  const outgoing = request(url, options).end()
  return new Promise<Answer>((resolve, reject) => {
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.once('error', reject)
      incoming.once('end', () =>
        resolve({ status: incoming.statusCode, headers: incoming.headers, body: Buffer.concat(chunks) }),
      )
    })
  })
}

const large = Buffer.concat([Buffer.from('%PDF-1.7\n\0'), randomBytes(6_000_000)])

test('over the wire a file comes whole, in part, and as its head, on one connection', async () => {
  await using served = await openServed()
  const { hub, running } = served
  const { href } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content: large, name: 'é.pdf' })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const get = async (headers: Record<string, string> = {}, method = 'GET') =>
    ask(running.url + href, { method, headers: { 'accept-encoding': 'br, gzip', ...headers }, agent })

  const whole = await get()
  expect([whole.status, whole.body.equals(large)]).toEqual([200, true])
  expect([whole.headers['content-length'], whole.headers['transfer-encoding']]).toEqual([
    String(large.length),
    undefined,
  ])
  const head = await get({ range: 'bytes=5-9' }, 'HEAD')
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(large.length)])
  const part = await get({ range: 'bytes=1000000-3999999' })
  expect([part.status, part.body.equals(large.subarray(1_000_000, 4_000_000))]).toEqual([206, true])
  const parts = await get({ range: 'bytes=0-99,5000000-5999999' })
  expect([parts.status, parts.headers['content-length']]).toEqual([206, String(parts.body.length)])
  expect(parts.body.includes(large.subarray(5_000_000, 6_000_000))).toBe(true)
  const same = await get({ 'if-none-match': String(whole.headers.etag) })
  expect([same.status, same.body.length]).toEqual([304, 0])
  const none = await get({ range: 'bytes=99999999-' })
  expect([none.status, none.headers['content-range'], none.body.length]).toEqual([416, `bytes */${large.length}`, 0])
  const size = large.length
  const old = `"${'0'.repeat(64)}"`
  const asked: [headers: Record<string, string>, status: number, contentRange: string | undefined, bytes: number][] = [
    [{ range: 'bytes=-5' }, 206, `bytes ${size - 5}-${size - 1}/${size}`, 5],
    [{ range: `bytes=-${size * 2}` }, 206, `bytes 0-${size - 1}/${size}`, size],
    [{ range: 'bytes=-0' }, 416, `bytes */${size}`, 0],
    [{ range: `bytes=0-4,${size}-` }, 206, `bytes 0-4/${size}`, 5],
    [{ range: `bytes=${size - 3}-${size * 9}` }, 206, `bytes ${size - 3}-${size - 1}/${size}`, 3],
    [{ range: 'bytes=0-9,5-19,20-29' }, 206, `bytes 0-29/${size}`, 30],
    [{ range: `bytes=${'0-1,'.repeat(200)}5-6` }, 200, undefined, size],
    [{ range: 'bytes=5-4' }, 200, undefined, size],
    [{ range: 'bytes=0-4', 'if-range': old }, 200, undefined, size],
    [{ range: `bytes=${size}-`, 'if-range': old }, 200, undefined, size],
    [{ range: 'bytes=0-4', 'if-range': String(whole.headers.etag) }, 206, `bytes 0-4/${size}`, 5],
  ]
  for (const [headers, ...told] of asked) {
    const { status, headers: said, body } = await get(headers)
    expect([headers, status, said['content-range'], body.length]).toEqual([headers, ...told])
  }
  expect(Object.keys(agent.freeSockets).length).toBe(1)
  agent.destroy()
})

test('whoever breaks off can go on where they were, and gets the same file', async () => {
  await using served = await openServed()
  const { hub, running } = served
  const { href } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content: large, name: 'a.pdf' })
  const received: Buffer[] = []
  let etag = ''
  let at = 0
  while (at < large.length) {
    const headers = at === 0 ? {} : { range: `bytes=${at}-`, 'if-range': etag }
    const outgoing = request(running.url + href, { headers, agent: false }).end()
    const incoming = await new Promise<IncomingMessage>((resolve) => outgoing.once('response', resolve))
    expect(incoming.statusCode).toBe(at === 0 ? 200 : 206)
    etag = String(incoming.headers.etag)
    let taken = 0
    for await (const chunk of incoming) {
      if (!Buffer.isBuffer(chunk)) throw new Error('Not bytes')
      received.push(chunk)
      taken += chunk.length
      if (taken > 2_500_000) break
    }
    at += taken
    outgoing.destroy()
  }
  expect(Buffer.concat(received).equals(large)).toBe(true)
})

test('readers who go away or hardly read leave nothing open and hold little', async () => {
  await using served = await openServed()
  const { hub, running } = served
  // More than the system's buffers take in.
  const content = randomBytes(30_000_000)
  const { href } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content, name: 'a.pdf' })
  const before = process.memoryUsage()
  const sockets = Array.from({ length: 10 }, () => connect(running.port, '127.0.0.1'))
  for (const socket of sockets) {
    socket.on('error', () => undefined)
    socket.pause()
    socket.write(`GET ${href} HTTP/1.1\r\nHost: x\r\n\r\n`)
  }
  await vi.waitFor(async () => expect(await openFilesOf(hub)).toEqual([]), { timeout: 10_000 })
  const after = process.memoryUsage()
  expect(after.arrayBuffers + after.external - before.arrayBuffers - before.external).toBeLessThan(60_000_000)
  for (const socket of sockets) socket.destroy()
  await Promise.all(sockets.map(async (socket) => socket.closed || once(socket, 'close')))
  // And the next reader is served as ever.
  expect((await ask(running.url + href)).body.equals(content)).toBe(true)
  expect(await openFilesOf(hub)).toEqual([])
})

/** Which files of the hub this process holds open (Linux tells). */
async function openFilesOf({ filesFolder }: TestHub): Promise<string[]> {
  const names = await readdir('/proc/self/fd').catch(() => [])
  const targets = await Promise.all(names.map(async (name) => readlink(`/proc/self/fd/${name}`).catch(() => '')))
  return targets.filter((target) => target.startsWith(filesFolder))
}
