/** A time of day or of a recording, as it was found in a line. */
export interface TimeRead {
  readonly ms: number
  /** Where the line goes on. */
  readonly end: number
  /** How many numbers: 1 seconds, 2 minutes and seconds, 3 with hours, 4 with frames. */
  readonly numbers: number
  readonly mark: '.' | ',' | null
  /** It says more than 59 seconds, or less than nothing. */
  readonly isOdd: boolean
}

/** The value of a decimal digit: ASCII, fullwidth, Arabic-Indic or Persian; -1 for any other character. */
export function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  if (code >= 0xff10 && code <= 0xff19) return code - 0xff10
  if (code >= 0x660 && code <= 0x669) return code - 0x660
  return code >= 0x6f0 && code <= 0x6f9 ? code - 0x6f0 : -1
}

const isBlank = (code: number) => code === 0x20 || code === 0x09 || code === 0xa0 || code === 0x3000
const isColon = (code: number) => code === 0x3a || code === 0xff1a || code === 0x2236
const points = '.．٫'
const commas = ',，،'
const dashes = '-–—―−‐‑=－'
const heads = '>＞'
const wholeArrows = '→⟶➔➜⇒'

export function skipBlanks(line: string, at: number): number {
  while (isBlank(line.charCodeAt(at))) at += 1
  return at
}

function digitsEnd(line: string, at: number): number {
  while (digitOf(line.charCodeAt(at)) >= 0) at += 1
  return at
}

function numberIn(line: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) value = value * 10 + digitOf(line.charCodeAt(at))
  return value
}

interface Numbers {
  readonly values: number[]
  readonly end: number
  readonly lastDigits: number
}

/** Numbers with colons between them, up to four; translated files have blanks beside the colons. */
function readNumbers(line: string, at: number, isLoose: boolean): Numbers | null {
  const values: number[] = []
  let lastDigits = 0
  let end = at
  for (;;) {
    const to = digitsEnd(line, at)
    lastDigits = to - at
    if (lastDigits === 0 || lastDigits > (values.length === 0 ? 6 : values.length === 3 ? 3 : 2)) return null
    values.push(numberIn(line, at, to))
    end = to
    const separator = isLoose ? skipBlanks(line, to) : to
    const code = line.charCodeAt(separator)
    if (values.length === 4 || !(isColon(code) || (code === 0x3b && values.length === 3))) break
    at = isLoose ? skipBlanks(line, separator + 1) : separator + 1
    if (digitOf(line.charCodeAt(at)) < 0) break
  }
  return { values, end, lastDigits }
}

/** The decimals of a second from a point or comma on, as milliseconds. */
function readDecimals(line: string, at: number, isLoose: boolean): { ms: number; end: number; mark: '.' | ',' } | null {
  const mark = line.charAt(at)
  if (mark === '' || !(points.includes(mark) || commas.includes(mark))) return null
  const from = isLoose ? skipBlanks(line, at + 1) : at + 1
  const to = digitsEnd(line, from)
  // `0:01,0:03` is two times, and of `0:01, 2 people` the blank says that no decimals follow.
  if (to === from || to - from > 9 || isColon(line.charCodeAt(to)) || (from > at + 1 && to - from !== 3)) return null
  const ms = Math.floor(numberIn(line, from, to) * 10 ** (3 - (to - from)))
  return { ms, end: to, mark: points.includes(mark) ? '.' : ',' }
}

/**
 * The time that begins at `at`: `1:02:03.456`, `02:03,4`, `00:01:02:12` (the last are frames, of three digits milliseconds), in any digits.
 * `isLoose`: in a line of times, where blanks may stand beside the marks and `12.5` is seconds. Null when there is none.
 */
export function readTime(line: string, at: number, { frames = 25, isLoose = false } = {}): TimeRead | null {
  const isNegative = line.charAt(at) === '-'
  const numbers = readNumbers(line, isNegative ? at + 1 : at, isLoose)
  if (!numbers) return null
  const { values, lastDigits } = numbers
  const decimals = values.length === 4 ? null : readDecimals(line, numbers.end, isLoose)
  if (values.length === 1 && (!isLoose || !decimals)) return null
  const last = values.length === 4 ? (values.pop() ?? 0) : null
  const part = last === null ? (decimals?.ms ?? 0) : lastDigits === 3 ? last : Math.round((last * 1000) / frames)
  const [seconds = 0, minutes = 0, hours = 0] = values.toReversed()
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + part
  return {
    ms: isNegative ? 0 : ms,
    end: decimals?.end ?? numbers.end,
    numbers: values.length + (last === null ? 0 : 1),
    mark: decimals?.mark ?? null,
    isOdd: isNegative || seconds > 59 || (values.length === 3 && minutes > 59),
  }
}

