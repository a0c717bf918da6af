import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepUpload } from '#features/files/index.ts'
import { handlesOf } from '#features/exchange/index.ts'
import { aMaterialFile } from '#testing/files.ts'
import { readForm } from '#testing/form.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aSeminar } from '#testing/makers.ts'
import { sweepHubFiles } from '../../file-jobs.ts'

const start = '2026-11-24T09:00:00.000Z'
let hub: TestHub
let editor: SignedIn
let seminar: string
beforeAll(async () => {
  hub = await openHub({ cache: true, now: start })
  editor = await hub.as(['editor'], { name: 'Edda' })
  seminar = await aSeminar(hub.kysely, { title: { en: 'A draft' }, status: 'draft' })
})
beforeEach(() => hub.setNow(start))
afterAll(async () => hub[Symbol.asyncDispose]())

const pdf = (words: string) => `%PDF-1.7\n${words}`
const newPath = () => `/en/desk/records/new/material?of=${seminar}`

type Changes = Readonly<Record<string, string | null>>

/** The form of a page as a browser sends it, with files: a null takes a field away. */
function filled(html: string, changes: Changes, file?: File): FormData {
  const data = new FormData()
  const { fields } = readForm(html)
  for (const [name, values] of Object.entries(fields)) {
    if (name in changes || name === 'fact.file') continue
    for (const value of values) data.append(name, value)
  }
  for (const [name, value] of Object.entries(changes)) if (value !== null) data.append(name, value)
  data.append('fact.file', file ?? new File([], ''))
  return data
}

async function send(who: Pick<SignedIn, 'get' | 'post'>, path: string, changes: Changes, file?: File) {
  const page = await (await who.get(path)).text()
  const response = await who.post(readForm(page).action || path, filled(page, changes, file))
  const location = response.headers.get('location') ?? ''
  return { status: response.status, id: /records\/(\w+)/.exec(location)?.[1] ?? '', html: await response.text() }
}

const usual = { 'text.label': 'Slides', 'fact.kind': 'slides', 'fact.lang': 'en' }

async function aMaterial(words: string, name = 'slides.pdf', who: SignedIn = editor): Promise<string> {
  const made = await send(who, newPath(), usual, new File([pdf(words)], name))
  expect([made.status, shownProblems(made.html)]).toEqual([303, []])
  return made.id
}

