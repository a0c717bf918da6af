import { newId, type NewRecord, type NewText } from '#features/records/index.ts'
import type { SeminarRows } from '#features/seminars/index.ts'
import { zonedToInstant, type Day, type Instant } from '#platform/time.ts'
import type { PageRead, Unsure } from '../page/index.ts'

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
  const title = { field: 'title', lang, body: session.title }
  return session.abstract === null ? [title] : [title, { field: 'abstract', lang, body: session.abstract }]
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
  const sessions = numberSessions(page.sessions).map((session) => ({ session, id: newId('session', settings.now) }))
  const materials = page.links
    .filter((link) => link.url !== null && link.kind !== 'registration' && link.kind !== 'other')
    .map((link) => ({ link, id: newId('material', settings.now) }))
  const record = { sourceLang: lang, status: 'draft' as const }
  const zone = page.seminar.timeZone ?? settings.zone
  return {
    ok: true,
    draft: {
      id,
      records: [
        { ...record, id, kind: 'seminar', texts: seminarTexts(page, lang) },
        ...sessions.map((one): NewRecord => ({
          ...record,
          id: one.id,
          kind: 'session',
          texts: sessionTexts(one.session, lang),
        })),
        ...materials.map((one): NewRecord => ({
          ...record,
          id: one.id,
          kind: 'material',
          texts: one.link.label === '' ? [] : [{ field: 'label', lang, body: one.link.label }],
        })),
      ],
      rows: {
        seminars: [{ id, ...factsOf(page), ...dates, time_zone: zone }],
        sessions: sessions.map((one) => ({
          id: one.id,
          seminar_id: id,
          number: one.session.number,
          ...sessionTimes(page, one.session, dates.starts_on, zone),
        })),
        channels: sessions.flatMap((one) => channelsOf(page, one.id)),
        speakers: [],
        materials: materials.map((one, position) => ({
          id: one.id,
          seminar_id: id,
          session_id: null,
          kind: materialKind(one.link.kind),
          lang: one.link.lang ?? lang,
          url: one.link.url ?? '',
          bytes: null,
          seconds: null,
          position,
        })),
      },
      assumed: assumptions(page, settings, lang),
    },
  }
}

/** Which times a session gets: its day, its length, and its hour when the page has one session and one hour. */
export function sessionTimes(page: PageRead, session: ReadSession, firstDay: Day, zone: string) {
  const day = session.startsOn ?? (page.sessions.length === 1 ? firstDay : null)
  const { startTime, sessionMinutes: minutes } = page.seminar
  const startsAt = day && startTime && page.sessions.length === 1 ? zonedToInstant(day, startTime, zone) : null
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

function assumptions({ seminar, links }: PageRead, settings: DraftSettings, lang: string): Unsure[] {
  const assume = (what: string, why: string): Unsure => ({ what, why, line: null })
  return [
    seminar.timeZone === null
      ? [assume('timeZone', `The page names no time zone; the hub's, ${settings.zone}, was taken.`)]
      : [],
    seminar.form === null ? [assume('form', 'The page does not say what form it has; “seminar” was taken.')] : [],
    seminar.mode === null
      ? [assume('mode', 'The page does not say whether it was held online; “online” was taken.')]
      : [],
    links
      .filter(
        (link) => link.url !== null && link.lang === null && link.kind !== 'other' && link.kind !== 'registration',
      )
      .map((link) => ({
        what: 'links',
        why: `The language of “${link.label}” is not said; the page's, ${lang}, was taken.`,
        line: link.line,
      })),
  ].flat()
}
