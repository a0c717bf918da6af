import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { guessCaptionLang } from './language.ts'
import { matchSpeakers } from './match-speakers.ts'
import { cueAt, sliceCues, slideMarks } from './navigate.ts'
import { paragraphsOf } from './paragraphs.ts'
import { aCue, cueLists } from './testing/cues.ts'

const at = (startsAt: number, text: string, endsAt = startsAt + 1000) => aCue(text, { startsAt, endsAt })

test('slides are known by identifiers, not by words, and one that goes on is one', () => {
  const identifiers = [
    'slide-1',
    'Slide 1',
    'x',
    null,
    'slide_2',
    '幻灯片3',
    'slide-',
    'slide-4b',
    'landslide-5',
    'شريحة ٦',
    'slide-1',
  ]
  const cues = identifiers.map((identifier, index) => aCue('Slide 9', { startsAt: index * 1000, identifier }))

  expect(slideMarks(cues).map(({ number, startsAt }) => [number, startsAt])).toEqual([
    [1, 0],
    [2, 4000],
    [3, 5000],
    [6, 9000],
    [1, 10_000],
  ])
})

test('the cue at a moment is the one that began last and still runs; between cues there is none', () => {
  const cues = [
    at(1000, 'long', 9000),
    at(2000, 'short'),
    at(4000, 'first voice'),
    at(4000, 'second voice'),
    at(10_000, 'none', 10_000),
  ]

  expect([0, 1000, 2500, 3500, 4500, 8999, 9000, 10_000, 10_001].map((ms) => cueAt(cues, ms)?.text)).toEqual([
    undefined,
    'long',
    'short',
    'long',
    'first voice',
    'long',
    undefined,
    'none',
    undefined,
  ])
})

test('the cues of a span are those of which something is spoken in it', () => {
  fc.assert(
    fc.property(cueLists, fc.nat({ max: 400_000_000 }), fc.nat({ max: 400_000_000 }), (cues, from, length) => {
      const to = from + length
      const within = cues.filter(({ startsAt, endsAt }) => startsAt < to && (endsAt > from || startsAt >= from))
      expect(sliceCues(cues, from, to)).toEqual(within)
    }),
  )
})

test('the language is told from the words, and not from too few of them', () => {
  const french = 'La réintégration durable se prépare avant le retour, avec les familles et les autorités locales.'
  const many = Array.from({ length: 5 }, (_, index) => at(index * 1000, french))

  expect([guessCaptionLang(many), guessCaptionLang([at(0, 'Bonjour')]), guessCaptionLang([])]).toEqual([
    'fr',
    null,
    null,
  ])
})

const people = [
  { id: 'mary', name: 'Mary Jones' },
  { id: 'amina', name: 'Amina Diallo' },
  { id: 'ali', name: 'علي محمود الأحمد' },
  { id: 'jose', name: 'José Muñoz' },
  { id: 'peter', name: 'Peter Smith' },
  { id: 'paul', name: 'Paul Smith' },
  { id: 'anne', name: 'Anne-Marie Claire Østby' },
]

test.each([
  ['JONES Mary', 'mary'],
  ['JONES, Mary', 'mary'],
  ['Mary J.', 'mary'],
  ['Dr Mary Jones (IOM)', 'mary'],
  ['Mary Jones - Geneva', 'mary'],
  ['Mary Jones, IOM', 'mary'],
  ['M. Jones', 'mary'],
  ['Jose MUNOZ', 'jose'],
  ['علي محمود الاحمد', 'ali'],
  ['د. عليّ الأحمد', 'ali'],
  ['Anne Marie Ostby', 'anne'],
  ['A.-M. Østby', 'anne'],
  ['P. Smith', null],
  ['Smith', null],
  ['Mary', null],
  ['Mary Jonas', null],
  ['Amina Jones', null],
  ['Speaker 1', null],
  ['', null],
])('the name “%s” means %s', (name, id) => {
  expect(matchSpeakers([name], people).get(name)).toBe(id)
})

test('two people of one name are not told apart', () => {
  const twins = [...people, { id: 'other', name: 'Mary Jones' }]
  expect(matchSpeakers(['Mary Jones'], twins).get('Mary Jones')).toBeNull()
})

test('paragraphs part at speakers, silences and slides', () => {
  const cues = [
    aCue('One', { speaker: 'Anna' }),
    aCue('two\nthree.', { startsAt: 2000, speaker: 'Anna' }),
    aCue('Four', { startsAt: 4000, speaker: 'Bob' }),
    aCue('five', { startsAt: 12_000, speaker: 'Bob' }),
    aCue('你好。', { startsAt: 14_000, speaker: 'Bob', identifier: 'slide-2' }),
    aCue('谢谢', { startsAt: 16_000, speaker: 'Bob' }),
  ]
  expect(paragraphsOf(cues).map(({ startsAt, endsAt, speaker, text }) => [startsAt, endsAt, speaker, text])).toEqual([
    [0, 4000, 'Anna', 'One two three.'],
    [4000, 6000, 'Bob', 'Four'],
    [12_000, 14_000, 'Bob', 'five'],
    [14_000, 18_000, 'Bob', '你好。谢谢'],
  ])
})
