import { hash } from 'node:crypto'
import { readdir, readlink } from 'node:fs/promises'
import { asyncProperty, assert as assertThat, nat, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { setStatus } from '#features/records/index.ts'
import { aMaterialFile } from '#testing/files.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aSeminar, deed } from '#testing/makers.ts'

const pdf = (size: number) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n\0'), Buffer.from(Array.from({ length: size - 10 }, (_, at) => at % 251))])

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

/** Headers that two answers should share. */
const without = ({ headers }: Response) => [...headers].filter(([name]) => name !== 'x-request-id')

/** What headers say, of those named. */
const told = (response: Response, ...names: string[]) => names.map((name) => response.headers.get(name))

test('a file comes whole, with everything a cache and a browser must know', async () => {
  await using hub = await openHub()
  const content = pdf(5000)
  const file = await aMaterialFile(hub, {
    seminar: await aSeminar(hub.kysely),
    content,
    name: 'Ordre du jour « été ».pdf',
  })

  const response = await hub.get(file.href, { 'accept-encoding': 'br, gzip' })

  expect(file.sha256).toBe(hash('sha256', content, 'hex'))
  expect([response.status, await bytesOf(response)]).toEqual([200, content])
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': '5000',
    'accept-ranges': 'bytes',
    etag: `"${file.sha256}"`,
    'cache-control': 'public, max-age=31536000, immutable',
    'content-disposition': `inline; filename="Ordre du jour _ _t_ _.pdf"; filename*=UTF-8''Ordre%20du%20jour%20%C2%AB%20%C3%A9t%C3%A9%20%C2%BB.pdf`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
  expect(told(response, 'content-encoding', 'vary')).toEqual([null, null])
})

test('HEAD tells the same as GET and opens nothing', async () => {
  await using hub = await openHub()
  const { href } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content: pdf(5000), name: 'a.pdf' })
  const got = await hub.get(href)
  await got.body?.cancel()

  const head = await hub.fetch(new Request(hub.origin + href, { method: 'HEAD', headers: { range: 'bytes=0-1' } }))

  expect([head.status, await head.text()]).toEqual([200, ''])
  expect(without(head)).toEqual(without(got))
  expect(await openFilesOf(hub)).toEqual([])
})

test('any part is that part of the whole', async () => {
  await using hub = await openHub()
  const content = pdf(200_000)
  const { href, sha256 } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content, name: 'a.pdf' })
  const place = nat({ max: 210_000 })
  await assertThat(
    asyncProperty(tuple(place, place), async ([one, other]) => {
      const [first, last] = [Math.min(one, other), Math.max(one, other)]
      const response = await hub.get(href, { range: `bytes=${first}-${last}` })
      const body = await bytesOf(response)
      const isWithin = first < content.length
      expect([response.status, body.equals(content.subarray(first, last + 1))]).toEqual([isWithin ? 206 : 416, true])
      const end = Math.min(last, content.length - 1)
      expect(told(response, 'content-range', 'content-length', 'etag', 'cache-control')).toEqual(
        isWithin
          ? [`bytes ${first}-${end}/200000`, String(body.length), `"${sha256}"`, 'public, max-age=31536000, immutable']
          : ['bytes */200000', null, null, 'no-store'],
      )
    }),
    { numRuns: 60, examples: [[[0, 0]], [[199_999, 199_999]], [[0, 210_000]], [[200_000, 200_000]]] },
  )
  expect(await openFilesOf(hub)).toEqual([])
})

test('several parts come as one answer of several', async () => {
  await using hub = await openHub()
  const content = pdf(100_000)
  const { href, sha256 } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content, name: 'a.pdf' })

  const response = await hub.get(href, { range: 'bytes=90000-,0-4,10-19' })
  const body = await bytesOf(response)

  expect([response.status, response.headers.get('content-type')]).toEqual([
    206,
    `multipart/byteranges; boundary=${sha256}`,
  ])
  expect(response.headers.get('content-length')).toBe(String(body.length))
  const part = (range: string, bytes: Uint8Array) =>
    Buffer.concat([
      Buffer.from(`\r\n--${sha256}\r\ncontent-type: application/pdf\r\ncontent-range: bytes ${range}/100000\r\n\r\n`),
      bytes,
    ])
  const whole = Buffer.concat([
    part('90000-99999', content.subarray(90_000)),
    part('0-4', content.subarray(0, 5)),
    part('10-19', content.subarray(10, 20)),
    Buffer.from(`\r\n--${sha256}--\r\n`),
  ])
  expect(body.equals(whole)).toBe(true)
  const abandoned = await hub.get(href, { range: 'bytes=90000-,0-4,10-19' })
  const reader = abandoned.body?.getReader()
  await reader?.read()
  await reader?.read()
  await reader?.cancel()
  expect(await openFilesOf(hub)).toEqual([])
})

