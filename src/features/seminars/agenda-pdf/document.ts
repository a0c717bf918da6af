import {
  direction,
  formatLocale,
  languageName,
  regionName,
  type Direction,
  type Translate,
} from '#platform/i18n/index.ts'
import { cleanText, plainText } from '#platform/text/index.ts'
import {
  dayOf,
  formatDay,
  formatDayRange,
  formatMinutes,
  formatTime,
  formatTimeRange,
  zoneName,
  type Day,
} from '#platform/time.ts'
import type { TextValue } from '#features/records/index.ts'
import type { Channel, Seminar, Session, Speaker } from '../domain.ts'

/** Words that may stand in another language than the page's. */
interface PaperText {
  readonly text: string
  readonly lang: string
  readonly dir: Direction
}

interface PaperSession {
  readonly number: string
  readonly title: PaperText
  readonly time: string | null
  readonly length: string | null
  readonly abstract: readonly PaperText[]
  /** In which language the words above are when it is not the page's, and what is to be known of them. */
  readonly note: string
  readonly speakers: readonly { readonly name: PaperText; readonly what: string }[]
  /** Why there is nobody among them. */
  readonly rule: string
  readonly channels: string
}

interface PaperDay {
  readonly name: string | null
  readonly date: string | null
  readonly sessions: readonly PaperSession[]
}

/** All that the paper says, in words ready to be set. The template adds none of its own. */
export interface AgendaDocument {
  readonly lang: string
  readonly dir: Direction
  readonly documentTitle: string
  readonly hub: string
  readonly kicker: string
  readonly title: PaperText
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly summary: PaperText | null
  /** The same for title and summary. */
  readonly note: string
  readonly timeNote: string | null
  readonly agenda: string
  readonly days: readonly PaperDay[]
  readonly empty: string | null
  readonly funding: readonly { readonly emblem: string | null; readonly statement: PaperText }[]
  readonly address: string
}

export interface PaperContext {
  readonly origin: string
  readonly hubName: string
  readonly lang: string
  readonly t: Translate
}

/** The agenda of a seminar as words for paper. Hours stand in the seminar's zone; what is not known is not said. */
export function agendaDocument(seminar: Seminar, context: PaperContext): AgendaDocument {
  const { lang, t, origin, hubName } = context
  return {
    lang: baseLanguage(lang),
    dir: direction(lang),
    documentTitle: t('agenda.title', { seminar: seminar.title.value }),
    hub: hubName,
    kicker: [t(`form.${seminar.form}`), seminar.series?.title.value].filter(Boolean).join(' · '),
    title: paperText(seminar.title),
    facts: factsOf(seminar, context),
    summary: seminar.summary && paperText(seminar.summary),
    note: noteOn([seminar.title, seminar.summary], context),
    timeNote: timeNote(seminar, context),
    agenda: t('seminar.agenda'),
    days: daysOf(seminar, context),
    empty: seminar.sessions.length === 0 ? t('seminar.noAgenda') : null,
    funding: seminar.funding.map(({ mark, statement }) => ({
      emblem: mark === 'eu' ? t('funding.emblem') : null,
      statement: paperText(statement),
    })),
    address: t('agenda.printed', { address: paperAddress(seminar, origin) }),
  }
}

/** The page's address, or the permanent one where the page's would be signs or two directions in one line. */
function paperAddress({ id, href }: Seminar, origin: string): string {
  const page = new URL(href, origin).href
  return page.includes('%') ? new URL(`/r/${id}`, origin).href : page
}

/** What a reader must know of texts that are not the page's own: their language, and whether they are behind or a machine's. */
function noteOn(texts: readonly (TextValue | null)[], { lang, t }: PaperContext): string {
  const words = texts.flatMap((text) => {
    if (!text) return []
    const state = text.state === 'machine' || text.state === 'behind' ? [t(`state.${text.state}`)] : []
    return [...(text.lang === lang ? [] : [languageName(text.lang, lang)]), ...state]
  })
  return [...new Set(words)].join(' · ')
}

/** A plain text; where there is no word in it, a dash, for a heading or an alternative may not be empty. */
function paperText({ value, lang }: TextValue): PaperText {
  const text = cleanText(value).replace(/\s+/g, ' ').trim()
  return { text: text === '' ? '–' : text, lang: baseLanguage(lang), dir: direction(lang) }
}

