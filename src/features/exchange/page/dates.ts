import { countDays, type DayParts, lastOfMonth, makeDay, weekdayOf } from './calendar.ts'
import { type End, readWritten, type Written } from './date-grammar.ts'
import { readFigures } from './date-numbers.ts'
import { say } from './messages.ts'
import { listTokens } from './token.ts'
import type { DatePrecision, Line, Unsure } from './types.ts'

/** A date found on a line. Days are null when what is written is no date to rely on; `notes` then says why. */
export type FoundDate = {
  startsOn: string | null
  endsOn: string | null
  precision: DatePrecision
  text: string
  line: number
  from: number
  to: number
  notes: Unsure[]
}

/** How to read a date: the year to assume when none is written, whether 08/12 is day first (null: not known). */
export type DateHints = { year: number | null; dayFirst: boolean | null }

/** Every date of a line, in its order. */
export function findDates(line: Line, hints: DateHints = { year: null, dayFirst: null }): FoundDate[] {
  const tokens = listTokens(line.folded)
  const found: FoundDate[] = []
  for (let at = 0; at < tokens.length;) {
    const written = readFigures(tokens, at) ?? readWritten(tokens, at)
    if (!written) {
      at++
      continue
    }
    const from = tokens[written.from]?.start ?? 0
    const to = tokens[written.to - 1]?.end ?? from
    found.push(settle(written, { text: line.text.slice(from, to), line: line.number, from, to }, hints))
    at = Math.max(at + 1, written.to)
  }
  return found
}

type Place = { text: string; line: number; from: number; to: number }

function settle(written: Written, place: Place, hints: DateHints): FoundDate {
  const nothing = (note: Unsure): FoundDate => ({
    ...place,
    startsOn: null,
    endsOn: null,
    precision: 'day',
    notes: [note],
  })
  if (written.shortYear) return nothing(say.shortYear(place.text, place.line))
  const year = written.last?.year ?? written.first.year ?? hints.year
  if (year === null) return nothing(say.noYear(place.text, place.line))
  if (written.first.day === null) return settleMonths(written, place, year)
  if (!written.swappable) return settleDays(written, place, year)
  if (hints.dayFirst === null) return nothing(say.ambiguousDate(place.text, null, place.line))
  const read = settleDays(hints.dayFirst ? written : swap(written), place, year)
  return { ...read, notes: [...read.notes, say.ambiguousDate(place.text, read.startsOn, place.line)] }
}

const swapEnd = (end: End): End => ({ ...end, day: end.month, month: end.day })
const swap = (written: Written): Written => ({
  ...written,
  first: swapEnd(written.first),
  last: written.last && swapEnd(written.last),
})

function settleMonths(written: Written, place: Place, year: number): FoundDate {
  const startYear = written.first.year ?? year
  const startsOn = makeDay({ year: startYear, month: written.first.month ?? 1, day: 1 })
  const endsOn = lastOfMonth(written.last?.year ?? startYear, written.last?.month ?? written.first.month ?? 1)
  const notes = [say.onlyMonth(place.text, place.line)]
  if (startsOn !== null && endsOn < startsOn) {
    return {
      ...place,
      startsOn: null,
      endsOn: null,
      precision: 'month',
      notes: [say.endBeforeStart(place.text, place.line)],
    }
  }
  return { ...place, startsOn, endsOn, precision: 'month', notes }
}

const partsOf = (end: End, month: number | null, year: number): DayParts => ({
  year: end.year ?? year,
  month: end.month ?? month ?? 0,
  day: end.day ?? 0,
})

function settleDays(written: Written, place: Place, year: number): FoundDate {
  const { first, last } = written
  const notes: Unsure[] = []
  const refuse = (note: Unsure): FoundDate => ({
    ...place,
    startsOn: null,
    endsOn: null,
    precision: 'day',
    notes: [note],
  })
  const opening = partsOf(first, last?.month ?? null, year)
  const closing = last ? partsOf(last, null, year) : opening
  if (last && first.year === null && first.month !== null && last.month !== null && first.month > last.month) {
    opening.year = closing.year - 1
  }
  const startsOn = makeDay(opening)
  const endsOn = makeDay(closing)
  if (startsOn === null || endsOn === null) return refuse(say.impossibleDate(place.text, place.line))
  if (opening.year !== closing.year && first.year === null)
    notes.push(say.yearDeduced(place.text, startsOn, place.line))
  if (endsOn < startsOn) return refuse(say.endBeforeStart(place.text, place.line))
  const days = written.between.length + 2
  if (written.between.length > 0 && countDays(startsOn, endsOn) !== days)
    notes.push(say.daysApart(place.text, place.line))
  for (const [end, day] of [
    [first, startsOn],
    [last, endsOn],
  ] as const) {
    if (end && end.weekday !== null && end.weekday !== weekdayOf(day))
      notes.push(say.wrongWeekday(place.text, day, place.line))
  }
  return { ...place, startsOn, endsOn, precision: 'day', notes }
}
