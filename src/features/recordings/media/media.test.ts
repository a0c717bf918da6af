import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { findFfmpeg, type Ffmpeg } from '#platform/media/index.ts'
import { aFilm, findTestFfmpeg } from '#testing/ffmpeg.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { recordingDesk, type Recorded } from '#testing/recordings.ts'
import { sweepHubFiles } from '../../../file-jobs.ts'
import { makeNewVersions } from './make-versions.ts'
import { readNewMedia } from './read-media.ts'

let hub: TestHub
let editor: SignedIn
let folder: string
let ffmpeg: Ffmpeg | null
let recorded: Recorded
let track: string
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  folder = await mkdtemp(join(tmpdir(), 'hub-versions-'))
  ffmpeg = await findFfmpeg(await findTestFfmpeg())
  const desk = recordingDesk(hub, editor)
  recorded = await desk.record('Filmed', 2)
  // Larger than its small version would be, so that there is one.
  const film = await aFilm({ seconds: 4, size: '640x360', more: ['-vf', 'noise=alls=30:allf=t'] })
  track = await desk.addTrack(recorded.recording, 'video', 'en', new Uint8Array(film), 'Day one.mp4')
  await hub.kysely.updateTable('record').set({ status: 'published' }).where('id', '=', track).execute()
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await hub[Symbol.asyncDispose]()
})

const at = '2026-11-24T09:00:00.000Z'
const deps = (now = at) => ({ ...handlesOf(hub.kysely), store: hub.files, now: () => now, folder })
const statesOf = async () => {
  const rows = await hub.kysely
    .selectFrom('media_version')
    .innerJoin('track', 'track.file', 'media_version.sha256')
    .select(['media_version.kind', 'state', 'reason'])
    .where('track.id', '=', track)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.kind, row.reason ?? row.state]))
}
const screen = async () => (await editor.get(`/en/desk/records/${track}/media`)).text()
const page = async () => (await hub.get(recorded.page)).text()

test('what is in the file is read once, and told at its track; a sound that is none is told too', async () => {
  expect(await screen()).toContain('The file is looked at within a minute.')
  expect(await readNewMedia(deps())).toBe(3)
  expect(await readNewMedia(deps())).toBe(0)
  const html = await screen()
  expect(await findMarkupFaults(html)).toEqual([])
  for (const words of ['640 × 360', '>avc<', '>aac<', '>00:04<']) expect(html).toContain(words)
  const [sound = ''] = recorded.tracks
  expect(await (await editor.get(`/en/desk/records/${sound}/media`)).text()).toMatch(/class="notice warning"/)
  expect(await page()).toContain('0:04')
})

test('without ffmpeg the sound is taken out of the film, and the desk says what is missing', async () => {
  expect(await makeNewVersions(deps(), { ffmpeg: null })).toBe(1)
  expect(await statesOf()).toEqual({ audio: 'made' })
  const html = await page()
  expect(html).toMatch(/<a href="\/files\/\w+\/Day%20one-audio\.m4a">Audio only<\/a> \d+ kB/)
  expect(html).not.toContain('poster=')
  expect(await readdir(folder)).toEqual([])
})

