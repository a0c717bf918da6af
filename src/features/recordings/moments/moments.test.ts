import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { moveHubVersion } from '#features/records/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { captionLines, recordingDesk, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
let recorded: Recorded
beforeAll(async () => {
  hub = await openHub({ cache: true })
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
  recorded = await desk.record('Cited')
})
afterAll(async () => hub[Symbol.asyncDispose]())

const text = async (path: string) => (await hub.get(path)).text()

test('words are looked for in the whole transcript, each line found with its second, without script', async () => {
  const html = await text(`${recorded.page}?text=fr&find=LÍGNE+12&play=en`)
  expect(await findMarkupFaults(html)).toEqual([])
  expect(html).toContain('11 lines have these words:')
  expect(html).toContain('<mark>Ligne 12</mark>9, &lt;script>')
  expect(html).toContain('t=256&amp;play=en&amp;text=fr&amp;find=L%C3%8DGNE+12#c129"')
  expect(await text(`${recorded.page}?find=nowhere%25`)).toContain('No line has these words.')
  expect(await text(`${recorded.page}?find=+`)).not.toContain('have these words')
})

test('an address of another language keeps its second where it leads on', async () => {
  const former = { kind: 'seminar' as const, lang: 'en', slug: 'former-cited', current: false }
  await hub.kysely
    .insertInto('record_slug')
    .values({ record_id: recorded.seminar, ...former })
    .execute()
  const answer = await hub.get('/en/seminars/former-cited/sessions/1?t=21&to=25&noise=1')
  expect([answer.status, answer.headers.get('location')]).toEqual([301, `${recorded.page}?t=21&to=25`])
})

test('a span that an address asks for is marked, and played to its end', async () => {
  const html = await text(`${recorded.page}?t=21&to=25`)
  expect(await findMarkupFaults(html)).toEqual([])
  expect([...html.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, line]) => line)).toEqual(
    [11, 12, 13].map((line) => `Line ${line} is spoken here`),
  )
  expect(html).toContain('/en.wav#t=21,25"')
  expect(html).toContain(`href="${recorded.page}/moment?t=21&amp;to=25&amp;text=en&amp;play=en"`)
  for (const wrong of ['t=25&to=21', 't=25&to=25', 'to=5', 't=1&to=x'])
    expect([wrong, (await hub.get(`${recorded.page}?${wrong}`)).status]).toEqual([wrong, 404])
})

test('a span is cited with its words, its link, its times in the language of the page, and how other sites show it', async () => {
  const html = await text(`${recorded.page}/moment?t=0:21&to=25.5&text=fr`)
  expect(await findMarkupFaults(html)).toEqual([])
  expect(html).toContain('Ligne 11, &lt;script>')
  expect(html).not.toContain('Ligne 14')
  expect(html).toContain(`href="${recorded.page}?t=21&amp;to=25.5#recording"`)
  expect(html).toContain('Demo: “Session 1”, in Cited. ')
  expect(html).toContain('10 March 2026, 00:21–00:25. ')
  expect(html).toContain(
    '/embed?t=21&amp;amp;to=25.5&amp;amp;play=en&amp;amp;text=fr&quot; title=&quot;Session 1&quot;',
  )
  const french = await text(`${recorded.page.replace('/en/', '/fr/')}/moment?t=21&to=25`)
  expect(french).toContain('10 mars 2026, 00:21–00:25. ')
})

test('a span without an end is that of the line spoken then, and times that are none are told of', async () => {
  const html = await text(`${recorded.page}/moment?t=20`)
  expect(html).toContain('?t=20&amp;to=22&amp;')
  const wrong = await hub.get(`${recorded.page}/moment?t=noon`)
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="noon"')])
  expect(await text(`${recorded.page}/moment?t=1:00&to=0:30`)).toContain('The end must come after the beginning.')
  const empty = await hub.get(`${recorded.page}/moment`)
  expect([empty.status, await findMarkupFaults(await empty.text())]).toEqual([200, []])
})

test('other sites may frame the page made for them and no other, from memory too', async () => {
  const embed = `${recorded.page}/embed?t=21&to=25`
  for (let time = 0; time < 2; time += 1) {
    const answer = await hub.get(embed)
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*; frame-ancestors \*$/)
    expect(answer.headers.get('set-cookie')).toBeNull()
    const html = await answer.text()
    expect(html).toContain('Line 12 is spoken here')
    expect(html).not.toMatch(/<nav|<script|<form/)
    expect(await findMarkupFaults(html)).toEqual([])
  }
  for (const path of ['', '/moment?t=21', '/captions/en.vtt'])
    expect((await hub.get(recorded.page + path)).headers.get('content-security-policy')).toMatch(
      /frame-ancestors 'none'$/,
    )
})

