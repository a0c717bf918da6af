import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertRecords, newId, type NewRecord } from '#features/records/index.ts'
import { loadAssets } from '#platform/http/index.ts'
import { deed } from '#testing/makers.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { recordingDesk, type Recorded } from '#testing/recordings.ts'
import { build } from '../../../../scripts/build/build.ts'

let hub: TestHub
let editor: SignedIn
let desk: ReturnType<typeof recordingDesk>
let short: Recorded
beforeAll(async () => {
  hub = await openHub()
  editor = await hub.as(['editor'])
  desk = recordingDesk(hub, editor)
  short = await desk.record('Short', 30)
})
afterAll(async () => hub[Symbol.asyncDispose]())

const text = async (path: string) => (await hub.get(path)).text()
const add = async (recording: string, start: string, title: string, more: Readonly<Record<string, string>> = {}) =>
  desk.send('chapter', { 'fact.recording': recording, 'fact.start': start, 'text.title': title, ...more })
const added = (answer: Response) => /records\/(\w+)/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''

test('without chapters set by hand the slides are the chapters, and the transcript has their headings', async () => {
  const html = await text(short.page)
  expect(html).toMatch(/<details class="chapters">.*>Slide 3<\/a> <small>00:40</s)
  expect([...html.matchAll(/<h4>([^<]+)<\/h4>/g)].map(([, name]) => name)).toEqual(['Slide 1', 'Slide 2', 'Slide 3'])
})

test('chapters set at the desk take the place of slides, in the reader’s language or with a notice', async () => {
  const { recording, page } = await desk.record('By hand', 30)
  const ids = [
    added(await add(recording, '0:30', 'What we learnt <b>&amp;')),
    added(await add(recording, '0:00', 'Ouverture', { lang: 'fr' })),
  ]
  // A draft is no chapter yet.
  expect(await text(page)).toContain('>Slide 2<')
  for (const id of ids) await desk.publish(id)

  const html = await text(page)
  expect(await findMarkupFaults(html)).toEqual([])
  expect([...html.matchAll(/<h4>(.+?)<\/h4>/g)].map(([, name]) => name)).toEqual([
    '<span lang="fr" dir="ltr">Ouverture</span>',
    'What we learnt &lt;b>&amp;amp;',
  ])
  expect(html).toMatch(/<p class="state">[^<]+<\/p><ol start="1">/)
  expect(html).not.toContain('Slide 2')
  // The line that begins at the second of the chapter is in its part.
  expect(html).toMatch(/amp;amp;<\/h4><ol class="cues"><li id="c16"/)
  expect(await text(`${page}?t=31`)).toMatch(/<li aria-current="true"><a href="[^"]+t=30[^"]+">What/)
  const lead = await hub.get(`/r/${ids[0]}`)
  expect([lead.status, lead.headers.get('location')]).toEqual([302, `${page}?t=30`])
})

test.each([
  ['', 'no time'],
  ['12', 'no clock'],
  ['0:61', 'seconds that are none'],
  ['25:00:00', 'more than a day'],
  ['0:10', 'a time at which another begins'],
])('a chapter at %s is refused: %s', async (start) => {
  await add(short.recording, '0:10', 'First')
  const answer = await add(short.recording, start, 'Second')
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('f-fact-start-problem')])
})

test('a chapter beyond the end of what was recorded is refused, and none when the recording becomes shorter', async () => {
  const { recording, page } = await desk.record('Ends', 30)
  const late = added(await add(recording, '1:00:00', 'Much later'))
  for (const id of [late, added(await add(recording, '0:30', 'In time'))]) await desk.publish(id)
  expect(await text(page)).toContain('Much later')
  const { file } = await hub.kysely
    .selectFrom('track')
    .select('file')
    .where('recording_id', '=', recording)
    .where('kind', '=', 'audio')
    .executeTakeFirstOrThrow()
  const none = { reason: null, width: null, height: null, video_codec: null, audio_codec: null }
  const read = { state: 'read' as const, duration: 60_000, read_at: '2026-11-24T09:00:00.000Z' }
  await hub.kysely
    .insertInto('media')
    .values({ sha256: file ?? '', ...read, ...none })
    .execute()
  expect((await add(recording, '0:59', 'Just so')).status).toBe(303)
  expect((await add(recording, '1:00', 'Too late')).status).toBe(422)
  expect(await text(page)).not.toContain('Much later')
})

test('three hours of talk come chapter by chapter, each page within one window', async () => {
  const words =
    'what a returnee needs in the first weeks is rarely what a programme can give so the offices agreed to begin'.split(
      ' ',
    )
  const say = (line: number) =>
    Array.from({ length: 11 }, (_, at) => words[(line * 7 + at * ((line % 5) + 1)) % words.length]).join(' ')
  const { recording, page, tracks } = await desk.record('Three hours', 10)
  await hub.kysely
    .deleteFrom('cue')
    .where('track_id', 'in', [...tracks])
    .execute()
  const lines = Array.from({ length: 4000 }, (_, at) => at)
  for (const track_id of [tracks[2] ?? '', tracks[3] ?? ''])
    for (const from of [0, 1000, 2000, 3000])
      await hub.kysely
        .insertInto('cue')
        .values(
          lines.slice(from, from + 1000).map((at) => ({
            track_id,
            number: at + 1,
            starts_at: at * 2700,
            ends_at: at * 2700 + 2700,
            identifier: null,
            settings: null,
            speaker: `Speaker ${Math.floor(at / 9) % 4}`,
            body: say(at),
          })),
        )
        .execute()
  const chapters = Array.from({ length: 1000 }, (_, at) => ({
    id: newId('chapter', deed.at),
    recording_id: recording,
    starts_at: at * 10_800,
  }))
  const { records, recordings } = handlesOf(hub.kysely)
  const titled = chapters.map(({ id }, at): NewRecord => {
    const texts = [{ field: 'title', lang: 'en', body: `Part ${at + 1} of the talk` }]
    return { id, kind: 'chapter', sourceLang: 'en', status: 'published', texts }
  })
  await insertRecords(records, titled, deed)
  await recordings.insertInto('chapter').values(chapters).execute()

  const pages = await Promise.all(['', '?t=5400', '?t=10799'].map(async (query) => text(page + query)))
  const style = await styleBytes()
  const sizes = pages.map((html) => brotliCompressSync(html).length + style)
  expect(sizes.filter((size) => size > 14_600)).toEqual([])
  expect(pages.map((html) => html.match(/<h4>/g)?.length)).toEqual([15, 15, 10])
  expect(pages[1]).toContain('<h4>Part 501 of the talk</h4>')
  const later = /href="([^"#]+)[^"]*" rel="next"/.exec(pages[0] ?? '')?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(await text(later)).toMatch(/<ol class="cues"><li id="c61"/)
})

/** The style sheet as browsers get it. */
async function styleBytes(): Promise<number> {
  const outDir = await mkdtemp(join(tmpdir(), 'hub-style-'))
  await build({ outDir, only: 'assets' })
  const assets = await loadAssets(join(outDir, 'assets'))
  const bytes = assets.at(assets.href('hub.css'))?.bodies.br?.length ?? 0
  await rm(outDir, { recursive: true })
  expect(bytes).toBeGreaterThan(1000)
  return bytes
}
