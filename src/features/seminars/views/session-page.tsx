import type { ComponentChildren } from 'preact'
import { capitalise } from '#platform/i18n/index.ts'
import { formatDay, formatMinutes } from '#platform/time.ts'
import { plainText } from '#platform/text/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  FactList,
  Hours,
  Icon,
  languageMarks,
  Layout,
  Notice,
  pageAddresses,
  Prose,
  Section,
  StateNotice,
  Title,
  to,
  zoneWords,
  type PageContext,
} from '#ui/index.ts'
import type { Seminar, Session } from '../domain.ts'
import { podcasts } from './seminars-page.tsx'
import { Channels, Materials, Speakers } from './seminar-parts.tsx'

export interface SessionPageProps {
  readonly context: PageContext
  readonly seminar: Seminar
  readonly session: Session
  readonly jsonLd?: unknown
  /** What was recorded of it. */
  readonly children?: ComponentChildren
}

/** One session of a seminar, between those before and after it. */
export function SessionPage({ context, seminar, session, jsonLd, children }: SessionPageProps) {
  const { t } = context
  const { number, title, abstract, speakers, materials } = session
  const alternates = Object.entries(seminar.alternates).map(([lang, path]) => [lang, `${path}/sessions/${number}`])
  return (
    <Layout
      context={context}
      title={title.value}
      {...(abstract && { description: plainText(abstract.value, 160) })}
      {...pageAddresses(title, Object.fromEntries(alternates))}
      jsonLd={jsonLd}
      feeds={session.isRecorded ? podcasts(context) : []}
      shownFunding={[]}
    >
      <Breadcrumbs
        above={[
          { label: t('seminars.title'), href: to(context, 'seminars') },
          { label: seminar.title, href: seminar.href },
        ]}
        context={context}
      />
      <article class="split">
        <header>
          <p class="kicker">{t('session.of', { number, total: seminar.sessions.at(-1)?.number ?? number })}</p>
          <Title of={title} lang={context.lang} />
          <StateNotice of={title} context={context} />
          {session.isChathamHouse && <Notice>{t('session.chathamHouse')}</Notice>}
        </header>
        <aside aria-label={t('seminar.atAGlance')}>
          <SessionFacts seminar={seminar} session={session} context={context} />
        </aside>
        <div>
          {abstract ? (
            <Prose of={abstract} told={title} below={1} context={context} />
          ) : (
            <EmptyState action={{ label: t('agenda.back'), href: seminar.href }}>{t('session.noAbstract')}</EmptyState>
          )}
          {children}
          <Section title={t('session.speakers')}>
            {speakers.length > 0 && <Speakers of={speakers} context={context} />}
          </Section>
          <Section title={t('session.materials')}>
            {materials.length > 0 && <Materials of={materials} context={context} />}
          </Section>
          <Neighbours seminar={seminar} session={session} context={context} />
        </div>
      </article>
    </Layout>
  )
}

type PartProps = Pick<SessionPageProps, 'context' | 'seminar' | 'session'>

function SessionFacts({ context, seminar, session }: PartProps) {
  const { t, lang } = context
  const { startsOn, startsAt, endsAt, minutes, channels } = session
  return (
    <FactList
      facts={[
        startsOn !== null && {
          term: t('session.when'),
          value: <time datetime={startsOn}>{formatDay(startsOn, lang, 'full')}</time>,
        },
        startsAt !== null && {
          term: capitalise(zoneWords(seminar.timeZone, startsAt, context), lang),
          value: <Hours startsAt={startsAt} endsAt={endsAt} zone={seminar.timeZone} context={context} />,
        },
        minutes !== null && { term: t('session.length'), value: formatMinutes(minutes, lang) },
        channels.length > 0 && {
          term: t('session.channels'),
          value: <Channels of={channels} context={context} />,
        },
      ]}
    />
  )
}

function Neighbours({ context, seminar, session }: PartProps) {
  const { t, lang } = context
  const previous = seminar.sessions.find((other) => other.number === session.number - 1)
  const next = seminar.sessions.find((other) => other.number === session.number + 1)
  if (!previous && !next) return null
  return (
    <nav class="neighbours" aria-label={t('session.others')}>
      {previous && (
        <a href={previous.href} rel="prev">
          <small>
            <Icon name="previous" /> {t('session.previous')}
          </small>
          <span {...languageMarks(previous.title, lang)}>{previous.title.value}</span>
        </a>
      )}
      {next && (
        <a href={next.href} rel="next">
          <small>
            {t('session.next')} <Icon name="next" />
          </small>
          <span {...languageMarks(next.title, lang)}>{next.title.value}</span>
        </a>
      )}
    </nav>
  )
}
