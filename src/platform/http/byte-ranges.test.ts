import { array, assert, nat, oneof, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { readRanges } from './byte-ranges.ts'

const cases: [range: string | undefined, size: number, parts: [number, number][] | null][] = [
  [undefined, 10, null],
  ['bytes=0-3', 10, [[0, 3]]],
  ['bytes=4-', 10, [[4, 9]]],
  ['bytes=-3', 10, [[7, 9]]],
  ['bytes=-30', 10, [[0, 9]]],
  ['bytes=5-99', 10, [[5, 9]]],
  ['BYTES=0-0', 10, [[0, 0]]],
  [
    'bytes=8-9, 0-1 ,,\t3-3',
    10,
    [
      [8, 9],
      [0, 1],
      [3, 3],
    ],
  ],
  ['bytes=0-4,2-6,7-7', 10, [[0, 7]]],
  ['bytes=0-0,10-12', 10, [[0, 0]]],
  ['bytes=10-', 10, []],
  ['bytes=-0', 10, []],
  ['bytes=0-', 0, []],
  ['bytes=-5', 0, null],
  ['bytes=3-1', 10, null],
  ['bytes=', 10, null],
  ['bytes=-', 10, null],
  ['bytes=a-b', 10, null],
  ['bytes=1-2-3', 10, null],
  ['bytes 0-1', 10, null],
  ['lines=0-1', 10, null],
  [`bytes=${Array.from({ length: 51 }, (_, at) => `${at * 2}-${at * 2}`).join(',')}`, 200, null],
]

test.each(cases)('%s of %i bytes', (range, size, parts) => {
  expect(readRanges(range, size)?.map(({ first, last }) => [first, last]) ?? null).toEqual(parts)
})

test('whatever is asked for, parts lie within, do not overlap, and hold every byte asked for', () => {
  const position = nat({ max: 60 })
  const part = oneof(
    tuple(position, position).map(([a, b]) => ({
      text: `${Math.min(a, b)}-${Math.max(a, b)}`,
      from: Math.min(a, b),
      to: Math.max(a, b),
    })),
    position.map((from) => ({ text: `${from}-`, from, to: Infinity })),
  )
  assert(
    property(array(part, { minLength: 1, maxLength: 12 }), nat({ max: 50 }), (asked, size) => {
      const parts = readRanges(`bytes=${asked.map(({ text }) => text).join(',')}`, size) ?? []
      const given = parts.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
      const wanted = Array.from({ length: size }, (_, at) => at).filter((at) =>
        asked.some(({ from, to }) => from <= at && at <= to),
      )
      expect(given.toSorted((a, b) => a - b)).toEqual(wanted)
    }),
  )
})

test('long nonsense is refused as fast as it is read', () => {
  const startedAt = performance.now()
  for (const text of [
    `bytes=${'1-2,'.repeat(8000)}x`,
    `bytes=${', '.repeat(16_000)}x`,
    `bytes=${'9'.repeat(32_000)}`,
  ]) {
    expect(readRanges(text, 100)).toBeNull()
  }
  expect(performance.now() - startedAt).toBeLessThan(500)
})
