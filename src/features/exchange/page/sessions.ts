import { findDates } from './dates.ts'
import { fold } from './fold.ts'
import { writeMarkdown } from './markdown.ts'
import { say } from './messages.ts'
import { shorten } from './sections.ts'
import { type DayMark, readDayMark, type Start } from './session-starts.ts'
import type { Line, ReadSession, Unsure } from './types.ts'

/** A session before its day is settled: `mark` is the day heading that it stands under. */
export type RawSession = ReadSession & { mark: DayMark | null; written: string | null }
export type SessionList = { sessions: RawSession[]; rest: Line[]; notes: Unsure[] }

const longestTitle = 180

/** The sessions that begin at `starts`, and the lines around them that belong to none. */
export function readSessions(lines: readonly Line[], starts: readonly Start[], year: number | null): SessionList {
  const notes: Unsure[] = []
  const before = lines.slice(0, starts[0]?.index ?? 0)
  let mark: DayMark | null = null
  const rest: Line[] = []
  for (const line of before) {
    const found = readDayMark(line, year)
    mark = found ?? mark
    if (!found) rest.push(line)
  }
  const chunks = cutChunks(lines, starts, rest)
  const sessions = starts.map((start, index): RawSession => {
    const chunk = chunks[index] ?? []
    const marks = chunk.map((line) => readDayMark(line, year))
    const body = chunk.filter((_, place) => !marks[place])
    const session = readOne(lines, start, body, year, notes)
    const raw = { ...session, mark }
    mark = marks.findLast((found) => found !== null) ?? mark
    return raw
  })
  notes.push(...checkNumbers(sessions))
  return { sessions, rest, notes }
}

/** The lines under each title. After the last session, words that stand apart from it go to `rest`. */
function cutChunks(lines: readonly Line[], starts: readonly Start[], rest: Line[]): Line[][] {
  const chunks = starts.map((start, index) => lines.slice(start.index + 1, starts[index + 1]?.index ?? lines.length))
  const last = chunks.at(-1)
  const start = starts.at(-1)
  const title = start && lines[start.index]
  if (!last || !title) return chunks
  const end = findEnd(chunks, title)
  rest.push(...last.slice(end))
  chunks[chunks.length - 1] = last.slice(0, end)
  return chunks
}

function countParagraphs(chunk: readonly Line[]): number {
  return chunk.filter((line, index) => index === 0 || line.gap).length
}

function findEnd(chunks: readonly (readonly Line[])[], title: Line): number {
  const last = chunks.at(-1) ?? []
  const outside = (line: Line) => line.gap && line.indent <= title.indent
  const indented = chunks.some((chunk) => chunk[0] !== undefined && chunk[0].indent > title.indent)
  if (indented) {
    const end = last.findIndex(outside)
    return end < 0 ? last.length : end
  }
  if (chunks.length === 1) return last.length
  const most = Math.max(...chunks.slice(0, -1).map(countParagraphs))
  let paragraphs = 0
  for (const [index, line] of last.entries()) {
    if (index === 0 || line.gap) paragraphs++
    if (paragraphs > most && (line.gap || index > 0)) return index
  }
  return last.length
}

function readOne(
  lines: readonly Line[],
  start: Start,
  chunk: readonly Line[],
  year: number | null,
  notes: Unsure[],
): Omit<RawSession, 'mark'> {
  const line = lines[start.index]
  const empty = {
    number: start.number,
    title: '',
    abstract: null,
    startsOn: null,
    line: line?.number ?? 1,
    written: null,
  }
  if (!line) return empty
  const { head, body } = splitTitle(line, start, chunk, notes)
  const dated = takeDate(head, year)
  const title = cleanTitle(dated.text)
  if (title === '') notes.push(say.sessionNoTitle(start.number, line.number))
  return { ...empty, title, abstract: writeMarkdown(body), written: dated.date }
}

/** The title's words and the lines of the abstract. */
function splitTitle(line: Line, start: Start, chunk: readonly Line[], notes: Unsure[]): { head: string; body: Line[] } {
  const head = line.text.slice(start.titleAt)
  const [first, ...others] = chunk
  if (cleanTitle(head) === '' && first && first.text.length <= longestTitle && !first.marker)
    return { head: first.text, body: others }
  if (line.lead > start.titleAt)
    return { head: line.text.slice(start.titleAt, line.lead), body: [afterTitle(line, line.lead), ...chunk] }
  if (head.length <= longestTitle) return { head, body: [...chunk] }
  notes.push(say.sessionLongTitle(start.number, line.number))
  const at = start.titleAt + findTitleEnd(head)
  return { head: line.text.slice(start.titleAt, at), body: [afterTitle(line, at), ...chunk] }
}

/** What follows the title on its line is a paragraph of its own. */
function afterTitle(line: Line, at: number): Line {
  const sign = /^[\s:.–-]{1,6}/.exec(line.text.slice(at, at + 8))?.[0].length ?? 0
  return { ...shorten(line, at + sign), marker: null, gap: true, level: 0 }
}

function findTitleEnd(head: string): number {
  const begin = head.slice(0, longestTitle)
  for (const sign of [': ', ' – ', ' — ', '. ', '; ', ', ']) {
    const at = begin.indexOf(sign, 12)
    if (at > 0) return at
  }
  const blank = begin.lastIndexOf(' ')
  return blank > 0 ? blank : begin.length
}

const cleanTitle = (title: string): string =>
  title
    .replace(/^[\s:.)–—-]{1,10}/, '')
    .replace(/[\s:–—-]{1,10}$/, '')
    .trim()

/** A date in a title (“(1 December 2021)”) is the session's day and no part of its title. */
function takeDate(head: string, year: number | null): { text: string; date: string | null } {
  const line: Line = {
    number: 0,
    text: head,
    markdown: head,
    folded: fold(head),
    indent: 0,
    gap: false,
    level: 0,
    marker: null,
    lead: 0,
    links: [],
  }
  const [found, second] = findDates(line, { year, dayFirst: null })
  if (!found || second || found.startsOn === null || found.precision !== 'day' || found.startsOn !== found.endsOn) {
    return { text: head, date: null }
  }
  const before = head.slice(0, found.from)
  const after = head.slice(found.to)
  const opened = /[([]\s*$/.test(before.slice(-3)) && /^\s*[)\]]/.test(after.slice(0, 3))
  if (opened)
    return { text: before.replace(/\s*[([]\s{0,3}$/, '') + after.replace(/^\s*[)\]]/, ''), date: found.startsOn }
  const first = cleanTitle(before) === '' && /^\s*[:,–—-]/.test(after.slice(0, 3))
  const last = cleanTitle(after) === '' && /[,:–—-]\s*$/.test(before.slice(-3))
  if (first) return { text: after.replace(/^[\s:,–—-]{1,5}/, ''), date: found.startsOn }
  return { text: last ? before.replace(/[\s:,–—-]{1,5}$/, '') : head, date: found.startsOn }
}

function checkNumbers(sessions: readonly RawSession[]): Unsure[] {
  const notes: Unsure[] = []
  const seen = new Set<number>()
  let last = 0
  for (const { number, line } of sessions) {
    if (seen.has(number)) notes.push(say.sessionDoubled(number, line))
    else if (number < last) notes.push(say.sessionDisorder(number, last, line))
    seen.add(number)
    last = number
  }
  const highest = Math.min(99, Math.max(0, ...seen))
  for (let number = 1; number < highest; number++) {
    const after = sessions.find((session) => session.number > number)
    if (!seen.has(number)) notes.push(say.sessionMissing(number, after?.line ?? null))
  }
  return notes
}
