import { isNameLike } from './speakers.ts'
import { digitOf, readTime, skipBlanks, type TimeRead } from './timing.ts'

/** A line of a transcript that has a time. */
export interface TimedLine {
  readonly startsAt: number
  readonly endsAt: number | null
  /** The line without the time and its brackets. */
  readonly rest: string
  /** The time stands behind the words: these are a name. */
  readonly isBehind: boolean
}

const open = '[({<'
const close = '])}>'
const between = '-–—|:,•·>\u200e\u200f'
const longestName = 70

const isWordCode = (code: number) =>
  digitOf(code) >= 0 || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)

interface Span {
  readonly start: TimeRead
  readonly finish: TimeRead | null
  readonly end: number
}

/** A time in brackets or none, or a range of two. */
function readSpan(line: string, at: number): Span | null {
  const isOpen = at < line.length && open.includes(line.charAt(at))
  const start = readTime(line, isOpen ? skipBlanks(line, at + 1) : at)
  if (!start || line.charAt(at) === '-') return null
  let end = start.end
  let finish: TimeRead | null = null
  let next = skipBlanks(line, end)
  while (next < line.length && '-–—>→'.includes(line.charAt(next))) next += 1
  if (next > skipBlanks(line, end)) finish = readTime(line, skipBlanks(line, next))
  if (finish) end = finish.end
  const shut = skipBlanks(line, end)
  if (shut < line.length && close.includes(line.charAt(shut))) end = shut + 1
  else if (isOpen) return null
  return isWordCode(line.charCodeAt(end)) ? null : { start, finish, end }
}

/** Reads `[00:01:02] words`, `00:01:02 - 00:01:09 words`, `Name  0:03`, `Name (0:03 - 0:10)`; null for a line without a time at either end. */
export function readTimedLine(line: string): TimedLine | null {
  const at = skipBlanks(line, 0)
  const span = readSpan(line, at)
  if (span) {
    let end = span.end
    while (end < line.length && (between.includes(line.charAt(end)) || line.charAt(end).trim() === '')) end += 1
    return lineOf(span, line.slice(end).trim(), false)
  }
  return line.length <= longestName + 40 ? readBehind(line) : null
}

function readBehind(line: string): TimedLine | null {
  const text = line.trimEnd().replace(/\s{0,9}[:：]$/, '')
  for (let at = 2; at < text.length; at += 1) {
    const before = text.charAt(at - 1)
    if (before.trim() !== '' && !open.includes(before) && before !== ',') continue
    const from = open.includes(before) ? at - 1 : at
    const span = readSpan(text, from)
    if (span?.end !== text.length) continue
    const name = text.slice(0, from).replace(/[-–—|:,•·\s]+$/u, '')
    // Heads of files have dates and times of day: `5 March 2026, 10:02 · 34:12`.
    if (name.length > longestName || !isNameLike(name) || /[.!?…]$|\p{Nd}{3}|\p{Nd}:/u.test(name)) return null
    return lineOf(span, name, true)
  }
  return null
}

function lineOf({ start, finish }: Span, rest: string, isBehind: boolean): TimedLine {
  return { startsAt: start.ms, endsAt: finish?.ms ?? null, rest, isBehind }
}
