import { hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, rename, rm, symlink, utimes } from 'node:fs/promises'
import { request } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSpool } from '#platform/files/index.ts'
import { serve, type Running } from '#platform/http/index.ts'
import { createLog } from '#platform/log.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'

const uploads = '/en/desk/uploads'
let hub: TestHub
let running: Running
let editor: SignedIn
let other: SignedIn
beforeAll(async () => {
  hub = await openHub()
  const log = createLog({ level: 'silent' })
  running = await serve({ config: { HOST: '127.0.0.1', PORT: 0 }, http: hub.http, log, limits: { stop: 500 } })
})
beforeEach(async () => {
  editor = await hub.as(['editor'])
  other = await hub.as(['contributor'])
})
afterAll(async () => {
  await running.stop()
  await hub[Symbol.asyncDispose]()
})

const tus = { 'tus-resumable': '1.0.0' }
const part = (offset: number | string, more: Record<string, string> = {}) => ({
  ...tus,
  'content-type': 'application/offset+octet-stream',
  'upload-offset': String(offset),
  ...more,
})

type Headers = Readonly<Record<string, string>>

async function ask(
  who: SignedIn,
  method: string,
  path: string,
  headers: Headers = tus,
  body?: string | Uint8Array<ArrayBuffer>,
) {
  const all = { cookie: who.cookie, origin: hub.origin, ...headers }
  return hub.fetch(new Request(hub.origin + path, { method, headers: all, ...(body !== undefined && { body }) }))
}