/** Where the line goes on after an arrow in any of its writings (`-->`, `->`, `–>`, `-- >`, `=>`, `→`, `--&gt;`); -1 when there is none at `at`. */
function readArrow(line: string, at: number): number {
  for (;;) {
    const character = line.charAt(at)
    if (character === '') return -1
    if (heads.includes(character) || wholeArrows.includes(character)) return at + 1
    if (character === '&') return line.startsWith('&gt;', at) ? at + 4 : -1
    if (!dashes.includes(character) && !isBlank(line.charCodeAt(at))) return -1
    at += 1
  }
}

/** Whether the line has the arrow of WebVTT, which nothing but a line of times may have. */
export const hasArrow = (line: string): boolean => line.includes('-->')

/** A line of times. */
export interface Timing {
  readonly startsAt: number | null
  readonly endsAt: number | null
  /** What stands after the times. */
  readonly rest: string
  readonly mark: '.' | ',' | null
  readonly isOdd: boolean
  /** Two times parted by a comma, as YouTube's own format has them. */
  readonly isSbv: boolean
}

/** Reads a line of times with an arrow or, as SBV has it, a comma between them; null for any other line. */
export function readTiming(line: string, frames = 25): Timing | null {
  let at = skipBlanks(line, 0)
  if ('[('.includes(line.charAt(at)) && at < line.length) at = skipBlanks(line, at + 1)
  if (digitOf(line.charCodeAt(at)) < 0 && line.charAt(at) !== '-') return null
  const options = { frames, isLoose: true }
  const start = readTime(line, at, options) ?? readTime(line, skipBlanks(line, digitsEnd(line, at)), options)
  if (!start) return null
  at = skipBlanks(line, start.end)
  if ('])'.includes(line.charAt(at)) && at < line.length) at = skipBlanks(line, at + 1)
  const arrow = readArrow(line, at)
  if (arrow < 0) return readSbv(line, start, at, frames)
  let to = skipBlanks(line, arrow)
  if ('[('.includes(line.charAt(to)) && to < line.length) to = skipBlanks(line, to + 1)
  const end = readTime(line, to, options)
  if (!end && !(hasArrow(line) || line.slice(arrow).trim() === '')) return null
  return timingOf(start, end, line.slice(end?.end ?? arrow).replace(/^\s{0,9}[\])]/, ''), false)
}

function readSbv(line: string, start: TimeRead, at: number, frames: number): Timing | null {
  if (line.charAt(at) !== ',' || start.numbers < 2) return null
  const end = readTime(line, skipBlanks(line, at + 1), { frames })
  return end && line.slice(end.end).trim() === '' ? timingOf(start, end, '', true) : null
}

function timingOf(start: TimeRead, end: TimeRead | null, rest: string, isSbv: boolean): Timing {
  const isOdd = start.isOdd || (end?.isOdd ?? false)
  return { startsAt: start.ms, endsAt: end?.ms ?? null, rest: rest.trim(), mark: start.mark, isOdd, isSbv }
}

/** A line with the arrow of WebVTT whose first time cannot be read: what can. */
export function readBrokenTiming(line: string, frames = 25): Timing | null {
  const arrow = line.indexOf('-->')
  if (arrow < 0) return null
  const end = readTime(line, skipBlanks(line, arrow + 3), { frames, isLoose: true })
  return { startsAt: null, endsAt: end?.ms ?? null, rest: '', mark: null, isOdd: false, isSbv: false }
}

/** How many frames a second has in a file whose times count them: the smallest usual number that holds all of them. */
export function guessFrames(text: string): number {
  let highest = -1
  for (const [, frame] of text.matchAll(/\d{1,2}:\d{1,2}:\d{1,2}[:;](\d{2})(?!\d)/g))
    highest = Math.max(highest, Number(frame))
  if (highest < 25) return 25
  return highest < 30 ? 30 : highest < 50 ? 50 : 60
}
