import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { readForm } from '#testing/form.ts'
import { findMarkupFaults } from '#testing/markup.ts'

let hub: TestHub
let editor: SignedIn
beforeAll(async () => {
  hub = await openHub({ seeded: true, cache: true })
  editor = await hub.as(['editor'], { name: 'Edda' })
})
beforeEach(() => hub.forget())
afterAll(async () => hub[Symbol.asyncDispose]())

type Fields = Record<string, string | string[]>

const path = (id: string) => `/en/desk/records/${id}/agenda`
const open = async (id: string) => readForm(await (await editor.get(path(id))).text()).fields

/** Sends the agenda's form with some fields changed, and what came back. */
async function send(id: string, changes: Fields, fields: Fields = {}, who = editor) {
  const shown = Object.keys(fields).length > 0 ? fields : await open(id)
  const response = await who.post(path(id), { ...shown, ...changes })
  const html = await response.text()
  return { status: response.status, html, fields: readForm(html).fields }
}

const notesOf = (html: string) =>
  [...html.matchAll(/<ul class="notes">(.*?)<\/ul>/g)].map(([, list = '']) =>
    [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, words]) => words),
  )
const problemsOf = (html: string) =>
  [...html.matchAll(/<p class="problem" id="f-sessions-([\w-]+)-problem">(.*?)<\/p>/g)].map(
    ([, field, words]) => `${field}: ${words}`,
  )

const rowsOf = (id: string) =>
  hub.kysely
    .selectFrom('session')
    .innerJoin('record', 'record.id', 'session.id')
    .select(['number', 'starts_on', 'starts_at', 'ends_at', 'minutes', 'status'])
    .where('seminar_id', '=', id)
    .orderBy('number')
    .execute()

test('opening the agenda of every seminar and saving it unchanged changes nothing', async () => {
  const seminars = await hub.kysely.selectFrom('seminar').select('id').execute()
  const state = async () => ({
    records: await hub.kysely.selectFrom('record').select(['id', 'version']).orderBy('id').execute(),
    sessions: await hub.kysely.selectFrom('session').selectAll().orderBy('id').execute(),
    channels: await hub.kysely
      .selectFrom('session_channel')
      .selectAll()
      .orderBy('session_id')
      .orderBy('lang')
      .execute(),
    speakers: await hub.kysely
      .selectFrom('session_speaker')
      .selectAll()
      .orderBy('session_id')
      .orderBy('person_id')
      .execute(),
    events: await hub.kysely.selectFrom('record_event').select('id').execute(),
  })
  const before = await state()
  for (const { id } of seminars) expect([id, (await send(id, {})).status]).toEqual([id, 303])
  expect(await state()).toEqual(before)
})

