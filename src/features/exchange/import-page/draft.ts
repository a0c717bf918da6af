import { newId, type NewRecord, type NewText } from '#features/records/index.ts'
import type { SeminarRows } from '#features/seminars/index.ts'
import { zonedToInstant, type Day, type Instant } from '#platform/time.ts'
import type { PageRead, Unsure } from '../page/index.ts'
import { isRuleForAll, isUnderRule } from './rule.ts'

/** What the page leaves open and the hub or the person decides. */
export interface DraftSettings {
  readonly now: Instant
  /** The hub's own zone, for a page that names none. */
  readonly zone: string
  readonly startsOn: Day | null
  readonly endsOn: Day | null
}

/** A seminar ready to be written, with what had to be assumed for it. */
export interface SeminarDraft {
  readonly id: string
  readonly records: readonly NewRecord[]
  readonly rows: SeminarRows
  readonly assumed: readonly Unsure[]
}

export type Drafted = { ok: true; draft: SeminarDraft } | { ok: false; problem: 'no-date' }

type ReadSession = PageRead['sessions'][number]

/** The texts of a seminar that a page can give. */
export function seminarTexts({ seminar }: PageRead, lang: string): NewText[] {
  const { title, objectives, format, audiences, background } = seminar
  return Object.entries({ title, objectives, format, audiences, background }).flatMap(([field, body]) =>
    body === null ? [] : [{ field, lang, body }],
  )
}

/** The texts of a session that a page can give. */
export function sessionTexts(session: ReadSession, lang: string): NewText[] {
  return Object.entries({ title: session.title, abstract: session.abstract }).flatMap(([field, body]) =>
    body === null || body === '' ? [] : [{ field, lang, body }],
  )
}

/** The language the texts of a page are in: its own, else the one it claims. */
export function languageOf({ seminar }: PageRead): string {
  return seminar.detectedLang ?? seminar.claimedLang ?? 'en'
}

/** The sessions of a page with numbers that are each used once; doubled ones are counted on. */
export function numberSessions(sessions: readonly ReadSession[]): ReadSession[] {
  const used = new Set<number>()
  return sessions.map((session) => {
    let number = Math.max(1, session.number)
    while (used.has(number)) number += 1
    used.add(number)
    return { ...session, number }
  })
}

/** Turns what was read into a draft seminar. A page without a day needs one from the person. */
export function draftSeminar(page: PageRead, settings: DraftSettings): Drafted {
  const dates = datesOf(page, settings)
  if (!dates) return { ok: false, problem: 'no-date' }
  const lang = languageOf(page)
  const id = newId('seminar', settings.now)
  const sessions = draftSessions(page, numberSessions(page.sessions), id, settings)
  const { records, materials } = draftMaterials(page, id, settings, 0)
  const seminar: NewRecord = { ...unpublished(lang), id, kind: 'seminar', texts: seminarTexts(page, lang) }
  const row = { id, ...factsOf(page), ...dates, time_zone: page.seminar.timeZone ?? settings.zone }
  return {
    ok: true,
    draft: {
      id,
      records: [seminar, ...sessions.records, ...records],
      rows: { seminars: [row], ...sessions.rows, speakers: [], materials },
      assumed: assumptions(page, settings, lang),
    },
  }
}

const unpublished = (lang: string) => ({ sourceLang: lang, status: 'draft' as const })

/** Records and rows for sessions of a page; their numbers must each be used once. */
export function draftSessions(
  page: PageRead,
  sessions: readonly ReadSession[],
  seminarId: string,
  settings: DraftSettings,
): { records: NewRecord[]; rows: Pick<SeminarRows, 'sessions' | 'channels'> } {
  const lang = languageOf(page)
  const drafts = sessions.map((session) => ({ session, id: newId('session', settings.now) }))
  return {
    records: drafts.map(({ id, session }) => ({
      ...unpublished(lang),
      id,
      kind: 'session',
      texts: sessionTexts(session, lang),
    })),
    rows: {
      sessions: drafts.map(({ id, session }) => ({
        id,
        seminar_id: seminarId,
        number: session.number,
        ...sessionTimes(page, session, settings),
        chatham_house: isUnderRule(page, session),
      })),
      channels: drafts.flatMap(({ id }) => channelsOf(page, id)),
    },
  }
}

