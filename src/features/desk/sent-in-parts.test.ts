import { hash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readForm } from '#testing/form.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { sweepHubFiles } from '../../file-jobs.ts'

const start = '2026-11-24T09:00:00.000Z'
let hub: TestHub
let editor: SignedIn
let other: SignedIn
let seminar: string
beforeAll(async () => {
  hub = await openHub({ cache: true, now: start })
  editor = await hub.as(['editor'])
  other = await hub.as(['editor'])
  seminar = await aSeminar(hub.kysely, { title: { en: 'A draft' }, status: 'draft' })
})
beforeEach(() => hub.setNow(start))
afterAll(async () => hub[Symbol.asyncDispose]())

const pdf = (words: string) => `%PDF-1.7\n${words}`
const shaOf = (content: string) => hash('sha256', content, 'hex')

async function ask(who: SignedIn, method: string, path: string, more: Readonly<Record<string, string>>, body?: string) {
  const headers = { cookie: who.cookie, origin: hub.origin, 'tus-resumable': '1.0.0', ...more }
  return hub.fetch(new Request(hub.origin + path, { method, headers, ...(body !== undefined && { body }) }))
}

/** Sends a file in parts, the last of them or not; the address of the upload. */
async function sendParts(who: SignedIn, content: string, { name = 'paper.pdf', isWhole = true } = {}): Promise<string> {
  const announced = {
    'upload-length': String(content.length),
    'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
  }
  const path = (await ask(who, 'POST', '/en/desk/uploads', announced)).headers.get('location') ?? ''
  const half = Math.floor(content.length / 2)
  const send = async (offset: number, part: string) =>
    ask(who, 'PATCH', path, { 'content-type': 'application/offset+octet-stream', 'upload-offset': `${offset}` }, part)
  expect((await send(0, content.slice(0, half))).status).toBe(204)
  if (isWhole) await send(half, content.slice(half))
  return path
}

async function stateOf(who: SignedIn, path: string): Promise<{ state?: unknown; ref?: unknown }> {
  return Object(await (await ask(who, 'GET', path, {})).json())
}

/** Sends a file in parts to its end; how a form names it. */
async function aRef(who: SignedIn, words: string, name?: string): Promise<string> {
  const { state, ref } = await stateOf(who, await sendParts(who, pdf(words), name === undefined ? {} : { name }))
  expect(state).toBe('kept')
  return String(ref)
}

type Changes = Readonly<Record<string, string>>

/** Fills in the form of a page as a browser with script does: the file is named, not carried. */
async function fill(who: SignedIn, path: string, changes: Changes, page?: string) {
  const { action, fields } = readForm(page ?? (await (await who.get(path)).text()))
  const data = new FormData()
  const all = Object.entries({ ...fields, ...changes }).filter(([name]) => name in changes || name !== 'fact.file')
  for (const [name, values] of all) for (const value of [values].flat()) data.append(name, value)
  const response = await who.post(action || path, data)
  const location = response.headers.get('location') ?? ''
  return { status: response.status, id: /records\/(\w+)/.exec(location)?.[1] ?? '', html: await response.text() }
}

