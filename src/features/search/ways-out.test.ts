import { expect, test } from 'vitest'
import { askForLess } from './ways-out.ts'

test.each([
  ['one', []],
  ['one two', ['two', 'one']],
  ['one two three', ['two three', 'one three', 'one two']],
  ['"one two"', ['one two', 'two', 'one']],
  ['one -two', ['one']],
  ['one "two three" -"four five"', ['one "two three"', 'one two three', 'two three', 'one three', 'one two']],
  ['-one', []],
  ['same same', ['same']],
  ['b c d f g h k', []],
  ['<b> & |', []],
])('of %s less is asked by %j', (typed, less) => {
  expect(askForLess(typed)).toEqual(less)
})
