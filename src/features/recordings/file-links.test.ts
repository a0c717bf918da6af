import { afterAll, beforeAll, expect, test } from 'vitest'
import { endVisits } from '#features/accounts/index.ts'
import { createFileLinks, insertFiles, linkSeconds } from '#features/files/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { recordingDesk, type Recorded } from '#testing/recordings.ts'
import { inPieces } from '#testing/files.ts'

const start = '2026-11-24T09:00:00.000Z'
let hub: TestHub
let member: SignedIn
let editor: SignedIn
let recorded: Recorded
beforeAll(async () => {
  hub = await openHub({ now: start })
  editor = await hub.as(['editor'])
  member = await hub.as(['member'])
  const desk = recordingDesk(hub, editor)
  recorded = await desk.record('For members', 3)
  const [first = ''] = recorded.tracks
  await addVersions(first)
  await show(recorded.recording, { visibility: 'members' })
})
afterAll(async () => hub[Symbol.asyncDispose]())

const show = async (id: string, change: { visibility?: string; status?: 'published' | 'draft' | 'withdrawn' }) =>
  hub.kysely.updateTable('record').set(change).where('id', '=', id).execute()

/** As the job leaves them: a small sound, a stream, and the playlist that names its bytes. */
async function addVersions(track: string): Promise<void> {
  const { file } = await hub.kysely.selectFrom('track').select('file').where('id', '=', track).executeTakeFirstOrThrow()
  const keep = async (content: string, name: string) => {
    const stored = await hub.files.put(inPieces(Buffer.from(content)), { maxBytes: 1e9, name })
    await insertFiles(handlesOf(hub.kysely).files, [{ ...stored, name }], start)
    return stored
  }
  const small = await keep('a small sound\n', 'small.txt')
  const stream = await keep('fragments of a stream\n', 'stream.txt')
  const address = `../${stream.sha256}/stream.txt`
  const playlist = await keep(
    `#EXTM3U\n#EXT-X-MAP:URI="${address}",BYTERANGE="10@0"\n#EXTINF:6.0,\n#EXT-X-BYTERANGE:12@10\n${address}\n#EXT-X-ENDLIST\n`,
    'list.txt',
  )
  const type = 'application/vnd.apple.mpegurl'
  await hub.kysely.updateTable('file').set({ type }).where('sha256', '=', playlist.sha256).execute()
  const made = {
    sha256: file ?? '',
    state: 'made' as const,
    reason: null,
    progress: 100,
    attempts: 1,
    updated_at: start,
  }
  await hub.kysely
    .insertInto('media_version')
    .values([
      { ...made, kind: 'small_audio', file: small.sha256, file_type: 'text/plain', ending: 'txt', bytes: small.bytes },
      { ...made, kind: 'stream', file: stream.sha256, file_type: 'text/plain', ending: 'txt', bytes: stream.bytes },
      { ...made, kind: 'playlist', file: playlist.sha256, file_type: type, ending: 'm3u8', bytes: playlist.bytes },
    ])
    .execute()
}

const unescaped = (html: string) => html.replaceAll('&amp;', '&')

