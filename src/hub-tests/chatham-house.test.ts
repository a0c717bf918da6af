import { afterAll, beforeAll, expect, test } from 'vitest'
import { readForm } from '#testing/form.ts'
import { openHub, sayIn, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { captionLines, recordingDesk, sound } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let member: SignedIn
let desk: ReturnType<typeof recordingDesk>
let furniture: Furniture
beforeAll(async () => {
  hub = await openHub({ cache: true })
  editor = await hub.as(['editor'])
  member = await hub.as(['member'])
  desk = recordingDesk(hub, editor)
  furniture = await furnish()
})
afterAll(async () => hub[Symbol.asyncDispose]())

const idIn = (answer: Response) => /records\/(\w+)/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''
const add = async (kind: string, fields: Readonly<Record<string, string>>, file?: File) => {
  const id = idIn(await desk.send(kind, fields, file))
  await desk.publish(id)
  return id
}

/** Sends the agenda's form as it stands, with some fields changed. */
async function sendAgenda(seminar: string, change: (fields: Record<string, string[]>) => void): Promise<number> {
  const path = `/en/desk/records/${seminar}/agenda`
  const { fields } = readForm(await (await editor.get(path)).text())
  change(fields)
  return (await editor.post(path, fields)).status
}

const rule = async (seminar: string, isOn: boolean, number = 1) =>
  sendAgenda(seminar, (fields) => {
    const name = `sessions.${number - 1}.chathamHouse`
    if (isOn) fields[name] = ['on']
    else delete fields[name]
  })

async function speak(seminar: string, number: number, name: string, role: 'speaker' | 'moderator' = 'speaker') {
  const person = await aRecord(hub.kysely, 'person', { name: { en: name } })
  const session = hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', seminar)
  const { id } = await session.where('number', '=', number).executeTakeFirstOrThrow()
  await hub.kysely
    .insertInto('session_speaker')
    .values({ session_id: id, person_id: person, role, position: 0 })
    .execute()
  return person
}

/** A seminar whose first session has speakers, a recording with all there can be of one, and a film filed as a material. */
async function furnish() {
  const { seminar, session, recording, tracks, page } = await desk.record('Walked', 20)
  const zora = await speak(seminar, 1, 'Zora Named')
  const moderator = await speak(seminar, 1, 'Milo Named', 'moderator')
  const chapter = await add('chapter', {
    'fact.recording': recording,
    'fact.start': '0:00',
    'text.title': 'Zq chapter',
  })
  const times = { 'fact.startsAt': '0:02', 'fact.endsAt': '0:06' }
  const moment = await add('moment', { 'fact.recording': recording, ...times, 'text.label': 'Zq moment' })
  const kept = { 'fact.seminar': seminar, 'fact.session': session, 'fact.kind': 'recording', 'fact.lang': 'en' }
  const file = new File(['a film as it came'], 'zq-film.txt')
  const material = await add('material', { ...kept, visibility: 'public', 'text.label': 'Zq film' }, file)
  const html = await (await hub.get(page)).text()
  const files = [...html.matchAll(/href="(\/files\/[^"]+)"/g)].map(([, href = '']) => href)
  const { headers } = await hub.get(`/r/${zora}`)
  const ids = [recording, ...tracks, chapter, moment, material]
  return { seminar, session, recording, moderator, page, files, ids, person: headers.get('location') ?? '' }
}

type Furniture = Awaited<ReturnType<typeof furnish>>

/** Where a session is told of, and what else is told there; and the addresses of what was recorded of it. */
function doorsOf({ seminar, session, page, person, files, ids }: Furniture) {
  const whole = page.replace(/\/sessions\/1$/, '')
  const pages = [page, whole, `${whole}/agenda`].flatMap((path) => [path, path.replace('/en/', '/ar/')])
  const machines = [`${whole}.ics`, '/en/calendar.ics', `${whole}/schedule.xml`, `${whole}/schedule.json`]
  const api = [`seminars/${seminar}`, 'seminars', `sessions/${session}`, 'sessions'].map((path) => `/api/v1/${path}`)
  const captions = ['en.vtt', 'en.srt', 'en.txt', 'en.docx', 'en.pdf', 'fr.vtt', 'fr.srt', 'fr.txt']
  return {
    told: [...pages, ...machines, ...api, `${page}?t=5`, `${page}?find=Line`],
    quiet: ['/en', '/en/seminars', '/en/feed.atom', '/sitemap.xml', '/oai?verb=ListRecords&metadataPrefix=oai_dc'],
    looked: ['/en/search?q=walked', '/en/search?q=session', '/ar/search?q=session'],
    person: [person, person.replace('/en/', '/fr/')],
    gone: [
      ...files,
      ...captions.map((name) => `${page}/captions/${name}`),
      `${page}/chapters/en.vtt`,
      ...['moment', 'embed'].map((name) => `${page}/${name}?t=2&to=6`),
      ...ids.flatMap((id) => [`/r/${id}`, `/api/v1/records/${id}`]),
    ],
  }
}

const named =
  /Named|Line \d+ is|Ligne \d+|\.wav|zq-film|First day|Zq (chapter|moment|film)|Demo\b|VideoObject|AudioObject/
const tells = (text: string, ids: readonly string[]) => named.test(text) || ids.some((id) => text.includes(id))

async function read(door: string, who: Pick<SignedIn, 'get'> = hub): Promise<{ status: number; text: string }> {
  const answer = await who.get(door)
  return { status: answer.status, text: `${answer.headers.get('location')} ${await answer.text()}` }
}

const statusesOf = async (doors: readonly string[], who?: SignedIn) =>
  Promise.all(doors.map(async (door) => [door, (await read(door, who)).status]))
const tellOf = async (doors: readonly string[], ids: readonly string[], who?: SignedIn) => {
  const answers = await Promise.all(doors.map(async (door) => ({ door, ...(await read(door, who)) })))
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  return answers.filter(({ text }) => tells(text, ids)).map(({ door }) => door)
}

/** What every door tells somebody. */
async function walk({ seminar, ids }: Furniture, doors: ReturnType<typeof doorsOf>, who?: SignedIn) {
  const open = await tellOf(doors.told, ids, who)
  const quiet = await tellOf([...doors.quiet, ...doors.looked], ids, who)
  const person = await Promise.all(doors.person.map(async (door) => (await read(door, who)).text.includes('Walked')))
  const [, phase] = /"phase":"([^"]+)"/.exec((await read(`/api/v1/seminars/${seminar}`)).text) ?? []
  return { open, quiet, person, gone: await statusesOf(doors.gone, who), phase }
}

