import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { captionLines, recordingDesk, sound } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
})
afterAll(async () => hub[Symbol.asyncDispose]())

/** The paths of the pages of a seminar's sessions, by number. */
async function pagesOf(seminar: string): Promise<string[]> {
  const sessions = hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', seminar).orderBy('number')
  const answers = (await sessions.execute()).map(async ({ id }) => hub.get(`/r/${id}`))
  return (await Promise.all(answers)).map((answer) => answer.headers.get('location') ?? '')
}

const text = async (path: string) => (await hub.get(path)).text()

test('a recording made at the desk plays on the page of its session, with its captions, its sizes and its transcript', async () => {
  const { page } = await desk.record('Recorded')
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
  const { page } = await desk.record('Asked for')
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
  const { page } = await desk.record('Handed out', 3)
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
  const { page, tracks } = await desk.record('Read anew', 3)
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
        captionLines(2, (line) => `Other words ${line}`),
        'other.vtt',
      )
    ).status,
  ).toBe(303)
  // Until the new file is read nobody reads the words of the old one.
  expect(await text(page)).not.toContain('Line 1 is spoken here')
  await desk.read()
  expect(await text(page)).toContain('Other words 2')
  expect((await send('Nothing here has a time.', 'words.txt')).status).toBe(303)
  await desk.read()
  expect(await text(page)).not.toContain('Other words')
  const row = await hub.kysely
    .selectFrom('caption_file')
    .select(['state', 'cues'])
    .where('track_id', '=', english)
    .execute()
  expect(row).toEqual([{ state: 'failed', cues: 0 }])
})

test('a recording for members, its tracks, captions and files are behind no door of a visitor', async () => {
  const { page, recording, tracks, seminar, session } = await desk.record('Kept back', 5)
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
  const one = await desk.record('Here', 2)
  const other = await desk.record('There', 2)
  const mixed = { 'fact.seminar': one.seminar, 'fact.session': other.session, 'text.title': 'Wrong' }
  const refused = await desk.send('recording', mixed)
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('f-fact-session-problem')])
  const ofOne = { 'fact.recording': one.recording, 'fact.kind': 'captions', 'fact.lang': 'es' }
  const captionsOf = { ...ofOne, 'fact.url': 'https://example.org/es.vtt' }
  const stray = await desk.send('track', { ...captionsOf, 'fact.source': other.tracks[2] ?? '' })
  expect([stray.status, await stray.text()]).toEqual([422, expect.stringContaining('f-fact-source-problem')])
  expect((await desk.send('track', { ...captionsOf, 'fact.source': one.tracks[2] ?? '' })).status).toBe(303)
})

test('twenty thousand lines go in, and the last of them is found by its second', async () => {
  const { page } = await desk.record('Long', 20_000)
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

test('a recording of a whole seminar is cut into its sessions, each a part of its own', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Whole' }, sessions: ['One', 'Two'] })
  const whole = { 'fact.seminar': seminar, 'text.title': 'Both sessions' }
  const problem = async (parts: string) => (await desk.send('recording', { ...whole, 'fact.parts': parts })).text()
  expect(await problem('3 0:00 1:00')).toContain('The seminar has no session with this number.')
  expect(await problem('1 0:00 1:00\n2 0:59 2:00')).toContain('Two sessions share a time')
  expect(await problem('1 from the start')).toContain('f-fact-parts-problem')
  expect(await problem('1 2:00 1:00')).toContain('f-fact-parts-problem')
  const recording = await desk.make('recording', { ...whole, 'fact.parts': '1 0:00 1:00\r\n2 1:00 2:00' })
  const form = await (await editor.get(`/en/desk/records/${recording}`)).text()
  expect(form).toContain('1 0:00:00 0:01:00\n2 0:01:00 0:02:00')

  await desk.addTrack(recording, 'captions', 'en', captionLines(60), 'whole.vtt')
  await desk.addTrack(recording, 'audio', 'en', sound('whole'), 'whole.wav')
  await desk.publish(recording)
  await desk.read()
  const [first = '', second = ''] = await pagesOf(seminar)
  expect((await hub.get(`/r/${recording}`)).headers.get('location')).toBe(first)
  const one = await text(first)
  expect([one.includes('Line 30 is'), one.includes('Line 31 is')]).toEqual([true, false])
  expect(one).toMatch(/whole\.wav#t=0,60"/)
  const two = await text(`${second}?t=61`)
  expect(two).toContain('<mark>Line 31 is spoken here</mark>')
  expect([two.includes('Line 30 is'), two.includes('Slide 3'), two.includes('Slide 4')]).toEqual([false, false, true])
  expect(two).toMatch(/whole\.wav#t=61,120"/)
  expect(await text(`${second}?t=20`)).not.toContain('<mark>')
  const moments = ['t=61', 't=20', 't=61&to=400'].map(
    async (query) => (await hub.get(`${second}/moment?${query}`)).status,
  )
  expect(await Promise.all(moments)).toEqual([200, 404, 200])
  const srt = await text(`${second}/captions/en.srt`)
  expect([srt.includes('Line 30 is'), srt.includes('00:01:00,000 --> ')]).toEqual([false, true])
  const seminarPage = await text(second.replace(/\/sessions.*/, ''))
  expect(seminarPage).toContain(`<a class="button" href="${first}#recording">`)

  // What is cut from one file is seen whole or not at all.
  const hidden = hub.kysely.updateTable('record').set({ visibility: 'members' })
  await hidden
    .where(
      'id',
      'in',
      hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', seminar).where('number', '=', 2),
    )
    .execute()
  expect(await text(first)).not.toContain('Line 1 is')
  expect((await hub.get(`${first}/captions/en.vtt`)).status).toBe(404)
  expect((await hub.get(`/api/v1/records/${recording}`)).status).toBe(404)
})

test('a recording that belongs to no session is not published', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Nowhere' }, sessions: ['One'] })
  const recording = await desk.make('recording', { 'fact.seminar': seminar, 'text.title': 'Of nothing' })
  const page = await (await editor.get(`/en/desk/records/${recording}/publish`)).text()
  expect(page).toContain('It belongs to no session yet')
})