/** Records and rows for the links of a page that are material of the seminar; `from` is the first free place. */
export function draftMaterials(
  page: PageRead,
  seminarId: string,
  settings: DraftSettings,
  from: number,
): { records: NewRecord[]; materials: SeminarRows['materials'] } {
  const lang = languageOf(page)
  const drafts = page.links
    .filter(isMaterial)
    .flatMap((link) => (link.url === null ? [] : [{ link, url: link.url, id: newId('material', settings.now) }]))
  return {
    records: drafts.map(({ link, id }) => ({
      ...unpublished(lang),
      id,
      kind: 'material',
      texts: link.label === '' ? [] : [{ field: 'label', lang, body: link.label }],
    })),
    materials: drafts.map(({ link, url, id }, index) => ({
      id,
      seminar_id: seminarId,
      session_id: null,
      kind: materialKind(link.kind),
      lang: link.lang ?? lang,
      url,
      bytes: null,
      seconds: null,
      position: from + index,
    })),
  }
}

const isMaterial = (link: PageRead['links'][number]) => link.kind !== 'registration' && link.kind !== 'other'

/** Which times a session gets: its day, its length, and its hour when the page has one session and one hour. */
export function sessionTimes(page: PageRead, session: ReadSession, settings: DraftSettings) {
  const isOnly = page.sessions.length === 1
  const day = session.startsOn ?? (isOnly ? (datesOf(page, settings)?.starts_on ?? null) : null)
  const { startTime, sessionMinutes: minutes, timeZone } = page.seminar
  const startsAt = isOnly && day && startTime ? zonedToInstant(day, startTime, timeZone ?? settings.zone) : null
  const endsAt = startsAt && minutes ? new Date(Date.parse(startsAt) + minutes * 60_000).toISOString() : null
  return { starts_on: day, starts_at: startsAt, ends_at: endsAt, minutes }
}

/** The facts of a seminar's row that are no dates. */
export function factsOf({ seminar, links }: PageRead) {
  return {
    form: seminar.form ?? ('seminar' as const),
    mode: seminar.mode ?? ('online' as const),
    platform: seminar.platform,
    access: seminar.access,
    city: null,
    country: null,
    registration_opens_at: null,
    registration_closes_at: null,
    registration_url: links.find((link) => link.kind === 'registration' && link.url !== null)?.url ?? null,
    join_url: null,
  }
}

/** The dates of a seminar's row: the person's word first, then the page's; null when neither names a day or a month. */
export function datesOf({ seminar }: PageRead, settings: Pick<DraftSettings, 'startsOn' | 'endsOn'>) {
  if (settings.startsOn !== null) {
    return { starts_on: settings.startsOn, ends_on: settings.endsOn ?? settings.startsOn, precision: 'day' as const }
  }
  const { startsOn, endsOn, datePrecision } = seminar
  if (startsOn === null || datePrecision === 'year') return null
  const precision = datePrecision === 'month' ? ('month' as const) : ('day' as const)
  return { starts_on: startsOn, ends_on: endsOn !== null && endsOn >= startsOn ? endsOn : startsOn, precision }
}

function channelsOf({ seminar }: PageRead, sessionId: string): SeminarRows['channels'][number][] {
  return [...new Set(seminar.interpretation)].map((lang, position) => ({
    session_id: sessionId,
    lang,
    kind: 'interpretation',
    position,
  }))
}

type LinkKind = PageRead['links'][number]['kind']

function materialKind(kind: LinkKind): 'agenda' | 'slides' | 'recording' | 'document' {
  if (kind === 'recording' || kind === 'agenda') return kind
  return kind === 'presentation' ? 'slides' : 'document'
}

const assume = (is: boolean, what: string, why: string): Unsure[] => (is ? [{ what, why, line: null }] : [])

/** What a draft needs and the page leaves open, with what was taken instead. */
export function assumptions(page: PageRead, settings: DraftSettings, lang: string): Unsure[] {
  const { seminar, links, sessions } = page
  return [
    assume(
      seminar.timeZone === null,
      'timeZone',
      `The page names no time zone; the hub's, ${settings.zone}, was taken.`,
    ),
    assume(seminar.form === null, 'form', 'The page does not say what form it has; “seminar” was taken.'),
    assume(seminar.mode === null, 'mode', 'The page does not say whether it was held online; “online” was taken.'),
    assume(
      sessions.length > 0 && isRuleForAll(page),
      'sessions',
      'The page speaks of the Chatham House Rule and does not say for which session; it was taken for all of them.',
    ),
    links
      .filter((link) => isMaterial(link) && link.url !== null && link.lang === null)
      .map((link) => ({
        what: 'links',
        why: `The language of “${link.label}” is not said; the page's, ${lang}, was taken.`,
        line: link.line,
      })),
  ].flat()
}