const shownProblems = (html: string) =>
  [...html.matchAll(/<p class="problem" id="f-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )

const rowOf = async (id: string) =>
  hub.kysely
    .selectFrom('material')
    .select(['url', 'file', 'file_name', 'file_type', 'bytes'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

/** Every file on the disk, and every one that is written down. */
async function kept(): Promise<[disk: string[], rows: string[]]> {
  const entries = await readdir(hub.filesFolder, { withFileTypes: true, recursive: true })
  const disk = entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
  const rows = await hub.kysely.selectFrom('file').select('sha256').execute()
  return [disk.toSorted(), rows.map((row) => row.sha256).toSorted()]
}

const hrefIn = (html: string) => /href="(\/files\/[^"]+)"/.exec(html)?.[1] ?? ''
const tooLarge = 'fact-file: This file is too large: 25 MB at most. Give a link to a larger one.'
const unknown = 'fact-file: This file is not there any more. Choose it again.'
const notTaken = 'fact-file: The hub does not take files of this type. What counts is what is in it, not its name.'

test('a material is begun with a file, shown with it, given another, and at last a link', async () => {
  const id = await aMaterial('one', '../Présentation «finale».pdf')
  expect(await rowOf(id)).toMatchObject({
    url: null,
    file_name: 'Présentation «finale».pdf',
    file_type: 'application/pdf',
    bytes: 12,
  })
  const path = `/en/desk/records/${id}`
  const form = await (await editor.get(path)).text()
  expect(form).toContain('<bdi>Présentation «finale».pdf</bdi></a> <small>PDF · 1 kB</small>')
  expect(form).not.toContain('name="fact.bytes"')
  const file = await editor.get(hrefIn(form))
  expect([file.status, file.headers.get('cache-control'), await file.text()]).toEqual([
    200,
    'private, no-store',
    pdf('one'),
  ])

  expect((await send(editor, path, {}, new File([pdf('two!')], 'second.pdf'))).status).toBe(303)
  expect(await rowOf(id)).toMatchObject({ url: null, file_name: 'second.pdf', bytes: 13 })

  // A form that says nothing of the file leaves it.
  expect((await send(editor, path, { 'text.label': 'New label' })).status).toBe(303)
  expect(await rowOf(id)).toMatchObject({ file_name: 'second.pdf' })

  const link = 'https://example.org/slides'
  const both = await send(editor, path, { 'fact.url': link })
  expect([both.status, shownProblems(both.html)]).toEqual([
    422,
    ['fact-url: Either a link or a file: empty the link, or give no file.'],
  ])
  const neither = await send(editor, path, { 'drop.file': 'on' })
  expect([neither.status, shownProblems(neither.html)]).toEqual([422, ['fact-url: Give a link or a file.']])
  expect((await send(editor, path, { 'fact.url': link, 'drop.file': 'on' })).status).toBe(303)
  expect(await rowOf(id)).toEqual({ url: link, file: null, file_name: null, file_type: null, bytes: null })

  const history = await (await editor.get(`${path}/history`)).text()
  expect([...history.matchAll(/<bdi>([^<]+\.pdf)<\/bdi> <small class="quiet">SHA-256 ([0-9a-f]{16})…/g)].length).toBe(4)
  // The line that took the file away is put back: the link goes.
  const reverting = /<li id="line-(\d+)">(?:(?!<\/li>).)*File/s.exec(history)?.[1] ?? ''
  const version = /name="version" value="(\d+)"/.exec(history)?.[1] ?? ''
  const reverted = await editor.post(`${path}/history/revert`, { line: reverting, version })
  expect(reverted.status).toBe(303)
  expect(await rowOf(id)).toMatchObject({ url: null, file_name: 'second.pdf', bytes: 13 })
})

const refused: [what: string, file: File, problem: string][] = [
  ['a page called PDF', new File(['<!doctype html><script>alert(1)</script>'], 'a.pdf'), notTaken],
  ['a drawing with script', new File(['<svg onload="alert(1)"/>'], 'a.svg'), notTaken],
  ['a program', new File([Buffer.from('4d5a90000300000004000000ffff0000', 'hex')], 'a.pdf'), notTaken],
  ['an empty file', new File([], 'a.pdf'), 'fact-file: This file is empty.'],
  ['a file of 26 MB', new File([pdf(''), new Uint8Array(26_000_000)], 'a.pdf'), tooLarge],
]

test.each(refused)('%s is refused at its field, with all else kept and nothing stored', async (_, file, problem) => {
  const before = await kept()
  const made = await send(editor, newPath(), { ...usual, 'text.label': 'Typed' }, file)
  expect([made.status, shownProblems(made.html)]).toEqual([422, [problem]])
  expect(readForm(made.html).fields['text.label']).toEqual(['Typed'])
  expect(await kept()).toEqual(before)
})

test('more than a form with a file may carry is not read to its end', async () => {
  const before = await kept()
  const id = await aMaterial('x')
  const [, rows] = await kept()
  for (const path of [newPath(), `/en/desk/records/${id}`]) {
    const large = await send(editor, path, usual, new File([pdf(''), new Uint8Array(31_000_000)], 'a.pdf'))
    expect([large.status, shownProblems(large.html)]).toEqual([413, [tooLarge]])
  }
  expect((await kept())[1]).toEqual(rows)
  expect(rows.length).toBe(before[1].length + 1)
  // What other kinds of records are sent has the usual bound.
  const data = new FormData()
  data.set('text.name', 'x'.repeat(1_100_000))
  expect((await editor.post('/en/desk/records/new/programme', data, { 'content-length': '1100300' })).status).toBe(413)
})

test('half a form is no form, and leaves nothing', async () => {
  const before = await kept()
  const whole = new Response(
    filled(await (await editor.get(newPath())).text(), usual, new File([pdf('half')], 'a.pdf')),
  )
  const bytes = new Uint8Array(await whole.arrayBuffer())
  const type = { 'content-type': whole.headers.get('content-type') ?? '' }
  const response = await editor.post(newPath(), bytes.subarray(0, bytes.length - 60), type)
  expect(response.status).toBe(400)
  expect(await kept()).toEqual(before)
})

test('whoever may not edit sends nothing', async () => {
  const id = await aMaterial('mine')
  const before = await kept()
  const page = await (await editor.get(`/en/desk/records/${id}`)).text()
  const fresh = await (await editor.get(newPath())).text()
  const organiser = await hub.as([{ role: 'organiser', scope: 'sem_0' }])
  const others = [await hub.as(['member']), await hub.as(['translator']), organiser, await hub.as(['contributor'])]
  const file = new File([pdf('theirs')], 'a.pdf')
  for (const who of others) {
    expect((await who.post(`/en/desk/records/${id}`, filled(page, {}, file))).status).toBe(404)
    expect((await who.post(newPath(), filled(fresh, usual, file))).status).toBe(404)
  }
  expect((await hub.post(`/en/desk/records/${id}`, filled(page, {}, file))).status).toBe(303)
  expect(await kept()).toEqual(before)
  // The draft's file is for those who may edit it.
  const href = hrefIn(page)
  const asked = [...others, hub]
  expect(await Promise.all(asked.map(async (who) => (await who.get(href)).status))).toEqual(asked.map(() => 404))
  const theirs = await hub.as([{ role: 'organiser', scope: seminar }])
  expect([(await theirs.get(href)).status, (await theirs.get(`${href}x`)).headers.get('location')]).toEqual([200, href])
})

test('to name the hash of a file that is somebody else’s is to name none', async () => {
  const hidden = await aMaterialFile(hub, {
    seminar,
    content: pdf('hidden'),
    name: 'secret.pdf',
    record: { status: 'draft' },
  })
  const own = await aSeminar(hub.kysely, { title: { en: 'Theirs' }, status: 'draft' })
  const organiser = await hub.as([{ role: 'organiser', scope: own }])
  const path = `/en/desk/records/new/material?of=${own}`
  for (const name of ['kept.file', 'fact.file', 'fact.file[]']) {
    const page = await (await organiser.get(path)).text()
    const data = filled(page, usual)
    data.delete('fact.file')
    data.append(name, `${hidden.sha256} mine.pdf`)
    const made = await organiser.post(path, data)
    const html = await made.text()
    expect([name, made.status, shownProblems(html)]).toEqual([name, 422, [unknown]])
    expect(html).not.toContain(hidden.sha256)
    expect(html).not.toContain('mine.pdf')
  }
  const forged = await send(organiser, path, { ...usual, 'kept.file': 'x' })
  expect([forged.status, shownProblems(forged.html)]).toEqual([422, [unknown, 'fact-url: Give a link or a file.']])
  expect((await organiser.get(hidden.href)).status).toBe(404)
  // Whoever has the very same content has it by their own right.
  expect((await send(organiser, path, usual, new File([pdf('hidden')], 'mine.pdf'))).status).toBe(303)
})

test('a file that was sent stays in the form while something else is put right', async () => {
  const file = new File([pdf('carried')], 'table.csv')
  const first = await send(editor, newPath(), { ...usual, 'fact.seconds': 'many' }, file)
  expect([first.status, first.html.includes('Received, not saved yet.')]).toEqual([422, true])
  expect(first.html).toContain('The name does not end as files of this type do (PDF).')
  const again = await editor.post(newPath(), filled(first.html, { 'fact.seconds': '' }))
  expect(again.status).toBe(303)
  const id = /records\/(\w+)/.exec(again.headers.get('location') ?? '')?.[1] ?? ''
  expect(await rowOf(id)).toMatchObject({ file_name: 'table.csv', file_type: 'application/pdf' })
})

test('of two who send a file for one material, neither loses theirs', async () => {
  const id = await aMaterial('base')
  const path = `/en/desk/records/${id}`
  const other = await hub.as(['editor'], { name: 'Otto' })
  const opened = await (await other.get(path)).text()
  expect((await send(editor, path, {}, new File([pdf('first')], 'first.pdf'))).status).toBe(303)
  const conflict = await other.post(path, filled(opened, {}, new File([pdf('second')], 'second.pdf')))
  const html = await conflict.text()
  expect([conflict.status, html.includes('first.pdf'), html.includes('second.pdf')]).toEqual([409, true, true])
  const { action, fields } = readForm(html)
  const mine = await other.post(action, { ...fields, 'pick.fact.file': 'yours' })
  expect([mine.status, (await rowOf(id)).file_name]).toEqual([303, 'second.pdf'])
  // The first is still there for whoever sent it, and its line of history brings it back.
  const theirs = await send(editor, path, { 'kept.file': readForm(html).fields['theirs.fact.file[]']?.[0] ?? '' })
  expect([theirs.status, (await rowOf(id)).file_name]).toEqual([303, 'first.pdf'])
})

test('what nothing refers to is swept away after a day, and nothing else', async () => {
  const { files } = handlesOf(hub.kysely)
  const sweep = async (now: string) => {
    hub.setNow(now)
    return sweepHubFiles({ db: hub.kysely, store: hub.files, now: () => now })
  }
  await sweep('2026-11-28T09:00:00.000Z')
  hub.setNow(start)
  const [before] = await kept()
  const id = await aMaterial('old')
  const path = `/en/desk/records/${id}`
  const old = (await rowOf(id)).file ?? ''
  await send(editor, path, {}, new File([pdf('new')], 'new.pdf'))
  const current = (await rowOf(id)).file ?? ''
  expect(await sweep('2026-11-24T20:00:00.000Z')).toBe(0)
  // Sent again by somebody else who has not saved yet: theirs is the day.
  const sent = { name: 'again.pdf', size: 12, stream: () => new Blob([pdf('old')]).stream() }
  const later = '2026-11-25T08:00:00.000Z'
  await keepUpload({ files, store: hub.files, now: () => later }, 'usr_other', sent)
  expect(await sweep('2026-11-25T10:00:00.000Z')).toBe(0)
  expect(await hub.kysely.selectFrom('upload').select(['sha256', 'user_id']).execute()).toEqual([
    { sha256: old, user_id: 'usr_other' },
  ])
  expect(await sweep('2026-11-27T10:00:00.000Z')).toBe(1)
  expect(await kept()).toEqual([[...before, current].toSorted(), [...before, current].toSorted()])
  // Its line of history cannot bring it back, and says so.
  const history = await (await editor.get(`${path}/history`)).text()
  const line = /<li id="line-(\d+)">(?:(?!<\/li>).)*File/s.exec(history)?.[1] ?? ''
  const version = /name="version" value="(\d+)"/.exec(history)?.[1] ?? ''
  const reverted = await editor.post(`${path}/history/revert`, { line, version })
  expect([reverted.status, (await reverted.text()).includes('not there any more')]).toEqual([422, true])
})

test('content that is swept away while it is sent again is there at the end', async () => {
  const { files } = handlesOf(hub.kysely)
  const deps = { files, store: hub.files, now: () => start }
  const sent = { name: 'a.pdf', size: 14, stream: () => new Blob([pdf('racing')]).stream() }
  const kept1 = await keepUpload(deps, 'usr_one', sent)
  const late = '2026-12-24T09:00:00.000Z'
  // The sweep comes between the writing of the file and of its row.
  const store = {
    ...hub.files,
    put: async (...call: Parameters<typeof hub.files.put>) => {
      const stored = await hub.files.put(...call)
      await sweepHubFiles({ db: hub.kysely, store: hub.files, now: () => late })
      return stored
    },
  }
  const again = await keepUpload({ files, store: { ...store }, now: () => late }, 'usr_two', sent)
  expect(again).toEqual(kept1)
  const sha256 = again.ok ? again.file.sha256 : ''
  expect(await hub.files.has(sha256)).toBe(true)
})

test('the preview of a draft names its sessions and files, links nothing its reader cannot open, and stays out of caches', async () => {
  const draft = await aSeminar(hub.kysely, {
    title: { en: 'To be looked at' },
    status: 'draft',
    sessions: ['09:00–10:00'],
  })
  await aMaterialFile(hub, { seminar: draft, content: pdf('shown'), name: 'shown.pdf' })
  const made = await (await editor.post(`/en/desk/records/${draft}/preview`, { days: '7' })).text()
  const preview = await hub.get(/\/en\/preview\/[\w-]+/.exec(made)?.[0] ?? '')
  const html = await preview.text()
  expect([preview.status, preview.headers.get('cache-control'), preview.headers.get('x-robots-tag')]).toEqual([
    200,
    'private, no-store',
    'noindex, nofollow',
  ])
  expect(html).toContain('<span>A file</span>')
  const hrefs = [...html.matchAll(/href="(\/[^"#]*)"/g)].map(([, href = '']) => href)
  const inside = hrefs.filter((href) => !href.startsWith('/assets/') && !href.includes('/preview/'))
  const answers = await Promise.all(inside.map(async (href) => [href, (await hub.get(href)).status]))
  expect(answers.filter(([, status]) => status !== 200)).toEqual([])
})
