import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentDesk, putOnAgenda, unasked } from '#testing/consents.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord, aSeminar } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { recordingDesk, sound, type Recorded } from '#testing/recordings.ts'

/** Five lines of two seconds: two of people who have a name, one whose name is nobody's, one without a name, one more. */
const voices = `WEBVTT

00:00.000 --> 00:02.000
<v Amina Diallo>alpha

00:02.000 --> 00:04.000
<v Bob Jones>bravo

00:04.000 --> 00:06.000
<v Speaker 3>charlie

00:06.000 --> 00:08.000
delta

00:08.000 --> 00:10.000
<v Diallo, Amina (IOM)>echo
`
const words = ['alpha', 'bravo', 'charlie', 'delta', 'echo']

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
let recorded: Recorded
let consent: ReturnType<typeof consentDesk>
let captions: string
let amina: string
let bob: string
beforeAll(async () => {
  // Finished pages are kept, as in a hub in use: none may outlive an answer.
  hub = await openHub({ cache: true })
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
  recorded = await desk.record('Asked', 4)
  captions = await desk.addTrack(recorded.recording, 'captions', 'pt', voices, 'pt.vtt')
  await desk.publish(captions)
  await desk.read()
  amina = await aRecord(hub.kysely, 'person', { name: { en: 'Amina Diallo' } })
  bob = await aRecord(hub.kysely, 'person', { name: { en: 'Bob Jones' } })
  await putOnAgenda(hub, recorded.session, [amina, bob])
  consent = consentDesk(editor, recorded.recording, recorded.session)
})
afterAll(async () => hub[Symbol.asyncDispose]())

const text = async (path: string) => (await hub.get(path)).text()
const spoken = async (path = `${recorded.page}/captions/pt.txt`) => {
  const body = await text(path)
  return words.filter((word) => body.includes(word))
}
/** Every place where the words of the captions stand. */
const doors = () => [
  `${recorded.page}?text=pt`,
  `${recorded.page}?t=1&text=pt`,
  ...['vtt', 'srt', 'txt'].map((ending) => `${recorded.page}/captions/pt.${ending}`),
  `${recorded.page}/moment?t=0&to=10&text=pt`,
  `${recorded.page}/embed?t=0&to=10&text=pt`,
]
const spokenAtDoors = async () => Promise.all(doors().map(spoken))
const everywhere = (heard: readonly string[]) => doors().map(() => heard)

test('who refuses the recording is neither seen, heard nor read from that moment on, and all of it is back when they agree', async () => {
  const files = [...(await text(`${recorded.page}?text=pt`)).matchAll(/href="(\/files\/[^"]+)"/g)].map(
    ([, to = '']) => to,
  )
  const statuses = async () => Promise.all(files.map(async (file) => (await hub.get(file)).status))
  expect([files.length, new Set(await statuses())]).toEqual([5, new Set([200])])
  expect(await spokenAtDoors()).toEqual(everywhere(words))

  expect((await consent.note(amina, { recording: 'refused' })).status).toBe(303)

  expect(await spokenAtDoors()).toEqual(everywhere(['bravo']))
  expect(await statuses()).toEqual(files.map(() => 404))
  expect((await editor.get(files[0] ?? '')).status).toBe(200)
  const page = await text(recorded.page)
  expect(await findMarkupFaults(page)).toEqual([])
  expect(page).toContain('not offered: somebody who speaks has not agreed')
  expect(page).not.toMatch(/<audio|\/files\/|Line \d/)
  const moment = await text(`${recorded.page}/moment?t=0&to=10&text=pt`)
  expect(moment).not.toMatch(/<audio|\/files\/|Amina/)

  await consent.note(amina, { recording: 'given' })
  expect(new Set(await statuses())).toEqual(new Set([200]))
  expect(await spokenAtDoors()).toEqual(everywhere(words))
  expect(await text(recorded.page)).toMatch(/<audio/)
})

test('who refuses that it is published, but agrees to be read, is read; the film and the sound are held back', async () => {
  await consent.note(amina, { ...unasked, publication: 'refused', transcript: 'given' })
  expect(await spokenAtDoors()).toEqual(everywhere(words))
  expect(await text(recorded.page)).not.toMatch(/<audio|\.wav/)
  await consent.note(amina, unasked)
  expect(await text(recorded.page)).toMatch(/<audio/)
})

const confirm = async (label: string, person: string) =>
  editor.post(`/en/desk/records/${captions}/captions`, { 'label.0': label, 'person.0': person })

