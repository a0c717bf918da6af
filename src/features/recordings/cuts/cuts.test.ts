import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { findFfmpeg, type Ffmpeg } from '#platform/media/index.ts'
import { aFilm, findTestFfmpeg, measurePicture, measureSound } from '#testing/ffmpeg.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { recordingDesk, type Recorded } from '#testing/recordings.ts'
import { sweepHubFiles } from '../../../file-jobs.ts'
import { makeNewVersions } from '../media/make-versions.ts'
import { readNewMedia } from '../media/read-media.ts'
import { makeNewCuts } from './make-cuts.ts'

let hub: TestHub
let editor: SignedIn
let folder: string
let ffmpeg: Ffmpeg
let recorded: Recorded
let film: string
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  folder = await mkdtemp(join(tmpdir(), 'hub-cuts-'))
  const found = await findFfmpeg(await findTestFfmpeg())
  if (!found?.isEnough) throw new Error('This ffmpeg makes no H.264 or no AAC')
  ffmpeg = found
  const desk = recordingDesk(hub, editor)
  recorded = await desk.record('Cut', 5)
  film = await desk.addTrack(
    recorded.recording,
    'video',
    'en',
    new Uint8Array(await aFilm({ seconds: 8, size: '321x181', more: ['-pix_fmt', 'yuv444p'] })),
    'Day one.mp4',
  )
  const tone = new Uint8Array(await aFilm({ seconds: 8, ending: 'ogg' }))
  const sound = await desk.addTrack(recorded.recording, 'audio', 'es', tone, 'Sonido.ogg')
  await hub.kysely.updateTable('record').set({ status: 'published' }).where('id', 'in', [film, sound]).execute()
  await readNewMedia(deps())
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await hub[Symbol.asyncDispose]()
})