const named = (name: string) => ({ 'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` })

/** Begins an upload; its path. */
async function begin(who: SignedIn, bytes: number, name = 'paper.pdf'): Promise<string> {
  const made = await ask(who, 'POST', uploads, { ...tus, 'upload-length': String(bytes), ...named(name) })
  expect([made.status, made.headers.get('tus-resumable')]).toEqual([201, '1.0.0'])
  return made.headers.get('location') ?? ''
}

async function offsetOf(who: SignedIn, path: string): Promise<[status: number, offset: string | null]> {
  const answer = await ask(who, 'HEAD', path)
  return [answer.status, answer.headers.get('upload-offset')]
}

const stateOf = async (who: SignedIn, path: string): Promise<unknown> => (await ask(who, 'GET', path, {})).json()
const pdf = (bytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n\0'), randomBytes(bytes - 10)])

/** A line to the hub that breaks off each time so many bytes have been sent over it. */
async function openBadLine(breaks: number[]) {
  const open = new Set<Socket>()
  const line = createServer((near) => {
    const far = connect(running.port, '127.0.0.1')
    open.add(near)
    open.add(far)
    const end = () => {
      near.destroy()
      far.destroy()
    }
    let left = breaks[0] ?? Infinity
    near.on('data', (bytes) => {
      left -= bytes.length
      far.write(bytes)
      if (left > 0 || breaks.length === 0) return
      breaks.shift()
      left = Infinity
      // What is on its way still arrives.
      setTimeout(end, 30)
      near.pause()
    })
    far.on('data', (bytes) => near.write(bytes))
    for (const socket of [near, far]) socket.on('close', end).on('error', end)
  })
  line.listen(0, '127.0.0.1')
  await once(line, 'listening')
  const address = line.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop: () => {
      line.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** Sends a file with the protocol's own client; its path. */
async function sendBy(
  port: number,
  content: Buffer,
  options: { chunkSize?: number } = {},
): Promise<{ path: string; tries: number }> {
  let tries = 0
  const path = await new Promise<string>((resolve, reject) => {
    const upload = new Upload(content, {
      endpoint: `http://127.0.0.1:${port}${uploads}`,
      headers: { cookie: editor.cookie },
      metadata: { filename: 'étude.pdf', filetype: 'application/pdf' },
      retryDelays: [50, 100, 200, 400, 1000, 2000, 4000],
      onShouldRetry: () => {
        tries += 1
        return true
      },
      ...options,
      onError: reject,
      onSuccess: () => resolve(new URL(upload.url ?? '').pathname),
    })
    upload.start()
  })
  return { path, tries }
}

test.each([{}, { chunkSize: 700_000 }])(
  'another client sends a file over a line that breaks three times: %o',
  async (options) => {
    const content = pdf(6_000_000)
    const line = await openBadLine([400_000, 300_000, 500_000])
    const { path, tries } = await sendBy(line.port, content, options)
    line.stop()
    const sha256 = hash('sha256', content, 'hex')
    // A hub that has not seen yet that the line broke is asked again.
    expect(tries).toBeGreaterThanOrEqual(3)
    expect(await stateOf(editor, path)).toEqual({
      state: 'kept',
      ref: `${sha256} étude.pdf`,
      name: 'étude.pdf',
      bytes: 6_000_000,
    })
    expect(await hub.files.stat(sha256)).toEqual({ bytes: 6_000_000 })
    const row = await hub.kysely.selectFrom('upload').select('user_id').where('sha256', '=', sha256).execute()
    expect(row).toEqual([{ user_id: editor.actor.id }])
    expect((await readdir(join(hub.spoolFolder, editor.actor.id))).filter((name) => name.endsWith('.part'))).toEqual([])
  },
)

test('what has come is still there for a hub that was started anew, and is nobody’s to see before it is whole', async () => {
  const content = pdf(1000)
  const path = await begin(editor, 1000)
  expect((await ask(editor, 'PATCH', path, part(0), content.subarray(0, 400))).headers.get('upload-offset')).toBe('400')
  const again = createSpool(hub.spoolFolder)
  const [spooled] = await again.list(editor.actor.id)
  expect([spooled?.offset, spooled?.bytes, spooled?.name]).toEqual([400, 1000, 'paper.pdf'])
  expect(await stateOf(editor, path)).toEqual({ state: 'receiving', offset: 400, bytes: 1000 })
  expect(await hub.files.has(hash('sha256', content, 'hex'))).toBe(false)
  const last = await ask(editor, 'PATCH', path, part(400), content.subarray(400))
  expect([last.status, last.headers.get('upload-offset')]).toEqual([204, '1000'])
  expect(await hub.files.has(hash('sha256', content, 'hex'))).toBe(true)
  // It is over: nothing is added, and the same said again is no fault.
  expect(await offsetOf(editor, path)).toEqual([200, '1000'])
  expect((await ask(editor, 'PATCH', path, part(1000), '')).status).toBe(204)
  expect((await ask(editor, 'PATCH', path, part(400), 'more')).status).toBe(409)
})

test('what the server can is said to whoever asks', async () => {
  const said = await ask(editor, 'OPTIONS', uploads, {})
  const names = ['tus-version', 'tus-extension', 'tus-max-size', 'tus-checksum-algorithm']
  expect([said.status, ...names.map((name) => said.headers.get(name))]).toEqual([
    204,
    '1.0.0',
    'creation,expiration,checksum,termination',
    '2000000000',
    'sha1,sha256',
  ])
  const path = await begin(editor, 10, 'x.pdf')
  const head = await ask(editor, 'HEAD', path)
  const told = ['upload-offset', 'upload-length', 'cache-control', 'upload-metadata'].map((name) =>
    head.headers.get(name),
  )
  expect(told.map((one) => one?.replace('private, ', ''))).toEqual([
    '0',
    '10',
    'no-store',
    named('x.pdf')['upload-metadata'],
  ])
  expect(Date.parse(head.headers.get('upload-expires') ?? '') > Date.now()).toBe(true)
  expect((await ask(editor, 'DELETE', path)).status).toBe(204)
  expect((await offsetOf(editor, path))[0]).toBe(404)
})

const garbage: [what: string, method: string, headers: Headers, status: number][] = [
  ['no version', 'POST', { 'upload-length': '5' }, 412],
  ['another version', 'POST', { 'tus-resumable': '0.2.2', 'upload-length': '5' }, 412],
  ['no length', 'POST', tus, 400],
  ['a length put off', 'POST', { ...tus, 'upload-defer-length': '1' }, 400],
  ['nothing to send', 'POST', { ...tus, 'upload-length': '0' }, 400],
  ['a length that is none', 'POST', { ...tus, 'upload-length': '-5' }, 400],
  ['a length in other digits', 'POST', { ...tus, 'upload-length': '5e3' }, 400],
  ['more than a file may have', 'POST', { ...tus, 'upload-length': '2000000001' }, 413],
  ['more than a number holds', 'POST', { ...tus, 'upload-length': '9'.repeat(30) }, 400],
  ['metadata that is none', 'POST', { ...tus, 'upload-length': '5', 'upload-metadata': 'filename not*base64' }, 400],
  ['endless metadata', 'POST', { ...tus, 'upload-length': '5', 'upload-metadata': 'a '.padEnd(5000, 'A') }, 400],
  ['another type of part', 'PATCH', { ...part(0), 'content-type': 'application/octet-stream' }, 415],
  ['a part from nowhere', 'PATCH', { ...tus, 'content-type': 'application/offset+octet-stream' }, 400],
  ['an offset that is none', 'PATCH', part('0x1'), 400],
  ['a part too far on', 'PATCH', part(3), 409],
  ['a checksum of another kind', 'PATCH', part(0, { 'upload-checksum': 'md5 AAAA' }), 400],
  ['a checksum that is none', 'PATCH', part(0, { 'upload-checksum': 'sha1' }), 400],
  ['a part that is damaged', 'PATCH', part(0, { 'upload-checksum': `sha1 ${'A'.repeat(27)}=` }), 460],
  ['another site', 'PATCH', part(0, { origin: 'https://evil.example' }), 403],
  ['another site’s frame', 'POST', { ...tus, 'upload-length': '5', 'sec-fetch-site': 'cross-site' }, 403],
]

test.each(garbage)('%s is refused, and nothing is changed', async (_, method, headers, status) => {
  const path = await begin(editor, 100)
  const before = await hub.spool.list(editor.actor.id)
  const body = method === 'PATCH' ? 'words' : undefined
  const answer = await ask(editor, method, method === 'POST' ? uploads : path, headers, body)
  expect(answer.status).toBe(status)
  expect(await hub.spool.list(editor.actor.id)).toEqual(before)
})

test('a part goes no further than the file, and a checksum that is right is', async () => {
  const path = await begin(editor, 8)
  const checksum = { 'upload-checksum': `sha256 ${hash('sha256', 'words', 'base64')}` }
  expect((await ask(editor, 'PATCH', path, part(0, checksum), 'words')).status).toBe(204)
  expect((await ask(editor, 'PATCH', path, part(5), 'too much')).status).toBe(413)
  expect(await offsetOf(editor, path)).toEqual([200, '5'])
})

test('an upload of somebody else is not there, nor is one of nobody', async () => {
  const path = await begin(editor, 100)
  const visitor = { ...editor, cookie: '' }
  const member = await hub.as(['member'])
  for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE']) {
    const statusFor = async (who: SignedIn, at: string) =>
      (await ask(who, method, at, part(0), method === 'PATCH' ? 'x' : undefined)).status
    expect([await statusFor(other, path), await statusFor(member, path), await statusFor(visitor, path)]).toEqual([
      404, 404, 303,
    ])
    for (const id of ['x', 'a'.repeat(36), '..%2f..', '%00'])
      expect([400, 404]).toContain(await statusFor(editor, `${uploads}/${id}`))
  }
  expect(await offsetOf(editor, path)).toEqual([200, '0'])
})

test('what a file is follows from its content, and what is refused leaves nothing', async () => {
  const page = '<!doctype html><script>alert(1)</script>'
  for (const [content, name] of [
    [page, 'paper.pdf'],
    [page, 'paper'],
    ['<svg onload="alert(1)"/>', 'paper.html'],
  ] as const) {
    const path = await begin(editor, content.length, name)
    expect([name, (await ask(editor, 'PATCH', path, part(0), content)).status]).toEqual([name, 415])
    expect(await stateOf(editor, path)).toEqual({ state: 'refused', why: 'type' })
    expect((await offsetOf(editor, path))[0]).toBe(410)
    expect(await hub.files.has(hash('sha256', content, 'hex'))).toBe(false)
  }
  expect((await readdir(join(hub.spoolFolder, editor.actor.id))).filter((name) => name.endsWith('.part'))).toEqual([])
})

/** Sends a file whole, and lets the database fail when it is kept. */
async function sendToNobody(content: Buffer): Promise<string> {
  const path = await begin(editor, content.length)
  await sql`alter table upload rename to upload_away`.execute(hub.kysely)
  const sent = await ask(editor, 'PATCH', path, part(0), Uint8Array.from(content))
  await sql`alter table upload_away rename to upload`.execute(hub.kysely)
  expect(sent.status).toBe(500)
  return path
}

test('a file that was taken when the database failed is found again: all that was acknowledged is there', async () => {
  const content = pdf(1000)
  const sha256 = hash('sha256', content, 'hex')
  const path = await sendToNobody(content)
  expect(await hub.files.has(sha256)).toBe(true)
  expect(await offsetOf(editor, path)).toEqual([200, '1000'])
  expect((await ask(editor, 'PATCH', path, part(0), 'again')).status).toBe(409)
  expect(await stateOf(editor, path)).toEqual({
    state: 'kept',
    ref: `${sha256} paper.pdf`,
    name: 'paper.pdf',
    bytes: 1000,
  })
  expect((await ask(editor, 'PATCH', path, part(1000), '')).status).toBe(204)
})

test('an upload of which nothing is there any more is over, and does not count against its sender', async () => {
  const content = pdf(1000)
  const taken = await sendToNobody(content)
  await hub.files.remove(hash('sha256', content, 'hex'))
  const lost = await begin(editor, 2_000_000_000)
  await rm(hub.spool.pathOf(editor.actor.id, lost.split('/').at(-1) ?? ''))
  for (const path of [taken, lost]) expect((await ask(editor, 'GET', path)).status).toBe(410)
  expect((await ask(editor, 'PATCH', lost, part(0), 'more')).status).toBe(410)
  expect((await offsetOf(editor, lost))[0]).toBe(410)
  for (let count = 0; count < 2; count++) await begin(editor, 2_000_000_000)
})

test('a web page is taken where its name says so', async () => {
  const page = '<!doctype html><title>A study</title><script>alert(1)</script><p>Words'
  const path = await begin(editor, page.length, 'study.html')
  expect((await ask(editor, 'PATCH', path, part(0), page)).status).toBe(204)
  expect(Object(await stateOf(editor, path)).state).toBe('kept')
})

test('one person does not begin without end', async () => {
  const [large] = [await begin(editor, 2_000_000_000)]
  for (let count = 1; count < 3; count++) await begin(editor, 2_000_000_000)
  const more = { ...tus, 'upload-length': '1' }
  expect((await ask(editor, 'POST', uploads, more)).status).toBe(429)
  expect((await ask(other, 'POST', uploads, more)).status).toBe(201)
  await ask(editor, 'DELETE', large ?? '')
  for (let count = 2; count < 20; count++) await begin(editor, 1)
  expect((await ask(editor, 'POST', uploads, more)).status).toBe(429)
})

test('two who send at once do not mix: one goes on, the other is told to wait', async () => {
  const path = await begin(editor, 100)
  let go: (() => void) | undefined
  const slow = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(Buffer.from('first')),
      pull: async (controller) => {
        await new Promise<void>((resolve) => (go = resolve))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const headers = { cookie: editor.cookie, origin: hub.origin, ...part(0) }
  const options = { method: 'PATCH', headers, body: slow, duplex: 'half' }
  const first = hub.fetch(new Request(hub.origin + path, options))
  await expect.poll(() => go !== undefined).toBe(true)
  expect((await ask(editor, 'PATCH', path, part(5), 'second')).status).toBe(423)
  expect([(await ask(editor, 'HEAD', path)).status, (await ask(editor, 'DELETE', path)).status]).toEqual([423, 423])
  go?.()
  expect((await first).headers.get('upload-offset')).toBe('5')
  expect((await ask(editor, 'PATCH', path, part(5), 'second')).headers.get('upload-offset')).toBe('11')
})

test('a disk that is full is said to be, and what was there stays', async () => {
  const path = await begin(editor, 100)
  await ask(editor, 'PATCH', path, part(0), 'words')
  const file = hub.spool.pathOf(editor.actor.id, path.split('/').at(-1) ?? '')
  await rename(file, `${file}.aside`)
  await symlink('/dev/full', file)
  const full = await ask(editor, 'PATCH', path, part(0), 'more')
  expect([full.status, full.headers.get('tus-resumable')]).toEqual([507, '1.0.0'])
  await rename(`${file}.aside`, file)
  expect((await ask(editor, 'PATCH', path, part(5), 'more')).headers.get('upload-offset')).toBe('9')
})

const days = (count: number) => new Date(Date.now() - count * 86_400_000)

test('what nobody goes on with is forgotten', async () => {
  const [old, young] = [await begin(editor, 100), await begin(editor, 100)]
  const id = old.split('/').at(-1) ?? ''
  const file = hub.spool.pathOf(editor.actor.id, id)
  for (const path of [file, file.replace(/part$/, 'json')]) await utimes(path, days(4), days(4))
  expect(await hub.spool.sweep(days(3).getTime())).toBe(1)
  expect([(await offsetOf(editor, old))[0], (await offsetOf(editor, young))[0]]).toEqual([404, 200])
})

test('a large file takes little memory', async () => {
  const bytes = 60_000_000
  const path = await begin(editor, bytes)
  const piece = pdf(1_000_000)
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  /** What is in use, without what is only waiting to be thrown away: buffers are given back some turns after a collection. */
  const used = async () => {
    const readings: number[] = []
    for (let turn = 0; turn < 4; turn++) {
      if (typeof collect === 'function') collect()
      await pause(5)
      const { external, heapUsed } = process.memoryUsage()
      readings.push(external + heapUsed)
    }
    return Math.min(...readings)
  }
  const before = await used()
  let most = before
  const headers = { cookie: editor.cookie, ...part(0), 'content-length': String(bytes) }
  const outgoing = request(running.url + path, { method: 'PATCH', headers })
  const answered = once(outgoing, 'response')
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!outgoing.write(piece)) await once(outgoing, 'drain')
    if (sent % 20_000_000 === 19_000_000) most = Math.max(most, await used())
  }
  outgoing.end()
  const [answer] = await answered
  expect(answer.statusCode).toBe(204)
  answer.resume()
  expect(most - before).toBeLessThan(20_000_000)
})
