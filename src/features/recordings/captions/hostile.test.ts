import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { CaptionsUnreadable, type Cue } from './cue.ts'
import { readCaptions } from './read.ts'
import { aCue } from './testing/cues.ts'
import { writeSrt } from './write-text.ts'
import { writeVtt } from './write-vtt.ts'

/** The cues of a file, none when it is refused as no captions. Whatever else is thrown fails the test. */
function readOrRefuse(bytes: Uint8Array): readonly Cue[] {
  try {
    return readCaptions(bytes, { durationMs: 60_000 }).cues
  } catch (error) {
    if (error instanceof CaptionsUnreadable) return []
    throw error
  }
}

const isWhole = ({ startsAt, endsAt, text }: Cue) => startsAt >= 0 && endsAt >= startsAt && text.trim() !== ''

/** Milliseconds of this thread's own time for each megabyte. */
function timeReading(bytes: Uint8Array): number {
  // On a machine that others use a reading may take twice as long: the best of three tells.
  let best = Infinity
  for (let time = 0; time < 3 && best >= 1000; time += 1) best = Math.min(best, timeOnce(bytes))
  return best
}

function timeOnce(bytes: Uint8Array): number {
  const before = process.threadCpuUsage()
  readOrRefuse(bytes)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000 / (bytes.length / 1_000_000)
}

test('random bytes are read or refused, and never anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      expect(readOrRefuse(bytes).every(isWhole)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['any', 256, 0],
  ['printable', 95, 32],
  ['time-like', 16, 45],
])('a megabyte of random %s bytes takes less than a second', (_, count, from) => {
  // A generator of Lehmer's: the same bytes every time.
  let state = 1
  const bytes = Uint8Array.from({ length: 1_000_000 }, () => {
    state = (state * 48_271) % 2_147_483_647
    return from + (state % count)
  })
  expect(timeReading(bytes)).toBeLessThan(1000)
})

const cues = Array.from({ length: 60 }, (_, index) =>
  aCue('Bonjour &\n<b> à tous', {
    startsAt: index * 2000,
    speaker: 'Anna',
    identifier: index % 9 === 0 ? `slide-${index}` : null,
  }),
)
const real = '../shared/data/captions/zc_expression.vtt'
const files = [
  ...[writeVtt(cues), writeSrt(cues)].map((text) => new TextEncoder().encode(text)),
  ...(existsSync(real) ? [Uint8Array.from(readFileSync(real))] : []),
]

test('captions with bytes changed, cut out and doubled are read or refused', () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 6 }), fc.nat({ max: 40 })), { maxLength: 25 })
  fc.assert(
    fc.property(fc.constantFrom(...files), changes, (file, changes) => {
      let bytes = Buffer.from(file)
      for (const [where, put, cut] of changes) {
        const at = where % bytes.length
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut), bytes.subarray(at, at + cut)])
      }
      expect(readOrRefuse(bytes).every(isWhole)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

const head = 'WEBVTT\n\n00:01.000 --> 00:02.000\n'
const repeated: readonly [name: string, text: string, before?: string][] = [
  ['opening brackets', '<', head],
  ['open tags', '<v ', head],
  ['voices', '<v A>b', head],
  ['guards', '<c></c>', head],
  ['ampersands', '&', head],
  ['numeric entities', '&#65', head],
  ['braces', '{\\', '1\n00:00:01,0 --> 00:00:02,0\n'],
  ['dashes', '-', head],
  ['arrows', '-->', head],
  ['blanks', ' ', head],
  ['blanks on a line of times', ' ', 'WEBVTT\n\n00:01.000'],
  ['lines of blanks', '  \n', head],
  ['digits', '1', head],
  ['digits and colons', '1:', head],
  ['lines that end in a time', 'Anna Maria 0:03\n', ''],
  ['colons', 'A:\n', head],
  ['names', 'Anna: b\n\n', head],
  ['times without an end', '00:01 -->\n', head],
  ['lines of times', '00:01 --> 00:02\n', head],
  ['times of cues in reverse', '', ''],
  ['long settings', ' line:0', 'WEBVTT\n\n00:01.000 --> 00:02.000'],
  ['notes', 'NOTE x\n\n', head],
  ['brackets', '[', '[00:01] a\n[00:02] b\n'],
  ['opening brackets of times', '(0:01 ', ''],
  ['line ends', '\r', head],
  ['dots', '.', '[00:01] Anna'],
  ['zeros', '\0', head],
]

test.each(repeated)('a megabyte of %s takes less than a second', (name, text, before = '') => {
  const backwards = Array.from({ length: 25_000 }, (_, at) => aCue('a', { startsAt: 1e8 - at * 1000 }))
  const whole = name.includes('reverse')
    ? writeVtt(backwards)
    : before + text.repeat(Math.ceil(1_000_000 / text.length))
  const bytes = new TextEncoder().encode(whole)

  expect(timeReading(bytes)).toBeLessThan(1000)
})

test('a hundred thousand cues are read, every one', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => aCue(`Line ${at} of words`, { startsAt: at * 2000 }))
  const bytes = new TextEncoder().encode(writeVtt(many))

  expect(readCaptions(bytes).cues.length).toBe(100_000)
  expect(timeReading(bytes)).toBeLessThan(1000)
})