test('a reader who has the file, or had another, is told so', async () => {
  await using hub = await openHub()
  const { href, sha256 } = await aMaterialFile(hub, {
    seminar: await aSeminar(hub.kysely),
    content: pdf(500),
    name: 'a.pdf',
  })
  const other = `"${'0'.repeat(64)}"`
  const cases: [headers: Record<string, string>, status: number][] = [
    [{ 'if-none-match': `"${sha256}"` }, 304],
    [{ 'if-none-match': `${other}, W/"${sha256}"` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': other }, 200],
    [{ 'if-none-match': `"${sha256}"`, range: 'bytes=0-1' }, 304],
    [{ 'if-match': `"${sha256}"` }, 200],
    [{ 'if-match': '*' }, 200],
    [{ 'if-match': `W/"${sha256}"` }, 412],
    [{ 'if-match': other }, 412],
    [{ 'if-range': `"${sha256}"`, range: 'bytes=0-1' }, 206],
    [{ 'if-range': `W/"${sha256}"`, range: 'bytes=0-1' }, 200],
    [{ 'if-range': other, range: 'bytes=0-1' }, 200],
    [{ 'if-range': 'Wed, 01 Dec 2021 09:00:00 GMT', range: 'bytes=0-1' }, 200],
    [{ 'if-range': other, range: 'bytes=900-' }, 200],
    [{ range: 'bytes=900-' }, 416],
    [{ range: 'pages=1-2' }, 200],
  ]
  for (const [headers, status] of cases) {
    const response = await hub.get(href, headers)
    await response.body?.cancel()
    expect([headers, response.status]).toEqual([headers, status])
    expect(response.headers.get('etag')).toBe(status === 416 ? null : `"${sha256}"`)
    expect(response.headers.has('content-type')).toBe(status === 200 || status === 206)
  }
  expect(await openFilesOf(hub)).toEqual([])
})

test('another name leads to the right one, whatever it is; what is no file is not found', async () => {
  await using hub = await openHub()
  const { href, sha256 } = await aMaterialFile(hub, {
    seminar: await aSeminar(hub.kysely),
    content: pdf(50),
    name: 'a b.pdf',
  })
  const base = `/files/${sha256}`
  const wrong = [
    '',
    '/',
    '/other.pdf',
    '/..%2f..%2fetc%2fpasswd',
    '/a%2fb.pdf',
    '/%E2%80%AEfdp.exe',
    `/${'x'.repeat(300)}`,
  ]
  for (const name of wrong) {
    const first = await hub.get(base + name)
    const response = first.headers.get('location') === base ? await hub.get(base) : first
    expect([name, response.status, response.headers.get('location')]).toEqual([name, 301, href])
  }
  const refused: [path: string, status: number][] = [
    [`${base}/a%0d%0aset-cookie:x=1`, 400],
    [`${base}/%ff.pdf`, 400],
    [`${base}/a b.pdf/more`, 404],
    [`/files/${'0'.repeat(64)}/a.pdf`, 404],
    [`/files/${sha256.toUpperCase()}/a.pdf`, 404],
    [`/files/${sha256.slice(1)}/a.pdf`, 404],
    ['/files/..%2fhub.lock/a', 404],
    ['/files', 404],
  ]
  for (const [path, status] of refused) {
    const response = await hub.get(path)
    expect([path, response.status, response.headers.get('set-cookie')]).toEqual([path, status, null])
  }
  const posted = await hub.fetch(new Request(hub.origin + href, { method: 'POST', body: 'x' }))
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
})

const hide = {
  draft: async (hub: TestHub, id: string) =>
    hub.kysely.updateTable('record').set({ status: 'draft' }).where('id', '=', id).execute(),
  'for members': async (hub: TestHub, id: string) =>
    hub.kysely.updateTable('record').set({ visibility: 'members' }).where('id', '=', id).execute(),
  withdrawn: async (hub: TestHub, id: string) => setStatus(handlesOf(hub.kysely).records, id, 'withdrawn', deed),
}
const hidings = (['seminar', 'session', 'material'] as const).flatMap((what) =>
  (['draft', 'for members', 'withdrawn'] as const).map((how): [string, string] => [what, how]),
)

test.each(hidings)('the file of a %s that is %s is behind no door', async (what, how) => {
  await using hub = await openHub({ cache: true })
  const seminar = await aSeminar(hub.kysely, { sessions: ['09:00–10:00'] })
  const { id: session } = await hub.kysely.selectFrom('session').select('id').executeTakeFirstOrThrow()
  const file = await aMaterialFile(hub, { seminar, session, content: pdf(500), name: 'a.pdf' })
  const doors = [file.href, `/files/${file.sha256}`, `/files/${file.sha256}/b.pdf`]
  const asked = [{}, { range: 'bytes=0-1' }, { 'if-none-match': `"${file.sha256}"` }, { authorization: 'Bearer x' }]
  const walk = async () => {
    const statuses: number[] = []
    for (const door of doors)
      for (const headers of asked) {
        for (const method of ['GET', 'HEAD']) {
          const response = await hub.fetch(new Request(hub.origin + door, { method, headers }))
          await response.body?.cancel()
          statuses.push(response.status)
        }
      }
    return [...new Set(statuses)].toSorted((one, other) => one - other)
  }
  expect(await walk()).toEqual([200, 206, 301, 304])

  const id = { seminar, session, material: file.id }[what]
  await (how === 'draft' ? hide.draft : how === 'withdrawn' ? hide.withdrawn : hide['for members'])(hub, id ?? '')
  hub.forget()

  expect(await walk()).toEqual([404])
  const pages = ['/en', '/api/v1/seminars', `/api/v1/seminars/${seminar}`, '/api/v1/sessions', `/r/${seminar}`]
  for (const page of pages) expect(await (await hub.get(page)).text()).not.toContain(file.sha256)
})

test('a file that two seminars offer stays while one of them does, under that one’s name', async () => {
  await using hub = await openHub()
  const [first, second] = [await aSeminar(hub.kysely), await aSeminar(hub.kysely)]
  const one = await aMaterialFile(hub, { seminar: first, content: pdf(500), name: 'one.pdf' })
  const other = await aMaterialFile(hub, { seminar: second, content: pdf(500), name: 'other.pdf' })
  const look = async () => {
    const responses = [await hub.get(one.href), await hub.get(other.href)]
    return responses.map((response) => [response.status, response.headers.get('location')])
  }
  expect(await look()).toEqual([
    [200, null],
    [200, null],
  ])

  await hide.withdrawn(hub, first)

  expect(await look()).toEqual([
    [301, other.href],
    [200, null],
  ])
})

test('pages and programs name the files of the demonstration by addresses that answer', async () => {
  await using hub = await openHub({ seeded: true })
  const page = '/fr/seminars/developpement-durable-et-reintegration-2021'
  const named = async (path: string) =>
    [
      ...(await (await hub.get(path)).text()).matchAll(/(https:\/\/hub\.example)?(\/files\/[0-9a-f]{64}\/[\w.-]+)/g),
    ].map(([, host = '', file = '']) => [host, file.split('/').at(-1), file])
  const onPage = await named(page)
  expect(onPage.map(([host, name]) => [host, name])).toEqual([
    ['', 'agenda-fr.pdf'],
    ['', 'agenda-en.pdf'],
    ['', 'slides-fr.pdf'],
  ])
  const inSchedule = [await named(`${page}/schedule.json`), await named(`${page}/schedule.xml`)]
  expect(inSchedule.map((files) => files.map(([host, name]) => [host, name]))).toEqual([
    [['https://hub.example', 'slides-fr.pdf']],
    [['https://hub.example', 'slides-fr.pdf']],
  ])
  const inApi = await named('/api/v1/seminars?limit=100')
  expect(inApi.map(([host]) => host)).toEqual(['https://hub.example', 'https://hub.example', 'https://hub.example'])
  for (const [, , href = ''] of [...onPage, ...inApi]) {
    const response = await hub.get(href)
    expect([href, response.status, response.headers.get('content-type')]).toEqual([href, 200, 'application/pdf'])
    await response.body?.cancel()
  }
})

test('whoever may see what the public may not has it for themselves, and no cache keeps it', async () => {
  await using hub = await openHub()
  const seminar = await aSeminar(hub.kysely)
  const record = { visibility: 'members' }
  const file = await aMaterialFile(hub, { seminar, content: pdf(500), name: 'a.pdf', record })
  const member = await hub.as(['member'])
  const asked = [{}, { range: 'bytes=0-1' }, { 'if-none-match': `"${file.sha256}"` }]
  const look = async (who: Pick<TestHub, 'get'>) => {
    const responses = await Promise.all(asked.map(async (headers) => who.get(file.href, headers)))
    return responses.map((response) => [response.status, response.headers.get('cache-control')])
  }
  expect(await look(member)).toEqual([200, 206, 304].map((status) => [status, 'private, no-store']))
  expect(await look(hub)).toEqual([404, 404, 404].map((status) => [status, 'no-store']))

  await hub.kysely.updateTable('record').set({ visibility: 'public' }).where('id', '=', file.id).execute()

  const forAll = 'public, max-age=31536000, immutable'
  expect(await look(member)).toEqual([200, 206, 304].map((status) => [status, forAll]))
  await hide.withdrawn(hub, seminar)
  expect(await look(member)).toEqual([404, 404, 404].map((status) => [status, 'no-store']))
})

const hostile: [what: string, content: string | Uint8Array, name: string, type: string, way: string][] = [
  ['a page called PDF', '<!doctype html><script>alert(1)</script>', 'a.pdf', 'application/octet-stream', 'attachment'],
  [
    'a page with words before it',
    'Hello\n<html><body onload=alert(1)>',
    'a.txt',
    'application/octet-stream',
    'attachment',
  ],
  [
    'a drawing with script',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    'a.svg',
    'application/octet-stream',
    'attachment',
  ],
  [
    'a drawing called PNG',
    '<?xml version="1.0"?><svg onload="alert(1)"/>',
    'a.png',
    'application/octet-stream',
    'attachment',
  ],
  ['plain words', 'Bonjour à tous\n', 'a.txt', 'text/plain; charset=utf-8', 'inline'],
  ['words that begin like a picture', 'BM is not a bitmap', 'a.txt', 'text/plain; charset=utf-8', 'inline'],
  ['a table', 'a,b\n1,2\n', 'a.csv', 'text/csv; charset=utf-8', 'attachment'],
  ['captions', 'WEBVTT\n\n00:00.000 --> 00:01.000\nA <b>word</b>\n', 'a.vtt', 'text/vtt; charset=utf-8', 'inline'],
  ['words that are not UTF-8', Buffer.from('Réunion', 'latin1'), 'a.txt', 'application/octet-stream', 'attachment'],
  [
    'a program',
    Buffer.from('4d5a90000300000004000000ffff0000', 'hex'),
    'a.pdf',
    'application/octet-stream',
    'attachment',
  ],
]

test.each(hostile)('%s is told by its content, and never runs', async (_, content, name, type, way) => {
  await using hub = await openHub()
  const { href } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content, name })
  const response = await hub.get(href)
  expect([response.status, await bytesOf(response)]).toEqual([200, Buffer.from(content)])
  expect(
    told(response, 'content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy'),
  ).toEqual([type, `${way}; filename="${name}"`, 'nosniff', "default-src 'none'; sandbox"])
})

