/** A point the reader could not settle by itself: what it concerns, why (plain English), and the line of the page. */
export type Unsure = { what: string; why: string; line: number | null }

/** A piece of the page that no field took. */
export type Left = { text: string; line: number }

export type LinkKind = 'recording' | 'agenda' | 'presentation' | 'registration' | 'publication' | 'other'
export type ReadLink = { label: string; url: string | null; lang: string | null; kind: LinkKind; line: number }

/** `number` is as the page writes it: numbers may be missing or doubled, `unsure` then says so. `startsOn` is a day. */
export type ReadSession = {
  number: number
  title: string
  abstract: string | null
  startsOn: string | null
  line: number
}

export type DatePrecision = 'day' | 'month' | 'year'

/**
 * What a page says of its seminar; null is "not said". Days are YYYY-MM-DD, `startTime` is HH:MM on the wall clock of
 * `timeZone` (IANA name). With precision `month` or `year`, the days are the first and the last of that month or year.
 */
export type ReadSeminar = {
  title: string | null
  startsOn: string | null
  endsOn: string | null
  datePrecision: DatePrecision | null
  startTime: string | null
  timeZone: string | null
  mode: 'online' | 'in-person' | 'hybrid' | null
  platform: string | null
  form: 'seminar' | 'webinar' | 'workshop' | 'training' | null
  access: 'public' | 'invitation' | null
  days: number | null
  sessionsPerDay: number | null
  sessionMinutes: number | null
  seriesNumber: number | null
  seriesPlanned: number | null
  interpretation: string[]
  objectives: string | null
  format: string | null
  audiences: string | null
  background: string | null
  claimedLang: string | null
  detectedLang: string | null
}

/** `furniture` counts the pieces of the site's own furniture (menus, skip links, banners) that were left out. */
export type PageRead = {
  ok: true
  seminar: ReadSeminar
  sessions: ReadSession[]
  links: ReadLink[]
  unsure: Unsure[]
  left: Left[]
  furniture: number
}

export type PageReading = PageRead | { ok: false; problem: 'not-a-seminar'; why: string; line: number | null }

/** A link as it stands in a line. */
export type LineLink = { label: string; url: string; hreflang: string | null }

/**
 * One line of a page, furniture included. `text` is plain, `markdown` has its links and escapes, `folded` is `text`
 * in lower case without accents, character for character. `gap`: an empty line or a new block stands before it.
 */
export type Line = {
  number: number
  text: string
  markdown: string
  folded: string
  indent: number
  gap: boolean
  level: number
  marker: { number: number | null } | null
  /** How many characters at the start of `text` stand out in bold; 0 when none or all. */
  lead: number
  links: LineLink[]
}

export type LinesOfPage = {
  lines: Line[]
  titles: string[]
  lang: string | null
  furniture: number
}
