import type { ComponentChild, ComponentChildren } from 'preact'
import { plainText } from '#platform/text/index.ts'
import type { SeriesPlace } from '#features/series/index.ts'
import {
  Breadcrumbs,
  DayRange,
  EmptyState,
  FundingStatement,
  LanguagesTable,
  Layout,
  LinkList,
  Notice,
  pageAddresses,
  PlaceTags,
  Prose,
  Section,
  SeriesPath,
  StateNote,
  StateNotice,
  TagList,
  Text,
  Timeline,
  Title,
  to,
  type LinkItem,
  type PageContext,
  type Words,
} from '#ui/index.ts'
import type { Seminar } from '../domain.ts'
import { AgendaTimes, HouseRule, Materials, SeminarFacts, Speakers, WhatNow } from './seminar-parts.tsx'

export interface SeminarPageProps {
  readonly context: PageContext
  readonly seminar: Seminar
  /** schema.org Event with its parts. */
  readonly jsonLd?: unknown
  /** Says that this is the preview of a draft, which no search engine should keep. */
  readonly notice?: ComponentChild
}

/** A seminar, its parts in the order a reader needs them. */
export function SeminarPage({ context, seminar, jsonLd, notice }: SeminarPageProps) {
  const { t, lang } = context
  const { title, summary } = seminar
  const description = summary ?? seminar.objectives
  // Whoever has the link of a preview sees this one page: what is behind the seminar's own address is not shown as a link.
  const isPreview = notice !== undefined
  const parts = partsOf({ seminar, context, isPreview })
  return (
    <Layout
      context={context}
      title={title.value}
      {...(description && { description: plainText(description.value, 160) })}
      {...(!isPreview && pageAddresses(title, seminar.alternates))}
      feeds={isPreview ? [] : [{ href: `${seminar.href}.ics`, type: 'text/calendar', title: t('seminar.calendar') }]}
      jsonLd={jsonLd}
      shownFunding={seminar.funding}
      unlisted={isPreview}
    >
      {notice}
      <Breadcrumbs above={[{ label: t('seminars.title'), href: to(context, 'seminars') }]} context={context} />
      <article class="split">
        <header>
          <p class="kicker">
            <DayRange dates={seminar} lang={lang} />
            <span>{t(`form.${seminar.form}`)}</span>
          </p>
          <Title of={title} lang={lang} />
          {summary && (
            <>
              <p class="lede">
                <Text of={summary} lang={lang} />
              </p>
              <StateNote of={summary} told={title} context={context} />
            </>
          )}
          <StateNotice of={title} context={context} />
          {seminar.synthetic && <Notice kind="warning">{t('seminar.synthetic')}</Notice>}
          <WhatNow seminar={seminar} context={context} isPreview={isPreview} />
        </header>
        <aside aria-label={t('seminar.atAGlance')}>
          <SeminarFacts seminar={seminar} context={context} />
          <Contents parts={parts} context={context} />
        </aside>
        <div>
          {parts.map(({ id, title: heading, body }) => (
            <Section id={id} title={heading}>
              {body}
            </Section>
          ))}
        </div>
      </article>
    </Layout>
  )
}

interface Part {
  readonly id: string
  readonly title: string
  readonly body: ComponentChildren
}

