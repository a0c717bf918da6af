import { addDays, countDays } from './calendar.ts'
import { say } from './messages.ts'
import type { RawSession } from './sessions.ts'
import { listSentences, listTokens, type Token } from './token.ts'
import type { Line, ReadSession, Unsure } from './types.ts'
import { readNumber } from './words.ts'

/** What the words say of the seminar's shape: days × sessions per day × minutes, and how many sessions in all. */
export type Shape = {
  days: number | null
  sessionsPerDay: number | null
  sessionMinutes: number | null
  announced: number | null
  line: number | null
}

const sessionNoun = /^(?:sessions?|sesion(?:es)?|sess(?:ao|oes)|seances?)$/
const dayNoun = /^(?:days?|jours?|journees?|dias?|jornadas?)$/
const per = new Set(['per', 'a', 'each', 'every', 'par', 'por', 'al', 'cada', 'chaque'])
const each = new Set(['each', 'chacune', 'cada', 'chaque', 'chacun', 'every', 'per', 'par', 'por'])
const articles = new Set(['a', 'an', 'un', 'une', 'uno', 'una', 'um', 'uma'])
const clockWords = new Set(['a', 'at', 'las', 'as', 'vers', 'from', 'des', 'partir'])

export function readShape(lines: readonly Line[]): Shape {
  const shape: Shape = { days: null, sessionsPerDay: null, sessionMinutes: null, announced: null, line: null }
  for (const line of lines) {
    for (const { start, end } of listSentences(line.folded)) {
      const tokens = listTokens(line.folded.slice(start, end))
      const speaksOfSessions = tokens.some((token) => sessionNoun.test(token.word))
      const days = readDays(tokens)
      const before = shape.line
      if (days !== null && (speaksOfSessions || tokens.length < 60)) shape.days ??= days
      if (speaksOfSessions) readSessionCounts(tokens, shape)
      if (shape.sessionsPerDay !== null || shape.days !== null) shape.line = before ?? line.number
    }
  }
  return shape
}

/** "two days", "a two-day seminar", "deux demi-journées"; an article is not a count. */
function readDays(tokens: readonly Token[]): number | null {
  for (const [index, token] of tokens.entries()) {
    if (!dayNoun.test(token.word)) continue
    for (let back = index - 1; back >= Math.max(0, index - 4); back--) {
      const word = tokens[back]?.word ?? ''
      const number = articles.has(word) ? null : readNumber(word)
      if (number !== null && number > 0 && number <= 31) return number
      if (!/^(?:-|half|full|demi|medias?|meios?|meias?|consecutive|consecutifs|consecutivos|whole)$/.test(word)) break
    }
  }
  return null
}

function readSessionCounts(tokens: readonly Token[], shape: Shape): void {
  for (const [index, token] of tokens.entries()) {
    if (!sessionNoun.test(token.word)) continue
    const count = countBefore(tokens, index)
    const daily = isPerDay(tokens, index)
    if (count === null) continue
    if (daily) shape.sessionsPerDay ??= count
    else if (count > 1) shape.announced ??= count
  }
  shape.sessionMinutes ??= readMinutes(tokens)
}

function countBefore(tokens: readonly Token[], index: number): number | null {
  for (let back = index - 1; back >= Math.max(0, index - 5); back--) {
    const word = tokens[back]?.word ?? ''
    if (/^[,.;:()]$/.test(word) || sessionNoun.test(word)) return null
    const next = tokens[back + 1]?.word ?? ''
    const isDuration = next === '-' || /^(?:h|hours?|heures?|horas?|min|minutes?)$/.test(next)
    const number = isDuration ? null : readNumber(word)
    if (number !== null && number > 0) return number
  }
  return null
}

/** "sessions per day", "sessions of two hours each day", "sessions par jour". */
function isPerDay(tokens: readonly Token[], index: number): boolean {
  for (let at = index + 1; at < Math.min(tokens.length, index + 8); at++) {
    const word = tokens[at]?.word ?? ''
    if (/^[,.;:]$/.test(word) || sessionNoun.test(word)) return false
    if (dayNoun.test(word)) return per.has(tokens[at - 1]?.word ?? '')
  }
  return ['daily', 'quotidiennes', 'diarias', 'diaria'].includes(tokens[index + 1]?.word ?? '')
}

type Duration = { minutes: number; each: boolean }

