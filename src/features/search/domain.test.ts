import { expect, test } from 'vitest'
import { configOf, readTerms, readFacet } from './domain.ts'

test('words, phrases and what is left out are told apart', () => {
  expect(readTerms('retour "projet de vie" -Niger')).toEqual([
    { text: 'retour', isExcluded: false },
    { text: 'projet de vie', isExcluded: false },
    { text: 'Niger', isExcluded: true },
  ])
})

test('any text is a question: marks alone are none, what is open is closed, what is long is cut', () => {
  expect(readTerms('" - & | ! ( ) :*')).toEqual([])
  expect(readTerms('«une phrase')).toEqual([{ text: 'une phrase', isExcluded: false }])
  expect(readTerms('k\u0000l\u202Em')).toEqual(['k', 'l', 'm'].map((text) => ({ text, isExcluded: false })))
  expect(readTerms('word '.repeat(2000))).toHaveLength(12)
})

const textsOf = (typed: string) => readTerms(typed).map(({ text }) => text)

test('articles and prepositions are not asked for, unless in a phrase, in capitals, or alone', () => {
  expect(textsOf('The return to Niger')).toEqual(['return', 'Niger'])
  expect(textsOf('les puits du village au Níger, à côté')).toEqual(['les', 'puits', 'village', 'Níger,', 'côté'])
  expect(textsOf('UN agencies "plan of action" -the')).toEqual(['UN', 'agencies', 'plan of action', 'the'])
  expect(textsOf('the of and')).toEqual(['the', 'of', 'and'])
  expect(textsOf('au -retour')).toEqual(['au', 'retour'])
})

test('a language is read by its own rules, and by plain ones where there are none', () => {
  expect([configOf('pt-BR'), configOf('ar'), configOf('wo'), configOf('')]).toEqual([
    'portuguese',
    'arabic',
    'simple',
    'simple',
  ])
})

test('a value of a facet is read as the index keeps it; what is none is nothing', () => {
  expect(readFacet('theme=con_a=b')).toEqual({ facet: 'theme', value: 'con_a=b' })
  expect(readFacet('colour=red')).toBe(null)
  expect(readFacet('theme')).toBe(null)
})
