import { expect, test } from 'vitest'
import {
  distance,
  lastWord,
  lettersIn,
  nearKeys,
  rankNear,
  readWords,
  rewrite,
  titleQuery,
  titleWords,
  tolerance,
  withoutTwins,
  wordsOf,
} from './domain.ts'

test('the words of a text are kept in small letters, without numbers, what is short or endless, and what has no spaces', () => {
  const text = `L’Été à Dakar: 2021, covid19 ${'x'.repeat(41)} 移民返回 إعادة dakar E\u0301te\u0301`
  expect([...wordsOf(text)]).toEqual(['été', 'dakar', 'إعادة'])
  expect([...wordsOf('')]).toEqual([])
})

const textsOf = (typed: string) => readWords(typed).map(({ text, isFree }) => (isFree ? text : `"${text}"`))

test.each([
  ['one two', ['one', 'two']],
  ['kettle -"left out" -zebra "copper pot', ['kettle', '"copper"', '"pot"']],
  ['«le pot» 2021', ['"le"', '"pot"', '2021']],
  ['a\u0000b\u202Ec', ['a', 'b', 'c']],
  ['-', []],
  ['"&|!(" %_', []],
])('of %j the words to be found are read', (typed, words) => {
  expect(textsOf(typed)).toEqual(words)
})

test.each([
  ['return  réint', 'réint'],
  ['return réint ', 'réint'],
  ['return -réint', null],
  ['return "réint', null],
  ['return (réint)', null],
  ['', null],
])('what is being typed in %j is its last word', (typed, last) => {
  expect(lastWord(typed)?.text ?? null).toBe(last)
})

test('a question is written again with other words, its phrases and its order kept', () => {
  const typed = 'kettel "copper  pott" -zebra qqq "zzz"'
  const changes = readWords(typed).map((word) => {
    const right: Record<string, string | null> = { kettel: 'kettle', pott: 'pot', qqq: null, zzz: null }
    return [word, word.text in right ? (right[word.text] ?? null) : word.text] as const
  })
  expect(rewrite(typed, new Map(changes.toReversed()))).toBe('kettle "copper pot" -zebra')
  expect(rewrite('a "b" "c"', new Map())).toBe('a "b" "c"')
  expect(rewrite('...', new Map())).toBe('')
})

test.each([
  ['return', 'return', 0],
  ['retrun', 'return', 1],
  ['retur', 'return', 1],
  ['returns', 'return', 1],
  ['reburn', 'return', 1],
  ['ertrun', 'return', 2],
  ['', 'ab', 2],
  ['abc', 'xyz', 3],
  ['ca', 'abc', 3],
  ['return', 'returning', 3],
])('from %s to %s it is so many letters', (one, other, far) => {
  expect([distance(one, other, 3), distance(other, one, 3)]).toEqual([far, far])
})

test('words too unlike in length are not compared', () => {
  expect(distance('a', 'abcdef', 2)).toBe(3)
})

test.each([
  [2, 0],
  [3, 1],
  [5, 1],
  [6, 2],
])('in a word of %i letters, %i may be wrong', (letters, wrong) => {
  expect(tolerance(letters)).toBe(wrong)
})

const bits = (number: number) => (number >>> 0).toString(2).replaceAll('0', '').length

test('words that differ in no more than is allowed have a key in common, and letters in common', () => {
  for (const [one, other] of [
    ['reintegration', 'reintegrasion'],
    ['reintegration', 'rientegratoin'],
    ['communities', 'comunities'],
    ['seminar', 'semniar'],
    ['return', 'retour'],
    ['tool', 'tol'],
    ['مجتمع', 'مجتع'],
  ] as const) {
    const shared = nearKeys(one).filter((key) => nearKeys(other).includes(key))
    expect([one, shared.length > 0, bits(lettersIn(one) ^ lettersIn(other)) <= 4]).toEqual([one, true, true])
  }
  expect(nearKeys('of')).toHaveLength(1)
  expect(nearKeys('xylophone').some((key) => nearKeys('reintegration').includes(key))).toBe(false)
})

test('the nearest come first: in the reader’s language, then by letters, the accented before the plain', () => {
  const words = [
    { lang: 'en', word: 'reintegration' },
    { lang: 'fr', word: 'reintegration' },
    { lang: 'fr', word: 'réintégration' },
    { lang: 'fr', word: 'réintégrations' },
    { lang: 'fr', word: 'aeintegrasion' },
    { lang: 'fr', word: 'désintégration' },
    { lang: 'es', word: 'réintegrasion' },
  ]
  expect(rankNear('Reintegrasion', words, 'fr').map(({ lang, word }) => `${lang} ${word}`)).toEqual([
    'fr réintégration',
    'fr reintegration',
    'fr aeintegrasion',
    'fr réintégrations',
    'en reintegration',
  ])
  expect(withoutTwins(words).map(({ word }) => word)).toEqual([
    'reintegration',
    'réintégrations',
    'aeintegrasion',
    'désintégration',
    'réintegrasion',
  ])
})

test('titles are found by the beginning of their words, Arabic ones without the article too', () => {
  expect(titleWords('L’Été: 2021 — Été')).toEqual(['l', 'ete', '2021'])
  expect(titleWords('والإدماج')).toEqual(['والادماج', 'ادماج'])
  expect(titleWords('… \u0301')).toEqual([])
  expect(titleQuery(['Été', '20'])).toBe(`'ete' & '20':*`)
  expect(titleQuery(['\u0301', 'x'.repeat(50)])).toBe(`'${'x'.repeat(40)}':*`)
  expect(titleQuery(['\u0301'])).toBeNull()
  expect(titleQuery([])).toBeNull()
})