const problemsOf = (html: string) =>
  [...html.matchAll(/<p class="problem" id="f-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )

const newMaterial = () => `/en/desk/records/new/material?of=${seminar}`
const usual = { 'text.label': 'Slides', 'fact.kind': 'slides', 'fact.lang': 'en' }
const gone = 'This file is not there any more. Choose it again.'

async function fileOf(id: string) {
  const columns = ['file', 'file_name', 'bytes', 'url'] as const
  return hub.kysely.selectFrom('material').select(columns).where('id', '=', id).executeTakeFirstOrThrow()
}

test('a material is begun with a file that was sent in parts, and given another in its place', async () => {
  const made = await fill(editor, newMaterial(), { ...usual, 'fact.file': await aRef(editor, 'one', 'étude «1».pdf') })
  expect([made.status, problemsOf(made.html)]).toEqual([303, []])
  const one = { file: shaOf(pdf('one')), file_name: 'étude «1».pdf', bytes: 12, url: null }
  expect(await fileOf(made.id)).toEqual(one)

  // As with a file in the form, one that was sent counts for more than the mark that takes away the former.
  const change = { 'fact.file': await aRef(editor, 'second', '2.pdf'), 'drop.file': 'on' }
  expect((await fill(editor, `/en/desk/records/${made.id}`, change)).status).toBe(303)
  expect(await fileOf(made.id)).toEqual({ file: shaOf(pdf('second')), file_name: '2.pdf', bytes: 15, url: null })
})

test('what is wrong elsewhere in the form does not cost the file that was sent in parts', async () => {
  const first = await fill(editor, newMaterial(), {
    ...usual,
    'fact.seconds': 'many',
    'fact.file': await aRef(editor, 'carried', 'carried.pdf'),
  })
  expect([first.status, first.html.includes('<bdi>carried.pdf</bdi>')]).toEqual([422, true])
  const again = await fill(editor, newMaterial(), { 'fact.seconds': '' }, first.html)
  expect([again.status, (await fileOf(again.id)).file_name]).toEqual([303, 'carried.pdf'])
})

test('of two who change one material, the file that the second sent in parts is offered beside the first', async () => {
  const { id } = await fill(editor, newMaterial(), { ...usual, 'fact.file': await aRef(editor, 'base') })
  const path = `/en/desk/records/${id}`
  const opened = await (await other.get(path)).text()
  expect((await fill(editor, path, { 'fact.file': await aRef(editor, 'first', 'first.pdf') })).status).toBe(303)
  const conflict = await fill(other, path, { 'fact.file': await aRef(other, 'mine', 'mine.pdf') }, opened)
  const names = ['first.pdf', 'mine.pdf'].map((name) => conflict.html.includes(name))
  expect([conflict.status, names]).toEqual([409, [true, true]])
  const chosen = await fill(other, path, { 'pick.fact.file': 'yours' }, conflict.html)
  expect([chosen.status, (await fileOf(id)).file_name]).toEqual([303, 'mine.pdf'])
})

/** References that nobody but `other` may use, or nobody at all; each with a name that must not come back. */
const wrong: [what: string, ref: () => Promise<string>][] = [
  ['of somebody else', async () => aRef(other, 'theirs', 'hidden.pdf')],
  [
    'that is not there whole',
    async () => {
      await sendParts(editor, pdf('half of it'), { name: 'hidden.pdf', isWhole: false })
      return `${shaOf(pdf('half of it'))} hidden.pdf`
    },
  ],
  [
    'of a type that is not taken',
    async () => {
      const page = '<!doctype html><script>alert(1)</script>'
      expect((await stateOf(editor, await sendParts(editor, page))).state).toBe('refused')
      return `${shaOf(page)} hidden.pdf`
    },
  ],
  ['that nobody ever sent', async () => `${'0'.repeat(64)} hidden.pdf`],
  ['that is none', async () => 'hidden.pdf'],
  ['that is the address of an upload', async () => `${await sendParts(editor, pdf('address'))} hidden.pdf`],
]

test.each(wrong)('a form that names a file %s names none', async (_, ref) => {
  const line = await ref()
  const material = await fill(editor, newMaterial(), { ...usual, 'fact.file': line })
  expect([material.status, problemsOf(material.html).includes(`fact-file: ${gone}`)]).toEqual([422, true])
  expect(material.html).not.toContain('hidden.pdf')

  const paper = await aRecord(hub.kysely, 'publication', { title: { en: 'A paper' } })
  const edition = { 'editions.0.key': 'new-1', 'editions.0.lang': 'en', 'editions.0.files.0.lang': 'en' }
  const change = { ...edition, 'editions.0.files.0.upload': line }
  const editions = await fill(editor, `/en/desk/records/${paper}/editions`, change)
  expect([editions.status, problemsOf(editions.html)]).toEqual([422, [`editions-0-files-0-upload: ${gone}`]])
  expect(await hub.kysely.selectFrom('edition').select('id').where('publication_id', '=', paper).execute()).toEqual([])
})

test('an edition is given a file that was sent in parts, and another in its place, also while the form is put together', async () => {
  const paper = await aRecord(hub.kysely, 'publication', { title: { en: 'In parts' } })
  const path = `/en/desk/records/${paper}/editions`
  const filesOf = async () =>
    hub.kysely
      .selectFrom('edition_file')
      .innerJoin('edition', 'edition.id', 'edition_file.edition_id')
      .select(['file', 'name', 'bytes'])
      .where('publication_id', '=', paper)
      .execute()
  const edition = { 'editions.0.key': 'new-1', 'editions.0.lang': 'en', 'editions.0.files.0.lang': 'en' }
  const first = { ...edition, 'editions.0.files.0.upload': await aRef(editor, 'edition one', '1.pdf'), do: 'add' }
  const turned = await fill(editor, path, first)
  expect([turned.status, turned.html.includes('<bdi>1.pdf</bdi>')]).toEqual([200, true])
  expect((await fill(editor, path, {}, turned.html)).status).toBe(303)
  expect(await filesOf()).toEqual([{ file: shaOf(pdf('edition one')), name: '1.pdf', bytes: 20 }])
  const change = { 'editions.0.files.0.upload': await aRef(editor, 'edition two', '2.pdf') }
  expect((await fill(editor, path, change)).status).toBe(303)
  expect(await filesOf()).toEqual([{ file: shaOf(pdf('edition two')), name: '2.pdf', bytes: 20 }])
})

test('a file that waited too long for its form is sent anew', async () => {
  const content = pdf('forgotten')
  const path = await sendParts(editor, content)
  const { ref } = await stateOf(editor, path)
  const later = '2026-11-26T10:00:00.000Z'
  hub.setNow(later)
  expect((await stateOf(editor, path)).state).toBe('kept')
  await sweepHubFiles({ db: hub.kysely, store: hub.files, now: () => later })
  const late = await fill(editor, newMaterial(), { ...usual, 'fact.file': String(ref) })
  expect([late.status, problemsOf(late.html).includes(`fact-file: ${gone}`)]).toEqual([422, true])
  // The upload does not say any more that it is kept, or whoever chooses the file again would be told so for days.
  const told = await ask(editor, 'GET', path, {})
  expect([told.status, (await ask(editor, 'HEAD', path, {})).status]).toEqual([410, 404])
  expect((await stateOf(editor, await sendParts(editor, content))).state).toBe('kept')
})
