import { plainText } from '#platform/text/index.ts'
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
  StateNotice,
  TagList,
  Text,
  Timeline,
  Title,
  to,
  type LinkItem,
  type PageContext,
} from '#ui/index.ts'
import type { Seminar } from '../domain.ts'
import { AgendaTimes, Materials, Part, SeminarFacts, Speakers, WhatNow } from './seminar-parts.tsx'

export interface SeminarPageProps {
  readonly context: PageContext
  readonly seminar: Seminar
  /** schema.org Event with its parts. */
  readonly jsonLd?: unknown
}

/** A seminar, its parts in the order a reader needs them. */
export function SeminarPage({ context, seminar, jsonLd }: SeminarPageProps) {
  const { t, lang } = context
  const { title, summary } = seminar
  const description = summary ?? seminar.objectives
  return (
    <Layout
      context={context}
      title={title.value}
      {...(description && { description: plainText(description.value, 160) })}
      {...pageAddresses(title, seminar.alternates)}
      feeds={[{ href: `${seminar.href}.ics`, type: 'text/calendar', title: t('seminar.calendar') }]}
      jsonLd={jsonLd}
      shownFunding={seminar.funding}
    >
      <Breadcrumbs above={[{ label: t('seminars.title'), href: to(context, 'seminars') }]} context={context} />
      <article class="split">
        <header>
          <p class="kicker">
            <DayRange dates={seminar} lang={lang} />
            <span>{t(`form.${seminar.form}`)}</span>
          </p>
          <Title of={title} lang={lang} />
          {summary && (
            <p class="lede">
              <Text of={summary} lang={lang} />
            </p>
          )}
          <StateNotice of={title} context={context} />
          {seminar.synthetic && <Notice kind="warning">{t('seminar.synthetic')}</Notice>}
          <WhatNow seminar={seminar} context={context} />
        </header>
        <aside aria-label={t('seminar.atAGlance')}>
          <SeminarFacts seminar={seminar} context={context} />
        </aside>
        <div>
          <Part title={t('seminar.objectives')} text={seminar.objectives} told={title} context={context} />
          <Part title={t('seminar.format')} text={seminar.format} told={title} context={context} />
          <Agenda seminar={seminar} context={context} />
          <People seminar={seminar} context={context} />
          <Documents seminar={seminar} context={context} />
          <Part title={t('seminar.audiences')} text={seminar.audiences} told={title} context={context} />
          <Part title={t('seminar.background')} text={seminar.background} told={title} context={context} />
          <Series seminar={seminar} context={context} />
          <Surroundings seminar={seminar} context={context} />
          <Part title={t('seminar.note')} text={seminar.note} told={title} context={context} />
          <h2>{t('languages.title')}</h2>
          <LanguagesTable rows={seminar.languages} alternates={seminar.alternates} context={context} />
        </div>
      </article>
    </Layout>
  )
}

interface PartProps {
  readonly seminar: Seminar
  readonly context: PageContext
}

function Agenda({ seminar, context }: PartProps) {
  const { t } = context
  const { sessions, title } = seminar
  const isOver = seminar.phase === 'held' || seminar.phase === 'recorded'
  if (sessions.length === 0) {
    return (
      <Section title={t('seminar.agenda')}>
        <EmptyState>{t(isOver ? 'seminar.noAgenda' : 'seminar.agendaToCome')}</EmptyState>
      </Section>
    )
  }
  return (
    <Section title={t('seminar.agenda')}>
      <AgendaTimes seminar={seminar} context={context} />
      <Timeline
        items={sessions}
        zone={seminar.timeZone}
        level={3}
        context={context}
        details={({ abstract }) => abstract && <Prose of={abstract} told={title} below={4} context={context} />}
      />
      <p class="screen">
        <a href={`${seminar.href}/agenda`}>{t('seminar.printAgenda')}</a>
      </p>
    </Section>
  )
}

function People({ seminar, context }: PartProps) {
  const speakers = seminar.sessions.flatMap((session) => session.speakers)
  return (
    <Section title={context.t('seminar.speakers')}>
      {speakers.length > 0 && <Speakers of={speakers} context={context} />}
    </Section>
  )
}

function Documents({ seminar, context }: PartProps) {
  const materials = [...seminar.materials, ...seminar.sessions.flatMap((session) => session.materials)]
  return (
    <Section title={context.t('seminar.materials')} id="materials">
      {materials.length > 0 && <Materials of={materials} context={context} />}
    </Section>
  )
}

function Series({ seminar: { seriesPlace: place }, context }: PartProps) {
  const { t, lang } = context
  if (!place) return null
  const { number, planned } = place
  return (
    <Section title={t('seminar.series')}>
      <p>
        <strong>{planned ? t('series.place', { number, planned }) : t('series.placeOpen', { number })}</strong>
        <br />
        <a href={place.href}>
          <Text of={place.title} lang={lang} />
        </a>
      </p>
      {place.deduced && <p class="quiet">{t('series.deduced')}</p>}
      <SeriesPath entries={place.entries} current={number} context={context} />
    </Section>
  )
}

function Surroundings({ seminar, context }: PartProps) {
  const { t, lang } = context
  const { basedOn, links, concepts, places, funding } = seminar
  return (
    <>
      <Section title={t('seminar.basedOn')}>
        {basedOn.length > 0 && <LinkList items={toLinks(basedOn)} lang={lang} />}
      </Section>
      <Section title={t('seminar.related')}>
        {links.length > 0 && <LinkList items={toLinks(links)} lang={lang} />}
      </Section>
      <Section title={t('seminar.themes')}>{concepts.length > 0 && <TagList tags={concepts} lang={lang} />}</Section>
      <Section title={t('seminar.places')}>{places.length > 0 && <PlaceTags of={places} context={context} />}</Section>
      <Section title={t('funding.title')}>
        {funding.map((statement) => (
          <FundingStatement of={statement} context={context} />
        ))}
      </Section>
    </>
  )
}

function toLinks(links: Seminar['links']): LinkItem[] {
  return links.flatMap(({ title, href, note }) => (title ? [{ label: title, href, note }] : []))
}
