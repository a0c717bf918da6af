import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLocalFileStore } from '#platform/files/index.ts'
import { aFilm, findTestFfmpeg } from '#testing/ffmpeg.ts'
import { inPieces } from '#testing/files.ts'
import { findFfmpeg, readMediaFacts, runFfmpeg, writeMediaAudio } from './index.ts'

let folder: string
let store: ReturnType<typeof createLocalFileStore>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-media-'))
  store = createLocalFileStore(join(folder, 'files'))
})
afterAll(async () => rm(folder, { recursive: true, force: true }))

const keep = async (bytes: Uint8Array) => (await store.put(inPieces(bytes, 65_536), { maxBytes: 1e9 })).sha256
/** Milliseconds, to the nearest second; 0 where there are none. */
const lengthOf = (outcome: Awaited<ReturnType<typeof factsOf>>) =>
  outcome.ok ? Math.round((outcome.facts.duration ?? 0) / 1000) * 1000 : 0
const factsOf = async (bytes: Uint8Array) => readMediaFacts({ store, sha256: await keep(bytes) })

test('the facts of films and sounds are read, and only parts of the file for it', async () => {
  const film = await aFilm({ seconds: 4 })
  const sha256 = await keep(film)
  const wanted: number[] = []
  const counted: typeof store.open = async (hash, span) => {
    wanted.push((span?.last ?? Infinity) - (span?.first ?? 0) + 1)
    return store.open(hash, span)
  }
  const read = await readMediaFacts({ store: { ...store, open: counted }, sha256 })
  expect(read).toEqual({
    ok: true,
    facts: {
      duration: expect.any(Number),
      width: 320,
      height: 180,
      videoCodec: 'avc',
      audioCodec: 'aac',
      notice: null,
    },
  })
  expect(Math.max(...wanted)).toBeLessThanOrEqual(1_048_576)
  const kinds = [
    ['webm', 'vp8', 'opus'],
    ['mp3', null, 'mp3'],
    ['ogg', null, 'opus'],
    ['wav', null, 'pcm-s16'],
  ] as const
  for (const [ending, videoCodec, audioCodec] of kinds) {
    const outcome = await factsOf(await aFilm({ seconds: 4, ending }))
    expect([ending, outcome]).toMatchObject([ending, { ok: true, facts: { videoCodec, audioCodec, notice: null } }])
    expect([ending, lengthOf(outcome)]).toEqual([ending, 4000])
  }
})

test('what is cut, empty, no film or tells a wrong length is said as what it is', async () => {
  const early = await aFilm({ seconds: 4, more: ['-movflags', 'faststart'] })
  const late = await aFilm({ seconds: 4 })
  expect(await factsOf(early.subarray(0, early.length * 0.7))).toMatchObject({ ok: true, facts: { notice: 'cut' } })
  expect(await factsOf(late.subarray(0, late.length * 0.7))).toMatchObject({ ok: false, problem: 'noTracks' })
  expect(await factsOf(new Uint8Array())).toMatchObject({ ok: false, problem: 'empty' })
  expect(await factsOf(Buffer.from('%PDF-1.7 not a film, whatever its name says'))).toMatchObject({
    ok: false,
    problem: 'format',
  })
  expect(await readMediaFacts({ store, sha256: '0'.repeat(64) })).toMatchObject({ ok: false, problem: 'missing' })
  // The head of the film says eleven days.
  const wrong = Buffer.from(early)
  for (const box of ['mvhd', 'tkhd', 'mdhd']) {
    for (let at = wrong.indexOf(box); at >= 0; at = wrong.indexOf(box, at + 4))
      wrong.writeUInt32BE(1_000_000_000, at + (box === 'tkhd' ? 24 : 20))
  }
  const outcome = await factsOf(wrong)
  expect(lengthOf(outcome)).toBe(4000)
})

test('a sound is taken out of a film as it is', async () => {
  const out = join(folder, 'out')
  for (const [ending, type] of [
    ['mp4', 'audio/mp4'],
    ['webm', 'audio/ogg'],
  ] as const) {
    const shares: number[] = []
    const sha256 = await keep(await aFilm({ seconds: 20, ending }))
    const outcome = await writeMediaAudio({ store, sha256 }, out, { onShare: (share) => shares.push(share) })
    expect(outcome).toMatchObject({ ok: true, type })
    expect(shares.length).toBeGreaterThan(0)
    const facts = await factsOf(await readFile(out))
    expect(facts).toMatchObject({
      ok: true,
      facts: { videoCodec: null, audioCodec: ending === 'mp4' ? 'aac' : 'opus' },
    })
    expect(lengthOf(facts)).toBe(20_000)
  }
  const silent = await keep(await aFilm({ seconds: 1, more: ['-an'] }))
  expect(await writeMediaAudio({ store, sha256: silent }, out)).toMatchObject({ ok: false, problem: 'silent' })
  const given = AbortSignal.abort(new Error('given up'))
  await expect(writeMediaAudio({ store, sha256: silent }, out, { signal: given })).rejects.toThrow('given up')
})

test('ffmpeg works within bounds, tells how far it is, and opens no list of other files', async () => {
  const ffmpeg = await findFfmpeg(await findTestFfmpeg())
  expect(ffmpeg).toMatchObject({ isEnough: true })
  expect(await findFfmpeg(join(folder, 'none'))).toBeNull()
  if (!ffmpeg) return
  const film = join(folder, 'film.mp4')
  await writeFile(film, await aFilm({ seconds: 10 }))
  const times: number[] = []
  const output = ['-vf', 'scale=-2:90', join(folder, 'small.mp4')]
  const call = { inputs: [{ path: film }], output, time: 60_000 }
  expect(await runFfmpeg(ffmpeg, { ...call, onTime: (at) => times.push(at) })).toEqual({ ok: true })
  expect(times.at(-1)).toBeGreaterThan(9000)
  expect((await stat(join(folder, 'small.mp4'))).size).toBeGreaterThan(1000)

  const list = join(folder, 'list.mp4')
  for (const content of [
    `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:${film}\n#EXT-X-ENDLIST\n`,
    `ffconcat version 1.0\nfile ${film}\n`,
  ]) {
    await writeFile(list, content)
    expect(await runFfmpeg(ffmpeg, { ...call, inputs: [{ path: list }] })).toMatchObject({
      ok: false,
      problem: 'failed',
    })
  }
  expect(await runFfmpeg(ffmpeg, { ...call, time: 1 })).toMatchObject({ ok: false, problem: 'time' })
  const stop = new AbortController()
  const running = runFfmpeg(ffmpeg, {
    ...call,
    inputs: [{ path: film, before: ['-stream_loop', '-1'] }],
    signal: stop.signal,
    onTime: () => stop.abort(new Error('enough')),
  })
  await expect(running).rejects.toThrow('enough')
})
