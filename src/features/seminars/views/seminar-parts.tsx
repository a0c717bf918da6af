import { servedAs, typeName } from '#platform/files/index.ts'
import { capitalise, languageName, ownName } from '#platform/i18n/index.ts'
import { formatInstant, formatMinutes } from '#platform/time.ts'
import {
  DayRange,
  FactList,
  formatBytes,
  Icon,
  LinkList,
  Notice,
  Text,
  zoneWords,
  type PageContext,
} from '#ui/index.ts'
import type { Reference } from '#features/directory/index.ts'
import type { Channel, Material, Seminar, Session, Speaker } from '../domain.ts'
import { whereWords } from './seminar-cards.tsx'

/** What is known of a seminar at a glance: when, where, in which form and languages, by whom. */
export function SeminarFacts({ seminar, context }: { seminar: Seminar; context: PageContext }) {
  const { t, lang } = context
  const channels = allChannels(seminar)
  const place = seminar.city ?? seminar.country
  return (
    <FactList
      facts={[
        { term: t('seminar.dates'), value: <DayRange dates={seminar} lang={lang} style="full" /> },
        seminar.startsAt !== null && {
          term: t('seminar.timeZone'),
          value: capitalise(zoneWords(seminar.timeZone, seminar.startsAt, context), lang),
        },
        { term: t('seminar.state'), value: t(`phase.${seminar.phase}`) },
        { term: t('seminar.form'), value: t(`form.${seminar.form}`) },
        { term: t('seminar.where'), value: whereWords(seminar, context) },
        place !== null && seminar.mode === 'hybrid' && { term: t('seminar.mode'), value: t('mode.hybrid') },
        seminar.platform !== null && { term: t('seminar.platform'), value: seminar.platform },
        seminar.access !== null && { term: t('seminar.access'), value: t(`access.${seminar.access}`) },
        channels.length > 0 && { term: t('seminar.channels'), value: <Channels of={channels} context={context} /> },
        seminar.organisers.length > 0 && {
          term: t('seminar.organisers'),
          value: <References of={seminar.organisers} lang={lang} />,
        },
      ]}
    />
  )
}

/** Every language in which some session can be followed; the floor's first. */
function allChannels(seminar: Seminar): Channel[] {
  const channels = seminar.sessions.flatMap((session) => session.channels)
  const distinct = new Map(channels.map((channel) => [`${channel.kind} ${channel.lang}`, channel]))
  return [...distinct.values()].sort((one, other) => one.kind.localeCompare(other.kind))
}

/** The languages in which something can be followed. */
export function Channels({ of, context }: { of: readonly Channel[]; context: PageContext }) {
  const { t, lang } = context
  return (
    <ul>
      {of.map((channel) => (
        <li>{t(`channel.${channel.kind}`, { language: languageName(channel.lang, lang) })}</li>
      ))}
    </ul>
  )
}

function References({ of, lang }: { of: readonly Reference[]; lang: string }) {
  return (
    <ul>
      {of.map((reference) => (
        <li>
          <a href={reference.href}>
            <Text of={reference.name} lang={lang} />
          </a>
        </li>
      ))}
    </ul>
  )
}

interface WhatNowProps {
  readonly seminar: Seminar
  readonly context: PageContext
  /** The calendar file is behind the seminar's own address, which a preview does not open. */
  readonly isPreview: boolean
}

/** What a reader can do now, which follows from the phase. */
export function WhatNow({ seminar, context, isPreview }: WhatNowProps) {
  const { t } = context
  const { advice, action: next } = nextStep(seminar, context)
  const action = isPreview && next?.href.startsWith(seminar.href) ? undefined : next
  return (
    <Notice title={t(`phase.${seminar.phase}`)}>
      <p>{advice}</p>
      {action && (
        <p>
          <a class="button" href={action.href}>
            {action.label}
          </a>
        </p>
      )}
    </Notice>
  )
}

interface NextStep {
  readonly advice: string
  readonly action?: { readonly label: string; readonly href: string }
}

