import { expect, test } from 'vitest'
import {
  countOpen,
  holdsBackMedia,
  holdsBackWords,
  isSameNoted,
  mergeNoted,
  nothingNoted,
  readSpan,
  readTime,
  type Answers,
} from './domain.ts'

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

const noted = (recording: Answers['recording'], note = '') => ({ ...nothingNoted, recording, note })

test('notes are the same when answers and words are', () => {
  expect(isSameNoted(noted('given', 'By mail'), { ...noted('given'), note: 'By mail' })).toBe(true)
  expect(isSameNoted(noted('given'), noted('refused'))).toBe(false)
  expect(isSameNoted(noted('given', 'a'), noted('given', 'b'))).toBe(false)
})

test('open questions are those that nobody has answered', () => {
  expect([nothingNoted, noted('given'), answers('given', 'refused', 'given')].map(countOpen)).toEqual([3, 2, 0])
})

test.each([
  [
    'what was left alone stays as it stands by now',
    noted(null),
    noted(null),
    noted('refused', 'n'),
    noted('refused', 'n'),
    [],
  ],
  ['what only I changed is mine', noted(null), noted('given', 'm'), noted(null), noted('given', 'm'), []],
  ['both have changed it to the same', noted(null), noted('given'), noted('given'), noted('given'), []],
  ['each has changed another field', noted(null), noted('given'), noted(null, 't'), noted('given', 't'), []],
  [
    'both have changed it, to something else',
    noted(null),
    noted('given'),
    noted('refused'),
    noted('given'),
    ['recording'],
  ],
  ['both have written a note', noted(null), noted(null, 'm'), noted('given', 't'), noted('given', 'm'), ['note']],
] as const)('put together: %s', (_, shown, typed, stands, together, disputed) => {
  expect(mergeNoted(shown, typed, stands)).toEqual({ noted: together, disputed })
})