test('what is for members is neither framed nor cited for visitors, whoever asks for the frame', async () => {
  const kept = await desk.record('Kept back', 20)
  const pages = [`${kept.page}/embed?t=2&to=6`, `${kept.page}/moment?t=2&to=6`]
  expect(await Promise.all(pages.map(async (page) => (await hub.get(page)).status))).toEqual([200, 200])
  const member = await hub.as(['member'])
  for (const id of [kept.recording, kept.session, kept.seminar]) {
    const set = async (visibility: string) =>
      hub.kysely.updateTable('record').set({ visibility }).where('id', '=', id).execute()
    await set('members')
    const [embed = '', moment = ''] = pages
    expect([id, (await member.get(embed)).status]).toEqual([id, 404])
    const theirs = await (await member.get(moment)).text()
    expect(theirs).toContain('Line 2 is spoken here')
    expect(theirs).not.toContain('&lt;iframe')
    await set('public')
  }
})

test('a film of another host plays here after a click that says who is told, and lets only that host in', async () => {
  const link = async (url: string) =>
    desk.make('track', {
      'fact.recording': recorded.recording,
      'fact.kind': 'video',
      'fact.lang': 'es',
      'fact.url': url,
    })
  const film = await link('https://www.youtube.com/watch?v=dQw4w9WgXcQ')
  const lookalike = await link('https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ')
  for (const id of [film, lookalike]) await desk.publish(id)
  const html = await text(recorded.page)
  expect(html).toContain('\u2068www.youtube-nocookie.com\u2069, which may keep them')
  expect(html).not.toContain('<iframe')
  const played = await hub.get(`${recorded.page}?t=21&outside=${film}`)
  expect(played.headers.get('content-security-policy')).toMatch(/; frame-src https:\/\/www\.youtube-nocookie\.com$/)
  const page = await played.text()
  expect(page).toContain('src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0&amp;start=21"')
  expect(await findMarkupFaults(page)).toEqual([])
  for (const other of [lookalike, recorded.tracks[0], 'x']) {
    const answer = await hub.get(`${recorded.page}?outside=${other}`)
    expect(answer.headers.get('content-security-policy')).not.toContain('frame-src')
    expect(await answer.text()).not.toContain('<iframe')
  }
})

test('whoever contributes keeps a moment at the desk, and once published it is cited for life', async () => {
  const contributor = await hub.as(['contributor'])
  const page = `${recorded.page}/moment?t=21&to=25`
  expect(await text(page)).not.toContain('/desk/')
  const [, href = ''] = /href="([^"]*\/new\/moment[^"]*)"/.exec(await (await contributor.get(page)).text()) ?? []
  const form = await (await contributor.get(href.replaceAll('&amp;', '&'))).text()
  expect(form).toMatch(/name="fact.startsAt"[^>]*value="0:00:21"|value="0:00:21"[^>]*name="fact.startsAt"/)
  expect(await findMarkupFaults(form)).toEqual([])
  const send = async (endsAt: string) =>
    contributor.post('/en/desk/records/new/moment', {
      lang: 'en',
      visibility: 'public',
      'text.label': 'What was agreed',
      'fact.recording': recorded.recording,
      'fact.startsAt': '0:21',
      'fact.endsAt': endsAt,
    })
  for (const wrong of ['0:21', '0:1', '25:00:00:00']) expect([wrong, (await send(wrong)).status]).toEqual([wrong, 422])
  const [, id = ''] = /records\/(mom_\w+)/.exec((await send('0:25')).headers.get('location') ?? '') ?? []
  expect((await hub.get(`/r/${id}`)).status).toBe(404)
  await desk.publish(id)
  expect((await hub.get(`/r/${id}`)).headers.get('location')).toBe(`${recorded.page}?t=21&to=25#recording`)
  expect(await text(page)).toContain(`https://hub.example/r/${id}\u2069`)

  const doors = [`/r/${id}`, `/api/v1/records/${id}`]
  const statuses = async () => Promise.all(doors.map(async (door) => (await hub.get(door)).status))
  expect(await statuses()).toEqual([302, 200])
  for (const one of [id, recorded.recording, recorded.session, recorded.seminar]) {
    const set = async (visibility: string) => {
      await hub.kysely.updateTable('record').set({ visibility }).where('id', '=', one).execute()
      await moveHubVersion(handlesOf(hub.kysely).records)
      hub.forget()
    }
    await set('members')
    expect([one, await statuses()]).toEqual([one, [404, 404]])
    await set('public')
  }
})

test('of several recordings of a session each is cited for itself', async () => {
  const { seminar, session } = recorded
  const place = { 'fact.seminar': seminar, 'fact.session': session, 'text.title': 'From the other room' }
  const second = await desk.make('recording', place)
  await desk.addTrack(
    second,
    'captions',
    'en',
    captionLines(70, (line) => `Elsewhere ${line}`),
    'room.vtt',
  )
  await desk.publish(second)
  await desk.read()
  const html = await text(`${recorded.page}?t=21&to=25&recording=${second}`)
  expect(await findMarkupFaults(html)).toEqual([])
  expect([...html.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, line]) => line)).toEqual(
    [11, 12, 13].map((line) => `Elsewhere ${line}`),
  )
  expect(html).toContain('id="c12-2"')
  const moment = await text(`${recorded.page}/moment?t=21&to=25&recording=${second}`)
  expect(moment).toContain('Elsewhere 12')
  expect(moment).toContain(`href="${recorded.page}?t=21&amp;to=25&amp;recording=${second}"`)
  expect((await hub.get(`${recorded.page}/moment?t=21&recording=rec_0`)).status).toBe(404)
})
