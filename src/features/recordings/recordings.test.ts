import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { readNewCaptions } from './read-captions.ts'

let hub: TestHub
let editor: SignedIn
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
})
afterAll(async () => hub[Symbol.asyncDispose]())

const read = async () =>
  readNewCaptions({ ...handlesOf(hub.kysely), store: hub.files, now: () => '2026-11-24T09:00:00.000Z' })

const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23)

/** So many lines of two seconds; each tenth is a slide. */
function captions(lines: number, say = (line: number) => `Line ${line} is spoken here`): string {
  const cues = Array.from({ length: lines }, (_, index) => {
    const slide = index % 10 === 0 ? `slide-${index / 10 + 1}\n` : ''
    return `${slide}${clock(index * 2)} --> ${clock(index * 2 + 2)}\n<v Demo>${say(index + 1)}`
  })
  return `WEBVTT\n\n${cues.join('\n\n')}\n`
}

const idIn = (response: Response) => /records\/(\w+)/.exec(response.headers.get('location') ?? '')?.[1] ?? ''

/** Sends the form of a new record, as somebody who fills it in. */
async function send(kind: string, fields: Readonly<Record<string, string>>, file?: File): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ lang: 'en', visibility: 'public', ...fields })) form.set(name, value)
  if (file) form.set('fact.file', file)
  return editor.post(`/en/desk/records/new/${kind}`, form)
}

async function make(kind: string, fields: Readonly<Record<string, string>>, file?: File): Promise<string> {
  const response = await send(kind, fields, file)
  expect(response.status).toBe(303)
  return idIn(response)
}

const publish = async (id: string) => {
  const page = await (await editor.get(`/en/desk/records/${id}/publish`)).text()
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
  const answer = await editor.post(`/en/desk/records/${id}/publish`, { version })
  expect(answer.status).toBe(303)
}

interface Recorded {
  readonly seminar: string
  readonly session: string
  readonly recording: string
  readonly tracks: readonly string[]
  readonly page: string
}

/** As much of a sound as says what it is. */
const wave = (say: string) =>
  `RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0${say}`

/** A seminar whose session has a sound in English and French, and captions in both. */
async function aRecordedSession(title: string, lines = 130): Promise<Recorded> {
  const seminar = await aSeminar(hub.kysely, { title: { en: title }, sessions: ['One'] })
  const { id: session } = await hub.kysely
    .selectFrom('session')
    .select('id')
    .where('seminar_id', '=', seminar)
    .executeTakeFirstOrThrow()
  const recording = await make('recording', {
    'fact.seminar': seminar,
    'fact.session': session,
    'text.title': 'First day',
  })
  const track = async (kind: string, lang: string, content: string, name: string) =>
    make(
      'track',
      { 'fact.recording': recording, 'fact.kind': kind, 'fact.lang': lang },
      new File([content], name, { type: 'application/octet-stream' }),
    )
  const tracks = [
    await track('audio', 'en', wave(title), 'en.wav'),
    await track('audio', 'fr', wave(`${title} fr`), 'fr.wav'),
    await track('captions', 'en', captions(lines), 'en.vtt'),
    await track(
      'captions',
      'fr',
      captions(lines, (line) => `Ligne ${line}, <script>`),
      'fr.vtt',
    ),
  ]
  await publish(recording)
  await read()
  const page = (await hub.get(`/r/${session}`)).headers.get('location') ?? ''
  return { seminar, session, recording, tracks, page }
}

const text = async (path: string) => (await hub.get(path)).text()

test('a recording made at the desk plays on the page of its session, with its captions, its sizes and its transcript', async () => {
  const { page } = await aRecordedSession('Recorded')
  const html = await text(page)
  expect(await findMarkupFaults(html)).toEqual([])
  expect(html).toContain('<audio controls preload="none" lang="en" aria-label="Audio in English">')
  expect(html).toContain(`src="${page}/captions/fr.vtt"`)
  expect(html).toContain('Line 60 is spoken here')
  expect(html).not.toContain('Line 61 is spoken here')
  expect(html).toContain('>Slide 13<')
  expect(html).toMatch(/<a href="[^"]+\?play=en&amp;text=fr#transcript" hreflang="fr">/)
})