function paragraphs({ value, lang }: TextValue): PaperText[] {
  const parts = value.split(/\n\s*\n/).map((part) => plainText(part, 2000))
  return parts.filter((part) => part !== '').map((part) => paperText({ value: part, lang, state: 'source' }))
}

/** The language alone (`pt-BR` → `pt`): what Typst hyphenates and reads aloud by. */
function baseLanguage(lang: string): string {
  return lang.split('-', 1)[0]?.toLowerCase() ?? 'en'
}

function factsOf(seminar: Seminar, { lang, t }: PaperContext) {
  const place = seminar.mode === 'online' ? [] : [seminar.city, seminar.country && regionName(seminar.country, lang)]
  const where = [...place.filter(Boolean), t(`mode.${seminar.mode}`), ...(seminar.platform ? [seminar.platform] : [])]
  const list = new Intl.ListFormat(formatLocale(lang), { type: 'unit' })
  const organisers = list.format(seminar.organisers.map((organiser) => organiser.name.value))
  return [
    { name: t('seminar.dates'), value: formatDayRange(seminar.startsOn, seminar.endsOn, lang, seminar.precision) },
    { name: t('seminar.where'), value: where.join(' · ') },
    ...(organisers === '' ? [] : [{ name: t('seminar.organisers'), value: organisers }]),
  ]
}

function timeNote(seminar: Seminar, { lang, t }: PaperContext): string | null {
  const first = seminar.sessions.find((session) => session.startsAt !== null)?.startsAt
  if (!first) return seminar.sessions.length > 0 ? t('agenda.hoursUnknown') : null
  const { name, offset } = zoneName(seminar.timeZone, lang, first)
  return t('agenda.times', { zone: t('time.zone', { name, offset }) })
}

function daysOf(seminar: Seminar, context: PaperContext): PaperDay[] {
  const { lang, t } = context
  const byDay = Map.groupBy(seminar.sessions, (session) => dayOfSession(session, seminar.timeZone))
  // Sessions whose day is not known come last, under no day.
  const known = [...byDay].filter(([day]) => day !== null).toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
  const days = [...known, ...[...byDay].filter(([day]) => day === null)]
  return days.map(([day, sessions], index) => ({
    name: day && known.length > 1 ? t('agenda.day', { number: index + 1 }) : null,
    date: day && formatDay(day, lang, 'weekday'),
    sessions: sessions.map((session) => paperSession(session, seminar.timeZone, context)),
  }))
}

function dayOfSession(session: Session, zone: string): Day | null {
  return session.startsAt ? dayOf(session.startsAt, zone) : session.startsOn
}

function paperSession(session: Session, zone: string, context: PaperContext): PaperSession {
  const { lang, t } = context
  return {
    number: new Intl.NumberFormat(formatLocale(lang)).format(session.number),
    title: paperText(session.title),
    time: hours(session, zone, lang),
    length: !session.endsAt && session.minutes ? formatMinutes(session.minutes, lang) : null,
    abstract: session.abstract ? paragraphs(session.abstract) : [],
    note: noteOn([session.title, session.abstract], context),
    speakers: session.speakers.map((speaker) => ({ name: paperText(speaker.name), what: whatOf(speaker, t) })),
    rule: session.isChathamHouse ? t('session.chathamHouse') : '',
    channels: session.channels.length === 0 ? '' : channelList(session.channels, context),
  }
}

function hours({ startsAt, endsAt }: Session, zone: string, lang: string): string | null {
  if (!startsAt) return null
  return endsAt ? formatTimeRange(startsAt, endsAt, lang, zone) : formatTime(startsAt, lang, zone)
}

function whatOf({ role, position, organisation }: Speaker, t: Translate): string {
  const parts = [role === 'moderator' ? t('speaker.moderator') : null, position?.value, organisation?.name.value]
  return parts.filter(Boolean).join(' · ')
}

function channelList(channels: readonly Channel[], { lang, t }: PaperContext): string {
  return channels
    .map(({ lang: spoken, kind }) => t(`channel.${kind}`, { language: languageName(spoken, lang) }))
    .join(' · ')
}
