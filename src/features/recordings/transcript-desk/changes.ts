import type { Cue } from '../captions/index.ts'

/** A day is the most that a recording is, in milliseconds. */
export const DAY = 86_400_000

/** One change of a transcript. Numbers are those of lines, times are milliseconds. */
export type Change = WrittenChange | ReplacedLines

/** Another file took the place of so many lines; they are kept beside the change. */
export interface ReplacedLines {
  readonly kind: 'file'
  readonly before: number
}

/** A change that holds itself what it writes. */
export type WrittenChange =
  | { readonly kind: 'lines'; readonly at: number; readonly before: readonly Cue[]; readonly after: readonly Cue[] }
  | { readonly kind: 'shift'; readonly from: number; readonly by: number }
  | {
      readonly kind: 'rename'
      readonly label: string | null
      readonly to: string | null
      readonly numbers: readonly Run[]
    }

/** Lines that follow each other, both ends in it. */
export type Run = readonly [first: number, last: number]

/** The change that takes another one back. */
export function undoOf(change: Change): Change {
  switch (change.kind) {
    case 'lines':
      return { kind: 'lines', at: change.at, before: change.after, after: change.before }
    case 'shift':
      return { kind: 'shift', from: change.from, by: -change.by }
    case 'rename':
      return { kind: 'rename', label: change.to, to: change.label, numbers: change.numbers }
    case 'file':
      return change
  }
}

/** Whether two lines say the same at the same times. */
export function isSameLine(one: Cue, other: Cue): boolean {
  return (
    one.startsAt === other.startsAt &&
    one.endsAt === other.endsAt &&
    one.speaker === other.speaker &&
    one.text === other.text &&
    one.identifier === other.identifier &&
    one.settings === other.settings
  )
}

/** What is to be written so that lines become others: from the first that differs to the last. Null when none does. */
export function changeOf(before: readonly Cue[], after: readonly Cue[], at: number): WrittenChange | null {
  let head = 0
  while (head < before.length && head < after.length && isPair(before[head], after[head])) head += 1
  let tail = 0
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    isPair(before[before.length - 1 - tail], after[after.length - 1 - tail])
  )
    tail += 1
  const [gone, come] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)]
  return gone.length === 0 && come.length === 0 ? null : { kind: 'lines', at: at + head, before: gone, after: come }
}

const isPair = (one: Cue | undefined, other: Cue | undefined) =>
  one !== undefined && other !== undefined && isSameLine(one, other)

/** What is done to one line of a stretch. */
export type LineDeed = 'split' | 'join' | 'insert' | 'delete'
export const lineDeeds: readonly LineDeed[] = ['split', 'join', 'insert', 'delete']

/** Where a line is split: `|` in its text. */
const SPLIT = '|'

/** A stretch after something was done to the line at a place in it; null when it cannot be done there. */
export function turn(lines: readonly Cue[], deed: LineDeed, index: number): Cue[] | null {
  const line = lines[index]
  if (!line) return null
  const [above, below] = [lines.slice(0, index), lines.slice(index + 1)]
  switch (deed) {
    case 'delete':
      return [...above, ...below]
    case 'insert': {
      const startsAt = line.endsAt
      const room = (below[0]?.startsAt ?? startsAt + 2000) - startsAt
      const endsAt = startsAt + Math.min(2000, Math.max(0, room))
      return [...above, line, { ...line, startsAt, endsAt, identifier: null, text: '…' }, ...below]
    }
    case 'join': {
      const [next, ...rest] = below
      if (!next) return null
      const endsAt = Math.max(line.endsAt, next.endsAt)
      return [...above, { ...line, endsAt, text: `${line.text} ${next.text}` }, ...rest]
    }
    case 'split': {
      const parts = line.text.split(SPLIT).map((part) => part.trim())
      const [first = '', second = ''] = parts
      if (parts.length !== 2 || first === '' || second === '') return null
      const length = line.endsAt - line.startsAt
      const middle = line.startsAt + Math.round((length * first.length) / (first.length + second.length))
      return [
        ...above,
        { ...line, endsAt: middle, text: first },
        { ...line, startsAt: middle, identifier: null, text: second },
        ...below,
      ]
    }
  }
}