test('an agenda is built on one screen without script: add, order, times, languages, speakers, remove', async () => {
  const id = await aSeminar(hub.kysely, { title: { en: 'Built' }, startsOn: '2026-03-28', endsOn: '2026-03-29' })
  const person = await aRecord(hub.kysely, 'person', { name: { en: 'Qz Speaker' } })
  const first = await send(id, { do: 'add' })
  expect([first.status, first.fields['sessions.0.title']]).toEqual([200, ['']])
  const filled = {
    ...first.fields,
    'sessions.0.title': 'Opening',
    'sessions.0.day': '2026-03-28',
    'sessions.0.start': '09:00',
    'sessions.0.end': '10:30',
    'sessions.0.channels.en': 'floor',
    'sessions.0.channels.fr': 'interpretation',
    'sessions.0.find': 'qz',
  }
  const found = await send(id, { do: 'find:0' }, filled)
  expect([found.html.includes(`value="${person}"`), found.html.includes('Qz Speaker')]).toEqual([true, true])
  const second = await send(id, { do: 'add', 'sessions.0.add[]': person, 'sessions.0.find': '' }, found.fields)
  // The next session begins where the last one ends, in the same languages.
  expect([
    second.fields['sessions.1.day'],
    second.fields['sessions.1.start'],
    second.fields['sessions.1.channels.fr'],
  ]).toEqual([['2026-03-28'], ['10:30'], ['interpretation']])
  const timed = {
    ...second.fields,
    'sessions.1.title': 'Closing',
    'sessions.1.day': '2026-03-29',
    'sessions.1.start': '',
    'sessions.1.minutes': '45',
  }
  const turned = await send(id, { do: 'up:1' }, timed)
  expect([
    turned.fields['sessions.0.title'],
    turned.fields['sessions.1.title'],
    turned.fields['sessions.1.speakers.0.person'],
  ]).toEqual([['Closing'], ['Opening'], [person]])
  expect(await rowsOf(id)).toEqual([])
  expect((await send(id, {}, turned.fields)).status).toBe(303)
  expect(await rowsOf(id)).toEqual([
    { number: 1, starts_on: '2026-03-29', starts_at: null, ends_at: null, minutes: 45, status: 'draft' },
    {
      number: 2,
      starts_on: '2026-03-28',
      starts_at: '2026-03-28T08:00:00.000Z',
      ends_at: '2026-03-28T09:30:00.000Z',
      minutes: null,
      status: 'draft',
    },
  ])
  const seminar = await hub.kysely.selectFrom('record').select('version').where('id', '=', id).executeTakeFirstOrThrow()
  expect(seminar.version).toBe(2)
  // New sessions are drafts: the public sees them once they are published with their seminar.
  expect(await (await hub.get('/en/seminars/built')).text()).not.toContain('Opening')
  await editor.post(`/en/desk/records/${id}/publish`, {})
  expect(await (await hub.get('/en/seminars/built')).text()).toContain('Opening')

  const removed = await send(id, { do: 'remove:0' })
  expect((await send(id, {}, removed.fields)).status).toBe(303)
  expect((await rowsOf(id)).map(({ number, status }) => [number, status])).toEqual([
    [1, 'published'],
    [2, 'withdrawn'],
  ])
  hub.forget()
  expect(await (await hub.get('/en/seminars/built')).text()).not.toContain('Closing')
  const page = await (await editor.get(path(id))).text()
  expect([page.includes('Withdrawn sessions'), page.includes('>Closing</a>')]).toEqual([true, true])
  const history = await (await editor.get(`/en/desk/records/${id}/history`)).text()
  expect(history).toContain('2026-03-28 09:00–10:30 · Opening · en* fr · Qz Speaker')
})

test('overlaps, days outside, people in two places, missing floors and doubled hours are told at their session', async () => {
  const person = await aRecord(hub.kysely, 'person', { name: { en: 'Busy Person' } })
  const id = await aSeminar(hub.kysely, { startsOn: '2026-10-25', sessions: ['09:00–11:00', '10:00–12:00'] })
  const fields = await open(id)
  const checked = await send(
    id,
    {
      do: 'check',
      'sessions.0.add[]': person,
      'sessions.1.add[]': person,
      'sessions.1.channels.fr': 'interpretation',
      'sessions.2.title': 'Elsewhere',
      'sessions.2.day': '2026-11-01',
      'sessions.2.start': '09:00',
      'sessions.3.title': 'At night',
      'sessions.3.day': '2026-10-25',
      'sessions.3.start': '02:30',
      'sessions.3.end': '04:00',
    },
    fields,
  )
  expect(notesOf(checked.html)).toEqual([
    [
      'It goes on at the same time as session 1.',
      'Busy Person also speaks in session 1 at that time.',
      'No language is the floor’s: say which one is spoken in the room.',
    ],
    ['This day is outside the dates of the seminar.'],
    ['An hour of it happens twice that day, for clocks go back; the first is meant.'],
  ])
  expect(await findMarkupFaults(checked.html)).toEqual([])
  expect((await send(id, {}, { ...checked.fields, do: '' })).status).toBe(303)
  const last = (await rowsOf(id)).at(-1)
  expect([last?.starts_at, last?.ends_at]).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T03:00:00.000Z'])
  const list = await (await editor.get(`/en/desk/records/${id}/publish`)).text()
  expect(list).toContain('the agenda has 5 things to look at')
})