function nextStep(seminar: Seminar, { t, lang }: PageContext): NextStep {
  const day = (at: string): string => formatInstant(at, lang, seminar.timeZone)
  const calendar = { label: t('seminar.calendar'), href: `${seminar.href}.ics` }
  switch (seminar.phase) {
    case 'announced': {
      const opens = seminar.registrationOpensAt
      return { advice: opens ? t('seminar.opensAt', { date: day(opens) }) : t('seminar.notOpen'), action: calendar }
    }
    case 'registration-open': {
      const closes = seminar.registrationClosesAt
      const advice = closes ? t('seminar.closesAt', { date: day(closes) }) : t('seminar.open')
      const { registrationUrl: href } = seminar
      return href ? { advice, action: { label: t('seminar.register'), href } } : { advice, action: calendar }
    }
    case 'registration-closed':
      return { advice: t('seminar.closed'), action: calendar }
    case 'live': {
      const { joinUrl: href } = seminar
      const advice = t('seminar.underWay')
      return href ? { advice, action: { label: t('seminar.join'), href } } : { advice }
    }
    case 'held':
      return { advice: t('seminar.heldAdvice') }
    case 'recorded': {
      const first = seminar.sessions.find(({ isRecorded }) => isRecorded)
      const href = first ? `${first.href}#recording` : '#materials'
      return { advice: t('seminar.recordedAdvice'), action: { label: t('seminar.watch'), href } }
    }
  }
}

/** Why a session of an agenda names nobody. */
export function HouseRule({ of, context }: { of: Pick<Session, 'isChathamHouse'>; context: PageContext }) {
  return of.isChathamHouse ? <p class="quiet">{context.t('session.chathamHouse')}</p> : null
}

/** Speakers, each once, with what they are and where from. */
export function Speakers({ of, context }: { of: readonly Speaker[]; context: PageContext }) {
  const { t, lang } = context
  const distinct = [...new Map(of.map((speaker) => [speaker.id, speaker])).values()]
  return (
    <LinkList
      lang={lang}
      items={distinct.map((speaker) => ({
        label: speaker.name,
        href: speaker.href,
        note: (
          <>
            <span>{t(`speaker.${speaker.role}`)}</span>
            {speaker.position && (
              <span>
                <Text of={speaker.position} lang={lang} />
              </span>
            )}
            {speaker.organisation && (
              <span>
                <Text of={speaker.organisation.name} lang={lang} />
              </span>
            )}
          </>
        ),
      }))}
    />
  )
}

const order: readonly Material['kind'][] = ['recording', 'agenda', 'slides', 'document']

interface MaterialsProps {
  readonly of: readonly Material[]
  readonly context: PageContext
  /** Files of the hub are named and not linked. */
  readonly isPreview?: boolean
}

/** Recordings, agenda and documents, each with its language. */
export function Materials({ of, context, isPreview = false }: MaterialsProps) {
  const { t, lang } = context
  const nameOf = ({ label, kind }: Material) => (label ? <Text of={label} lang={lang} /> : t(`material.${kind}`))
  const sorted = of.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
  return (
    <ul class="links">
      {sorted.map((material) => (
        <li>
          <MaterialIcon of={material} />
          {isPreview && material.file ? (
            <span>{nameOf(material)}</span>
          ) : (
            <a href={material.url} hreflang={material.lang} {...fileMarks(material)}>
              {nameOf(material)}
            </a>
          )}
          <small>
            <span lang={material.lang}>{ownName(material.lang)}</span>
            {material.label && <span>{t(`material.${material.kind}`)}</span>}
            {material.session !== null && <span>{t('session.number', { number: material.session })}</span>}
            {material.file && <span>{typeName(material.file.type)}</span>}
            {material.seconds !== null && (
              <span>{formatMinutes(Math.max(1, Math.round(material.seconds / 60)), lang)}</span>
            )}
            {material.bytes !== null && <span>{formatBytes(material.bytes, lang)}</span>}
            {material.synthetic && <span>{t('text.synthetic')}</span>}
          </small>
        </li>
      ))}
    </ul>
  )
}

function MaterialIcon({ of: { kind, file } }: { of: Material }) {
  return file === null && kind !== 'recording' ? null : <Icon name={kind === 'recording' ? 'play' : 'file'} />
}

/** Where the hub keeps the file, its type; and when browsers do not show it, that it is for saving. */
function fileMarks({ file }: Material): { type?: string; download?: string } {
  if (!file) return {}
  const { contentType, inline } = servedAs(file.type)
  return inline ? { type: contentType } : { type: contentType, download: file.name }
}

/** In which zone the agenda's hours are, or that they are not known. */
export function AgendaTimes({ seminar, context }: { seminar: Seminar; context: PageContext }) {
  const { t } = context
  const { startsAt, timeZone } = seminar
  return (
    <p class="quiet">
      {startsAt === null
        ? t('agenda.hoursUnknown')
        : t('agenda.times', { zone: zoneWords(timeZone, startsAt, context) })}
    </p>
  )
}
