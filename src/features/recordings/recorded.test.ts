import { afterAll, beforeAll, expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { captionLines, recordingDesk, sound, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
let one: Recorded
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
  one = await desk.record('Told', 20)
})
afterAll(async () => hub[Symbol.asyncDispose]())

const json = async (path: string) => Object(await (await hub.get(`/api/v1${path}`)).json())
const session = async (query = '') => json(`/sessions/${one.session}${query}`)
/** As a browser asks for it: without the fragment. */
const pathOf = (url: string) => url.slice(hub.origin.length).split('#')[0] ?? ''
const whole = (path: string) => `${hub.origin}${path}`

test('a session tells programs what was recorded of it, and every address answers', async () => {
  const { recorded, recordings } = await session()
  const [recording] = recordings
  const files = (lang: string) =>
    Object.fromEntries(
      ['vtt', 'srt', 'txt', 'docx', 'pdf'].map((format) => [format, whole(`${one.page}/captions/${lang}.${format}`)]),
    )

  expect([recorded, recordings.length]).toEqual([true, 1])
  expect(recording).toMatchObject({
    id: one.recording,
    url: whole(`${one.page}#recording`),
    title: { lang: 'en', state: 'source', value: 'First day' },
    part: null,
    tracks: [
      { id: one.tracks[0], kind: 'audio', lang: 'en', elsewhere: false, withheld: null, captions: null },
      { id: one.tracks[1], kind: 'audio', lang: 'fr' },
      { id: one.tracks[2], kind: 'captions', lang: 'en', lines: 20, captions: files('en') },
      { id: one.tracks[3], kind: 'captions', lang: 'fr', lines: 20, captions: files('fr') },
    ],
    chapters: [
      { from: 0, to: 20, title: null, slide: 1 },
      { from: 20, to: null, title: null, slide: 2 },
    ],
  })
  expect(recording.tracks[0]).toMatchObject({
    url: expect.stringMatching(/\/en\.wav$/),
    bytes: Buffer.byteLength(sound('Told')),
  })
  const addresses = [
    recording.url,
    ...recording.tracks.map(({ url }: { url: string }) => url),
    ...Object.values(files('fr')),
    ...Object.values<string>(recording.chapterFiles),
  ]
  for (const address of addresses) expect([address, (await hub.get(pathOf(address))).status]).toEqual([address, 200])
  const seminar = await json(`/seminars/${one.seminar}`)
  expect([seminar.sessions[0].recorded, seminar.sessions[0].recordings]).toEqual([true, undefined])
})

test('of a second recording the captions and chapters are its own, on its page and for programs', async () => {
  const place = { 'fact.seminar': one.seminar, 'fact.session': one.session, 'fact.position': '2' }
  const recording = await desk.make('recording', { ...place, 'text.title': 'Second day', 'text.note': 'Shorter' })
  const words = captionLines(3, (line) => `Other ${line}`)
  await desk.addTrack(recording, 'captions', 'en', words, 'other.vtt')
  await desk.addTrack(recording, 'audio', 'en', sound('other'), 'other.wav')
  await desk.publish(recording)
  await desk.read()

  const { recordings } = await session()
  const told = recordings.find(({ id }: { id: string }) => id === recording)
  const { captions } = told.tracks.find(({ kind }: { kind: string }) => kind === 'captions')
  expect(captions.vtt).toBe(whole(`${one.page}/captions/en.vtt?recording=${recording}`))
  const vtt = await (await hub.get(captions.vtt.slice(hub.origin.length))).text()
  expect([vtt.includes('Other 3'), vtt.includes('Line 1 ')]).toEqual([true, false])
  const html = await (await hub.get(one.page)).text()
  for (const file of ['captions/en.vtt', 'captions/en.pdf', 'captions/en.txt'])
    expect([file, html.includes(`"${one.page}/${file}?recording=${recording}"`)]).toEqual([file, true])
  const first = await (await hub.get(`${one.page}/captions/en.vtt`)).text()
  expect(first).toContain('Line 1 ')
  for (const wrong of ['captions/en.vtt?recording=rec_none', 'chapters/en.json?recording=rec_none'])
    expect([wrong, (await hub.get(`${one.page}/${wrong}`)).status]).toEqual([wrong, 404])
  // An address of another language keeps what was asked.
  const other = await hub.get(`${one.page.replace('/en/', '/fr/')}/chapters/en.json?recording=${recording}`)
  expect([other.status, (await other.json()).chapters.length]).toEqual([200, 1])
  await hub.kysely.updateTable('record').set({ status: 'withdrawn' }).where('id', '=', recording).execute()
})

test('texts come in the language that is asked for, and say their own', async () => {
  const chapter = { 'fact.recording': one.recording, 'fact.start': '0:03' }
  const id = await desk.make('chapter', { ...chapter, 'text.title': 'Opening' })
  await desk.publish(id)
  const { recordings } = await session('?lang=fr')
  expect(recordings[0].chapters).toEqual([
    { from: 3, to: null, title: { lang: 'en', state: 'source', value: 'Opening' }, slide: null },
  ])
  expect(recordings[0].chapterFiles.json).toContain('/fr/seminars/')
})

test('what is for members or withdrawn is told to nobody; what is held back says why and has no address', async () => {
  const record = async (id: string, changes: { status?: 'withdrawn' | 'published'; visibility?: string }) =>
    hub.kysely.updateTable('record').set(changes).where('id', '=', id).execute()
  const member = await hub.as(['member'])
  for (const hide of [{ visibility: 'members' }, { visibility: 'public', status: 'withdrawn' as const }]) {
    await record(one.recording, hide)
    const { recorded, recordings } = await session()
    expect([recorded, recordings]).toEqual([false, []])
    for (const path of ['/api/v1/sessions', `/api/v1/sessions/${one.session}`, `/api/v1/seminars/${one.seminar}`])
      expect(await (await member.get(path)).text()).not.toContain(one.recording)
    expect((await hub.get(`/api/v1/records/${one.recording}`)).status).toBe(404)
  }
  await record(one.recording, { status: 'published' })
  const [, french = ''] = one.tracks
  await record(french, { status: 'withdrawn' })
  const { recordings } = await session()
  expect(recordings[0].tracks.map(({ id }: { id: string }) => id)).toEqual(one.tracks.filter((id) => id !== french))
  await record(french, { status: 'published' })

  const screen = `/en/desk/records/${one.recording}/takedowns`
  await editor.post(screen, { from: '0:04', to: '0:09', reason: 'person' })
  const { tracks } = (await session()).recordings[0]
  const held = { withheld: 'takedown', url: null, bytes: null, type: null, versions: [] }
  for (const track of tracks) expect(track).toMatchObject(held)
  const told = await (await hub.get(tracks[2].captions.vtt.slice(hub.origin.length))).text()
  expect([told.includes('Line 2 '), told.includes('Line 4 ')]).toEqual([true, false])
  await hub.kysely.deleteFrom('takedown').execute()
  expect((await json(`/records/${one.recording}`)).kind).toBe('recording')
})

const count = async () => (await countQueries(async () => hub.get('/api/v1/sessions'))).queries.length

test('sessions cost the same queries, however many were recorded', async () => {
  await count()
  const forOne = await count()
  await desk.record('Second', 3)
  await desk.record('Third', 3)
  await count()

  expect(await count()).toBe(forOne)
  const { items } = await json('/sessions')
  expect(items.map(({ recordings }: { recordings: object[] }) => recordings.length)).toEqual([1, 1, 1])
})