function readMinutes(tokens: readonly Token[]): number | null {
  const found: Duration[] = []
  for (const [index, token] of tokens.entries()) {
    const number = articles.has(token.word) ? null : readNumber(token.word)
    if (number === null || clockWords.has(tokens[index - 1]?.word ?? '')) continue
    const duration = readDuration(tokens, index, number)
    if (duration) found.push(duration)
  }
  const chosen = found.filter((duration) => duration.each)
  const [first, ...others] = chosen.length > 0 ? chosen : found
  return first && others.every((duration) => duration.minutes === first.minutes) ? first.minutes : null
}

function readDuration(tokens: readonly Token[], index: number, number: number): Duration | null {
  let at = index + 1
  if (tokens[at]?.word === '-') at++
  const unit = tokens[at]?.word ?? ''
  let minutes = 0
  if (/^(?:h|hrs?|hours?|heures?|horas?)$/.test(unit)) minutes = number * 60 + readRemainder(tokens, at, unit)
  else if (/^(?:min|mins|minutes?|minutos?)$/.test(unit)) minutes = number
  if (minutes < 10 || minutes > 480) return null
  const after = tokens.slice(at + 1, at + 6).map((token) => token.word)
  return { minutes, each: after.some((word) => each.has(word)) }
}

/** The 30 of "1h30", the half of "une heure et demie", "one and a half" is not read. */
function readRemainder(tokens: readonly Token[], at: number, unit: string): number {
  const next = tokens[at + 1]?.word ?? ''
  if (unit === 'h' && /^[0-5]\d$/.test(next)) return Number(next)
  const half = tokens
    .slice(at + 1, at + 5)
    .map((token) => token.word)
    .join(' ')
  return /^(?:et demie|y media|e meia|and a half)/.test(half) ? 30 : 0
}

/** Gives each session its day when the page settles it; says why when it does not. */
export function spreadSessions(
  sessions: readonly RawSession[],
  shape: Shape,
  dates: { startsOn: string; endsOn: string } | null,
): { sessions: ReadSession[]; notes: Unsure[] } {
  const notes: Unsure[] = []
  const span = dates ? countDays(dates.startsOn, dates.endsOn) : null
  if (shape.days !== null && span !== null && shape.days !== span)
    notes.push(say.daysAgainstDates(shape.days, span, shape.line))
  if (shape.announced !== null && sessions.length > 0 && shape.announced !== sessions.length) {
    notes.push(say.sessionCount(shape.announced, sessions.length, shape.line))
  }
  const marked = sessions.some((session) => session.mark || session.written)
  const spread = marked || !dates || span === null ? null : spreadByCount(sessions, shape, dates.startsOn, span, notes)
  return {
    sessions: sessions.map((session, index) => {
      const { number, title, abstract, line } = session
      const startsOn = marked ? readMarked(session, dates, notes) : (spread?.[index] ?? null)
      return { number, title, abstract, startsOn, line }
    }),
    notes,
  }
}

function readMarked(
  session: RawSession,
  dates: { startsOn: string; endsOn: string } | null,
  notes: Unsure[],
): string | null {
  const byNumber = session.mark?.day && dates ? addDays(dates.startsOn, session.mark.day - 1) : null
  const day = session.written ?? session.mark?.date ?? byNumber
  if (day === null || !dates || (day >= dates.startsOn && day <= dates.endsOn)) return day
  notes.push(say.sessionOutside(session.number, day, session.line))
  return null
}

function spreadByCount(
  sessions: readonly RawSession[],
  shape: Shape,
  startsOn: string,
  span: number,
  notes: Unsure[],
): string[] | null {
  if (sessions.length === 0) return null
  if (span === 1 && (shape.days ?? 1) === 1) return sessions.map(() => startsOn)
  const line = shape.line ?? sessions[0]?.line ?? null
  const perDay = shape.sessionsPerDay
  if (perDay === null) {
    notes.push(say.noDaysForSessions(line))
    return null
  }
  const agrees = perDay * span === sessions.length && (shape.days ?? span) === span
  if (agrees) return sessions.map((_, index) => addDays(startsOn, Math.floor(index / perDay)))
  notes.push(
    say.daysDisagree(`${span} days with ${perDay} sessions each do not make ${sessions.length} sessions`, line),
  )
  return null
}