test('an empty file is a file', async () => {
  await using hub = await openHub()
  const { href } = await aMaterialFile(hub, { seminar: await aSeminar(hub.kysely), content: '', name: 'a.txt' })
  const whole = await hub.get(href)
  expect([whole.status, await whole.text(), whole.headers.get('content-length')]).toEqual([200, '', '0'])
  expect((await hub.get(href, { range: 'bytes=0-' })).status).toBe(416)
  expect((await hub.get(href, { range: 'bytes=-1' })).status).toBe(200)
})

test('a file that is gone from the disk is a fault, said as one', async () => {
  await using hub = await openHub()
  const { href, sha256 } = await aMaterialFile(hub, {
    seminar: await aSeminar(hub.kysely),
    content: pdf(50),
    name: 'a.pdf',
  })
  await hub.files.remove(sha256)
  for (const headers of [{}, { range: 'bytes=0-4' }]) {
    const response = await hub.get(href, headers)
    expect([response.status, response.headers.get('cache-control')]).toEqual([500, 'no-store'])
  }
})

/** Which files of the hub this process holds open (Linux tells). */
async function openFilesOf({ filesFolder }: TestHub): Promise<string[]> {
  const names = await readdir('/proc/self/fd').catch(() => [])
  const targets = await Promise.all(names.map(async (name) => readlink(`/proc/self/fd/${name}`).catch(() => '')))
  return targets.filter((target) => target.startsWith(filesFolder))
}
