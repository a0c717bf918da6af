import { afterAll, beforeAll, expect, test } from 'vitest'
import { readForm } from '#testing/form.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { sweepHubFiles } from '../../../file-jobs.ts'

const start = '2026-11-24T09:00:00.000Z'
let hub: TestHub
let editor: SignedIn
beforeAll(async () => {
  hub = await openHub({ seeded: true, cache: true, now: start })
  editor = await hub.as(['editor'], { name: 'Edda' })
})
afterAll(async () => hub[Symbol.asyncDispose]())

type Fields = Readonly<Record<string, string | readonly string[]>>
type Files = Readonly<Record<string, File>>

const path = (id: string) => `/en/desk/records/${id}/editions`
const open = async (id: string, who = editor) => readForm(await (await who.get(path(id))).text()).fields
const aPaper = async (title: string) => aRecord(hub.kysely, 'publication', { title: { en: title } })
const pdf = (words: string, name = `${words}.pdf`) => new File([`%PDF-1.7\n${words}`], name)

/** Sends the form as a browser does, with files. */
async function send(
  id: string,
  changes: Fields,
  { fields, files = {}, who = editor }: { fields?: Fields; files?: Files; who?: SignedIn } = {},
) {
  const data = new FormData()
  for (const [name, value] of Object.entries({ ...(fields ?? (await open(id, who))), ...changes })) {
    if (name.endsWith('.upload')) continue
    for (const one of typeof value === 'string' ? [value] : value) data.append(name, one)
  }
  for (const [name, file] of Object.entries(files)) data.append(name, file)
  const response = await who.post(path(id), data)
  const html = await response.text()
  return { status: response.status, html, fields: readForm(html).fields }
}

const problemsOf = (html: string) =>
  [...html.matchAll(/<p class="problem" id="f-editions-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )

async function rowsOf(id: string) {
  const editions = await hub.kysely
    .selectFrom('edition')
    .select(['id', 'number', 'lang', 'issued', 'translation_of', 'pages'])
    .where('publication_id', '=', id)
    .orderBy('position')
    .execute()
  const files = await hub.kysely
    .selectFrom('edition_file')
    .innerJoin('edition', 'edition.id', 'edition_file.edition_id')
    .select(['edition_file.id', 'edition_file.lang', 'file', 'url', 'name', 'bytes', 'licence'])
    .where('publication_id', '=', id)
    .orderBy('edition.position')
    .orderBy('edition_file.position')
    .execute()
  return { editions, files }
}

const edition = (at: number, fields: Readonly<Record<string, string>>): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`editions.${at}.${name}`, value]))

test('opening the editions of every publication and saving them unchanged changes nothing', async () => {
  const state = async () => ({
    records: await hub.kysely.selectFrom('record').select(['id', 'version']).orderBy('id').execute(),
    editions: await hub.kysely.selectFrom('edition').selectAll().orderBy('id').execute(),
    files: await hub.kysely.selectFrom('edition_file').selectAll().orderBy('id').execute(),
    events: await hub.kysely.selectFrom('record_event').select('id').execute(),
  })
  const before = await state()
  expect(before.files.length).toBeGreaterThan(10)
  const ids = await hub.kysely.selectFrom('publication').select('id').execute()
  for (const { id } of ids) expect([id, (await send(id, {})).status]).toEqual([id, 303])
  expect(await state()).toEqual(before)
})