/** The addresses of files on the page of the session, as somebody is handed them. */
async function linksFor(who: Pick<TestHub, 'get'>): Promise<string[]> {
  const html = unescaped(await (await who.get(recorded.page)).text())
  return [...new Set([...html.matchAll(/(?:href|src)="(\/files\/[^"#]+)/g)].map(([, href = '']) => href))]
}

/** Status, and what caches may do. */
async function ask(path: string, who: Pick<TestHub, 'get'> = hub, headers = {}): Promise<[number, string | null]> {
  const response = await who.get(path, headers)
  await response.body?.cancel()
  return [response.status, response.headers.get('cache-control')]
}

const served = [200, 'private, no-store']
const refused = [404, 'no-store']

test('files of a recording for members are handed out as links, which open without the cookie until they expire', async () => {
  hub.setNow(start)
  const links = await linksFor(member)
  expect(links.length).toBe(5)
  expect(links.every((link) => /\?until=\d+&for=[\w-]+&key=[\w-]{43}$/.test(link))).toBe(true)
  for (const link of links) {
    expect([link, await ask(link), await ask(link, member)]).toEqual([link, served, served])
    const [path = ''] = link.split('?')
    const bare = [path, path.slice(0, path.lastIndexOf('/'))]
    for (const door of bare) expect([door, await ask(door), await ask(door, member)]).toEqual([door, refused, refused])
  }
  const [first = ''] = links
  const whole = await hub.get(first)
  expect(whole.headers.get('referrer-policy')).toBe('no-referrer')
  const content = Buffer.from(await whole.arrayBuffer())
  const part = await hub.get(first, { range: 'bytes=4-7' })
  expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, content.subarray(4, 8)])
  const cached = await hub.get(first, { 'if-none-match': whole.headers.get('etag') ?? '' })
  expect([cached.status, cached.headers.get('cache-control')]).toEqual([304, 'private, no-store'])
  hub.setNow(new Date(Date.parse(start) + (linkSeconds - 1) * 1000).toISOString())
  expect(await ask(first)).toEqual(served)
  hub.setNow(new Date(Date.parse(start) + linkSeconds * 1000).toISOString())
  expect([await ask(first), await ask(first, member), await ask(first, editor)]).toEqual([refused, refused, refused])
  hub.setNow(start)
})

test('a link is for one file under one name, and nothing in it can be changed', async () => {
  const [first = '', second = ''] = await linksFor(member)
  const { pathname, searchParams } = new URL(first, hub.origin)
  const query = Object.fromEntries(searchParams)
  const { until = '', key = '', for: visit = '' } = query
  const write = (change: Record<string, string>) => `${pathname}?${new URLSearchParams({ ...query, ...change })}`
  const wrong = [
    `${new URL(second, hub.origin).pathname}?${searchParams}`,
    `${pathname.replace('en.wav', 'fr.wav')}?${searchParams}`,
    `${pathname.slice(0, pathname.lastIndexOf('/'))}?${searchParams}`,
    write({ until: String(Number(until) + 1) }),
    write({ until: '999999999999' }),
    write({ until: '9'.repeat(4000) }),
    write({ until: '-1' }),
    write({ until: `${until}.0` }),
    write({ key: (key.startsWith('A') ? 'B' : 'A') + key.slice(1) }),
    write({ key: '' }),
    write({ key: 'k'.repeat(4000) }),
    write({ key: "' or 1=1 --" }),
    write({ for: 'vis_0' }),
    write({ for: `${visit}\u200b` }),
    `${first}&until=${until}`,
    `${first}&key=${key}`,
    `${first}&for=x`,
    `${pathname}?key=${key}`,
    `${pathname}?until=${until}&key=${key}`,
  ]
  expect(await ask(write({}))).toEqual(served)
  for (const link of wrong) {
    for (const who of [hub, member, editor]) {
      const [status] = await ask(link, who)
      expect([link.slice(0, 300), status]).toEqual([link.slice(0, 300), 404])
    }
  }
})

test('a playlist hands the link on to the pieces of its stream', async () => {
  const type = 'application/vnd.apple.mpegurl'
  const { sha256 } = await hub.kysely
    .selectFrom('file')
    .select('sha256')
    .where('type', '=', type)
    .executeTakeFirstOrThrow()
  const { id } = await hub.kysely
    .selectFrom('visit')
    .select('id')
    .where('user_id', '=', member.actor.id)
    .executeTakeFirstOrThrow()
  const links = createFileLinks(hub.accountDeps.secret, () => start)
  const list = links.hrefFor(id, { sha256, name: 'stream.m3u8' })
  const response = await hub.get(list)
  const body = await response.text()
  expect([response.status, response.headers.get('cache-control'), response.headers.get('content-type')]).toEqual([
    200,
    'private, no-store',
    type,
  ])
  expect(response.headers.get('content-length')).toBe(String(body.length))
  const [, mapped = ''] = /URI="([^"]+)"/.exec(body) ?? []
  expect(body.split('\n')).toContain(mapped)
  const { pathname, search } = new URL(mapped, hub.origin + list)
  expect(await ask(pathname + search, hub, { range: 'bytes=10-14' })).toEqual([206, 'private, no-store'])
  expect(await ask(pathname)).toEqual(refused)
  const head = await hub.fetch(new Request(hub.origin + list, { method: 'HEAD' }))
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('a link opens nothing once its recording is not there for members, and only to those who may see it', async () => {
  const [first = ''] = await linksFor(member)
  const [track = ''] = recorded.tracks
  for (const id of [recorded.seminar, recorded.session, recorded.recording, track]) {
    const { visibility } = await hub.kysely
      .selectFrom('record')
      .select('visibility')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    for (const change of [{ status: 'withdrawn' }, { status: 'draft' }, { visibility: 'grp_1' }] as const) {
      await show(id, change)
      expect([id, change, await ask(first), await ask(first, member)]).toEqual([id, change, refused, refused])
      await show(id, { status: 'published', visibility })
    }
  }
  expect(await ask(first)).toEqual(served)
  // Of a group: a link of somebody in it opens, but not beside the visit of somebody who is not.
  const inside = await hub.as([{ role: 'facilitator', scope: 'grp_1' }])
  await show(recorded.recording, { visibility: 'grp_1' })
  const [theirs = ''] = await linksFor(inside)
  expect([await ask(theirs), await ask(theirs, inside)]).toEqual([served, served])
  expect([await ask(theirs, member), await linksFor(member)]).toEqual([refused, []])
  await show(recorded.recording, { visibility: 'members' })
})

test('a link ends with the visit it was handed to, and with the account', async () => {
  const leaving = await hub.as(['member'])
  const admin = await hub.as(['admin'])
  const [first = ''] = await linksFor(leaving)
  expect(await ask(first)).toEqual(served)
  await hub.kysely.updateTable('account').set({ status: 'suspended' }).where('id', '=', leaving.actor.id).execute()
  expect(await ask(first)).toEqual(refused)
  await hub.kysely.updateTable('account').set({ status: 'active' }).where('id', '=', leaving.actor.id).execute()
  expect(await ask(first)).toEqual(served)
  await endVisits(hub.accountDeps, admin.actor, leaving.actor.id)
  expect([await ask(first), await ask(first, member)]).toEqual([refused, refused])
})

test('what is public keeps its plain addresses, for everybody and for ever', async () => {
  const [link = ''] = await linksFor(member)
  await show(recorded.recording, { visibility: 'public' })
  const forAll = [200, 'public, max-age=31536000, immutable']
  const [plain, asMember] = [await linksFor(hub), await linksFor(member)]
  expect(asMember).toEqual(plain)
  expect(plain.filter((href) => href.includes('?'))).toEqual([])
  for (const href of plain) expect([href, await ask(href)]).toEqual([href, forAll])
  // A link of former days leads to what everybody may have now.
  expect(await ask(link)).toEqual(forAll)
  // One track alone may be for members.
  const [track = ''] = recorded.tracks
  await show(track, { visibility: 'members' })
  const mixed = await linksFor(member)
  expect(mixed.filter((href) => href.includes('?')).map((href) => href.split(/[/?]/)[3])).toEqual([
    'en.wav',
    'en-small-audio.txt',
  ])
  await show(track, { visibility: 'public' })
  await show(recorded.recording, { visibility: 'members' })
})

test('an editor works with the files at the desk by their visit alone, which nobody else has', async () => {
  const [track = ''] = recorded.tracks
  const html = unescaped(await (await editor.get(`/en/desk/records/${track}`)).text())
  const [, href = ''] = /href="(\/files\/[^"]+)"/.exec(html) ?? []
  expect(href).toMatch(/en\.wav$/)
  expect([await ask(href, editor), await ask(href, member), await ask(href)]).toEqual([served, refused, refused])
})
