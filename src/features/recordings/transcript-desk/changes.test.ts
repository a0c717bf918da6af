import { array, assert, constant, constantFrom, nat, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import type { Cue } from '../captions/index.ts'
import { changeOf, turn, undoOf, type Change } from './changes.ts'
import { readLines, readShift } from './form.ts'

const line = (startsAt: number, endsAt: number, text: string, speaker: string | null = null): Cue => ({
  startsAt,
  endsAt,
  text,
  speaker,
  identifier: null,
  settings: null,
})

const someLines = array(
  record({ startsAt: nat(5), endsAt: nat(5), text: constantFrom('a', 'b'), speaker: constant(null) }),
  { maxLength: 6 },
)
const whole = (lines: readonly Pick<Cue, 'startsAt' | 'endsAt' | 'text'>[]) =>
  lines.map(({ startsAt, endsAt, text }) => line(startsAt, endsAt, text))

test('a change makes the one stretch of the other, and its undoing brings the first back', () => {
  assert(
    property(someLines, someLines, (one, other) => {
      const [before, after] = [whole(one), whole(other)]
      const change = changeOf(before, after, 1)
      const made = apply(before, change)
      expect(made).toEqual(after)
      expect(apply(made, change && undoOf(change))).toEqual(before)
    }),
  )
})

const apply = (lines: readonly Cue[], change: Change | null): Cue[] =>
  change?.kind === 'lines' ? lines.toSpliced(change.at - 1, change.before.length, ...change.after) : [...lines]

test('a move and a new name are undone by their opposites', () => {
  expect(undoOf({ kind: 'shift', from: 3, by: 500 })).toEqual({ kind: 'shift', from: 3, by: -500 })
  const numbers = [[1, 2]] as const
  expect(undoOf({ kind: 'rename', label: 'A', to: null, numbers })).toEqual({
    kind: 'rename',
    label: null,
    to: 'A',
    numbers,
  })
})

test('a line is split where its sign stands, in proportion to its words', () => {
  expect(turn([line(0, 3000, 'one| and two')], 'split', 0)).toEqual([line(0, 900, 'one'), line(900, 3000, 'and two')])
  for (const text of ['one', '|one', 'one|', 'a|b|c']) expect(turn([line(0, 1, text)], 'split', 0)).toBeNull()
})

test('a line is joined with the next, a new one takes the room there is, and one goes', () => {
  const lines = [line(0, 1000, 'one', 'A'), line(1500, 4000, 'two', 'B')]
  expect(turn(lines, 'join', 0)).toEqual([line(0, 4000, 'one two', 'A')])
  expect(turn(lines, 'join', 1)).toBeNull()
  expect(turn(lines, 'insert', 0)?.[1]).toEqual(line(1000, 1500, '…', 'A'))
  expect(turn(lines, 'insert', 1)?.[2]).toEqual(line(4000, 6000, '…', 'B'))
  expect(turn(lines, 'delete', 0)).toEqual([lines[1]])
  expect(turn(lines, 'delete', 2)).toBeNull()
})

test.each([
  ['-1.5', -1500],
  ['+0,25', 250],
  ['2', 2000],
  ['0', null],
  ['x', null],
  ['', null],
  ['1e9', null],
  ['123456', null],
])('%s seconds move lines by %s milliseconds', (text, by) => {
  expect(readShift(text)).toBe(by)
})

test('what was typed is told at its field when it is no line, and what was not sent stays', () => {
  const before = [line(1000, 2000, 'one'), line(3000, 4000, 'two')]
  const around = { above: 500, below: 5000 }
  expect(readLines({}, before, 7, around)).toEqual({ lines: before, problems: [] })
  const problemsOf = (values: Record<string, string>) => {
    const sent = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]))
    return readLines(sent, before, 7, around).problems.map(({ field }) => field)
  }
  expect(problemsOf({ 'line.7.start': '0:00' })).toEqual(['line.7.start'])
  expect(problemsOf({ 'line.8.start': '0:06', 'line.8.end': '0:07' })).toEqual(['line.8.start'])
  expect(problemsOf({ 'line.8.end': '0:01' })).toEqual(['line.8.end'])
  expect(problemsOf({ 'line.7.end': '25:00:00', 'line.8.start': 'soon' })).toEqual(['line.7.end', 'line.8.start'])
  expect(problemsOf({ 'line.7.text': ' \u0000 ', 'line.8.text': 'x'.repeat(3000) })).toEqual([
    'line.7.text',
    'line.8.text',
  ])
  expect(problemsOf({ 'line.7.speaker': 'x'.repeat(300) })).toEqual(['line.7.speaker'])
})
