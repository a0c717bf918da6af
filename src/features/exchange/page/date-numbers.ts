import type { Token } from './token.ts'
import type { End, Written } from './date-grammar.ts'

type Read = { end: End; next: number; swappable: boolean; shortYear: boolean }

const separators = new Set(['/', '.', '-'])

function digits(token: Token | undefined, lengths: readonly number[]): number | null {
  if (!token || !/^\d+$/.test(token.word)) return null
  return lengths.includes(token.word.length) ? Number(token.word) : null
}

/** Three numbers with the same sign between them and no blank. */
function readThree(tokens: readonly Token[], at: number): { parts: [Token, Token, Token]; next: number } | null {
  const [first, sign, second, sign2, third] = tokens.slice(at, at + 5)
  if (!first || !sign || !second || !sign2 || !third) return null
  const together =
    first.end === sign.start && sign.end === second.start && second.end === sign2.start && sign2.end === third.start
  if (!together || sign.word !== sign2.word || !separators.has(sign.word)) return null
  return { parts: [first, second, third], next: at + 5 }
}

function readOne(tokens: readonly Token[], at: number): Read | null {
  const three = readThree(tokens, at)
  if (!three) return null
  const [first, second, third] = three.parts
  const isoYear = digits(first, [4])
  const middle = digits(second, [1, 2])
  if (middle === null) return null
  if (isoYear !== null) {
    const day = digits(third, [1, 2])
    if (day === null) return null
    const end = { weekday: null, day, month: middle, year: isoYear }
    return { end, next: skipClock(tokens, three.next), swappable: false, shortYear: false }
  }
  const day = digits(first, [1, 2])
  const year = digits(third, [4])
  const short = digits(third, [2])
  if (day === null || (year === null && short === null)) return null
  const monthFirst = middle > 12 && day <= 12
  const end = { weekday: null, day: monthFirst ? middle : day, month: monthFirst ? day : middle, year: year ?? short }
  return { end, next: three.next, swappable: day <= 12 && middle <= 12 && day !== middle, shortYear: year === null }
}

/** The "T09:00" of an ISO instant. */
function skipClock(tokens: readonly Token[], at: number): number {
  return tokens[at]?.word === 't' && tokens[at]?.start === tokens[at - 1]?.end ? at + 1 : at
}

const ranges = new Set(['-', 'to', 'au', 'al', 'a', 'ao', 'and', 'et', 'y', 'e', 'الى', '/'])

/** Dates in figures: 2021-12-01, 08/12/2022, 24-25/05/2022, and ranges of them. */
export function readFigures(tokens: readonly Token[], at: number): Written | null {
  const one = readOne(tokens, at)
  if (!one) return readShortRange(tokens, at)
  const base = { first: one.end, from: at, swappable: one.swappable, shortYear: one.shortYear, between: [] }
  const range = ranges.has(tokens[one.next]?.word ?? '') ? readOne(tokens, one.next + 1) : null
  if (!range) return { ...base, last: null, to: one.next }
  return {
    ...base,
    last: range.end,
    to: range.next,
    swappable: one.swappable && range.swappable,
    shortYear: one.shortYear || range.shortYear,
  }
}

/** 24-25/05/2022 */
function readShortRange(tokens: readonly Token[], at: number): Written | null {
  const day = digits(tokens[at], [1, 2])
  if (day === null || !ranges.has(tokens[at + 1]?.word ?? '')) return null
  const last = readOne(tokens, at + 2)
  if (!last || last.swappable || last.end.year === null || last.end.year < 100) return null
  const first = { ...last.end, day }
  return { first, last: last.end, from: at, to: last.next, swappable: false, shortYear: false, between: [] }
}
