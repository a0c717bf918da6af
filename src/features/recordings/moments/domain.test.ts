import { expect, test } from 'vitest'
import { isWithin, readEnd, readTime, speakersOf } from './domain.ts'

test.each([
  ['754', 754_000],
  [' 12:34 ', 754_000],
  ['1:02:03.5', 3_723_500],
  ['12.34', 12_340],
  ['12h', null],
  ['', null],
  [undefined, null],
])('the time %s is %s milliseconds', (text, milliseconds) => {
  expect(readTime(text)).toBe(milliseconds)
})

test('an end comes after its beginning', () => {
  expect(readEnd(1000, undefined)).toBeNull()
  expect(readEnd(1000, '2.5')).toBe(2500)
  expect([readEnd(1000, '1'), readEnd(null, '2'), readEnd(1000, 'x')]).toEqual([undefined, undefined, undefined])
})

test('a line is within a span when something of it is spoken there, and one without length when it stands there', () => {
  const span = { from: 1000, to: 2000 }
  const inSpan = (startsAt: number, endsAt: number) => isWithin(span, { startsAt, endsAt })
  expect([inSpan(0, 1001), inSpan(1999, 3000), inSpan(1000, 1000)]).toEqual([true, true, true])
  expect([inSpan(0, 1000), inSpan(2000, 3000), inSpan(500, 500)]).toEqual([false, false, false])
})

test('each speaker is named once', () => {
  const lines = ['B', null, 'A', 'B'].map((speaker) => ({ speaker }))
  expect(speakersOf(lines)).toEqual(['B', 'A'])
})