test('editions and their files are put together without script: an original, its translation, a file and a link', async () => {
  const id = await aPaper('Published twice')
  const first = await send(id, { do: 'add' })
  expect([first.status, first.fields['editions.0.key']]).toEqual([200, ['new-1']])
  expect(await findMarkupFaults(first.html)).toEqual([])
  const filled = {
    ...first.fields,
    ...edition(0, { lang: 'en', number: '2', issued: '2021-08', pages: '24', identifiers: 'isbn 0-306-40615-2' }),
    ...edition(0, { 'files.0.lang': 'en', 'files.0.licence': 'cc-by-4.0' }),
  }
  const second = await send(id, { do: 'add' }, { fields: filled, files: { 'editions.0.files.0.upload': pdf('first') } })
  expect([second.html.includes('<bdi>first.pdf</bdi>'), second.html.includes('Received, not saved yet.')]).toEqual([
    true,
    true,
  ])
  const both = {
    ...second.fields,
    ...edition(1, { lang: 'fr', issued: '2022-02', original: 'new-1', 'files.0.lang': 'fr' }),
    ...edition(1, { 'files.0.url': 'https://example.org/second.pdf', 'files.0.licence': 'https://example.org/terms' }),
  }
  expect(await rowsOf(id)).toEqual({ editions: [], files: [] })
  expect((await send(id, {}, { fields: both })).status).toBe(303)
  const saved = await rowsOf(id)
  const [original, translation] = saved.editions
  expect(saved.editions).toEqual([
    { id: original?.id, number: '2', lang: 'en', issued: '2021-08', translation_of: null, pages: 24 },
    { id: translation?.id, number: null, lang: 'fr', issued: '2022-02', translation_of: original?.id, pages: null },
  ])
  expect(saved.files.map(({ lang, name, url, licence, bytes }) => [lang, name, url, licence, bytes])).toEqual([
    ['en', 'first.pdf', null, 'CC-BY-4.0', 14],
    ['fr', null, 'https://example.org/second.pdf', 'https://example.org/terms', null],
  ])
  const page = await (await hub.get('/en/library/published-twice')).text()
  for (const part of ['Edition 2', '9780306406157', '6 months after the original', 'first.pdf', 'example.org'])
    expect([part, page.includes(part)]).toEqual([part, true])
  const file = /href="(\/files\/[^"]+)"/.exec(page)?.[1] ?? ''
  expect((await hub.get(file)).status).toBe(200)

  // What stays keeps its id, wherever it is put.
  const turned = await send(id, { do: 'up:1' })
  expect((await send(id, {}, { fields: turned.fields })).status).toBe(303)
  const moved = await rowsOf(id)
  expect(moved.editions.map((row) => row.id)).toEqual([translation?.id, original?.id])
  expect(moved.files.map((row) => row.id).toSorted()).toEqual(saved.files.map((row) => row.id).toSorted())
  const history = await (await editor.get(`/en/desk/records/${id}/history`)).text()
  expect([
    history.includes('>Editions and files<'),
    history.includes('1 · № 2 · en · 2021-08 · 24 p. · ISBN 9780306406157'),
  ]).toEqual([true, true])

  // A removed file is nobody's, and goes with the next sweep but one.
  const without = await send(id, { do: 'file-remove:1:0' })
  expect((await send(id, {}, { fields: without.fields })).status).toBe(303)
  hub.setNow('2026-11-27T09:00:00.000Z')
  expect(await sweepHubFiles({ db: hub.kysely, store: hub.files, now: () => '2026-11-27T09:00:00.000Z' })).toBe(1)
  expect((await hub.get(file)).status).toBe(404)
  hub.setNow(start)
})

test('what cannot be kept is told at its field, and nothing of the form is lost', async () => {
  const id = await aPaper('Wrong')
  const sent = await send(
    id,
    {
      ...edition(0, {
        key: 'new-1',
        lang: '',
        issued: '2021-02-30',
        pages: '0',
        original: 'new-2',
        identifiers: 'ISBN 12',
      }),
      ...edition(0, { 'files.0.lang': '', 'files.0.url': 'javascript:alert(1)', 'files.0.licence': 'free of charge' }),
      ...edition(0, { 'files.3.lang': 'en', 'files.3.url': 'https://example.org/both' }),
      ...edition(7, { key: 'new-2', lang: 'fr', original: 'new-1', number: 'x'.repeat(101), 'files.0.lang': 'fr' }),
      ...edition(7, { 'files.1.lang': 'fr', 'files.2.lang': 'fr' }),
    },
    {
      files: {
        'editions.0.files.3.upload': pdf('both'),
        'editions.7.files.0.upload': new File([new Uint8Array(26_000_000)], 'large.pdf'),
        'editions.7.files.1.upload': new File(['#!/bin/sh\necho \0'], 'tool.exe'),
        'editions.7.files.2.upload': new File([''], 'empty.pdf'),
      },
    },
  )
  expect([sent.status, problemsOf(sent.html)]).toEqual([
    422,
    [
      '0-lang: A translation is in one language: choose it.',
      '0-issued: Write a year, a month or a day: 2017, 2017-03 or 2017-03-15.',
      '0-pages: This is not a whole number within bounds.',
      '0-original: Each of these would be translated from the other.',
      '0-identifiers: This is no ISBN: it has 13 digits (or 10), and the last one checks the others. A digit is wrong, missing or too many.',
      '0-files-0-lang: This must be filled in.',
      '0-files-0-licence: This is neither an SPDX identifier such as CC-BY-4.0 nor an address.',
      '0-files-0-url: An address begins with https:// or http://.',
      '0-files-1-url: Either a link or a file: empty the link, or give no file.',
      '1-number: This is too long.',
      '1-original: Each of these would be translated from the other.',
      '1-files-0-upload: This file is too large: 25 MB at most. Give a link to a larger one.',
      '1-files-1-upload: The hub does not take files of this type. What counts is what is in it, not its name.',
      '1-files-2-upload: This file is empty.',
    ],
  ])
  expect([sent.fields['editions.0.issued'], sent.fields['editions.0.files.0.url']]).toEqual([
    ['2021-02-30'],
    ['javascript:alert(1)'],
  ])
  expect(await findMarkupFaults(sent.html)).toEqual([])
  expect((await rowsOf(id)).editions).toEqual([])
  const huge = await send(
    id,
    {},
    { files: { 'editions.0.files.0.upload': new File([new Uint8Array(31_000_000)], 'x.pdf') } },
  )
  expect([huge.status, huge.html.includes('too large to be read')]).toEqual([413, true])
  expect((await editor.post(path(id), { 'editions.0.lang': 'en' })).status).toBe(400)
  const crowd = Object.assign({}, ...Array.from({ length: 101 }, (_, at) => edition(at, { lang: 'en' })))
  const many = await send(id, crowd)
  expect([many.status, many.html.includes('100 editions and 300 files at most')]).toEqual([422, true])
})

