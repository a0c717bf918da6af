import { phrases } from './phrases.ts'
import { englishMonths, months, readNumber, weekdays } from './words.ts'
import type { Token } from './token.ts'

/** One end of a date as written: null is "not said here". */
export type End = { weekday: number | null; day: number | null; month: number | null; year: number | null }
/** A date as written: one end or two, the tokens it spans, and whether day and month could be swapped. */
export type Written = {
  first: End
  last: End | null
  from: number
  to: number
  swappable: boolean
  shortYear: boolean
  /** Days in between, "1, 3 and 5 December". */
  between: number[]
}

type Read<T> = { value: T; next: number }

const rangeWords = new Set(
  phrases(
    "- | to | and | until | till | through | & | au | et | a | al | y | e | ao | hasta | ate | jusqu'au",
    'الى | و | حتى',
  ),
)
const glue = new Set(['of', 'de', 'del', 'do', 'da', '.', 'le', 'the', 'el', 'o', 'dia', 'day', 'd'])
const daySuffixes = new Set(['st', 'nd', 'rd', 'th', 'er', 'ere', 'º', '°', 'o', 'ª', 're'])
/** A number after one of these counts something else: "Session 1 – 2 December". */
const counted = new Set(
  phrases(
    'session | sessions | sesion | sesiones | sessao | sessoes | seance | day | jour | dia | part | partie',
    'module | no | n | webinar | seminar | seminaire | seminario | jornada | الجلسة | اليوم',
  ),
)

const numberAt = (tokens: readonly Token[], at: number): number | null => {
  const word = tokens[at]?.word ?? ''
  return /^\d{1,4}$/.test(word) ? Number(word) : null
}
const yearAt = (tokens: readonly Token[], at: number): number | null => {
  const word = tokens[at]?.word ?? ''
  return /^(?:19|20)\d\d$/.test(word) ? Number(word) : null
}

function skip(tokens: readonly Token[], at: number, words: ReadonlySet<string>, most: number): number {
  let next = at
  while (next < at + most && words.has(tokens[next]?.word ?? '')) next++
  return next
}

const weekdaySigns = new Set([',', 'le', 'the', 'el', 'o', 'a', '-', 'feira', '.', 'dia'])

/** A weekday in front of a day; a short one that is also a number word or month needs a sign after it. */
function readWeekday(tokens: readonly Token[], at: number): Read<number | null> {
  const found = weekdays.get(tokens[at]?.word ?? '')
  return found ? { value: found, next: skip(tokens, at + 1, weekdaySigns, 3) } : { value: null, next: at }
}

function readDayNumber(tokens: readonly Token[], at: number): Read<number> | null {
  const day = numberAt(tokens, at)
  if (day === null || (tokens[at]?.word.length ?? 0) > 2 || day === 0) return null
  const suffix = tokens[at + 1]
  const touches = suffix !== undefined && suffix.start === tokens[at]?.end && daySuffixes.has(suffix.word)
  return { value: day, next: at + (touches ? 2 : 1) }
}

function readMonth(tokens: readonly Token[], at: number): Read<number> | null {
  const month = months.get(tokens[at]?.word ?? '')
  return month ? { value: month, next: tokens[at + 1]?.word === '.' ? at + 2 : at + 1 } : null
}

function readYear(tokens: readonly Token[], at: number): Read<number> | null {
  const next = skip(tokens, at, new Set(['de', 'del', ',', 'of', 'do', 'عام']), 2)
  const year = yearAt(tokens, next)
  return year === null ? null : { value: year, next: next + 1 }
}

/** [weekday] day [of month [year]] */
function readDayFirst(tokens: readonly Token[], at: number): Read<End> | null {
  const weekday = readWeekday(tokens, at)
  const day = readDayNumber(tokens, skip(tokens, weekday.next, glue, 1))
  if (!day) return null
  const month = readMonth(tokens, skip(tokens, day.next, glue, 2))
  if (!month) return { value: { weekday: weekday.value, day: day.value, month: null, year: null }, next: day.next }
  const year = readYear(tokens, month.next)
  const end = { weekday: weekday.value, day: day.value, month: month.value, year: year?.value ?? null }
  return { value: end, next: year?.next ?? month.next }
}

