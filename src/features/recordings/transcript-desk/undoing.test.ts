import { expect, test } from 'vitest'
import { findUndoable, findUndone, isLast } from './undoing.ts'

/** A history, the newest first: `3-1` is the third change and takes back the first. */
const history = (links: string) =>
  links.split(' ').map((link) => {
    const [id = '', undoes = null] = link.split('-')
    return { id, undoes }
  })

test.each([
  ['3 2 1', [], '3'],
  ['3-2 2 1', ['2'], '1'],
  ['4-3 3-2 2 1', ['3'], '2'],
  ['4-1 3-2 2 1', ['1', '2'], null],
  ['5 4-1 3-2 2 1', ['1', '2'], '5'],
])('of %s, %j are undone, and the next is %s', (links, undone, next) => {
  expect([...findUndone(history(links))].toSorted()).toEqual(undone)
  expect(findUndoable(history(links))).toBe(next)
})

test.each([
  ['3 2 1', '3', true],
  ['3 2 1', '2', false],
  ['3-2 2 1', '1', true],
  ['4-3 3-2 2 1', '1', false],
  ['3-1 2 1', '2', false],
  ['3-1 2-1 1', '1', false],
  ['3 2 1', '7', false],
])('of %s, whether all since %s was taken back: %s', (links, id, is) => {
  expect(isLast(history(links), id)).toBe(is)
})