async function begin(who: SignedIn): Promise<string> {
  const made = await who.post('/en/desk/records/new/publication', { lang: 'en', 'text.title': 'A draft' })
  return /records\/(\w+)/.exec(made.headers.get('location') ?? '')?.[1] ?? ''
}

test('nobody takes the file, the edition or the draft of somebody else', async () => {
  const [mine, other] = [await hub.as(['contributor']), await hub.as(['contributor'])]
  const [draft, theirs] = [await begin(mine), await begin(other)]
  const own = { ...edition(0, { key: 'new-1', lang: 'en', 'files.0.lang': 'en' }) }
  const given = await send(draft, own, { files: { 'editions.0.files.0.upload': pdf('secret') }, who: mine })
  expect(given.status).toBe(303)
  const { editions, files } = await rowsOf(draft)
  const href = `/files/${files[0]?.file}/secret.pdf`
  expect([(await mine.get(href)).status, (await other.get(href)).status, (await hub.get(href)).status]).toEqual([
    200, 404, 404,
  ])
  const ids = { key: editions[0]?.id ?? '', 'files.0.id': files[0]?.id ?? '' }
  const stolen = {
    ...edition(0, { ...ids, lang: 'en', 'files.0.lang': 'en', 'files.0.ref': `${files[0]?.file} secret.pdf` }),
  }
  const refused = await send(theirs, stolen, { who: other })
  expect([refused.status, problemsOf(refused.html), refused.html.includes('secret.pdf')]).toEqual([
    422,
    ['0-files-0-upload: This file is not there any more. Choose it again.'],
    false,
  ])
  // An id that is another’s names nothing here: what is sent with it is new.
  const link = { 'files.0.ref': '', 'files.0.url': 'https://example.org/own' }
  expect((await send(theirs, { ...stolen, ...edition(0, link) }, { who: other })).status).toBe(303)
  const fresh = await rowsOf(theirs)
  expect([fresh.editions[0]?.id === editions[0]?.id, fresh.files[0]?.id === files[0]?.id]).toEqual([false, false])
  expect(await rowsOf(draft)).toEqual({ editions, files })

  const tries = [await mine.get(path(draft)), await other.get(path(draft)), await hub.get(path(draft))]
  expect(tries.map(({ status }) => status)).toEqual([200, 404, 303])
  expect((await other.post(path(draft), { version: '1' })).status).toBe(404)
  const link2 = await (await mine.post(`/en/desk/records/${draft}/preview`, { days: '7' })).text()
  const preview = await (await hub.get(/\/en\/preview\/[\w-]+/.exec(link2)?.[0] ?? '')).text()
  expect([preview.includes('(PDF)'), preview.includes('/files/')]).toEqual([true, false])
})

test('whoever saves second is shown both and loses nothing, their file neither', async () => {
  const id = await aPaper('Contested editions')
  const fields = await open(id)
  const one = edition(0, { key: 'new-1', lang: 'en', 'files.0.lang': 'en' })
  const first = await send(id, { ...one, ...edition(0, { 'files.0.url': 'https://example.org/one' }) }, { fields })
  expect(first.status).toBe(303)
  const second = await send(id, one, { fields, files: { 'editions.0.files.0.upload': pdf('mine', 'a\u202Ebdp.pdf') } })
  expect([second.status, second.html.includes('1.1 · en · https://example.org/one')]).toEqual([409, true])
  expect((await send(id, {}, { fields: second.fields })).status).toBe(303)
  expect((await rowsOf(id)).files.map(({ name }) => name)).toEqual(['abdp.pdf'])
})
