import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { countQueries } from '#platform/db/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { recordingDesk, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
let one: Recorded
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
  one = await desk.record('Heard', 20)
})
afterAll(async () => hub[Symbol.asyncDispose]())

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => name === 'item' || name === 'podcast:transcript',
})
/** What every player asks of an episode. */
const Item = z.object({
  title: z.union([z.string(), z.looseObject({ '#text': z.string() })]),
  link: z.url(),
  guid: z.object({ '@isPermaLink': z.literal('true'), '#text': z.url() }),
  pubDate: z.string().regex(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
  description: z.string().min(1),
  enclosure: z.object({
    '@url': z.url(),
    '@length': z.string().regex(/^[1-9]\d*$/),
    '@type': z.string().startsWith('audio/'),
  }),
  'itunes:duration': z.number().optional(),
  'podcast:transcript': z.array(z.object({ '@url': z.url(), '@type': z.string(), '@language': z.string() })).optional(),
  'podcast:chapters': z.object({ '@url': z.url(), '@type': z.literal('application/json+chapters') }).optional(),
})

async function listen(lang = 'en', of = hub): Promise<z.infer<typeof Item>[]> {
  const response = await of.get(`/${lang}/podcast.xml`)
  expect([lang, response.status, response.headers.get('content-type')]).toEqual([
    lang,
    200,
    'application/rss+xml; charset=utf-8',
  ])
  const xml = await response.text()
  expect(XMLValidator.validate(xml)).toBe(true)
  const { channel } = parser.parse(xml).rss
  expect([channel.language, channel['atom:link']['@href']]).toEqual([lang, `${of.origin}/${lang}/podcast.xml`])
  return z.array(Item).parse(channel.item ?? [])
}

const guids = async (lang = 'en', of = hub) =>
  (await listen(lang, of)).map(({ guid }) => guid['#text'].split('/').at(-1))
/** As a browser asks for it: without the fragment. */
const pathOf = (url: string) => url.slice(hub.origin.length).split('#')[0] ?? ''

test('each language has its sounds, and everything an episode names answers to other sites too', async () => {
  const [english, ...others] = await listen()
  const [french] = await listen('fr')
  if (!english || !french) throw new Error('no episode')

  expect(others).toEqual([])
  expect([english.enclosure['@url'], french.enclosure['@url']]).toEqual([
    expect.stringMatching(/\/en\.wav$/),
    expect.stringMatching(/\/fr\.wav$/),
  ])
  expect(await listen('ar')).toEqual([])
  expect(french.title).toEqual({ '#text': 'Session 1', '@xml:lang': 'en' })
  const file = await hub.get(pathOf(english.enclosure['@url']))
  const bytes = (await file.arrayBuffer()).byteLength
  expect([file.headers.get('content-type'), String(bytes)]).toEqual([
    english.enclosure['@type'],
    english.enclosure['@length'],
  ])
  expect((await hub.get(pathOf(english.guid['#text']))).headers.get('location')).toBe(one.page)
  expect((await hub.get(pathOf(english.link))).status).toBe(200)

  const transcripts = english['podcast:transcript'] ?? []
  const chapters = english['podcast:chapters']?.['@url'] ?? ''
  expect(transcripts.map((each) => each['@language'])).toEqual(['en', 'en', 'fr', 'fr'])
  for (const each of [...transcripts, { '@url': chapters, '@type': 'application/json+chapters' }]) {
    const { status, headers } = await hub.get(pathOf(each['@url']))
    const type = headers.get('content-type')?.split(';')[0]
    expect([each['@url'], status, type, headers.get('access-control-allow-origin')]).toEqual([
      each['@url'],
      200,
      each['@type'],
      '*',
    ])
  }
  expect(await (await hub.get(pathOf(chapters))).json()).toEqual({
    version: '1.2.0',
    chapters: [
      { startTime: 0, endTime: 20, title: 'Slide 1' },
      { startTime: 20, title: 'Slide 2' },
    ],
  })
})

let position = 0
/** Makes a recording of a session, by what is in its tracks. */
async function aRecording(
  of: { readonly seminar: string; readonly session: string | null },
  track: { readonly kind: 'video' | 'audio'; readonly lang: string; readonly file?: string; readonly url?: string },
): Promise<string> {
  const id = await aRecord(hub.kysely, 'recording', { title: { en: 'Another' } })
  position += 1
  const place = { seminar_id: of.seminar, session_id: of.session, position }
  await hub.kysely
    .insertInto('recording')
    .values({ id, ...place })
    .execute()
  const { kind, lang, file = null, url = null } = track
  const named = file === null ? { file_name: null, file_type: null, bytes: null } : fileOf(kind)
  await hub.kysely
    .insertInto('track')
    .values({ id: await aRecord(hub.kysely, 'track', {}), recording_id: id, kind, lang, file, url, ...named, ...bare })
    .execute()
  return id
}
const bare = { channel: null, source_id: null, position: 0 }
const fileOf = (kind: string) => ({ file_name: `day.${kind}`, file_type: `${kind}/mp4`, bytes: 5000 })

const hashOf = async (track = one.tracks[0] ?? '') =>
  (await hub.kysely.selectFrom('track').select('file').where('id', '=', track).executeTakeFirstOrThrow()).file ?? ''

test('of a film the sound that was taken out is heard; links to elsewhere and whole seminars are not', async () => {
  const [english, french] = [await hashOf(), await hashOf(one.tracks[1])]
  const film = await aRecording(one, { kind: 'video', lang: 'es', file: english })
  await aRecording(one, { kind: 'audio', lang: 'es', url: 'https://example.org/es.mp3' })
  const whole = await aRecording({ ...one, session: null }, { kind: 'audio', lang: 'es', file: english })
  const part = { recording_id: whole, session_id: one.session, starts_at: 0, ends_at: 9000 }
  await hub.kysely.insertInto('recording_part').values(part).execute()
  expect(await listen('es')).toEqual([])

  const made = {
    file: french,
    file_type: 'audio/mp4',
    ending: 'm4a',
    bytes: 70,
    updated_at: '2026-11-24T09:00:00.000Z',
  }
  await hub.kysely
    .insertInto('media_version')
    .values({ sha256: english, kind: 'audio', state: 'made', reason: null, progress: 100, attempts: 1, ...made })
    .execute()
  hub.forget()
  const [heard, ...others] = await listen('es')
  expect(others).toEqual([])
  expect(heard).toMatchObject({
    title: { '#text': 'Session 1 · Another' },
    link: `${hub.origin}${one.page.replace('/en/', '/es/')}?recording=${film}#recording-2`,
    enclosure: { '@url': `${hub.origin}/files/${french}/day-audio.m4a`, '@length': '70', '@type': 'audio/mp4' },
  })
  await hub.kysely.deleteFrom('recording').where('id', '!=', one.recording).execute()
  await hub.kysely.deleteFrom('media_version').execute()
})

test('what is for members, withdrawn, taken down or not agreed to is not heard, whoever asks', async () => {
  const record = (id: string, changes: { status?: 'withdrawn' | 'published'; visibility?: string }) =>
    hub.kysely.updateTable('record').set(changes).where('id', '=', id).execute()
  const [track = ''] = one.tracks
  const isHeard = async () => (await guids()).includes(one.recording)
  expect(await isHeard()).toBe(true)
  for (const id of [one.recording, one.session, one.seminar, track]) {
    await record(id, { visibility: 'members' })
    expect([id, await isHeard()]).toEqual([id, false])
    const asMember = await (await (await hub.as(['member'])).get('/en/podcast.xml')).text()
    expect(asMember).not.toContain(one.recording)
    await record(id, { visibility: 'public', status: 'withdrawn' })
    expect([id, await isHeard()]).toEqual([id, false])
    await record(id, { status: 'published' })
    expect([id, await isHeard()]).toEqual([id, true])
  }

  const screen = `/en/desk/records/${one.recording}/takedowns`
  await editor.post(screen, { from: '0:04', to: '0:09', reason: 'person' })
  expect(await isHeard()).toBe(false)
  await hub.kysely.deleteFrom('takedown').execute()
  expect(await isHeard()).toBe(true)

  const person_id = await aRecord(hub.kysely, 'person', { name: { en: 'Somebody' } })
  const noted = { note: null, noted_at: '2026-11-24T09:00:00.000Z', noted_by: 'usr_1' }
  const answers = { recording: null, transcript: null, publication: 'refused' as const }
  await hub.kysely
    .insertInto('speaker_consent')
    .values({ session_id: one.session, seminar_id: one.seminar, person_id, ...answers, ...noted })
    .execute()
  expect(await isHeard()).toBe(false)
  await hub.kysely.deleteFrom('speaker_consent').execute()
})

test('pages lead players there', async () => {
  const link = '<link rel="alternate" type="application/rss+xml" href="/en/podcast.xml" title="Listen by podcast"/>'
  const list = await (await hub.get('/en/seminars')).text()
  expect([list.includes(link), list.includes('<a href="/en/podcast.xml">')]).toEqual([true, true])
  expect(await (await hub.get(one.page)).text()).toContain(link)
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Silent' }, sessions: ['One'] })
  const { id = '' } =
    (await hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', seminar).executeTakeFirst()) ?? {}
  const page = (await hub.get(`/r/${id}`)).headers.get('location') ?? ''
  expect(await (await hub.get(page)).text()).not.toContain(link)
})

const count = async () => (await countQueries(async () => hub.get('/en/podcast.xml'))).queries.length
const at = async (id: string, published_at: string) =>
  hub.kysely.updateTable('record').set({ published_at }).where('id', '=', id).execute()

test('episodes cost the same queries one by one and by the dozen, those published last come first', async () => {
  await count()
  const forOne = await count()
  const others = [await desk.record('Second', 3), await desk.record('Third', 3), await desk.record('Fourth', 3)]
  await at(one.recording, '2026-11-26T09:00:00.000Z')
  for (const [index, { recording }] of others.entries()) await at(recording, `2026-11-2${index + 1}T09:00:00.000Z`)

  // The first time after a change, the hub reads what it says of itself.
  await count()
  expect(await count()).toBe(forOne)
  expect(forOne).toBeLessThan(31)
  expect(await guids()).toEqual([one.recording, ...others.toReversed().map(({ recording }) => recording)])
})

test('a hub without recordings has a podcast without episodes; it is kept, and sent again only when it changed', async () => {
  await using empty = await openHub({ cache: true })
  expect(await guids('pt', empty)).toEqual([])
  const first = await empty.get('/pt/podcast.xml')
  const tag = first.headers.get('etag') ?? ''
  expect(tag).not.toBe('')
  expect((await countQueries(async () => empty.get('/pt/podcast.xml'))).queries).toEqual([])
  expect((await empty.get('/pt/podcast.xml', { 'if-none-match': tag })).status).toBe(304)
  expect((await empty.get('/xx/podcast.xml')).status).toBe(404)

  const clerk = await empty.as(['editor'])
  await recordingDesk(empty, clerk).record('New', 3)
  empty.forget()
  const changed = await empty.get('/en/podcast.xml', { 'if-none-match': tag })
  expect([changed.status, (await changed.text()).includes('<item>')]).toEqual([200, true])
})
