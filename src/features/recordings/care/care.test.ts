import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { recordingDesk, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let recorded: Recorded
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  recorded = await recordingDesk(hub, editor).record('Cared for', 20)
})
afterAll(async () => hub[Symbol.asyncDispose]())

const text = async (path: string) => (await hub.get(path)).text()
const spoken = async () =>
  [...(await text(`${recorded.page}/captions/en.txt`)).matchAll(/Line (\d+)/g)].map(([, n]) => n)
const screen = () => `/en/desk/records/${recorded.recording}/takedowns`
const take = async (from: string, to: string, reason = 'person') => editor.post(screen(), { from, to, reason })
const liftAll = async () => {
  const html = await (await editor.get(screen())).text()
  for (const [, takedown = ''] of html.matchAll(/name="takedown" value="(\w+)"/g))
    await editor.post(`${screen()}/lift`, { takedown })
}

test('a span that is taken down is out of the page, the captions, moments and files at once, and back when it is lifted', async () => {
  const { page } = recorded
  const before = await text(page)
  const files = [...before.matchAll(/href="(\/files\/[^"]+)"/g)].map(([, href = '']) => href)
  const doors = [
    page,
    `${page}?t=5`,
    `${page}?find=Line`,
    ...['en.vtt', 'en.srt', 'en.txt', 'fr.vtt'].map((file) => `${page}/captions/${file}`),
    `${page}/moment?t=4&to=8&text=en`,
    `${page}/embed?t=4&to=8&text=en`,
  ]
  const tell = async () => (await Promise.all(doors.map(text))).map((body) => /(Line|Ligne) [345]\b/.test(body))
  expect(await tell()).toEqual(doors.map(() => true))
  expect(files.length).toBe(4)

  expect((await take('0:04', '0:09')).status).toBe(303)

  expect(await tell()).toEqual(doors.map(() => false))
  const html = await text(page)
  expect(await findMarkupFaults(html)).toEqual([])
  expect(html).toContain('A part of this recording was taken down.')
  expect(html).toContain('not offered: a part of it was taken down')
  expect([html.includes('Line 2 is'), html.includes('Line 6 is'), html.includes('<audio')]).toEqual([true, true, false])
  // Neither by its address: what was heard is in the sound, and what was said in the file of captions as it came.
  expect(await Promise.all(files.map(async (file) => (await hub.get(file)).status))).toEqual([404, 404, 404, 404])
  expect((await editor.get(files[0] ?? '')).status).toBe(200)
  const history = await (await editor.get(`/en/desk/records/${recorded.recording}/history`)).text()
  expect(history).toContain('00:00:04.000–00:00:09.000 person')

  await liftAll()
  expect(await tell()).toEqual(doors.map(() => true))
  expect((await hub.get(files[0] ?? '')).status).toBe(200)
})

test('what is no span of a recording is refused, and spans that overlap are lifted one by one', async () => {
  const wrong = [
    ['0:20', '0:10'],
    ['0:10', '0:10'],
    ['-1', '0:10'],
    ['0', '99999999'],
    ['1:00', '2:00'],
    ['', ''],
  ] as const
  for (const [from, to] of wrong) expect([from, to, (await take(from, to)).status]).toEqual([from, to, 422])
  expect((await take('0', '1', 'whim')).status).toBe(422)
  expect(await (await editor.get(screen())).text()).toContain('Nothing is taken down.')

  for (const [from, to] of [
    ['0', '4'],
    ['2', '6'],
    ['38', '24:00:00'],
  ] as const)
    await take(from, to, 'law')
  expect((await spoken()).length).toBe(16)
  const html = await (await editor.get(screen())).text()
  expect(await findMarkupFaults(html)).toEqual([])
  const [, first = ''] = /name="takedown" value="(\w+)"/.exec(html) ?? []
  const twice = async () => editor.post(`${screen()}/lift`, { takedown: first })
  expect([(await twice()).status, (await twice()).status]).toEqual([303, 303])
  expect((await spoken()).slice(0, 2)).toEqual(['1', '4'])
  await liftAll()
  expect((await spoken()).length).toBe(20)
})
