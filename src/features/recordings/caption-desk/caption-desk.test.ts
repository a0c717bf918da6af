import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { captionLines, recordingDesk, type Recorded } from '#testing/recordings.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
let recorded: Recorded
let speaker: string
let stranger: string
const english = () => recorded.tracks[2] ?? ''
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
  recorded = await desk.record('Told', 12)
  speaker = await aRecord(hub.kysely, 'person', { name: { en: 'Demo', fr: 'Démo' } })
  stranger = await aRecord(hub.kysely, 'person', { name: { en: 'Somebody Else' } })
  const place = { session_id: recorded.session, role: 'speaker' as const, position: 0 }
  await hub.kysely
    .insertInto('session_speaker')
    .values({ ...place, person_id: speaker })
    .execute()
})
afterAll(async () => hub[Symbol.asyncDispose]())

const screen = (id: string) => `/en/desk/records/${id}/captions`
const at = async (id: string) => (await editor.get(screen(id))).text()
const page = async () => (await hub.get(recorded.page)).text()

test('the screen tells what was read, and suggests the person who has the name', async () => {
  const html = await at(english())
  expect(html).toMatch(/WebVTT/)
  expect(html).toMatch(/12 lines\. Not confirmed yet\./)
  expect(html).toMatch(new RegExp(`<option value="${speaker}" selected`))
  expect(await at(recorded.tracks[0] ?? '')).toMatch(/This track is no captions/)
})

test('words of another language, lines beyond the end, odd lines and unreadable files are told of', async () => {
  const sentence = 'Die Mitglieder der Versammlung haben heute über die Rechte der Menschen in den Städten gesprochen'
  const odd = `${captionLines(40, () => sentence)}\n00:00:99.000 --> 00:01:40.000\nNoch etwas\n`
  const german = await desk.addTrack(recorded.recording, 'captions', 'es', odd, 'odd.vtt')
  const empty = await desk.addTrack(recorded.recording, 'captions', 'pt', 'No times in here', 'text.vtt')
  const { file } = await hub.kysely
    .selectFrom('track')
    .select('file')
    .where('id', '=', recorded.tracks[0] ?? '')
    .executeTakeFirstOrThrow()
  const media = { width: null, height: null, video_codec: null, audio_codec: null, reason: null }
  await hub.kysely
    .insertInto('media')
    .values({ ...media, sha256: file ?? '', state: 'read', duration: 60_000, read_at: '2026-11-24T09:00:00.000Z' })
    .execute()
  await desk.read()
  const html = await at(german)
  expect(html).toMatch(/in this language: Spanish\. Its words look like another: German\./)
  expect(html).toMatch(/lines end after the film or the sound does \(01:00\)/)
  expect(html).toMatch(/<td>\d+<\/td><td>A time is written oddly/)
  expect(await at(english())).not.toMatch(/lines? ends? after the film/)
  expect(await at(empty)).toMatch(/The file is text without times\./)
})

test('only people of the session can be confirmed, for names that are there', async () => {
  const wrong = [
    [{ 'label.0': 'Demo', 'person.0': stranger }, 'This person does not speak in the session'],
    [{ 'label.0': 'Demo', 'person.0': `per_'; drop table cue --` }, 'This person does not speak in the session'],
    [{ 'label.0': 'Nobody', 'person.0': speaker }, 'A name is no longer in the captions'],
    [{ 'label.0': '__proto__', 'person.0': '' }, 'A name is no longer in the captions'],
  ] as const
  for (const [sent, problem] of wrong) {
    const answer = await editor.post(screen(english()), sent)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(problem)
  }
  expect(await hub.kysely.selectFrom('caption_speaker').select('label').execute()).toEqual([])
  expect(await page()).toMatch(/<b>Demo: <\/b>/)
})

test('a confirmed name is the person’s in the transcript, with their page, for those who may see them', async () => {
  const answer = await editor.post(screen(english()), { 'label.0': 'Demo', 'person.0': speaker })
  expect(answer.status).toBe(303)
  expect(await at(english())).toMatch(/12 lines\. Confirmed\./)
  expect(await page()).toMatch(/<b><bdi[^>]*><a href="\/en\/people\/[^"]+"[^>]*>Demo<\/a><\/bdi>: <\/b>/)
  await hub.kysely.updateTable('record').set({ status: 'draft' }).where('id', '=', speaker).execute()
  await editor.post(screen(recorded.tracks[3] ?? ''), { 'label.0': 'Demo', 'person.0': '' })
  expect(await page()).toMatch(/<b>Demo: <\/b>/)
})

test('names that are markup are shown as they are, and can be confirmed', async () => {
  const hostile = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v &lt;img src=x onerror=1&gt; "e\u0301">Hello\n'
  const id = await desk.addTrack(recorded.recording, 'captions', 'ar', hostile, 'hostile.vtt')
  await desk.read()
  const html = await at(id)
  expect(html).not.toContain('<img src=x')
  const { speaker: label } = await hub.kysely
    .selectFrom('cue')
    .select('speaker')
    .where('track_id', '=', id)
    .executeTakeFirstOrThrow()
  const answer = await editor.post(screen(id), { 'label.0': label ?? '', 'person.0': '' })
  expect(answer.status).toBe(303)
  expect(await at(id)).toMatch(/1 line\. Confirmed\./)
})

test('captions are behind once those they were made from change, until somebody finds them still right', async () => {
  const fields = { 'fact.recording': recorded.recording, 'fact.kind': 'captions', 'fact.lang': 'de' }
  const made = new File([captionLines(12, (line) => `Zeile ${line}`)], 'de.vtt', { type: 'text/vtt' })
  const id = await desk.make('track', { ...fields, 'fact.source': english() }, made)
  const other = await desk.addTrack(recorded.recording, 'captions', 'en', captionLines(11), 'other.vtt')
  await desk.publish(id)
  await desk.read()
  expect(await at(id)).not.toContain('have changed since')
  expect(await page()).not.toContain('Behind the original')
  const { file } = await hub.kysely.selectFrom('track').select('file').where('id', '=', other).executeTakeFirstOrThrow()
  await hub.kysely.updateTable('track').set({ file }).where('id', '=', english()).execute()
  await desk.read()
  expect(await at(id)).toContain('have changed since')
  expect(await page()).toContain('Behind the original')
  expect(await (await hub.get(`${recorded.page}?text=de`)).text()).toContain('has changed since it was translated')
  expect((await editor.post(screen(id), { do: 'right' })).status).toBe(303)
  expect(await at(id)).not.toContain('have changed since')
  expect(await page()).not.toContain('Behind the original')
})