test('what cannot be kept is told at its field, and nothing of the form is lost', async () => {
  const id = await aSeminar(hub.kysely, { startsOn: '2026-03-29', sessions: ['09:00–10:00'] })
  const sent = await send(id, {
    'sessions.0.title': '',
    'sessions.0.end': '08:00',
    'sessions.1.title': 'Gap',
    'sessions.1.day': '2026-03-29',
    'sessions.1.start': '02:30',
    'sessions.1.minutes': '-5',
    'sessions.2.title': 'No day',
    'sessions.2.start': '09:00',
    'sessions.3.title': 'No start',
    'sessions.3.day': '2026-02-30',
    'sessions.3.end': '25:99',
    'sessions.4.title': 'Stranger',
    'sessions.4.add[]': id,
  })
  expect([sent.status, problemsOf(sent.html)]).toEqual([
    422,
    [
      '0-title: This must be filled in.',
      '0-end: It ends before it begins.',
      '1-start: This hour does not exist on that day: clocks go forward over it.',
      '1-minutes: This is not a whole number within bounds.',
      '2-day: An hour needs its day.',
      '3-day: There is no such day. Write it as 2026-03-10.',
      '3-start: An end needs a beginning.',
      '3-end: Write an hour as 09:30.',
      '4-find: One of these cannot be chosen here.',
    ],
  ])
  expect([
    sent.fields['sessions.3.day'],
    sent.fields['sessions.3.end'],
    sent.fields['sessions.4.speakers.0.person'],
  ]).toEqual([['2026-02-30'], ['25:99'], [id]])
  expect(await findMarkupFaults(sent.html)).toEqual([])
  expect((await rowsOf(id)).length).toBe(1)
  const typed = await send(id, { 'sessions.0.find': 'Nobody of that name' })
  expect([typed.status, typed.fields['sessions.0.find']]).toEqual([422, ['Nobody of that name']])
})

test('somebody who saved meanwhile is shown beside what was typed, and saving again puts yours in its place', async () => {
  const id = await aSeminar(hub.kysely, { sessions: ['09:00–10:00'] })
  const mine = await open(id)
  const other = await hub.as(['editor'], { name: 'Otto' })
  expect((await send(id, { 'sessions.0.title': 'Theirs' }, mine, other)).status).toBe(303)
  const met = await send(id, { 'sessions.0.title': 'Mine' }, mine)
  expect([met.status, met.html.includes('· Theirs'), met.fields['sessions.0.title'], met.fields['version']]).toEqual([
    409,
    true,
    ['Mine'],
    ['2'],
  ])
  expect((await send(id, {}, met.fields)).status).toBe(303)
  expect((await open(id))['sessions.0.title']).toEqual(['Mine'])
})

test('an agenda is for those who may edit its seminar, and takes no session of another', async () => {
  const id = await aSeminar(hub.kysely, { sessions: ['09:00–10:00'] })
  const another = await aSeminar(hub.kysely, { sessions: ['09:00–10:00'] })
  const organiser = await hub.as([{ role: 'organiser', scope: id }])
  const contributor = await hub.as(['contributor'])
  const statuses = async (who: SignedIn, seminar: string) => [
    (await who.get(path(seminar))).status,
    (await who.post(path(seminar), await open(seminar))).status,
  ]
  expect(await statuses(organiser, id)).toEqual([200, 303])
  expect(await statuses(organiser, another)).toEqual([404, 404])
  expect(await statuses(contributor, id)).toEqual([404, 404])
  const foreign = (await open(another))['sessions.0.id'] ?? []
  expect((await send(id, { 'sessions.0.id': foreign })).status).toBe(404)
  expect((await send(id, { version: 'x' })).status).toBe(400)
  const person = await hub.kysely.selectFrom('person').select('id').executeTakeFirstOrThrow()
  expect((await editor.get(path(person.id))).status).toBe(404)
})
