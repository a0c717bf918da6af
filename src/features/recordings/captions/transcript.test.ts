import { expect, test } from 'vitest'
import { readCaptions } from './read.ts'

const read = (text: string) => readCaptions(new TextEncoder().encode(text))
const spoken = (text: string) =>
  read(text).cues.map(({ startsAt, endsAt, speaker, text }) => [startsAt, endsAt, speaker, text])

// The last has no next one to end it: it lasts as long as it takes to read.
const expected = [
  [62_000, 70_000, 'Mary Jones', 'Welcome to all.'],
  [70_000, 82_000, 'Juan Pérez', 'Thank you, Mary.'],
  [82_000, 84_000, 'Mary Jones', 'Let us begin.'],
]

test.each([
  [
    'times in brackets',
    '[00:01:02] Mary Jones: Welcome to all.\n[00:01:10] Juan Pérez: Thank you, Mary.\n[00:01:22] Mary Jones: Let us begin.',
  ],
  [
    'bare times',
    '00:01:02 Mary Jones: Welcome to all.\n\n00:01:10 Juan Pérez: Thank you, Mary.\n\n00:01:22 Mary Jones: Let us begin.',
  ],
  [
    'names behind the times',
    '00:01:02 Mary Jones\nWelcome to all.\n\n00:01:10 Juan Pérez\nThank you, Mary.\n\n00:01:22 Mary Jones\nLet us begin.',
  ],
  [
    'times behind the names',
    'Mary Jones  1:02\nWelcome to all.\n\nJuan Pérez  1:10\nThank you, Mary.\n\nMary Jones  1:22\nLet us begin.',
  ],
  [
    'times in brackets behind the names',
    'Mary Jones (1:02)\nWelcome to all.\nJuan Pérez (1:10):\nThank you, Mary.\nMary Jones (1:22)\nLet us begin.',
  ],
  [
    'times on lines of their own',
    '1:02\nMary Jones: Welcome to all.\n1:10\nJuan Pérez: Thank you, Mary.\n1:22\nMary Jones: Let us begin.',
  ],
])('a transcript with %s is read with its speakers', (_, text) => {
  expect(spoken(text)).toEqual(expected)
})

test('ranges of times give ends', () => {
  expect(spoken('[00:00:01 - 00:00:03] One\n[00:00:05 – 00:00:09] Two')).toEqual([
    [1000, 3000, null, 'One'],
    [5000, 9000, null, 'Two'],
  ])
})

test('what stands before the first time is a note, and is told', () => {
  const { notes, problems, format } = read('Meeting of March\nPresent: all\n\n[00:01] One\n[00:05] Two')

  expect([format, notes]).toEqual(['text', ['Meeting of March\nPresent: all']])
  expect(problems).toEqual([{ line: 1, problem: 'textOutsideCue', excerpt: 'Meeting of March' }])
})

test('under one time several people speak, as Meet writes it', () => {
  const file = '00:05:00\n\nMary Jones: One\nJuan Pérez: Two\n\n00:10:00\n\nMary Jones: Three\nJuan Pérez: Four'
  expect(spoken(file).slice(0, 3)).toEqual([
    [300_000, 600_000, 'Mary Jones', 'One'],
    [300_000, 600_000, 'Juan Pérez', 'Two'],
    [600_000, 601_750, 'Mary Jones', 'Three'],
  ])
})

const zoom = (lines: readonly string[]) =>
  `WEBVTT\n\n${lines.map((line, at) => `${at + 1}\n00:00:0${at}.000 --> 00:00:0${at}.900\n${line}\n`).join('\n')}`
const speakersOf = (lines: readonly string[]) => read(zoom(lines)).cues.map(({ speaker, text }) => [speaker, text])

test('a name before a colon is a speaker when names are how the file is written', () => {
  expect(
    speakersOf([
      'Mary Jones: Hello',
      'mind the link: http://x.example',
      'Mary Jones: Note: three things',
      'Amina Diallo: Yes',
    ]),
  ).toEqual([
    ['Mary Jones', 'Hello'],
    [null, 'mind the link: http://x.example'],
    ['Mary Jones', 'Note: three things'],
    ['Amina Diallo', 'Yes'],
  ])
})

test('a label before a colon is no speaker, however often it comes', () => {
  const lines = ['Note: one', 'Note: two', 'Note: three', 'Slide 4: four', 'The point is: five', 'The point is: six']
  expect(speakersOf(lines)).toEqual(lines.map((text) => [null, text]))
})

test('in a file with voices of its own, a name before a colon is text', () => {
  expect(speakersOf(['<v Mary Jones>Anna: Hello', 'Anna: Hello', 'Anna: Hello', 'Anna: Hello'])).toEqual([
    ['Mary Jones', 'Anna: Hello'],
    ...Array.from({ length: 3 }, () => [null, 'Anna: Hello']),
  ])
})

test('Arabic and Chinese names are speakers too', () => {
  expect(speakersOf(['أمينة ديالو: مرحبا', 'أمينة ديالو: شكرا', '陈泽伦：你好', '陈泽伦：谢谢'])).toEqual([
    ['أمينة ديالو', 'مرحبا'],
    ['أمينة ديالو', 'شكرا'],
    ['陈泽伦', '你好'],
    ['陈泽伦', '谢谢'],
  ])
})

test('Teams names voices, and its identifiers stay', () => {
  const id = '8f0e7c1a-1b2c-4d5e-8f90-0123456789ab/12-0'
  expect(read(`WEBVTT\n\n${id}\n00:00:03.000 --> 00:00:05.000\n<v Jones, Mary (Guest)>Hello</v>`).cues).toEqual([
    { startsAt: 3000, endsAt: 5000, identifier: id, settings: null, speaker: 'Jones, Mary (Guest)', text: 'Hello' },
  ])
})

test('Teams’ own documents have the name between times and words', () => {
  const file =
    '0:0:0.0 --> 0:0:3.270\nMary Jones\nHello there.\n\n0:0:3.270 --> 0:0:5.0\nJuan Pérez\nThanks.\n\n0:0:5.0 --> 0:0:7.0\nMary Jones\nSo.'
  expect(spoken(file)).toEqual([
    [0, 3270, 'Mary Jones', 'Hello there.'],
    [3270, 5000, 'Juan Pérez', 'Thanks.'],
    [5000, 7000, 'Mary Jones', 'So.'],
  ])
})

test('the date and length of a meeting at the head of its transcript are a note', () => {
  const { notes, cues } = read(
    'Board\nFri, Mar 5, 2026 10:02AM • 12:34\n\nMary Jones  00:00\nHello.\n\nJuan  00:07\nYes.',
  )

  expect(notes).toEqual(['Board\nFri, Mar 5, 2026 10:02AM • 12:34'])
  expect(cues.map(({ startsAt, speaker, text }) => [startsAt, speaker, text])).toEqual([
    [0, 'Mary Jones', 'Hello.'],
    [7000, 'Juan', 'Yes.'],
  ])
})