test('an address with a second marks what is spoken then, in either language, and starts there', async () => {
  const { page } = await aRecordedSession('Asked for')
  const html = await text(`${page}?t=155&play=fr&text=fr`)
  expect(html).toContain('<mark>Ligne 78, &lt;script></mark>')
  expect(html).toMatch(/<source src="\/files\/\w+\/fr\.wav#t=155"/)
  expect(html).not.toContain('Ligne 60,')
  expect(html).toMatch(/rel="prev"[\s\S]*rel="next"/)
  expect(html).toMatch(/\?t=155&amp;play=en&amp;text=fr#recording"/)
  for (const wrong of ['x', '-1', '99999999', '1.23456'])
    expect([wrong, (await hub.get(`${page}?t=${wrong}`)).status]).toEqual([wrong, 404])
  expect((await hub.get(`${page}?t=80000`)).status).toBe(200)
})

test('captions go out as WebVTT, SRT and text with times', async () => {
  const { page } = await aRecordedSession('Handed out', 3)
  const answers = await Promise.all(
    ['en.vtt', 'fr.srt', 'en.txt'].map(async (file) => hub.get(`${page}/captions/${file}`)),
  )
  expect(answers.map((answer) => answer.headers.get('content-type'))).toEqual([
    'text/vtt; charset=utf-8',
    'application/x-subrip; charset=utf-8',
    'text/plain; charset=utf-8',
  ])
  const [vtt, srt, txt] = await Promise.all(answers.map(async (answer) => answer.text()))
  expect(vtt).toContain('slide-1\n00:00:00.000 --> 00:00:02.000\n<v Demo>Line 1 is spoken here')
  expect(srt).toContain('00:00:02,000 --> 00:00:04,000')
  expect(txt).toContain('Line 3 is spoken here')
  for (const file of ['es.vtt', 'en.exe', 'en'])
    expect([file, (await hub.get(`${page}/captions/${file}`)).status]).toEqual([file, 404])
})

test('captions that cannot be read are no captions, and another file takes the place of the first', async () => {
  const { page, tracks } = await aRecordedSession('Read anew', 3)
  const [, , english = ''] = tracks
  const path = `/en/desk/records/${english}`
  const send = async (content: string, name: string) => {
    const form = new FormData()
    const html = await (await editor.get(path)).text()
    form.set('version', /name="version" value="(\d+)"/.exec(html)?.[1] ?? '')
    form.set('since', /name="since" value="(\d+)"/.exec(html)?.[1] ?? '')
    for (const [name, value] of [
      ['fact.kind', 'captions'],
      ['fact.lang', 'en'],
      ['visibility', 'public'],
    ] as const)
      form.set(name, value)
    form.set('fact.file', new File([content], name))
    return editor.post(path, form)
  }
  expect(
    (
      await send(
        captions(2, (line) => `Other words ${line}`),
        'other.vtt',
      )
    ).status,
  ).toBe(303)
  // Until the new file is read nobody reads the words of the old one.
  expect(await text(page)).not.toContain('Line 1 is spoken here')
  await read()
  expect(await text(page)).toContain('Other words 2')
  expect((await send('Nothing here has a time.', 'words.txt')).status).toBe(303)
  await read()
  expect(await text(page)).not.toContain('Other words')
  const row = await hub.kysely
    .selectFrom('caption_file')
    .select(['state', 'cues'])
    .where('track_id', '=', english)
    .execute()
  expect(row).toEqual([{ state: 'failed', cues: 0 }])
})

test('a recording for members, its tracks, captions and files are behind no door of a visitor', async () => {
  const { page, recording, tracks, seminar, session } = await aRecordedSession('Kept back', 5)
  const html = await text(page)
  const files = [...html.matchAll(/href="(\/files\/[^"]+)"/g)].map(([, href = '']) => href)
  expect(files.length).toBe(4)
  const doors = [
    ...files,
    ...['en.vtt', 'fr.srt'].map((file) => `${page}/captions/${file}`),
    ...[recording, ...tracks].flatMap((id) => [`/r/${id}`, `/api/v1/records/${id}`]),
  ]
  const statuses = async () => Promise.all(doors.map(async (door) => (await hub.get(door)).status))
  expect((await statuses()).every((status) => status < 400)).toBe(true)

  for (const id of [recording, seminar, session]) {
    const set = async (visibility: string) =>
      hub.kysely.updateTable('record').set({ visibility }).where('id', '=', id).execute()
    await set('members')
    expect([id, new Set(await statuses())]).toEqual([id, new Set([404])])
    expect(await (await hub.get(page)).text()).not.toContain('Line 1')
    await set('public')
  }
  const [, , english = ''] = tracks
  await hub.kysely.updateTable('record').set({ status: 'withdrawn' }).where('id', '=', english).execute()
  expect(await text(page)).not.toContain('Line 1 is')
  expect((await hub.get(`${page}/captions/en.vtt`)).status).toBe(404)
})

test('a session is of the same seminar, and captions are translated from those of the same recording', async () => {
  const one = await aRecordedSession('Here', 2)
  const other = await aRecordedSession('There', 2)
  const mixed = { 'fact.seminar': one.seminar, 'fact.session': other.session, 'text.title': 'Wrong' }
  const refused = await send('recording', mixed)
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('f-fact-session-problem')])
  const ofOne = { 'fact.recording': one.recording, 'fact.kind': 'captions', 'fact.lang': 'es' }
  const captionsOf = { ...ofOne, 'fact.url': 'https://example.org/es.vtt' }
  const stray = await send('track', { ...captionsOf, 'fact.source': other.tracks[2] ?? '' })
  expect([stray.status, await stray.text()]).toEqual([422, expect.stringContaining('f-fact-source-problem')])
  expect((await send('track', { ...captionsOf, 'fact.source': one.tracks[2] ?? '' })).status).toBe(303)
})

test('twenty thousand lines go in, and the last of them is found by its second', async () => {
  const { page } = await aRecordedSession('Long', 20_000)
  const html = await text(`${page}?t=39998`)
  expect(html).toContain('<mark>Line 20000 is spoken here</mark>')
  const count = await hub.kysely
    .selectFrom('cue')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count.count).toBeGreaterThan(40_000)
})

test('an empty recording says so', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Empty' }, sessions: ['One'] })
  const { id: session } = await hub.kysely
    .selectFrom('session')
    .select('id')
    .where('seminar_id', '=', seminar)
    .executeTakeFirstOrThrow()
  const id = await aRecord(hub.kysely, 'recording', { title: { en: 'Nothing yet' } })
  await hub.kysely
    .insertInto('recording')
    .values({ id, seminar_id: seminar, session_id: session, position: 0 })
    .execute()
  const page = (await hub.get(`/r/${session}`)).headers.get('location') ?? ''
  expect(await text(page)).toContain('Nothing of it can be offered yet.')
})
