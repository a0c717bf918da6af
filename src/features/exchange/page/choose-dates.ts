import { readClock } from './clock.ts'
import { type DateHints, findDates, type FoundDate } from './dates.ts'
import { say } from './messages.ts'
import type { Section } from './sections.ts'
import { listSentences } from './token.ts'
import type { DatePrecision, Line, Unsure } from './types.ts'
import { readOrdinal, seminarNouns } from './words.ts'

export type ChosenDates = {
  startsOn: string | null
  endsOn: string | null
  precision: DatePrecision | null
  startTime: string | null
  timeZone: string | null
  /** Lines that served for nothing but the date. */
  used: Set<Line>
  notes: Unsure[]
}

type Candidate = { date: FoundDate; line: Line; prose: boolean }

/** The seminar's own dates: from a section for dates, else from the lines before the sections, else from its prose. */
export function chooseDates(
  sections: readonly Section[],
  preamble: readonly Line[],
  dayFirst: boolean | null,
): ChosenDates {
  const chosen: ChosenDates = {
    startsOn: null,
    endsOn: null,
    precision: null,
    startTime: null,
    timeZone: null,
    used: new Set(),
    notes: [],
  }
  const hints: DateHints = { year: null, dayFirst }
  const linesOf = (...kinds: string[]) =>
    sections.filter((section) => section.kinds.some((kind) => kinds.includes(kind))).flatMap((section) => section.lines)
  const stated = new Set(linesOf('dates'))
  const head = preamble.slice(0, 40)
  const prose = linesOf('format', 'objectives', 'registration', 'time', 'agenda')
  const candidates = [
    ...collect([...stated], hints, false),
    ...collect(head, hints, true),
    ...collect(prose, hints, true),
  ]
  const best = candidates.find(isFirm) ?? candidates.find(({ date }) => date.startsOn !== null)
  const fromSection = best !== undefined && stated.has(best.line)
  if (best) take(chosen, best, fromSection)
  else if (!takeYear(chosen, stated)) chosen.notes.push(...(candidates[0]?.date.notes ?? [say.noDate()]))
  noteOthers(chosen, best, candidates, stated)
  readTimes(chosen, best, [...linesOf('time'), ...stated, ...head])
  return chosen
}

const isFirm = ({ date }: Candidate) => date.startsOn !== null && date.precision === 'day'

function collect(lines: readonly Line[], hints: DateHints, prose: boolean): Candidate[] {
  return lines.flatMap((line) => {
    const told = prose ? listTold(line) : []
    return findDates(line, hints)
      .filter((date) => !told.some(({ start, end }) => date.from >= start && date.from < end))
      .map((date) => ({ date, line, prose: prose && line.text.length > 120 }))
  })
}

/** Sentences about other seminars (“the first seminar took place in …”) or about how things began. */
function listTold(line: Line): { start: number; end: number }[] {
  return listSentences(line.folded).filter(({ start, end }) => {
    const words = line.folded.slice(start, end).split(/[^\p{L}\p{N}]+/u)
    const another = words.some((word, index) => {
      const isOrdinal =
        readOrdinal(word) !== null && words.slice(index + 1, index + 4).some((next) => seminarNouns.test(next))
      return (
        isOrdinal &&
        !words.slice(Math.max(0, index - 2), index).some((before) => /^(?:this|ce|este|esta)$/.test(before))
      )
    })
    return (
      another ||
      words.some((word) =>
        /^(?:created|founded|launched|published|cree|creee|lance|lancee|publie|publiee|creado|creada|lanzado|publicado|criado|criada|lancado|posted|updated|deadline)$/.test(
          word,
        ),
      )
    )
  })
}

function take(chosen: ChosenDates, best: Candidate, fromSection: boolean): void {
  const { date, line } = best
  chosen.startsOn = date.startsOn
  chosen.endsOn = date.endsOn
  chosen.precision = date.precision
  chosen.notes.push(...date.notes)
  if (!fromSection && best.prose) chosen.notes.push(say.dateInProse(date.text, line.number))
  if (fromSection || line.text.length - date.text.length < 60) chosen.used.add(line)
}

function takeYear(chosen: ChosenDates, stated: ReadonlySet<Line>): boolean {
  const line = [...stated].find((candidate) => /^(?:en |in |em |le )?(?:19|20)\d\d$/.test(candidate.folded))
  if (!line) return false
  const year = line.folded.slice(-4)
  chosen.startsOn = `${year}-01-01`
  chosen.endsOn = `${year}-12-31`
  chosen.precision = 'year'
  chosen.used.add(line)
  chosen.notes.push(say.onlyYear(line.text, line.number))
  return true
}

/** Dates that are impossible or unclear, and those that lie outside the chosen ones, are told. */
function noteOthers(
  chosen: ChosenDates,
  best: Candidate | undefined,
  candidates: readonly Candidate[],
  stated: ReadonlySet<Line>,
): void {
  if (!best) {
    for (const { date } of candidates.slice(1)) chosen.notes.push(...date.notes)
    return
  }
  for (const candidate of candidates) {
    const { date, line } = candidate
    if (candidate === best) continue
    if (stated.has(line)) chosen.used.add(line)
    if (date.startsOn === null) {
      if (!date.notes.some((note) => note.why === say.noYear(date.text, date.line).why))
        chosen.notes.push(...date.notes)
      continue
    }
    const inside =
      chosen.startsOn !== null &&
      chosen.endsOn !== null &&
      date.startsOn >= chosen.startsOn &&
      (date.endsOn ?? date.startsOn) <= chosen.endsOn
    const around =
      date.precision !== 'day' &&
      chosen.startsOn !== null &&
      date.startsOn <= chosen.startsOn &&
      (date.endsOn ?? '') >= (chosen.endsOn ?? '')
    if (!inside && !around) chosen.notes.push(say.otherDate(date.text, date.line))
  }
}

function readTimes(chosen: ChosenDates, best: Candidate | undefined, lines: readonly Line[]): void {
  const day = chosen.precision === 'day' ? chosen.startsOn : null
  const places = [
    ...(best ? [{ line: best.line, words: blank(best) }] : []),
    ...lines
      .filter((line) => line !== best?.line && line.text.length < 200)
      .map((line) => ({ line, words: hideDates(line) })),
  ]
  for (const { line, words } of places) {
    const clock = readClock(words, line.number, day)
    chosen.notes.push(...clock.notes)
    if (clock.startTime === null) continue
    chosen.startTime = clock.startTime
    chosen.timeZone = clock.timeZone
    if (line.text.length < 120) chosen.used.add(line)
    return
  }
}

/** In a line of prose the time stands close behind its date; a short line may have it before. */
function blank({ date, line }: Candidate): string {
  const after = line.folded.slice(date.to, date.to + 80)
  return line.text.length < 160 ? `${after} | ${line.folded.slice(0, date.from)}` : (after.split(/[.;] /)[0] ?? '')
}

function hideDates(line: Line): string {
  return findDates(line).reduceRight((words, date) => words.slice(0, date.from) + words.slice(date.to), line.folded)
}
