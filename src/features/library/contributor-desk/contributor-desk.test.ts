import { afterAll, beforeAll, expect, test } from 'vitest'
import { readForm } from '#testing/form.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'

let hub: TestHub
let editor: SignedIn
beforeAll(async () => {
  hub = await openHub({ seeded: true, cache: true })
  editor = await hub.as(['editor'], { name: 'Edda' })
})
afterAll(async () => hub[Symbol.asyncDispose]())

type Fields = Record<string, string | string[]>

const path = (id: string) => `/en/desk/records/${id}/contributors`
const open = async (id: string) => readForm(await (await editor.get(path(id))).text()).fields
const aPaper = async (title: string) => aRecord(hub.kysely, 'publication', { title: { en: title } })

async function send(id: string, changes: Fields, fields?: Fields, who = editor) {
  const response = await who.post(path(id), { ...(fields ?? (await open(id))), ...changes })
  const html = await response.text()
  return { status: response.status, html, fields: readForm(html).fields }
}

const problemsOf = (html: string) =>
  [...html.matchAll(/<p class="problem" id="f-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )

const rowsOf = async (id: string) => {
  const rows = await hub.kysely
    .selectFrom('contributor')
    .select(['role', 'kind', 'agent_id', 'name', 'given'])
    .where('publication_id', '=', id)
    .orderBy('position')
    .execute()
  return rows.map(({ role, kind, agent_id, name, given }) => [role, kind, agent_id, name, given])
}

test('opening the contributors of every publication and saving them unchanged changes nothing', async () => {
  const state = async () => ({
    records: await hub.kysely.selectFrom('record').select(['id', 'version']).orderBy('id').execute(),
    rows: await hub.kysely
      .selectFrom('contributor')
      .selectAll()
      .orderBy('publication_id')
      .orderBy('position')
      .execute(),
    events: await hub.kysely.selectFrom('record_event').select('id').execute(),
  })
  const before = await state()
  const ids = await hub.kysely.selectFrom('publication').select('id').execute()
  expect(before.rows.length).toBeGreaterThan(5)
  for (const { id } of ids) expect([id, (await send(id, {})).status]).toEqual([id, 303])
  expect(await state()).toEqual(before)
})

test('contributors are chosen from the directory or named, put in order and removed, without script', async () => {
  const id = await aPaper('Contributed')
  const person = await aRecord(hub.kysely, 'person', { name: { en: 'Qz Amina Benali' } })
  const firm = await aRecord(hub.kysely, 'organisation', { name: { en: 'Qz Samuel Hall' } })
  const found = await send(id, { do: 'find', find: 'qz' })
  expect([found.status, found.html.includes(`value="${person}"`), found.html.includes(`value="${firm}"`)]).toEqual([
    200,
    true,
    true,
  ])
  const chosen = await send(id, { do: 'add:organisation', 'add[]': [person, firm], find: '' }, found.fields)
  expect(['0', '1', '2'].map((at) => chosen.fields[`contributors.${at}.who`])).toEqual([
    [person],
    [firm],
    ['organisation'],
  ])
  expect([chosen.fields['contributors.0.name'], chosen.fields['contributors.0.given']]).toEqual([
    ['Benali'],
    ['Qz Amina'],
  ])
  // An organisation has one name, and no field for another.
  expect([chosen.fields['contributors.1.name'], chosen.fields['contributors.1.given']]).toEqual([
    ['Qz Samuel Hall'],
    undefined,
  ])
  expect(await findMarkupFaults(chosen.html)).toEqual([])
  const named = { ...chosen.fields, 'contributors.2.name': 'Qz Press', 'contributors.2.role': 'publisher' }
  const up = await send(id, { do: 'up:1' }, named)
  expect(await rowsOf(id)).toEqual([])
  expect((await send(id, {}, up.fields)).status).toBe(303)
  expect(await rowsOf(id)).toEqual([
    ['author', 'organisation', firm, 'Qz Samuel Hall', null],
    ['author', 'person', person, 'Benali', 'Qz Amina'],
    ['publisher', 'organisation', null, 'Qz Press', null],
  ])
  const { version } = await hub.kysely
    .selectFrom('record')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(version).toBe(2)
  const page = await (await hub.get('/en/library/contributed')).text()
  expect([page.includes('Qz Samuel Hall'), page.includes('Qz Press')]).toEqual([true, true])
  const removed = await send(id, { do: 'remove:1' })
  expect((await send(id, {}, removed.fields)).status).toBe(303)
  expect(await (await hub.get('/en/library/contributed')).text()).not.toContain('Benali')
  const history = await (await editor.get(`/en/desk/records/${id}/history`)).text()
  expect([history.includes('>Contributors<'), history.includes(`2 · Benali, Qz Amina · ${person}`)]).toEqual([
    true,
    true,
  ])
})

const entry = (at: number, role: string, who: string, name: string, given = '') => ({
  [`contributors.${at}.role`]: role,
  [`contributors.${at}.who`]: who,
  [`contributors.${at}.name`]: name,
  [`contributors.${at}.given`]: given,
})

test('what cannot be kept is told at its field, and nothing of the form is lost', async () => {
  const id = await aPaper('Refused')
  const seminar = await hub.kysely.selectFrom('seminar').select('id').executeTakeFirstOrThrow()
  const other = await hub.as(['contributor'])
  const made = await other.post('/en/desk/records/new/person', { lang: 'en', 'text.name': 'Of Another' })
  const hidden = /records\/(\w+)/.exec(made.headers.get('location') ?? '')?.[1] ?? ''
  const mine = await hub.as(['contributor'])
  const begun = await mine.post('/en/desk/records/new/publication', { lang: 'en', 'text.title': 'Mine' })
  const own = /records\/(\w+)/.exec(begun.headers.get('location') ?? '')?.[1] ?? ''
  const wrong = await send(id, {
    ...entry(0, 'author', 'person', ''),
    ...entry(1, 'poet', 'organisation', 'x'.repeat(301)),
    ...entry(2, 'author', seminar.id, 'A seminar'),
    ...entry(3, 'author', 'per_nobody', 'Nobody'),
    ...entry(5, 'author', 'person', 'Benali', 'Amina'),
    ...entry(9, 'author', 'person', 'Benali', 'Amina'),
  })
  expect([wrong.status, problemsOf(wrong.html)]).toEqual([
    422,
    [
      'contributors-0-name: This must be filled in.',
      'contributors-1-role: This cannot be read as it stands.',
      'contributors-1-name: This is too long.',
      'contributors-2-name: One of these cannot be chosen here.',
      'contributors-3-name: One of these cannot be chosen here.',
      'contributors-5-name: This one is named above already, in the same role.',
    ],
  ])
  expect([wrong.fields['contributors.3.who'], wrong.fields['contributors.4.given']]).toEqual([
    ['per_nobody'],
    ['Amina'],
  ])
  // The draft of somebody else is nobody one can name, and its name is not told.
  const peeked = await mine.post(path(own), { version: '1', 'add[]': hidden })
  const told = await peeked.text()
  expect([peeked.status, told.includes('Of Another'), problemsOf(told).length]).toEqual([422, false, 1])

  const unsettled = await send(id, { find: 'Nobody of that name' })
  expect([unsettled.status, unsettled.fields['find']]).toEqual([422, ['Nobody of that name']])
  expect((await editor.post(path(id), { 'contributors.0.name': 'Half' })).status).toBe(400)
  const crowd = Object.assign({}, ...Array.from({ length: 1000 }, (_, at) => entry(at, 'author', 'person', `P${at}`)))
  const many = await send(id, crowd)
  expect([many.status, many.html.includes('500 at most'), many.fields['contributors.999.name']]).toEqual([
    422,
    true,
    ['P999'],
  ])
  expect(await rowsOf(id)).toEqual([])
})

test('names are kept as they are but for what hides or reorders letters', async () => {
  const id = await aPaper('Hostile')
  const saved = await send(id, {
    'contributors.0.role': 'author',
    'contributors.0.who': 'person',
    'contributors.0.name': '\u202Eilaneb\u202C <b>&amp;',
    'contributors.0.given': ' د.  أمينة ',
  })
  expect([saved.status, await rowsOf(id)]).toEqual([303, [['author', 'person', null, 'ilaneb <b>&amp;', 'د. أمينة']]])
  expect(await findMarkupFaults(await (await editor.get(path(id))).text())).toEqual([])
})

test('whoever saves second is shown both lists and loses nothing; another’s draft is not there', async () => {
  const id = await aPaper('Contested')
  const fields = await open(id)
  const one = { 'contributors.0.role': 'author', 'contributors.0.who': 'person', 'contributors.0.name': 'First' }
  expect((await send(id, one, fields)).status).toBe(303)
  const second = await send(id, { ...one, 'contributors.0.name': 'Second' }, fields)
  expect([second.status, second.html.includes('<div class="plain">1 · First</div>')]).toEqual([409, true])
  expect(second.fields['contributors.0.name']).toEqual(['Second'])
  expect((await send(id, {}, second.fields)).status).toBe(303)
  expect((await rowsOf(id)).map(([, , , name]) => name)).toEqual(['Second'])

  const [mine, other] = [await hub.as(['contributor']), await hub.as(['contributor'])]
  const made = await mine.post('/en/desk/records/new/publication', { lang: 'en', 'text.title': 'A draft' })
  const draft = /records\/(\w+)/.exec(made.headers.get('location') ?? '')?.[1] ?? ''
  const tries = [await mine.get(path(draft)), await other.get(path(draft)), await hub.get(path(draft))]
  expect(tries.map(({ status }) => status)).toEqual([200, 404, 303])
  expect((await other.post(path(draft), { version: '1' })).status).toBe(404)
  const seminar = await hub.kysely.selectFrom('seminar').select('id').executeTakeFirstOrThrow()
  expect((await editor.get(path(seminar.id))).status).toBe(404)
})
