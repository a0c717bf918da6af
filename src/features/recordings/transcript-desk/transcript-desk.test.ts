import { afterAll, beforeAll, expect, test } from 'vitest'
import { countQueries } from '#platform/db/index.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { captionLines, recordingDesk, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
})
afterAll(async () => hub[Symbol.asyncDispose]())

const screenOf = ({ tracks }: Recorded) => `/en/desk/records/${tracks[2]}/transcript`
const text = async (path: string) => (await editor.get(path)).text()
const seenIn = (html: string) => /name="seen" value="(\w+)"/.exec(html)?.[1] ?? ''

/** Sends the stretch that is shown, with what was typed into it. */
async function send(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return editor.post(path, { seen: seenIn(await text(path)), do: 'save', ...fields })
}

const count = async (path: string) => (await countQueries(async () => editor.get(path))).queries.length

const lines = async ({ page }: Recorded) => (await hub.get(`${page}/captions/en.srt`)).text()

test('lines are corrected, split, joined, added and taken away; each change stands in the history and is undone', async () => {
  const made = await desk.record('Edited', 5)
  const path = screenOf(made)
  const before = await lines(made)
  expect(await findMarkupFaults(await text(path))).toEqual([])

  const steps: [fields: Record<string, string>, has: string | RegExp, count: number][] = [
    [{ 'line.2.text': 'Corrected <b>here</b>', 'line.2.speaker': 'Somebody' }, 'Corrected', 5],
    [{ 'line.3.text': 'First half | second half', do: 'split:3' }, /First half\n\n4\n/, 6],
    [{ do: 'join:3' }, 'First half second half', 5],
    [{ do: 'insert:5' }, '…', 6],
    [{ do: 'delete:1' }, /^1\n00:00:02,000/, 5],
  ]
  for (const [fields, has, count] of steps) {
    expect((await send(path, fields)).status).toBe(303)
    const now = await lines(made)
    expect(now).toMatch(has)
    expect(now.match(/-->/g)).toHaveLength(count)
  }
  expect(await text(made.page)).toContain('Corrected &lt;b>here&lt;/b>')
  const history = await text(path)
  // Of each change, and of the last.
  expect(history.match(/value="undo:\d+"/g)).toHaveLength(6)
  expect(await text(`/en/desk/records/${made.tracks[2]}/history`)).toContain('<strong>Transcript</strong>')

  const undos = [...history.matchAll(/value="(undo:\d+)"/g)].map(([, found = '']) => found)
  for (const deed of new Set(undos)) expect([deed, (await editor.post(path, { do: deed })).status]).toEqual([deed, 303])
  expect(await lines(made)).toBe(before)
  // What was undone is not undone again.
  expect((await editor.post(path, { do: undos[0] ?? '' })).status).toBe(409)
  expect((await text(path)).match(/class="quiet">undone/g)).toHaveLength(5)
  expect((await editor.post(path, { do: 'undo:999999' })).status).toBe(409)
})

test('all lines move in time, from one on, and not beyond what there is', async () => {
  const made = await desk.record('Moved', 5)
  const path = screenOf(made)
  expect((await editor.post(path, { do: 'shift', by: '2.5', of: '2' })).status).toBe(303)
  expect(await lines(made)).toContain('00:00:04,500 --> 00:00:06,500')
  expect((await editor.post(path, { do: 'shift', by: '+1' })).status).toBe(303)
  expect(await lines(made)).toMatch(/^1\n00:00:01,000/)
  for (const fields of [
    { by: '-9' },
    { by: '-9', of: '3' },
    { by: '99999' },
    { by: 'x' },
    { by: '1', of: '6' },
    { by: '1', of: '-1' },
  ]) {
    const answer = await editor.post(path, { do: 'shift', ...fields })
    expect([fields, answer.status, await answer.text()]).toEqual([fields, 422, expect.stringContaining('f-by-problem')])
  }
})

test('a speaker is renamed everywhere, and that is undone for those lines alone', async () => {
  const made = await desk.record('Renamed', 5)
  const path = screenOf(made)
  await send(path, { 'line.3.speaker': 'Somebody else' })
  expect((await editor.post(path, { do: 'rename', label: 'Demo', to: 'Somebody else' })).status).toBe(303)
  expect((await lines(made)).includes('Demo')).toBe(false)
  const undo = /value="(undo:\d+)"/.exec(await text(path))?.[1] ?? ''
  expect((await editor.post(path, { do: undo })).status).toBe(303)
  const html = await text(path)
  expect(html.match(/name="line\.\d\.speaker"[^>]*value="Demo"/g)).toHaveLength(4)
  expect((await editor.post(path, { do: 'rename', label: 'Nobody', to: 'x' })).status).toBe(422)
})

test('whoever saves lines that somebody else changed meanwhile is told, and what they typed is there', async () => {
  const made = await desk.record('Both', 5)
  const path = screenOf(made)
  const seen = seenIn(await text(path))
  expect((await send(path, { 'line.1.text': 'The first to save' })).status).toBe(303)
  const late = await editor.post(path, { seen, do: 'save', 'line.2.text': 'The second to save' })
  expect([late.status, await late.text()]).toEqual([409, expect.stringContaining('The second to save')])
  const wrong = await send(path, { 'line.2.text': '', 'line.3.start': '99:00:00', 'line.4.text': 'Kept words' })
  const page = await wrong.text()
  expect([
    wrong.status,
    page.includes('f-line-2-text-problem'),
    page.includes('f-line-3-start-problem'),
    page.includes('Kept words'),
  ]).toEqual([422, true, true, true])
  expect((await lines(made)).includes('Kept words')).toBe(false)
})

