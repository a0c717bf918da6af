import { findDates } from './dates.ts'
import { readNumber, readOrdinal } from './words.ts'
import type { Line } from './types.ts'

/** A line that opens a session; `titleAt` is where its title begins. */
export type Start = { index: number; number: number; titleAt: number; explicit: boolean }

const numberedSession =
  /^(?:session|sesion|sessao|seance|الجلسة) ?(?:n ?\.?[o°º]?\.? ?)?(\d{1,2}|\p{L}{2,10})(?= ?[:.)\-(]| ?$)/u
const ordinalSession = /^(\p{L}{3,12}|\d{1,2}\p{L}{1,3}) (?:session|sesion|sessao|seance)(?= ?[:.\-(]| ?$)/u
const arabicSession = /^الجلسة (\p{L}{4,8})(?= ?[:.\-(]| ?$)/u
const sessionWord = /\b(?:sessions?|sesion(?:es)?|sess(?:ao|oes)|seances?)\b|جلس/

const namesSession = (line: Line): boolean => sessionWord.test(line.folded.slice(0, 2000))

/** "Session 1: …", "Sesión 2 – …", "First session: …" */
function readExplicit(line: Line, index: number): Start | null {
  const head = line.folded.slice(0, 80)
  const numbered = numberedSession.exec(head)
  const ordinal = ordinalSession.exec(head) ?? arabicSession.exec(head)
  const match = numbered ?? ordinal
  const word = match?.[1]
  if (!match || word === undefined) return null
  const number = numbered ? (readNumber(word) ?? readOrdinal(word)) : readOrdinal(word)
  if (number === null) return null
  return { index, number, titleAt: match[0].length, explicit: true }
}

function readNumbered(lines: readonly Line[]): Start[] {
  const first = lines.find((line) => line.marker !== null && line.marker.number !== null)
  if (!first) return []
  return lines.flatMap((line, index): Start[] => {
    const number = line.marker?.number ?? null
    const outer = number !== null && Math.abs(line.indent - first.indent) <= 1
    return outer ? [{ index, number, titleAt: 0, explicit: false }] : []
  })
}

/** Lines that say "Session n" themselves; in a background, only those that are headings. */
export function listExplicitStarts(lines: readonly Line[], headingsOnly: boolean): Start[] {
  return lines.flatMap((line, index) => {
    const start = headingsOnly && line.level === 0 ? null : readExplicit(line, index)
    return start ? [start] : []
  })
}

/** The items of the first numbered list; `named` tells whether the words around it call them sessions. */
export function listNumberedStarts(lines: readonly Line[]): { starts: Start[]; named: boolean } {
  const starts = readNumbered(lines)
  const before = lines.slice(0, starts[0]?.index ?? 0)
  return { starts, named: before.some(namesSession) || lines.some((line) => !line.marker && namesSession(line)) }
}

export type DayMark = { day: number | null; date: string | null }

const dayHeading =
  /^(?:(?:day|jour|dia|jornada|journee|اليوم) ?(\d{1,2}|\p{L}{2,9})|(\p{L}{4,9}|\d{1,2}\p{L}{1,3}) (?:day|jour|dia|jornada|journee))(?= ?[:.,\-(]| ?$)/u

/** A line that says which day the sessions after it belong to: "Day 1 – 1 December", or a date alone. */
export function readDayMark(line: Line, year: number | null): DayMark | null {
  if (line.text.length > 90) return null
  const [found, second] = findDates(line, { year, dayFirst: null })
  const date = !second && found?.precision === 'day' && found.startsOn === found.endsOn ? found.startsOn : null
  const match = dayHeading.exec(line.folded)
  const word = match?.[1] ?? match?.[2]
  const day = word === undefined ? null : (readNumber(word) ?? readOrdinal(word))
  if (day !== null) return { day, date }
  const alone = found && found.to - found.from >= line.text.length - 14
  return alone && date !== null && line.marker === null ? { day: null, date } : null
}