const at = '2026-11-24T09:00:00.000Z'
const deps = (now = at) => ({ ...handlesOf(hub.kysely), store: hub.files, now: () => now, folder })
const cut = async (now = at) => makeNewCuts(deps(now), { ffmpeg })
const page = async () => (await hub.get(recorded.page)).text()
const takedowns = () => `/en/desk/records/${recorded.recording}/takedowns`
const take = async (from: string, to: string) => {
  expect((await editor.post(takedowns(), { from, to, reason: 'person' })).status).toBe(303)
}
const lift = async () => {
  const html = await (await editor.get(takedowns())).text()
  for (const [, takedown = ''] of html.matchAll(/name="takedown" value="(\w+)"/g))
    await editor.post(`${takedowns()}/lift`, { takedown })
}
/** Addresses of whatever the page offers of the film and of the sound, by name. */
const offered = async () =>
  Object.fromEntries(
    [...(await page()).matchAll(/"(\/files\/\w+\/([^"#]+))/g)].map(([, href = '', name = '']) => [name, href]),
  )
const fetchBytes = async (href = '') => {
  const response = await hub.get(href)
  expect([href, response.status]).toEqual([href, 200])
  return new Uint8Array(await response.arrayBuffer())
}
const statusOf = async (href = '') => (await hub.get(href)).status
/** Which hundredths, or tenths, of a second are below a limit, from and to. */
const below = (levels: readonly number[], limit: number) => {
  const places = levels.flatMap((level, index) => (level < limit ? [index] : []))
  return [places[0], places.at(-1), places.length]
}

test('a film and a sound are offered again once they are dark and silent where something was taken down, and never as they were', async () => {
  await makeNewVersions(deps(), { ffmpeg: null })
  const before = await offered()
  const [video = '', audio = ''] = [before['Day%20one.mp4'], before['Sonido.ogg']]
  const made = Object.values(before).filter((href) => /Day%20one-|Sonido-/.test(href))
  expect(made.length).toBe(1)
  const untouched = await measureSound(await fetchBytes(audio))

  await take('0:02', '0:03.5')
  expect(await offered()).toEqual({})
  expect(await Promise.all([video, audio, ...made].map(statusOf))).toEqual([video, audio, ...made].map(() => 404))

  expect(await cut()).toBe(2)
  expect(await readdir(folder)).toEqual([])
  const now = await offered()
  expect(Object.keys(now).toSorted()).toEqual(['Day%20one-cut.mp4', 'Sonido-cut.m4a'])
  expect(await Promise.all([video, audio, ...made].map(statusOf))).toEqual([video, audio, ...made].map(() => 404))

  const levels = await measureSound(await fetchBytes(now['Sonido-cut.m4a']))
  const [from = 0, to = 0, count] = below(levels, 10)
  expect([from >= 193 && from <= 200, to >= 348 && to <= 353, count]).toEqual([true, true, to - from + 1])
  // As long as before, and as loud everywhere else.
  expect(Math.abs(levels.length - untouched.length)).toBeLessThan(5)
  for (const place of [50, 150, 190, 360, 500, 700])
    expect(Math.abs((levels[place] ?? 0) / (untouched[place] ?? 1) - 1)).toBeLessThan(0.1)

  const copy = await fetchBytes(now['Day%20one-cut.mp4'])
  const [begins = 0, ends = 0, dark] = below(await measurePicture(copy), 17)
  expect([begins >= 18 && begins <= 20, ends >= 34 && ends <= 35, dark]).toEqual([true, true, ends - begins + 1])
  const heard = below(await measureSound(copy), 10)
  expect([(heard[0] ?? 0) >= 193, (heard[1] ?? 999) <= 353]).toEqual([true, true])
  expect(await page()).toContain('0:08')
})

test('the copy is sent in parts, and what is made small is made of it', async () => {
  const now = await offered()
  const href = now['Day%20one-cut.mp4'] ?? ''
  const whole = await fetchBytes(href)
  const part = await hub.get(href, { range: 'bytes=10-19' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${whole.length}`])
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(10, 20))
  expect((await hub.get(href, { range: `bytes=${whole.length}-` })).status).toBe(416)

  expect(await makeNewVersions(deps(), { ffmpeg: null })).toBe(1)
  const { 'Day%20one-cut-audio.m4a': audio } = await offered()
  const levels = await measureSound(await fetchBytes(audio))
  expect(levels.slice(205, 348).filter((level) => level >= 10)).toEqual([])
  expect([levels[150], levels[400]].filter((level = 0) => level < 1000)).toEqual([])
  // At the desk everything is there, under the names it has for readers.
  expect((await editor.get(audio ?? '')).status).toBe(200)
  expect(await (await editor.get(`/en/desk/records/${film}/media`)).text()).toContain('Day%20one-cut')
})

/** Hundredths of a second within spans from 2 to 5 and from 7 on. */
const isTaken = (one: number) => (one >= 205 && one < 495) || one >= 705

test('other spans make a copy void at once, and once all are lifted the file itself is offered at once', async () => {
  const first = await offered()
  const old = Object.values(first)
  await take('0:03', '0:05')
  await take('0:07', '1:00:00')
  expect(await offered()).toEqual({})
  expect(await Promise.all(old.map(statusOf))).toEqual(old.map(() => 404))
  expect(await cut()).toBe(2)
  const levels = await measureSound(await fetchBytes((await offered())['Sonido-cut.m4a']))
  const loud = levels.flatMap((level, index) => (level >= 10 ? [index] : []))
  expect([loud.length > 350, loud.some(isTaken), Math.abs(levels.length - 800) < 5]).toEqual([true, false, true])
  expect(await Promise.all(old.map(statusOf))).toEqual(old.map(() => 404))

  // One span that lies in what is left of the others changes nothing: the copy stays right.
  await take('0:04', '0:04.5')
  expect(Object.keys(await offered()).toSorted()).toEqual(['Day%20one-cut.mp4', 'Sonido-cut.m4a'])

  const unwanted = Object.values(await offered())
  await lift()
  const now = await offered()
  expect(Object.keys(now)).toEqual(expect.arrayContaining(['Day%20one.mp4', 'Sonido.ogg']))
  expect(await Promise.all([...old, ...unwanted].map(statusOf))).toEqual([...old, ...unwanted].map(() => 404))
  // The same again: the copy that was made is still there.
  await take('0:02', '0:03.5')
  expect((await offered())['Day%20one-cut.mp4']).toBe(first['Day%20one-cut.mp4'])
  expect(await cut()).toBe(0)
})

test('copies that are void are swept away, the one in force and what was made of it stay', async () => {
  const kept = Object.values(await offered())
  const count = async () => (await hub.kysely.selectFrom('media_cut').select('file').execute()).length
  expect([kept.length, await count()]).toEqual([3, 4])
  await sweepHubFiles({ db: hub.kysely, store: hub.files, now: () => '2027-01-24T09:00:00.000Z' })
  expect(await count()).toBe(2)
  expect(await Promise.all(kept.map(statusOf))).toEqual(kept.map(() => 200))
})

test('who refuses to be published holds back copies too', async () => {
  const kept = Object.values(await offered())
  const person = await aRecord(hub.kysely, 'person', { name: { en: 'Somebody' } })
  const answer = { session_id: recorded.session, seminar_id: recorded.seminar, person_id: person }
  await hub.kysely
    .insertInto('speaker_consent')
    .values({
      ...answer,
      recording: null,
      transcript: null,
      publication: 'refused',
      note: null,
      noted_at: at,
      noted_by: 'x',
    })
    .execute()
  expect(await offered()).toEqual({})
  expect(await Promise.all(kept.map(statusOf))).toEqual(kept.map(() => 404))
  await hub.kysely.deleteFrom('speaker_consent').execute()
  expect(await Promise.all(kept.map(statusOf))).toEqual(kept.map(() => 200))
})

/** As a process leaves a copy that dies. */
const breakOff = async (attempts: number) =>
  hub.kysely.updateTable('media_cut').set({ state: 'making', file: null, updated_at: at, attempts }).execute()

test('a copy whose making broke off is begun anew, left nothing, and is given up after three times', async () => {
  await breakOff(1)
  expect(await cut()).toBe(0)
  expect(await offered()).toEqual({})
  const later = '2026-11-24T09:05:00.000Z'
  expect(await makeNewCuts(deps(later), { ffmpeg, signal: AbortSignal.abort() })).toBe(0)
  expect(await cut(later)).toBe(2)
  expect(await readdir(folder)).toEqual([])
  await breakOff(3)
  expect(await cut(later)).toBe(0)
  expect(await offered()).toEqual({})
  for (const { id } of await hub.kysely.selectFrom('track').select('id').execute())
    await editor.post(`/en/desk/records/${id}/media`, {})
  expect(await cut(later)).toBe(2)
})

test('a copy is broken off when it is not wanted any more, and one that fails offers nothing and says so', async () => {
  await lift()
  await take('0:01', '0:02')
  const slow = join(folder, 'slow')
  await writeFile(slow, '#!/bin/sh\nexec sleep 60\n', { mode: 0o700 })
  const begun = performance.now()
  const making = makeNewCuts(deps(), { ffmpeg: { ...ffmpeg, path: slow }, every: 50 })
  await expect
    .poll(async () => (await hub.kysely.selectFrom('media_cut').where('state', '=', 'making').execute()).length)
    .toBe(1)
  await lift()
  expect(await making).toBe(0)
  expect(performance.now() - begun).toBeLessThan(50_000)
  expect(await hub.kysely.selectFrom('media_cut').selectAll().where('state', '=', 'making').execute()).toEqual([])

  await take('0:01', '0:02')
  await rm(slow)
  expect(await makeNewCuts(deps(), { ffmpeg: { ...ffmpeg, path: slow } })).toBe(0)
  expect(await offered()).toEqual({})
  expect(await (await editor.get(`/en/desk/records/${film}/media`)).text()).toContain(
    'It could not be made of this file.',
  )
  expect(await cut()).toBe(0)
})
