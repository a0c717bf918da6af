import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { captionLines, recordingDesk, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
let one: Recorded
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
  one = await desk.record('Taken along', 30)
  const arabic = captionLines(3, (line) => `السطر ${line}`)
  const track = await desk.addTrack(one.recording, 'captions', 'ar', arabic, 'ar.vtt')
  await desk.publish(track)
  await desk.read()
})
afterAll(async () => hub[Symbol.asyncDispose]())

const take = async (file: string) => hub.get(`${one.page}/${file}`)
const text = async (file: string) => (await take(file)).text()

test('chapters go out as WebVTT with names in a language, each up to the next', async () => {
  const answer = await take('chapters/fr.vtt')
  expect(answer.headers.get('content-type')).toBe('text/vtt; charset=utf-8')
  const vtt = await answer.text()
  expect(vtt).toMatch(/^WEBVTT\nKind: chapters\nLanguage: fr\n/)
  expect(vtt).toContain('00:00:20.000 --> 00:00:40.000\nSlide 2\n')
  expect(await (await hub.get(one.page)).text()).toContain(`<track kind="chapters" src="${one.page}/chapters/en.vtt"`)
  expect((await take('chapters/xx.vtt')).status).toBe(404)
})

test('a chapter goes out by itself, at the times of the whole', async () => {
  expect(await text('captions/en.txt?chapter=2')).toMatch(/^\[00:00:20\] Demo: Line 11 [^]*Line 20 is spoken here\n$/)
  expect(await text('captions/en.srt?chapter=3')).toMatch(/^1\n00:00:40,000/)
  for (const wrong of ['0', '4', '-1', 'x', '99999', ''])
    expect([wrong, (await take(`captions/en.vtt?chapter=${wrong}`)).status]).toEqual([wrong, 404])
  const html = await (await hub.get(`${one.page}?t=21`)).text()
  expect(html).toContain(`href="${one.page}/captions/en.pdf?chapter=2">PDF</a>`)
})

test('transcripts go out as Word and PDF, with chapters, speakers and times, in Arabic too', async () => {
  const word = unzipSync(new Uint8Array(await (await take('captions/en.docx')).arrayBuffer()))
  const document = new TextDecoder().decode(word['word/document.xml'])
  expect(
    ['Slide 2', '00:00:20', 'Demo', 'Line 11 is', 'Taken along'].filter((part) => !document.includes(part)),
  ).toEqual([])
  const part = unzipSync(new Uint8Array(await (await take('captions/en.docx?chapter=2')).arrayBuffer()))
  const words = new TextDecoder().decode(part['word/document.xml'])
  expect(['Line 10 ', 'Line 11 ', 'Line 20 ', 'Line 21 '].map((line) => words.includes(line))).toEqual([
    false,
    true,
    true,
    false,
  ])
  const answer = await take('captions/ar.pdf')
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1')
  expect([pdf.slice(0, 5), pdf.includes('/Lang (ar)')]).toEqual(['%PDF-', true])
})

test('what is withdrawn goes out in no form', async () => {
  const files = ['chapters/en.vtt', ...['vtt', 'docx', 'pdf'].map((ending) => `captions/en.${ending}`)]
  const row = hub.kysely.updateTable('record').where('id', '=', one.recording)
  await row.set({ status: 'withdrawn' }).execute()
  const answers = await Promise.all(files.map(async (file) => (await take(file)).status))
  await row.set({ status: 'published' }).execute()
  expect(answers).toEqual([404, 404, 404, 404])
})

const at = (href: string) => expect.stringMatching(new RegExp(`^https?://[^/]+${href.replace('?', '\\?')}$`))

test('machines are told of sounds and of where chapters begin, unless they are held back or for members', async () => {
  const { page, recording, tracks } = await desk.record('Told to machines', 30)
  const told = async (from: Pick<SignedIn, 'get'>) => {
    const html = await (await from.get(page)).text()
    const json = /<script type="application\/ld\+json">(.+?)<\/script>/s.exec(html)?.[1] ?? ''
    return [JSON.parse(json)].flat().slice(1)
  }
  const [english, french] = await told(hub)
  const { file } = await hub.kysely
    .selectFrom('track')
    .select('file')
    .where('id', '=', tracks[0] ?? '')
    .executeTakeFirstOrThrow()
  const clip = (number: number, from: number, to?: number) => ({
    '@type': 'Clip',
    name: `Slide ${number}`,
    startOffset: from,
    ...(to === undefined ? {} : { endOffset: to }),
    url: at(`${page}?t=${from}`),
  })
  expect(english).toEqual({
    '@context': 'https://schema.org',
    '@type': 'AudioObject',
    name: 'First day',
    url: at(page),
    contentUrl: at(`/files/${file}/en.wav`),
    encodingFormat: expect.stringContaining('audio/'),
    inLanguage: 'en',
    uploadDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    hasPart: [clip(1, 0, 20), clip(2, 20, 40), clip(3, 40)],
  })
  expect(french).toMatchObject({ '@type': 'AudioObject', inLanguage: 'fr' })
  expect(french).not.toHaveProperty('hasPart')
  expect(await told(editor)).toEqual([])
  await editor.post(`/en/desk/records/${recording}/takedowns`, { from: '0:02', to: '0:04', reason: 'person' })
  expect(await told(hub)).toEqual([])
})
