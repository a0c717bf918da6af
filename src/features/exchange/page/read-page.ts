import { chooseDates, type ChosenDates } from './choose-dates.ts'
import { fold } from './fold.ts'
import { type Facts, namesSeminar, readFacts } from './facts.ts'
import { readHtml } from './html.ts'
import { baseLanguage, detectPage } from './language.ts'
import { bodyKind, placeRest } from './left.ts'
import { readLinks } from './links.ts'
import { writeMarkdown } from './markdown.ts'
import { notASeminar, say } from './messages.ts'
import { type PickedSessions, pickSessions } from './pick-sessions.ts'
import { bodyKinds, cutSections, type Section, type Sections } from './sections.ts'
import { readSeries } from './series.ts'
import { readShape, type Shape, spreadSessions } from './shape.ts'
import { readText } from './text.ts'
import { type ChosenTitle, chooseTitle, composeTitle } from './title.ts'
import { MAX_LINES, MAX_LOOK } from './token.ts'
import type { Line, LinesOfPage, PageReading, ReadSeminar, Unsure } from './types.ts'
import type { SectionKind } from './headings.ts'

export type PageInput = {
  text: string
  /** The language that the person who imports says the page is in. */
  claimedLang?: string
  /** How to read `text`; without it, a page that begins like HTML is HTML. */
  format?: 'text' | 'html'
  /** What decodePage had to say; it comes first in `unsure`. */
  notes?: readonly Unsure[]
}

/** Whether a text is the source of an HTML page. */
function looksLikeHtml(text: string): boolean {
  return /<(?:!doctype html|html|head|body|main|article|div|h[1-6]|p|ul|ol)\b[^>]{0,2000}>/i.test(text.slice(0, 20_000))
}

/**
 * Reads the page of a seminar from a former site: what it could place, what it was unsure of, what it left. It
 * guesses nothing silently, never throws, and its work grows with the length of the text only.
 */
export function readPage(input: PageInput): PageReading {
  const format = input.format ?? (looksLikeHtml(input.text) ? 'html' : 'text')
  const whole = format === 'html' ? readHtml(input.text) : readText(input.text)
  const page = { ...whole, lines: whole.lines.slice(0, MAX_LINES) }
  const beyond = whole.lines[MAX_LINES]
  const notes = [...(input.notes ?? []), ...(beyond ? [say.tooManyLines(MAX_LINES, beyond.number)] : [])]
  const cut = cutSections(page.lines)
  const language = chooseLanguage(input, page, cut)
  const dayFirst = language.detected === null || language.detected === 'en' ? null : true
  const dates = chooseDates(cut.sections, cut.preamble, dayFirst)
  const title = chooseTitle(page.lines, cut.preamble, cut.sections, page.titles)
  const preamble: Section = { kinds: [], heading: null, lines: cut.preamble.filter((line) => !title.used.has(line)) }
  const picked = pickSessions(cut.sections, preamble, dates.startsOn ? Number(dates.startsOn.slice(0, 4)) : null)
  const parts: Parts = { page, cut, dates, title, picked, preamble, rest: restOf(cut, preamble, picked) }
  const facts = readFacts(fold(title.title ?? ''), ownLines(parts), practicalLines(parts))
  if (!isSeminar(parts, facts)) return { ok: false, problem: 'not-a-seminar', why: notASeminar, line: null }
  return assemble(parts, facts, language, notes)
}

type Parts = {
  page: LinesOfPage
  cut: Sections
  dates: ChosenDates
  title: ChosenTitle
  picked: PickedSessions
  preamble: Section
  /** The lines of each part that no session took. */
  rest: Map<Section, Line[]>
}
type Language = { claimed: string | null; detected: string | null; notes: Unsure[] }

function restOf(cut: Sections, preamble: Section, picked: PickedSessions): Map<Section, Line[]> {
  return new Map(
    [preamble, ...cut.sections].map((section): [Section, Line[]] => [
      section,
      section === picked.section ? picked.rest : section.lines,
    ]),
  )
}

function chooseLanguage(input: PageInput, page: LinesOfPage, cut: Sections): Language {
  const told = input.claimedLang ? baseLanguage(input.claimedLang) : null
  const html = page.lang && /^[a-z]{2,3}(?:$|-)/i.test(page.lang) ? baseLanguage(page.lang) : null
  const claimed = told ?? html
  const { lang, notes } = detectPage(cut.preamble, cut.sections)
  const all: Unsure[] = []
  if (told && html && told !== html) all.push(say.claimedLanguages(told, html))
  if (claimed && lang && claimed !== lang) all.push(say.otherLanguage(claimed, lang))
  return { claimed, detected: lang, notes: [...all, ...notes] }
}

const has = (section: Section, ...kinds: SectionKind[]) => section.kinds.some((kind) => kinds.includes(kind))
const linesWhere = (parts: Parts, test: (section: Section) => boolean): Line[] =>
  [...parts.rest].flatMap(([section, lines]) => (test(section) ? lines : []))

