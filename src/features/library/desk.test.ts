import { afterAll, beforeAll, expect, test } from 'vitest'
import { readForm } from '#testing/form.ts'
import { openHub, type FormFields, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { identifierLine, readIdentifierLine } from './identifier-lines.ts'

let hub: TestHub
let editor: SignedIn
beforeAll(async () => {
  hub = await openHub({ cache: true })
  editor = await hub.as(['editor'], { name: 'Edda' })
})
afterAll(async () => hub[Symbol.asyncDispose]())

const problemsOf = (html: string) =>
  [...html.matchAll(/<p class="problem" id="f-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )

/** Opens a form, changes some of its fields, and sends it. */
async function send(path: string, changes: Exclude<FormFields, FormData | Uint8Array>, who = editor) {
  const { action, fields } = readForm(await (await who.get(path)).text())
  const response = await who.post(action || path, { ...fields, ...changes })
  const id = /records\/(\w+)/.exec(response.headers.get('location') ?? '')?.[1] ?? ''
  return { status: response.status, id, html: await response.text() }
}

const rowOf = async (id: string) => {
  const { types, issued } = await hub.kysely
    .selectFrom('publication')
    .select(['types', 'issued'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const identifiers = await hub.kysely
    .selectFrom('publication_identifier')
    .select(['scheme', 'value'])
    .where('publication_id', '=', id)
    .orderBy('position')
    .execute()
  return { types, issued, identifiers: identifiers.map(({ scheme, value }) => `${scheme} ${value}`) }
}

test('a publication goes through its form: types, date, identifiers, ties, texts; its page and those it names show it', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Qp Seminar' } })
  const whole = await aRecord(hub.kysely, 'publication', { title: { en: 'Qp Whole' } })
  const { id: funding } = await send('/en/desk/records/new/funding', { 'text.statement': 'Paid by Qp' })
  await editor.post(`/en/desk/records/${funding}/publish`, { go: '1' })
  const made = await send('/en/desk/records/new/publication', {
    'text.title': 'Qp Paper',
    'text.subtitle': 'Below its title',
    'text.summary': 'What it *says*.',
    'fact.types[]': ['', 'study', 'paper'],
    'fact.issued': '2021-08',
    'fact.identifiers': 'https://doi.org/10.1234/ABC\nISBN 0-306-40615-2\nreport: WP/2021/7\nhttps://example.org/paper',
    'fact.related[]': ['', seminar],
    'fact.partOf[]': ['', whole],
    'fact.funding[]': ['', funding],
    'fact.places[]': ['', 'ET'],
  })
  expect([made.status, problemsOf(made.html)]).toEqual([303, []])
  expect(await rowOf(made.id)).toEqual({
    types: ['study', 'paper'],
    issued: '2021-08',
    identifiers: ['doi 10.1234/abc', 'isbn 9780306406157', 'report WP/2021/7', 'url https://example.org/paper'],
  })
  const path = `/en/desk/records/${made.id}`
  expect(readForm(await (await editor.get(path)).text()).fields['fact.identifiers']).toEqual([
    'DOI 10.1234/abc\r\nISBN 9780306406157\r\nReport WP/2021/7\r\nhttps://example.org/paper',
  ])
  const shared = await (await editor.post(`${path}/preview`, { days: '7' })).text()
  const preview = await hub.get(/\/en\/preview\/[\w-]+/.exec(shared)?.[0] ?? '')
  expect([preview.status, (await preview.text()).includes('Below its title')]).toEqual([200, true])
  const checks = await (await editor.get(`${path}/publish`)).text()
  expect([checks.includes('name its authors'), checks.includes('write an abstract')]).toEqual([true, false])
  expect((await editor.post(`${path}/publish`, { go: '1' })).status).toBe(303)
  const page = await (await hub.get('/en/library/qp-paper')).text()
  for (const part of ['Below its title', 'Study', '10.1234/abc', 'Qp Whole', 'Qp Seminar', 'Paid by Qp']) {
    expect([part, page.includes(part)]).toEqual([part, true])
  }
  expect(await (await hub.get('/en/seminars/qp-seminar')).text()).toContain('Qp Paper')
  expect(await (await hub.get('/en/library/qp-whole')).text()).toContain('Qp Paper')
  const list = await (await editor.get('/en/desk/translation?lang=fr&kind=publication')).text()
  expect(list).toContain('Qp Paper')
  const side = await (await editor.get(`/en/desk/translation/${made.id}/fr`)).text()
  expect([side.includes('Subtitle'), side.includes('Below its title')]).toEqual([true, true])

  // What was chosen first stays first; a later type comes after it; an empty list takes all of them back.
  expect((await send(path, { 'fact.types[]': ['', 'paper', 'brief', 'study'] })).status).toBe(303)
  expect((await rowOf(made.id)).types).toEqual(['study', 'paper', 'brief'])
  const history = await (await editor.get(`${path}/history`)).text()
  expect(history).toContain('<li>Study</li><li>Paper</li><li>Brief</li>')
  expect((await send(path, { 'fact.types[]': '' })).status).toBe(303)
  expect((await rowOf(made.id)).types).toEqual([])
  const line = await hub.kysely
    .selectFrom('record_event')
    .select('id')
    .where('record_id', '=', made.id)
    .where('field', '=', 'types')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const version = readForm(await (await editor.get(path)).text()).fields['version'] ?? []
  const reverted = await editor.post(`${path}/history/revert`, { line: String(line.id), version })
  expect([reverted.status, (await rowOf(made.id)).types]).toEqual([303, ['study', 'paper', 'brief']])
})

test('two who mark different types see both, and half a form takes nothing away', async () => {
  const id = await aRecord(hub.kysely, 'publication', { title: { en: 'Shared' } })
  const path = `/en/desk/records/${id}`
  const { fields } = readForm(await (await editor.get(path)).text())
  expect((await send(path, { 'fact.types[]': ['', 'paper'] })).status).toBe(303)
  const second = await editor.post(path, { ...fields, 'fact.types[]': ['', 'study'] })
  const html = await second.text()
  expect([second.status, html.includes('Paper'), html.includes('Study')]).toEqual([409, true, true])
  const settled = await editor.post(path, { ...readForm(html).fields, 'pick.fact.types': 'yours' })
  expect([settled.status, (await rowOf(id)).types]).toEqual([303, ['study']])
  const { version = [], since = [] } = readForm(await (await editor.get(path)).text()).fields
  expect((await editor.post(path, { version, since, 'text.title': 'Still shared' })).status).toBe(303)
  expect((await rowOf(id)).types).toEqual(['study'])
})

test('what a publication cannot be is told at its field', async () => {
  const id = await aRecord(hub.kysely, 'publication', { title: { en: 'Whole' } })
  const part = await aRecord(
    hub.kysely,
    'publication',
    { title: { en: 'Part' } },
    { links: [{ relation: 'part_of', to: id }] },
  )
  const wrong = await send(`/en/desk/records/${id}`, {
    'text.title': '',
    'fact.types[]': ['', 'poem'],
    'fact.issued': '2021-02-30',
    'fact.identifiers': 'DOI 10.1234/abc\nISBN 978-0-306-40615-8',
    'fact.related[]': ['', part, 'sem_nothing'],
  })
  expect([wrong.status, problemsOf(wrong.html)]).toEqual([
    422,
    [
      'text-title: This must be filled in.',
      'fact-types: This cannot be read as it stands.',
      'fact-issued: Write a year, a month or a day: 2017, 2017-03 or 2017-03-15.',
      'fact-identifiers: This is no ISBN: it has 13 digits (or 10), and the last one checks the others. A digit is wrong, missing or too many.',
      'fact-related: One of these cannot be chosen here.',
    ],
  ])
  const circle = await send(`/en/desk/records/${id}`, { 'fact.partOf[]': ['', part] })
  expect([circle.status, problemsOf(circle.html)]).toEqual([
    422,
    ['fact-partOf: A publication cannot be part of itself, by whatever way round.'],
  ])
})

const read = (line: string) => {
  const known = readIdentifierLine(line)
  return 'message' in known ? known.message : identifierLine(known)
}

test('an identifier is read from how people write it, and its line says what it is', () => {
  expect(
    [
      'doi:10.1234/X',
      '10.1234/X',
      'ISBN-13: 978-0-306-40615-7',
      'issn 20493630',
      'hdl:20.500.1/2',
      'Report  WP 7',
      'HTTPS://example.org/a',
    ].map(read),
  ).toEqual([
    'DOI 10.1234/x',
    'DOI 10.1234/x',
    'ISBN 9780306406157',
    'ISSN 2049-3630',
    'Handle 20.500.1/2',
    'Report WP 7',
    'https://example.org/a',
  ])
  expect(['doi 11.1/x', 'isbn 12', 'issn 20493631', 'handle x', 'ftp://x.org', 'WP 7', 'report '].map(read)).toEqual([
    'desk.problem.doi',
    'desk.problem.isbn',
    'desk.problem.issn',
    'desk.problem.handle',
    'desk.problem.url',
    'desk.problem.identifier',
    'desk.problem.identifier',
  ])
})
