import { expect, test } from 'vitest'
import { isPlaceCode } from './languages.ts'

test.each([
  ['NE', true],
  ['NG', true],
  ['001', true],
  ['202', true],
  ['ne', false],
  ['NER', false],
  ['XJ', false],
  ['999', false],
  ['', false],
  ['../', false],
])('%j is a place: %s', (code, known) => {
  expect(isPlaceCode(code)).toBe(known)
})