/** Lines that speak of this seminar itself. */
const ownLines = (parts: Parts): Line[] => [
  ...parts.title.used,
  ...linesWhere(
    parts,
    (section) =>
      section === parts.preamble ||
      has(
        section,
        'objectives',
        'format',
        'audiences',
        'registration',
        'dates',
        'agenda',
        'place',
        'languages',
        'time',
      ),
  ),
]
/** Lines that say how to take part. */
const practicalLines = (parts: Parts): Line[] => [
  ...parts.title.used,
  ...linesWhere(
    parts,
    (section) =>
      section === parts.preamble ||
      has(section, 'format', 'dates', 'time', 'registration', 'place', 'languages', 'audiences'),
  ),
]
const shapeLines = (parts: Parts): Line[] => [
  ...linesWhere(parts, (section) => has(section, 'format')),
  ...linesWhere(
    parts,
    (section) => section === parts.preamble || has(section, 'dates', 'agenda', 'objectives', 'time', 'registration'),
  ),
]

/** Headings that a page of any kind may have. */
const common: readonly SectionKind[] = ['other', 'title', 'publication', 'presentation', 'languages', 'place', 'time']

function isSeminar({ cut, dates, picked, title, preamble }: Parts, { form }: Facts): boolean {
  const kinds = new Set(cut.sections.flatMap((section) => section.kinds).filter((kind) => !common.includes(kind)))
  if (picked.sessions.length > 0 && (picked.section !== preamble || form !== null)) return true
  if (dates.startsOn !== null && kinds.has('dates')) return true
  const body = bodyKinds.filter((kind) => kinds.has(kind)).length
  if (form === null) return body >= 3
  if (kinds.size > 0) return kinds.size > 1 || dates.startsOn !== null || title.title !== null
  return dates.used.size > 0 && namesSeminar(title.title ?? '')
}

function assemble(parts: Parts, facts: Facts, language: Language, before: readonly Unsure[]): PageReading {
  const { cut, dates, picked } = parts
  const lang = language.detected ?? language.claimed ?? 'en'
  const shape = readShape(shapeLines(parts))
  const firm =
    dates.precision === 'day' && dates.startsOn && dates.endsOn
      ? { startsOn: dates.startsOn, endsOn: dates.endsOn }
      : null
  const spread = spreadSessions(picked.sessions, shape, firm)
  const background = linesWhere(parts, (section) => has(section, 'background'))
  const series = readSeries(ownLines(parts), background, dates.startsOn)
  const title = parts.title.title
    ? parts.title
    : composeTitle([...ownLines(parts), ...background], { lang, form: facts.form, ...dates })
  const links = readLinks(cut.preamble, cut.sections)
  const { bare, left } = placeRest(parts.rest, {
    lines: new Set([...dates.used, ...parts.title.used]),
    sessions: picked.section,
  })
  const notes = [
    before,
    language.notes,
    title.notes,
    dates.notes,
    facts.notes,
    cut.notes,
    picked.notes,
    spread.notes,
    series.notes,
    links.notes,
    longLines(parts.page.lines),
  ].flat()
  return {
    ok: true,
    seminar: {
      title: title.title,
      ...writeSeminar(parts, facts, shape),
      seriesNumber: series.number,
      seriesPlanned: series.planned,
      claimedLang: language.claimed,
      detectedLang: language.detected,
    },
    sessions: spread.sessions,
    links: [...links.links, ...bare].sort((one, other) => one.line - other.line),
    unsure: dropRepeats(notes),
    left,
    furniture: parts.page.furniture + cut.furniture,
  }
}

type Written = Omit<ReadSeminar, 'title' | 'seriesNumber' | 'seriesPlanned' | 'claimedLang' | 'detectedLang'>

function writeSeminar(parts: Parts, facts: Facts, shape: Shape): Written {
  const { dates } = parts
  const { mode, platform, form, access, interpretation } = facts
  const body = (kind: SectionKind) =>
    writeMarkdown(
      [...parts.rest].flatMap(([section, lines]) =>
        bodyKind(section) === kind ? lines.map((line, index) => (index === 0 ? { ...line, gap: true } : line)) : [],
      ),
    )
  return {
    startsOn: dates.startsOn,
    endsOn: dates.endsOn,
    datePrecision: dates.precision,
    startTime: dates.startTime,
    timeZone: dates.timeZone,
    mode,
    platform,
    form,
    access,
    interpretation,
    days: shape.days,
    sessionsPerDay: shape.sessionsPerDay,
    sessionMinutes: shape.sessionMinutes,
    objectives: body('objectives'),
    format: body('format'),
    audiences: body('audiences'),
    background: body('background'),
  }
}

const longLines = (lines: readonly Line[]): Unsure[] =>
  lines
    .filter((line) => line.text.length > MAX_LOOK)
    .slice(0, 20)
    .map((line) => say.longLine(MAX_LOOK, line.number))

function dropRepeats(notes: readonly Unsure[]): Unsure[] {
  const seen = new Set<string>()
  return notes.filter((note) => {
    const key = JSON.stringify([note.what, note.why, note.line])
    return !seen.has(key) && seen.add(key)
  })
}