test('who refuses a transcript takes their own lines, and those that may be theirs, with them; the sound stays', async () => {
  const original = [...(await text(`${recorded.page}?text=pt`)).matchAll(/href="(\/files\/[^"]+pt\.vtt)"/g)].map(
    ([, to = '']) => to,
  )
  expect(original.length).toBeGreaterThan(0)
  await consent.note(amina, { transcript: 'refused' })
  expect(await spokenAtDoors()).toEqual(everywhere(['bravo']))
  expect(await text(`${recorded.page}/captions/pt.vtt`)).not.toMatch(/Amina|Diallo/)
  // The file as it came holds what she said.
  expect((await hub.get(original[0] ?? '')).status).toBe(404)
  expect(await text(recorded.page)).toMatch(/<audio/)

  await confirm('Speaker 3', bob)
  expect(await spoken()).toEqual(['bravo', 'charlie'])
  await confirm('Speaker 3', '')
  // A name that looks like one person's, of whom somebody knows that it is the other's.
  await confirm('Bob Jones', amina)
  expect(await spoken()).toEqual([])
  const twin = await desk.addTrack(recorded.recording, 'captions', 'es', voices, 'es.vtt')
  await desk.publish(twin)
  await desk.read()
  expect(await spoken(`${recorded.page}/captions/es.txt`)).toEqual([])
  await confirm('Bob Jones', bob)
  expect(await spoken()).toEqual(['bravo'])
  expect(await spoken(`${recorded.page}/captions/es.txt`)).toEqual(['bravo'])
  await consent.note(amina, unasked)
  expect(await spokenAtDoors()).toEqual(everywhere(words))
})

test('an answer outlives the agenda, the page of the person and the account of whoever noted it', async () => {
  const other = await hub.as(['editor'], { name: 'Somebody' })
  await consentDesk(other, recorded.recording, recorded.session).note(amina, { recording: 'refused' })
  expect(await consent.read()).toMatch(/Noted by .Somebody. on/)
  await hub.kysely.deleteFrom('session_speaker').where('person_id', '=', amina).execute()
  await hub.kysely.updateTable('record').set({ status: 'withdrawn' }).where('id', '=', amina).execute()
  const admin = await hub.as(['admin'])
  await admin.post(`/en/admin/people/${other.actor.id}/erase`, { keep: 'former', sure: 'on' })

  expect(await text(recorded.page)).not.toMatch(/<audio/)
  expect(await spoken()).toEqual(['bravo'])
  const html = await consent.read()
  expect(await findMarkupFaults(html)).toEqual([])
  expect(html).toContain('No longer on the agenda. The answers still count.')
  expect(html).not.toContain('Somebody')
  expect(html).not.toContain(other.actor.id)

  expect((await consent.note(amina, unasked)).status).toBe(303)
  expect(await spoken()).toEqual(words)
  expect(await consent.read()).not.toContain(amina)
})

test('a recording of several sessions follows the answers of those it holds, and of no other', async () => {
  const seminar = await aSeminar(hub.kysely, { title: { en: 'Three parts' }, sessions: ['One', 'Two', 'Three'] })
  const sessions = await hub.kysely
    .selectFrom('session')
    .select('id')
    .where('seminar_id', '=', seminar)
    .orderBy('number')
    .execute()
  const [one = '', two = '', three = ''] = sessions.map(({ id }) => id)
  for (const session of [one, two, three]) await putOnAgenda(hub, session, [bob])
  const place = { 'fact.seminar': seminar, 'text.title': 'Whole' }
  const cut = await desk.make('recording', { ...place, 'fact.parts': '1 0:00 0:10\n2 0:10 0:20' })
  const whole = await desk.make('recording', place)
  const last = await desk.make('recording', { ...place, 'fact.session': three })
  for (const id of [cut, last]) {
    await desk.addTrack(id, 'audio', 'en', sound(id), `${id}.wav`)
    await desk.publish(id)
  }
  const pageOf = async (session: string) => text((await hub.get(`/r/${session}`)).headers.get('location') ?? '')
  const heard = async () => Promise.all([one, two, three].map(async (id) => (await pageOf(id)).includes('<audio')))
  expect(await heard()).toEqual([true, true, true])

  const html = await consentDesk(editor, cut, one).read()
  expect(await findMarkupFaults(html)).toEqual([])
  expect([...html.matchAll(/consent\?session=(\d)" aria|consent\?session=(\d)">/g)].length).toBe(2)
  expect((await editor.get(`/en/desk/records/${cut}/consent?session=3`)).status).toBe(404)
  await consentDesk(editor, cut, two, 2).note(bob, { recording: 'refused' })
  expect(await heard()).toEqual([false, false, true])
  // Through whichever recording an answer is noted, all that hold the session follow, and say so in their history.
  const historyOf = async (id: string) => (await editor.get(`/en/desk/records/${id}/history`)).text()
  expect(await historyOf(whole)).toMatch(/2 · Bob Jones: recording .*refused/)
  expect(await historyOf(last)).not.toMatch(/refused/)
  await consentDesk(editor, whole, two, 2).note(bob, unasked)
  await consentDesk(editor, whole, three, 3).note(bob, { publication: 'refused' })
  expect(await heard()).toEqual([true, true, false])
  // What lies between two parts is in the film as well.
  await consentDesk(editor, whole, three, 3).note(bob, unasked)
  const across = { ...place, 'fact.parts': '1 0:00 0:10\n3 0:20 0:30' }
  const around = await desk.make('recording', across)
  await desk.addTrack(around, 'audio', 'en', sound(around), `${around}.wav`)
  await desk.publish(around)
  await consentDesk(editor, last, three, 3).note(bob, unasked)
  expect((await pageOf(one)).match(/<audio/g)?.length).toBe(2)
  await consentDesk(editor, around, two, 2).note(bob, { recording: 'refused' })
  expect((await pageOf(one)).includes('<audio')).toBe(false)
})