const silent = ({ gone }: ReturnType<typeof doorsOf>) => ({
  open: [],
  quiet: [],
  person: [false, false],
  gone: gone.map((door) => [door, 404]),
  phase: 'held',
})

test('a session under the Chatham House Rule names nobody and offers nothing recorded, behind any door, at once and until it is taken off', async () => {
  const doors = doorsOf(furniture)
  const before = await walk(furniture, doors)
  // Otherwise silence would prove nothing.
  expect(before).toMatchObject({ open: doors.told, person: [true, true], phase: 'recorded' })
  expect(before.gone.filter(([, status]) => Number(status) >= 400)).toEqual([])
  expect(furniture.files.length).toBe(5)

  expect(await rule(furniture.seminar, true)).toBe(303)
  expect(await walk(furniture, doors)).toEqual(silent(doors))

  expect(await rule(furniture.seminar, false)).toBe(303)
  expect(await walk(furniture, doors)).toEqual(before)
})

test('members and editors read the same on the public pages; at the desk editors see what is there', async () => {
  const doors = doorsOf(furniture)
  await rule(furniture.seminar, true)
  expect(await walk(furniture, doors, member)).toEqual(silent(doors))
  expect(await tellOf([...doors.told, ...doors.quiet, ...doors.looked], furniture.ids, editor)).toEqual([])
  const agenda = await read(`/en/desk/records/${furniture.seminar}/agenda`, editor)
  expect([agenda.text.includes('Zora Named'), agenda.text.includes('Milo Named')]).toEqual([true, true])
  expect((await read(furniture.files[0] ?? '', editor)).status).toBe(200)
  await rule(furniture.seminar, false)
})

test('the pages of a session under the rule and the API say so, in every language of the interface', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Said' }, sessions: ['One', 'Two'] })
  await speak(seminar, 1, 'Zora Named')
  await rule(seminar, true)
  const path = (await hub.get(`/r/${seminar}`)).headers.get('location') ?? ''
  for (const lang of ['en', 'fr', 'es', 'ar', 'pt']) {
    const words = sayIn(lang)('session.chathamHouse')
    const pages = ['/sessions/1', '', '/agenda'].map((end) => path.replace('/en/', `/${lang}/`) + end)
    for (const page of pages) {
      const { text } = await read(page)
      expect([page, text.includes(words), text.includes('Named')]).toEqual([page, true, false])
      expect(await findMarkupFaults(text.slice(text.indexOf('<!')))).toEqual([])
    }
    expect((await read(`${path.replace('/en/', `/${lang}/`)}/sessions/2`)).text).not.toContain(words)
  }
  const { text } = await read(`/api/v1/sessions?seminar=${seminar}`)
  expect([...text.matchAll(/"chathamHouse":(\w+)/g)].map(([, is]) => is)).toEqual(['true', 'false'])
})

