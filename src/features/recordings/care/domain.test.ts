import { expect, test } from 'vitest'
import { holdsBackMedia, holdsBackWords, isOpen, readSpan, readTime, type Answers } from './domain.ts'

test.each([
  ['754', 754_000],
  ['754.5', 754_500],
  ['12:34', 754_000],
  [' 1:02:03.5 ', 3_723_500],
  ['24:00:00', 86_400_000],
  ['24:00:00.001', null],
  ['99999', null],
  ['100000', null],
  ['1:60', null],
  ['1:60:00', null],
  ['-1', null],
  ['1e3', null],
  ['', null],
  ['1:2:3:4', null],
])('the time %j is %s milliseconds', (text, milliseconds) => {
  expect(readTime(text)).toBe(milliseconds)
})

test.each([
  ['0:10', '0:20', 60_000, { startsAt: 10_000, endsAt: 20_000 }],
  ['0:10', '5:00', 60_000, { startsAt: 10_000, endsAt: 300_000 }],
  ['0:10', '0:20', null, { startsAt: 10_000, endsAt: 20_000 }],
  ['0:20', '0:10', 60_000, 'backward'],
  ['0:10', '0:10', 60_000, 'backward'],
  ['1:00', '2:00', 60_000, 'beyond'],
  ['x', '0:10', 60_000, 'from'],
  ['0:10', '-5', 60_000, 'to'],
] as const)('from %s to %s of a recording of %s milliseconds is %j', (from, to, length, span) => {
  expect(readSpan(from, to, length)).toEqual(span)
})

test('rules are open when nothing is taken down and nobody is silent', () => {
  const span = { startsAt: 0, endsAt: 1 }
  expect([isOpen({ spans: [], speakers: null }), isOpen({ spans: [span], speakers: null })]).toEqual([true, false])
  expect(isOpen({ spans: [], speakers: [] })).toBe(false)
})

const answers = (
  recording: Answers['recording'],
  transcript: Answers['transcript'],
  publication: Answers['publication'],
) => ({
  recording,
  transcript,
  publication,
})

test.each([
  [answers(null, null, null), false, false],
  [answers('given', 'given', 'given'), false, false],
  [answers('refused', null, null), true, true],
  [answers('given', null, 'refused'), true, true],
  [answers('given', 'given', 'refused'), true, false],
  [answers('given', 'refused', 'given'), false, true],
])('%j holds back films and sounds: %s, and words: %s', (given, media, words) => {
  expect([holdsBackMedia(given), holdsBackWords(given)]).toEqual([media, words])
})
