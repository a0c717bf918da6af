import { expect, test } from 'vitest'
import { anyOf, isPhrase, withoutOrder, wordsIn } from './tsquery.ts'

const phrase = `'a<->b' <-> 'it''s' <2> 'c' | 'd'`

test('the words of a question are those between quotes, each once', () => {
  expect(wordsIn(`${phrase} | 'd'`)).toEqual(['a<->b', "it's", 'c', 'd'])
  expect(wordsIn('')).toEqual([])
})

test('a phrase is told by what stands between words, not by what is in them', () => {
  expect(isPhrase(phrase)).toBe(true)
  expect(isPhrase(`'a<->b' | 'c'`)).toBe(false)
})

test('without order, every word must be there, behind its code', () => {
  expect(withoutOrder(phrase, '3.')).toBe(`'3.a<->b' & '3.it''s' & '3.c' | '3.d'`)
})

test('any of some questions, each once', () => {
  expect(anyOf([`'a'`, '', `'b' & 'c'`, `'a'`])).toBe(`('a') | ('b' & 'c')`)
  expect(anyOf([''])).toBe('')
})
