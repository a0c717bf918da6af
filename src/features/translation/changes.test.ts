import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareWords, type Change } from './changes.ts'

const marked = (changes: readonly Change[]) =>
  changes.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+[${text}]` : `-[${text}]`)).join('')

test.each([
  [
    'en',
    'Three sessions were held.',
    'Four sessions were held online.',
    '-[Three]+[Four] sessions were held+[ online].',
  ],
  ['fr', 'L’aide au retour', 'L’aide à la réintégration', 'L’aide -[au retour]+[à la réintégration]'],
  ['ar', 'عودة طوعية ومستدامة', 'عودة آمنة ومستدامة', 'عودة -[طوعية]+[آمنة] ومستدامة'],
  ['zh', '自愿回返方案', '自愿重返社会方案', '自愿-[回返]+[重返社会]方案'],
  ['en', '', 'New', '+[New]'],
  ['en', 'Same', 'Same', 'Same'],
  ['en', '', '', ''],
])('changes are told by the words of the language: %s', (lang, before, after, expected) => {
  expect(marked(compareWords(before, after, lang))).toBe(expected)
})

test('whatever changed, both texts can be read off the pieces', () => {
  const words = fc.array(fc.constantFrom('return ', 'عودة ', '🙂', '\n\n', 'a', ' ', '自愿', '. ', '\u0301'), {
    maxLength: 30,
  })
  const text = words.map((list) => list.join(''))
  fc.assert(
    fc.property(text, text, fc.constantFrom('en', 'ar', 'zh'), (before, after, lang) => {
      const changes = compareWords(before, after, lang)
      const side = (kept: Change['kind']) =>
        changes.flatMap(({ kind, text }) => (kind === 'same' || kind === kept ? [text] : [])).join('')
      expect([side('removed'), side('added')]).toEqual([before, after])
    }),
  )
})

const long = (word: string) => `${word} `.repeat(60_000)
const many = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word}${index}`).join('-')

test('texts that share nothing, or are too long to be compared, are replaced as a whole', () => {
  expect(compareWords(long('one'), long('two'), 'en').map(({ kind }) => kind)).toEqual(['removed', 'added'])
  expect(compareWords(many('a'), many('b'), 'en').map(({ kind }) => kind)).toEqual(['removed', 'added'])
})
