import { expect, test } from 'vitest'
import { displayName, translationLag, type Edition } from './domain.ts'

function edition(id: string, issued: string | null, translationOf: string | null = null): Edition {
  return { id, number: null, lang: 'en', issued, translationOf, pages: null, identifiers: [], files: [] }
}

test.each([
  ['2021-08-19', '2022-01', 5],
  ['2021-08', '2021-08-30', 0],
  ['2021-08', '2020-12', -8],
  ['2021', '2022-01', null],
  ['2021-08', '2022', null],
  [null, '2022-01', null],
  ['2021-08', null, null],
])('a translation of an edition of %s that came out in %s is %s months later', (original, translated, months) => {
  const all = [edition('a', original), edition('b', translated, 'a')]

  expect(translationLag(edition('b', translated, 'a'), all)).toBe(months)
})

test('an edition that is no translation, or whose original is gone, has no lag', () => {
  expect(translationLag(edition('a', '2021-08'), [edition('a', '2021-08')])).toBeNull()
  expect(translationLag(edition('b', '2021-08', 'gone'), [edition('a', '2021-08')])).toBeNull()
})

test('an organisation’s name stays whole; a person’s given name comes first', () => {
  expect(displayName({ name: 'Samuel Hall', given: null })).toBe('Samuel Hall')
  expect(displayName({ name: 'Benali', given: 'Amina' })).toBe('Amina Benali')
})