/** The parts there are, in the order a reader needs them. */
function partsOf({ seminar, context, isPreview }: PartProps): Part[] {
  const { t, lang } = context
  const { title, concepts, places, funding, basedOn, links } = seminar
  const speakers = seminar.sessions.flatMap((session) => session.speakers)
  const materials = [...seminar.materials, ...seminar.sessions.flatMap((session) => session.materials)]
  const prose = (text: Words | null) => text && <Prose of={text} told={title} context={context} />
  const parts: Part[] = [
    { id: 'objectives', title: t('seminar.objectives'), body: prose(seminar.objectives) },
    { id: 'format', title: t('seminar.format'), body: prose(seminar.format) },
    { id: 'agenda', title: t('seminar.agenda'), body: <Agenda {...{ seminar, context, isPreview }} /> },
    { id: 'speakers', title: t('seminar.speakers'), body: speakers[0] && <Speakers of={speakers} context={context} /> },
    {
      id: 'materials',
      title: t('seminar.materials'),
      body: materials[0] && <Materials of={materials} context={context} isPreview={isPreview} />,
    },
    { id: 'audiences', title: t('seminar.audiences'), body: prose(seminar.audiences) },
    { id: 'background', title: t('seminar.background'), body: prose(seminar.background) },
    {
      id: 'series',
      title: t('seminar.series'),
      body: seminar.seriesPlace && <Series of={seminar.seriesPlace} context={context} />,
    },
    {
      id: 'based-on',
      title: t('seminar.basedOn'),
      body: basedOn[0] && <LinkList items={toLinks(basedOn)} lang={lang} />,
    },
    { id: 'related', title: t('seminar.related'), body: links[0] && <LinkList items={toLinks(links)} lang={lang} /> },
    { id: 'themes', title: t('seminar.themes'), body: concepts[0] && <TagList tags={concepts} lang={lang} /> },
    { id: 'places', title: t('seminar.places'), body: places[0] && <PlaceTags of={places} context={context} /> },
    {
      id: 'funding',
      title: t('funding.title'),
      body: funding[0] && funding.map((statement) => <FundingStatement of={statement} context={context} />),
    },
    { id: 'note', title: t('seminar.note'), body: prose(seminar.note) },
    {
      id: 'languages',
      title: t('languages.title'),
      body: (
        <LanguagesTable rows={seminar.languages} alternates={isPreview ? {} : seminar.alternates} context={context} />
      ),
    },
  ]
  return parts.filter((part) => Boolean(part.body))
}

function Contents({ parts, context }: { parts: readonly Part[]; context: PageContext }) {
  const title = context.t('seminar.contents')
  return (
    <nav class="contents" aria-label={title}>
      <p class="quiet">{title}</p>
      <ul>
        {parts.map((part) => (
          <li>
            <a href={`#${part.id}`}>{part.title}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface PartProps {
  readonly seminar: Seminar
  readonly context: PageContext
  readonly isPreview: boolean
}

function Agenda({ seminar, context, isPreview }: PartProps) {
  const { t } = context
  const { sessions, title } = seminar
  const isOver = seminar.phase === 'held' || seminar.phase === 'recorded'
  if (sessions.length === 0) return <EmptyState>{t(isOver ? 'seminar.noAgenda' : 'seminar.agendaToCome')}</EmptyState>
  return (
    <>
      <AgendaTimes seminar={seminar} context={context} />
      <Timeline
        items={sessions.map((session) => ({ ...session, href: isPreview ? null : session.href }))}
        zone={seminar.timeZone}
        level={3}
        context={context}
        details={(session) => (
          <>
            <HouseRule of={session} context={context} />
            {session.abstract && <Prose of={session.abstract} told={title} below={4} context={context} />}
          </>
        )}
      />
      {!isPreview && (
        <p class="screen">
          <a href={`${seminar.href}/agenda`}>{t('seminar.printAgenda')}</a>
        </p>
      )}
    </>
  )
}

function Series({ of: place, context }: { of: SeriesPlace; context: PageContext }) {
  const { t, lang } = context
  const { number, planned } = place
  return (
    <>
      <p>
        <strong>{planned ? t('series.place', { number, planned }) : t('series.placeOpen', { number })}</strong>
        <br />
        <a href={place.href}>
          <Text of={place.title} lang={lang} />
        </a>
      </p>
      {place.deduced && <p class="quiet">{t('series.deduced')}</p>}
      <SeriesPath entries={place.entries} current={number} context={context} />
    </>
  )
}

function toLinks(links: Seminar['links']): LinkItem[] {
  return links.flatMap(({ title, href, note }) => (title ? [{ label: title, href, note }] : []))
}
