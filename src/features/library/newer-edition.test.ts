import { expect, test } from 'vitest'
import type { Edition } from './domain.ts'
import { findNewerEdition } from './newer-edition.ts'

type Said = readonly [number: string | null, issued: string | null]

const anEdition = (id: string, [number, issued]: Said, lang: string | null = 'en'): Edition => ({
  id,
  number,
  lang,
  issued,
  translationOf: null,
  pages: null,
  identifiers: [],
  files: [],
})

/** A file in a language, elsewhere. */
const file = (lang: string) => ({
  id: lang,
  lang,
  href: '',
  isElsewhere: true,
  sha256: null,
  name: null,
  type: null,
  bytes: null,
  pages: null,
  licence: null,
  synthetic: false,
  document: null,
})

test.each<[Said, Said, boolean]>([
  [['1', '2020'], ['2', '2021-08'], true],
  [['1', null], ['2', null], true],
  [['1.9', null], ['1.10', null], true],
  [['2', '2020'], ['2.0', '2021'], true],
  [[null, '2021-08'], [null, '2021-09-01'], true],
  [['first', '2020'], ['revised', '2021'], true],
  // Dates that are not known, or not exactly enough, say nothing; nor do words.
  [[null, null], [null, '2021'], false],
  [[null, '2021'], [null, '2021-08'], false],
  [['first', null], ['revised', null], false],
  [[null, null], ['2', null], false],
  [['2', '2021'], ['2', '2021'], false],
  // They contradict each other.
  [['2', '2020'], ['1', '2021'], false],
])('of an edition %j, one %j is the newer: %s', (said, other, isNewer) => {
  const [older, newer] = [anEdition('a', said), anEdition('b', other)]
  expect(findNewerEdition(older, [older, newer])).toBe(isNewer ? newer : null)
  expect(findNewerEdition(newer, [older, newer])).toBe(null)
})

test('the last of several takes the place of each before it, in its own language alone', () => {
  const all = [
    anEdition('one', ['1', '2019']),
    anEdition('three', ['3', '2023']),
    anEdition('two', ['2', '2021']),
    anEdition('french', ['1', '2020'], 'fr'),
  ]
  expect(all.map((edition) => findNewerEdition(edition, all)?.id ?? null)).toEqual(['three', null, 'three', null])
})

test('an edition of several languages gives way to one that has all of them', () => {
  const both = { ...anEdition('both', ['1', '2019'], null), files: [file('en'), file('fr')] }
  const english = anEdition('english', ['2', '2021'])
  const whole = { ...anEdition('whole', ['3', '2022'], null), files: [file('fr'), file('en'), file('es')] }
  const bare = anEdition('bare', ['1', '2018'], null)
  expect(findNewerEdition(both, [both, english])).toBe(null)
  expect(findNewerEdition(both, [both, english, whole])).toBe(whole)
  expect(findNewerEdition(bare, [bare, whole])).toBe(null)
})
