import { fold, tidy } from './fold.ts'
import { findDates } from './dates.ts'
import { matchHeading } from './headings.ts'
import { say } from './messages.ts'
import { readDayMark } from './session-starts.ts'
import type { Section } from './sections.ts'
import { MAX_LOOK } from './token.ts'
import type { DatePrecision, Line, Unsure } from './types.ts'

export type ChosenTitle = { title: string | null; used: Set<Line>; notes: Unsure[] }

const longest = 250

/** The page's title: its main heading, a line before the sections, or what its window bears. Null when it has none. */
export function chooseTitle(
  lines: readonly Line[],
  preamble: readonly Line[],
  sections: readonly Section[],
  titles: readonly string[],
): ChosenTitle {
  const nothing: ChosenTitle = { title: null, used: new Set(), notes: [] }
  const found = (line: Line): ChosenTitle => ({ title: line.text.slice(0, longest), used: new Set([line]), notes: [] })
  const heading = lines.find((line) => line.level === 1 && isTitle(line))
  if (heading) return found(heading)
  const labelled = sections.find((section) => section.kinds[0] === 'title')?.lines[0]
  if (labelled) return found(labelled)
  const first = preamble.find((line) => isTitle(line) && line.level === 0 && !line.marker && !isSentence(line))
  if (first) return found(first)
  const window = titles.map(stripSite).find((title) => isTelling(title) && matchHeading(fold(title)).length === 0)
  return window ? { ...nothing, title: window.slice(0, longest), notes: [say.titleFromSite(window)] } : nothing
}

function isTitle(line: Line): boolean {
  if (line.text.length > longest || line.text.length < 4 || matchHeading(line.folded).length > 0) return false
  if (!/\p{L}{3}/u.test(line.text) || line.links.some((link) => link.label === line.text)) return false
  const [date, other] = findDates(line)
  const mostlyDate = date && !other && line.text.length - (date.to - date.from) < 18
  return !mostlyDate && !readDayMark(line, null)
}

/** One or two words are more likely the site's name than the page's. */
const isTelling = (title: string) => title.split(' ').length > 2

const isSentence = (line: Line) => /[.;:!…]$/.test(line.text) || line.text.split(' ').length > 30

/** “Title | Site” and “Title - Site name” are the title. */
function stripSite(title: string): string {
  const clean = tidy(title.slice(0, 1000))
  const bar = clean.indexOf(' | ')
  if (bar > 0) return clean.slice(0, bar)
  const dash = Math.max(clean.lastIndexOf(' - '), clean.lastIndexOf(' — '))
  return dash > 15 ? clean.slice(0, dash) : clean
}

const nounPatterns: Readonly<Record<string, RegExp>> = {
  fr: /\b(?:seminaire|webinaire|atelier)s? (\p{L}{0,16}(?:regional|national|virtuel|regionaux|nationaux)e?s?)\b/gu,
  es: /\b(?:seminario|webinario|taller)e?s? (\p{L}{0,16}(?:regional|nacional|virtual)(?:es)?)\b/gu,
  pt: /\b(?:seminario|webinario|oficina)s? (\p{L}{0,16}(?:regional|nacional|virtual|regionais|nacionais))\b/gu,
  en: /\b(\p{L}{0,16}(?:regional|national)) (?:knowledge-sharing |learning )?(?:seminar|webinar|workshop)s?\b/gu,
}
const nouns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { seminar: 'seminar', webinar: 'webinar', workshop: 'workshop', training: 'training' },
  fr: { seminar: 'séminaire', webinar: 'webinaire', workshop: 'atelier', training: 'formation' },
  es: { seminar: 'seminario', webinar: 'webinario', workshop: 'taller', training: 'formación' },
  pt: { seminar: 'seminário', webinar: 'webinário', workshop: 'oficina', training: 'formação' },
  ar: { seminar: 'ندوة', webinar: 'ندوة عبر الإنترنت', workshop: 'ورشة عمل', training: 'تدريب' },
}

type Known = {
  lang: string
  form: string | null
  startsOn: string | null
  endsOn: string | null
  precision: DatePrecision | null
}

/** A title made from the page's own words and dates, always with a note. */
export function composeTitle(lines: readonly Line[], known: Known): ChosenTitle {
  const noun = nouns[known.lang]?.[known.form ?? 'seminar'] ?? nouns['en']?.[known.form ?? 'seminar']
  if (!noun || (!known.form && !known.startsOn)) return { title: null, used: new Set(), notes: [say.noTitleAtAll()] }
  const adjective = findAdjective(lines, known.lang)
  const named = !adjective ? noun : known.lang === 'en' ? `${adjective} ${noun}` : `${noun} ${adjective}`
  const when = writeDates(known)
  const title = named.charAt(0).toLocaleUpperCase(known.lang) + named.slice(1) + (when ? `, ${when}` : '')
  return { title, used: new Set(), notes: [say.noTitle(lines[0]?.number ?? null)] }
}

/** The adjective that the page most often gives to its seminar, in the singular (“interrégional”). */
function findAdjective(lines: readonly Line[], lang: string): string | null {
  const pattern = nounPatterns[lang]
  if (!pattern) return null
  const counts = new Map<string, { word: string; count: number }>()
  for (const line of lines) {
    for (const match of line.folded.slice(0, MAX_LOOK).matchAll(pattern)) {
      const folded = match[1] ?? ''
      const at = match.index + match[0].indexOf(folded)
      const word = makeSingular(line.text.slice(at, at + folded.length).toLocaleLowerCase(lang))
      const known = counts.get(fold(word)) ?? { word, count: 0 }
      counts.set(fold(word), { ...known, count: known.count + 1 })
    }
  }
  return [...counts.values()].sort((one, other) => other.count - one.count)[0]?.word ?? null
}

const makeSingular = (word: string): string =>
  word.replace(/aux$/, 'al').replace(/ais$/, 'al').replace(/ales$/, 'al').replace(/els$/, 'el').replace(/als$/, 'al')

function writeDates({ lang, startsOn, endsOn, precision }: Known): string {
  if (startsOn === null || precision === null) return ''
  const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', year: 'numeric' }
  if (precision !== 'year') options.month = 'long'
  if (precision === 'day') options.day = 'numeric'
  const format = new Intl.DateTimeFormat(lang === 'ar' ? 'ar-u-nu-latn' : lang === 'en' ? 'en-GB' : lang, options)
  return tidy(format.formatRange(new Date(`${startsOn}T00:00:00Z`), new Date(`${endsOn ?? startsOn}T00:00:00Z`)))
}