test('with ffmpeg there are a picture, a small film and a small sound, and a stream of a long film', async () => {
  expect(await makeNewVersions(deps(), { ffmpeg })).toBe(3)
  await hub.kysely.updateTable('media').set({ duration: 2_000_000 }).where('video_codec', 'is not', null).execute()
  expect(await makeNewVersions(deps(), { ffmpeg })).toBe(1)
  expect(await makeNewVersions(deps(), { ffmpeg })).toBe(0)
  const made = ['audio', 'poster', 'small_audio', 'small_video', 'stream', 'playlist']
  expect(await statesOf()).toEqual(Object.fromEntries(made.map((kind) => [kind, 'made'])))
  const html = await page()
  const poster = /poster="([^"]+)"/.exec(html)?.[1] ?? ''
  expect((await hub.get(poster)).headers.get('content-type')).toBe('image/jpeg')
  const small = /<source media="\(max-width: 40em\)" src="(\/files\/\w+\/Day%20one-small\.mp4)" type="video\/mp4"\/>/
  expect((await hub.get(small.exec(html)?.[1] ?? '')).headers.get('content-type')).toBe('video/mp4')
  const list = /src="(\/files\/\w+\/stream\.m3u8)"/.exec(html)?.[1] ?? ''
  const playlist = await hub.get(list)
  expect(playlist.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
  const lines = (await playlist.text()).trim().split('\n')
  const [stream = ''] = lines.filter((line) => !line.startsWith('#'))
  expect(lines.filter((line) => !line.startsWith('#') && line !== stream)).toEqual([])
  const { pathname } = new URL(stream, `https://hub.example${list}`)
  const [, length, from] = /#EXT-X-BYTERANGE:(\d+)@(\d+)/.exec(lines.join('\n')) ?? []
  const part = await hub.get(pathname, { range: `bytes=${from}-${Number(from) + Number(length) - 1}` })
  expect([part.status, part.headers.get('content-length')]).toEqual([206, length])
  expect(await findMarkupFaults(await screen())).toEqual([])
})

test('versions are behind no door when their track is not, and stay for as long as it refers to their file', async () => {
  const rows = await hub.kysely.selectFrom('media_version').select('file').where('file', 'is not', null).execute()
  const doors = rows.map(({ file }) => `/files/${file}`)
  const statuses = async () => [...new Set(await Promise.all(doors.map(async (door) => (await hub.get(door)).status)))]
  expect(await statuses()).toEqual([301])
  const set = async (visibility: string) =>
    hub.kysely.updateTable('record').set({ visibility }).where('id', '=', track).execute()
  await set('members')
  expect(await statuses()).toEqual([404])
  await set('public')
  const later = { db: hub.kysely, store: hub.files, now: () => '2027-01-24T09:00:00.000Z' }
  await sweepHubFiles(later)
  expect(await statuses()).toEqual([301])
})

/** As a process leaves it that dies. */
const breakOff = async (change: { updated_at: string; attempts: number }) =>
  hub.kysely
    .updateTable('media_version')
    .set({ state: 'making', file: null, ...change })
    .where('kind', '=', 'audio')
    .execute()

test('a version whose making broke off is begun anew, left nothing, and is given up after three times', async () => {
  const left = join(folder, 'work-left')
  await mkdir(left)
  await utimes(left, 1000, 1000)
  await breakOff({ updated_at: at, attempts: 1 })
  expect(await screen()).toContain('<progress max="100" value="100"')
  expect(await makeNewVersions(deps(), { ffmpeg: null })).toBe(0)
  expect(await readdir(folder)).toEqual([])
  const later = '2026-11-24T09:05:00.000Z'
  expect(await makeNewVersions(deps(later), { ffmpeg: null, signal: AbortSignal.abort() })).toBe(0)
  expect(await makeNewVersions(deps(later), { ffmpeg: null })).toBe(1)
  await breakOff({ updated_at: at, attempts: 3 })
  expect(await makeNewVersions(deps(later), { ffmpeg: null })).toBe(0)
  expect(await statesOf()).toMatchObject({ audio: 'killed' })
  expect((await editor.post(`/en/desk/records/${track}/media`, {})).status).toBe(303)
  expect(await makeNewVersions(deps(later), { ffmpeg: null })).toBe(1)
})

test('what ffmpeg cannot make is told with its reason', async () => {
  const bad = { path: join(folder, 'none'), version: '0', isEnough: true }
  await hub.kysely.deleteFrom('media_version').where('kind', '=', 'poster').execute()
  expect(await makeNewVersions(deps(), { ffmpeg: bad })).toBe(0)
  expect(await statesOf()).toMatchObject({ poster: 'failed' })
  expect(await screen()).toContain('It could not be made of this file.')
})