/** The English way: [weekday] Month day[, year] */
function readMonthFirst(tokens: readonly Token[], at: number): Read<End> | null {
  const weekday = readWeekday(tokens, at)
  if (!englishMonths.has(tokens[weekday.next]?.word ?? '')) return null
  const month = readMonth(tokens, weekday.next)
  const day = month && readDayNumber(tokens, skip(tokens, month.next, new Set(['the']), 1))
  if (!month || !day || months.has(tokens[day.next]?.word ?? '')) return null
  const year = readYear(tokens, day.next)
  const end = { weekday: weekday.value, day: day.value, month: month.value, year: year?.value ?? null }
  return { value: end, next: year?.next ?? day.next }
}

function rangeAt(tokens: readonly Token[], at: number): number | null {
  const word = tokens[at]?.word ?? ''
  if (word === ',' && rangeWords.has(tokens[at + 1]?.word ?? '')) return at + 2
  return rangeWords.has(word) ? at + 1 : null
}

/** From a written first end on: a second one, or none. */
function readRange(tokens: readonly Token[], at: number, first: Read<End>): Written {
  const one = { first: first.value, from: at, swappable: false, shortYear: false, between: [] }
  const range = rangeAt(tokens, first.next)
  if (range === null) return { ...one, last: null, to: first.next }
  const last = readMonthFirst(tokens, range) ?? readDayFirst(tokens, range)
  if (last?.value.month) return { ...one, last: last.value, to: last.next }
  return { ...one, last: null, to: first.next }
}

/** Several days before one month: "1 - 2 December", "1, 2 et 3 décembre". */
function readDayList(tokens: readonly Token[], at: number): Written | null {
  const ends: End[] = []
  let next = at
  while (ends.length < 8) {
    const end = readDayFirst(tokens, next)
    if (!end) return null
    ends.push(end.value)
    if (end.value.month !== null) {
      const [first] = ends
      if (!first) return null
      const single = ends.length === 1
      if (single) return readRange(tokens, at, end)
      const between = ends.slice(1, -1).flatMap(({ day }) => (day === null ? [] : [day]))
      return { first, last: end.value, from: at, to: end.next, swappable: false, shortYear: false, between }
    }
    const separator = rangeAt(tokens, end.next) ?? (tokens[end.next]?.word === ',' ? end.next + 1 : null)
    if (separator === null) return null
    next = separator
  }
  return null
}

/** "December 1-2, 2021", "November 30 - December 2, 2021", "March 2021" and "October to November 2021". */
function readMonthList(tokens: readonly Token[], at: number): Written | null {
  const rest = { from: at, swappable: false, shortYear: false, between: [] }
  const first = readMonthFirst(tokens, at)
  if (first) {
    const range = first.value.year === null ? rangeAt(tokens, first.next) : null
    const lastDay = range === null ? null : readDayNumber(tokens, range)
    const isDay = lastDay && !months.has(tokens[lastDay.next]?.word ?? '')
    if (!isDay) return readRange(tokens, at, first)
    const year = readYear(tokens, lastDay.next)
    const last = { weekday: null, day: lastDay.value, month: first.value.month, year: year?.value ?? null }
    return { ...rest, first: first.value, last, to: year?.next ?? lastDay.next }
  }
  const month = readMonth(tokens, at)
  if (!month) return null
  const year = readYear(tokens, month.next)
  const range = rangeAt(tokens, year?.next ?? month.next)
  const second = range === null ? null : readMonth(tokens, range)
  const secondYear = second && readYear(tokens, second.next)
  const start: End = { weekday: null, day: null, month: month.value, year: year?.value ?? secondYear?.value ?? null }
  if (second && secondYear) {
    return {
      ...rest,
      first: start,
      last: { weekday: null, day: null, month: second.value, year: secondYear.value },
      to: secondYear.next,
    }
  }
  return year ? { ...rest, first: start, last: null, to: year.next } : null
}

/** The written date that begins at this token, or null. */
export function readWritten(tokens: readonly Token[], at: number): Written | null {
  const word = tokens[at]?.word ?? ''
  if (counted.has(tokens[at - 1]?.word ?? '') && readNumber(word) !== null) return null
  if (months.has(word)) return readMonthList(tokens, at)
  const weekday = readWeekday(tokens, at)
  if (weekday.value !== null && englishMonths.has(tokens[weekday.next]?.word ?? ''))
    return withWeekday(readMonthList(tokens, weekday.next), weekday.value, at)
  return /^\d/.test(word) || weekday.value !== null ? readDayList(tokens, at) : null
}

function withWeekday(written: Written | null, weekday: number, from: number): Written | null {
  return written && { ...written, from, first: { ...written.first, weekday } }
}