/** A seminar of three sessions with a recording of several of them: its parts as the desk writes them. */
async function recordWhole(title: string, parts: string) {
  const seminar = await aSeminar(hub.kysely, { title: { en: title }, sessions: ['One', 'Two', 'Three'] })
  const recording = await desk.make('recording', {
    'fact.seminar': seminar,
    'fact.parts': parts,
    'text.title': 'All of it',
  })
  const tracks = [
    await desk.addTrack(recording, 'audio', 'en', sound(title), 'whole.wav'),
    await desk.addTrack(recording, 'captions', 'en', captionLines(60), 'whole.vtt'),
  ]
  await desk.publish(recording)
  await desk.read()
  const path = (await hub.get(`/r/${seminar}`)).headers.get('location') ?? ''
  const { sha256 } = await hub.kysely
    .selectFrom('track')
    .select('file as sha256')
    .where('id', '=', tracks[0] ?? '')
    .executeTakeFirstOrThrow()
  return { seminar, recording, path, file: `/files/${sha256}/whole.wav` }
}

const plays = async (path: string) => (await read(path)).text.includes('whole.wav')
const statusOf = async (path: string) => (await read(path)).status

test('a recording of several sessions is held back whole when one of them, or one between them, is under the rule', async () => {
  const around = await recordWhole('Around', '1 0:00 0:30\r\n3 1:00 2:00')
  const pages = [1, 3].map((number) => `${around.path}/sessions/${number}`)
  const tell = async () => Promise.all([...pages.map(plays), statusOf(around.file), statusOf(`/r/${around.recording}`)])
  expect(await tell()).toEqual([true, true, 200, 302])
  await rule(around.seminar, true, 2)
  expect(await tell()).toEqual([false, false, 404, 404])
  await rule(around.seminar, false, 2)
  await rule(around.seminar, true, 3)
  expect(await tell()).toEqual([false, false, 404, 404])

  // A session after all that was captured takes nothing from it.
  const before = await recordWhole('Before', '1 0:00 0:30\r\n2 0:30 2:00')
  await rule(before.seminar, true, 3)
  expect([await plays(`${before.path}/sessions/1`), await statusOf(before.file)]).toEqual([true, 200])
})

test('a recording of a whole seminar that is not cut is held back with any session under the rule', async () => {
  const { seminar, recording, path, file } = await recordWhole('Uncut', '1 0:00 0:30\r\n2 0:30 2:00')
  await hub.kysely.deleteFrom('recording_part').where('recording_id', '=', recording).execute()
  const film = { 'fact.seminar': seminar, 'fact.kind': 'recording', 'fact.lang': 'en', visibility: 'public' }
  const material = await add('material', { ...film, 'fact.url': 'https://example.org/zq-film' })
  const slides = await add('material', { ...film, 'fact.kind': 'slides', 'fact.url': 'https://example.org/zq-slides' })
  const doors = [file, `/r/${recording}`, `/r/${material}`, `/api/v1/records/${material}`]
  const shown = async () => {
    const { text } = await read(path)
    return [text.includes('zq-film'), text.includes('zq-slides')]
  }
  hub.forget()
  expect(await Promise.all(doors.map(statusOf))).toEqual([200, 302, 302, 200])
  expect(await shown()).toEqual([true, true])
  await rule(seminar, true, 3)
  expect(await Promise.all(doors.map(statusOf))).toEqual([404, 404, 404, 404])
  expect(await shown()).toEqual([false, true])
  expect(await statusOf(`/r/${slides}`)).toBe(302)
})

/** Tries to publish a record: what came of it, and whether its check list speaks of the rule. */
const tryPublishing = async (id: string) => {
  const { text } = await read(`/en/desk/records/${id}/publish`, editor)
  const { fields } = readForm(text.slice(text.indexOf('<!')))
  const answer = await editor.post(`/en/desk/records/${id}/publish`, fields)
  return [answer.status, text.includes(sayIn('en')('desk.check.chathamHouse'))]
}

