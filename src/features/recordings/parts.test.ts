import { expect, test } from 'vitest'
import { areApart, readPart, writePart } from './parts.ts'

test.each([
  ['2 58:30 1:42:10', '2 0:58:30 1:42:10'],
  ['1   0:00 12:34.5', '1 0:00:00 0:12:34.500'],
  ['2 10:00 10:00', null],
  ['2 10:00 9:00', null],
  ['2 0:00 24:00:01', null],
  ['2 0:00', null],
  ['x 0:00 1:00', null],
  ['2 1:99 3:00', null],
])('the part “%s” is kept as %s', (line, kept) => {
  const part = readPart(line)
  expect(part && writePart(part)).toBe(kept)
})

const part = (session: number, startsAt: number, endsAt: number) => ({ session, startsAt, endsAt })

test('parts may touch, and may neither overlap nor name a session twice', () => {
  expect(areApart([])).toBe(true)
  expect(areApart([part(2, 10, 20), part(1, 0, 10)])).toBe(true)
  expect(areApart([part(2, 9, 20), part(1, 0, 10)])).toBe(false)
  expect(areApart([part(1, 0, 10), part(1, 10, 20)])).toBe(false)
})