test('a long transcript is edited in stretches with as many queries as a short one', async () => {
  const [short, long] = [await desk.record('Short', 2), await desk.record('Very long', 3000)]
  // The first page after a change reads what the hub says of itself.
  await text(screenOf(short))
  expect(await count(`${screenOf(long)}?from=2961`)).toBe(await count(screenOf(short)))
  const last = await text(`${screenOf(long)}?from=2961`)
  expect(last.match(/name="line\.\d+\.text"/g)).toHaveLength(40)
  expect(last).toContain('rel="prev"')
  expect((await send(`${screenOf(long)}?from=41`, { do: 'delete:41' })).status).toBe(303)
  expect((await lines(long)).match(/-->/g)).toHaveLength(2999)
  for (const from of ['0', '-1', 'x', '99999999'])
    expect((await editor.get(`${screenOf(long)}?from=${from}`)).status).toBe(404)
})

/** Undoes what the page says comes next. */
async function undoLast(path: string): Promise<number> {
  const [, deed = ''] = /<div class="buttons"><button[^>]*value="(undo:\d+)"/.exec(await text(path)) ?? []
  return (await editor.post(path, { do: deed })).status
}

test('the last change is undone, then the one before it, and what was undone is done again', async () => {
  const made = await desk.record('Step by step', 3)
  const path = screenOf(made)
  const first = await lines(made)
  for (const words of ['Once', 'Twice']) await send(path, { 'line.2.text': words })
  expect(await undoLast(path)).toBe(303)
  expect(await lines(made)).toContain('Once')
  const again = /value="(undo:\d+)" aria-label/.exec(await text(path))?.[1] ?? ''
  expect((await editor.post(path, { do: again })).status).toBe(303)
  expect(await lines(made)).toContain('Twice')
  expect([await undoLast(path), await undoLast(path)]).toEqual([303, 303])
  expect(await lines(made)).toBe(first)
  expect(await undoLast(path)).toBe(409)
})

test('lines that somebody worked on come back when another file took their place, and so does the file', async () => {
  const made = await desk.record('Replaced', 4)
  const [id, path] = [made.tracks[2] ?? '', screenOf(made)]
  await send(path, { 'line.2.text': 'Worked on' })
  const worked = await lines(made)
  await desk.replaceFile(
    id,
    captionLines(7, (line) => `New ${line}`),
    'new.vtt',
  )
  expect(await text(path)).toContain('another file took the place of 4 lines')
  // Nothing can be put back while the other file waits to be read.
  expect(await undoLast(path)).toBe(409)
  await desk.read()
  const replaced = await lines(made)
  expect(replaced.match(/New \d/g)).toHaveLength(7)
  await send(path, { 'line.1.text': 'Later' })
  const [, ofFile = ''] = /took the place of 4 lines.*?value="(undo:\d+)"/s.exec(await text(path)) ?? []
  expect((await editor.post(path, { do: ofFile })).status).toBe(409)
  expect([await undoLast(path), await undoLast(path)]).toEqual([303, 303])
  expect(await lines(made)).toBe(worked)
  const [, back = ''] = /took the place of 7 lines.*?value="(undo:\d+)"/s.exec(await text(path)) ?? []
  expect((await editor.post(path, { do: back })).status).toBe(303)
  expect(await lines(made)).toBe(replaced)
})

test('a file in place of lines that nobody worked on is no change of them', async () => {
  const made = await desk.record('Only read', 2)
  await desk.replaceFile(made.tracks[2] ?? '', captionLines(3), 'three.vtt')
  await desk.read()
  expect(await lines(made)).toMatch(/3\n.*\n.*Line 3/)
  expect(await text(screenOf(made))).not.toContain('took the place of 2')
})

test('an address with a second leads to the line that is spoken then', async () => {
  const made = await desk.record('At a second', 100)
  const path = screenOf(made)
  for (const [at, from] of [
    ['0', 1],
    ['1.9', 1],
    ['90.5', 46],
    ['9999', 100],
  ] as const)
    expect((await editor.get(`${path}?at=${at}`)).headers.get('location')).toBe(`${path}?from=${from}`)
  for (const at of ['-1', 'x', '1e9', '99999999']) expect((await editor.get(`${path}?at=${at}`)).status).toBe(404)
})

test('a track that nobody named is called by what it is, in the language of the page', async () => {
  const made = await desk.record('Unnamed', 2)
  const path = screenOf(made)
  expect(await text(path)).toContain('<h1>Captions · English</h1>')
  expect(await text(path.replace('/en/', '/fr/'))).toContain('<h1>Sous-titres · anglais</h1>')
  const list = await text('/en/desk/records?kind=track')
  expect(list).toMatch(/href="\/en\/desk\/records\/trk_\w+"[^>]*>Captions · English</)
  expect(list).not.toMatch(/>trk_/)
})

test('nobody else finds the screen', async () => {
  const made = await desk.record('Guarded', 2)
  const member = await hub.as(['member'])
  expect((await member.get(screenOf(made))).status).toBe(404)
  expect((await member.post(screenOf(made), { do: 'shift', by: '1' })).status).toBe(404)
  expect(await lines(made)).toMatch(/^1\n00:00:00,000/)
})