test('nothing recorded of a session under the rule is published, and the desk says why', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Refused' }, sessions: ['One', 'Two'] })
  await rule(seminar, true, 2)
  const sessions = hub.kysely.selectFrom('session').select('id').where('seminar_id', '=', seminar).orderBy('number')
  const [open = '', ruled = ''] = (await sessions.execute()).map(({ id }) => id)
  const of = (session: string) => ({ 'fact.seminar': seminar, 'fact.session': session })
  const link = { 'fact.kind': 'recording', 'fact.lang': 'en', 'fact.url': 'https://example.org/film' }
  for (const [session, expected] of [
    [ruled, [422, true]],
    [open, [303, false]],
  ] as const) {
    const recording = await desk.make('recording', { ...of(session), 'text.title': 'A recording' })
    const material = await desk.make('material', { ...of(session), ...link })
    expect([await tryPublishing(recording), await tryPublishing(material)]).toEqual([expected, expected])
  }
})

test('the rule is a fact of the session at the desk, with its line of history, and saving the form or the agenda keeps it', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Facts' }, sessions: ['One', 'Two'] })
  const sessions = hub.kysely.selectFrom('session').select(['id', 'chatham_house']).where('seminar_id', '=', seminar)
  const rules = async () => (await sessions.orderBy('number').execute()).map((row) => row.chatham_house)
  const [id = ''] = (await sessions.orderBy('number').execute()).map((row) => row.id)
  const save = async (change: (fields: Record<string, string[]>) => void) => {
    const { text } = await read(`/en/desk/records/${id}`, editor)
    const { action, fields } = readForm(text.slice(text.indexOf('<!')))
    change(fields)
    return (await editor.post(action, fields)).status
  }
  const page = (await hub.get(`/r/${id}`)).headers.get('location') ?? ''
  const says = async () => (await read(page)).text.includes('Chatham House')
  expect([await rules(), await says()]).toEqual([[false, false], false])
  expect(await save((fields) => (fields['fact.chathamHouse'] = ['maybe']))).toBe(422)
  expect(await rules()).toEqual([false, false])

  expect(await save((fields) => (fields['fact.chathamHouse'] = ['on']))).toBe(303)
  expect([await rules(), await says()]).toEqual([[true, false], true])
  expect(await save(() => undefined)).toBe(303)
  expect(await sendAgenda(seminar, () => undefined)).toBe(303)
  expect(await rules()).toEqual([true, false])
  const history = (await read(`/en/desk/records/${id}/history`, editor)).text
  expect(history).toContain('Held under the Chatham House Rule')

  // In the agenda it goes with its session, and the history of the seminar tells of it.
  expect(await sendAgenda(seminar, (fields) => (fields['do'] = ['down:0']))).toBe(200)
  await rule(seminar, true, 2)
  expect(await rules()).toEqual([true, true])
  const lines = await hub.kysely
    .selectFrom('record_event')
    .select(['before', 'after'])
    .where('record_id', '=', seminar)
    .where('field', '=', 'agenda')
    .execute()
  expect(
    lines.map(({ before, after }) => [before, after].map((text) => text?.match(/Chatham House/g)?.length)),
  ).toEqual([[1, 2]])
  expect(await save((fields) => (fields['fact.chathamHouse'] = ['']))).toBe(303)
  expect(await rules()).toEqual([false, true])
})

test('a session under the rule that leaves the agenda keeps what was recorded of it to itself', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Left' }, sessions: ['One', 'Two'] })
  const path = (await hub.get(`/r/${seminar}`)).headers.get('location') ?? ''
  const [, two] = await hub.kysely
    .selectFrom('session')
    .select('id')
    .where('seminar_id', '=', seminar)
    .orderBy('number')
    .execute()
  const session = two?.id ?? ''
  await hub.kysely.updateTable('record').set({ status: 'draft' }).where('id', '=', session).execute()
  const of = { 'fact.seminar': seminar, 'fact.session': session, 'fact.lang': 'en', visibility: 'public' }
  const film = await add('material', { ...of, 'fact.kind': 'recording', 'fact.url': 'https://example.org/zq-left' })
  const notes = await add('material', { ...of, 'fact.kind': 'document', 'fact.url': 'https://example.org/zq-notes' })
  await rule(seminar, true, 2)
  const gone = await sendAgenda(seminar, (fields) => {
    for (const name of Object.keys(fields)) if (name.startsWith('sessions.1.')) delete fields[name]
  })
  expect(gone).toBe(303)
  const kept = await hub.kysely.selectFrom('record').select('status').where('id', '=', session).execute()
  expect(kept).toEqual([{ status: 'withdrawn' }])
  const { text } = await read(path)
  expect([text.includes('zq-left'), text.includes('zq-notes')]).toEqual([false, true])
  expect([await statusOf(`/r/${film}`), await statusOf(`/r/${notes}`)]).toEqual([404, 302])
})
