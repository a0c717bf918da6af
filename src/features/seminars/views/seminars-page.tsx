import {
  Breadcrumbs,
  EmptyState,
  Layout,
  Pagination,
  Section,
  Text,
  to,
  type Feed,
  type PageContext,
  type Words,
} from '#ui/index.ts'
import type { SeminarSummary } from '../domain.ts'
import { SeminarCards } from './seminar-cards.tsx'

/** One series or theme the list can be narrowed to. */
export interface SeminarChoice {
  readonly label: Words
  readonly href: string
  readonly isCurrent: boolean
}

export interface SeminarsPageProps {
  readonly context: PageContext
  /** Live and to come, soonest first. */
  readonly upcoming: readonly SeminarSummary[]
  /** One page of the past ones, newest first. */
  readonly past: readonly SeminarSummary[]
  readonly page: number
  readonly pages: number
  readonly pageHref: (page: number) => string
  readonly series: readonly SeminarChoice[]
  readonly themes: readonly SeminarChoice[]
}

/** All seminars: live, to come and past, narrowed by plain links. */
export function SeminarsPage(props: SeminarsPageProps) {
  const { context, upcoming, past, page, pages, pageHref } = props
  const { t } = context
  const chosen = [...props.series, ...props.themes].find((choice) => choice.isCurrent)
  const live = upcoming.filter((seminar) => seminar.phase === 'live')
  const coming = upcoming.filter((seminar) => seminar.phase !== 'live')
  const isEmpty = chosen !== undefined && upcoming.length === 0 && past.length === 0
  return (
    <Layout
      context={context}
      title={chosen ? t('seminars.chosen', { choice: chosen.label.value }) : t('seminars.title')}
      description={t('seminars.description')}
      feeds={seminarFeeds(context)}
      canonical={to(context, 'seminars')}
    >
      {chosen && (
        <Breadcrumbs above={[{ label: t('seminars.title'), href: to(context, 'seminars') }]} context={context} />
      )}
      <div class="split">
        <header>
          <h1>{chosen ? <Text of={chosen.label} lang={context.lang} /> : t('seminars.title')}</h1>
        </header>
        <aside>
          <Choices {...props} />
        </aside>
        <div>
          <Section title={t('seminars.live')}>
            {live.length > 0 && <SeminarCards seminars={live} context={context} />}
          </Section>
          {isEmpty ? (
            <EmptyState action={{ label: t('seminars.all'), href: to(context, 'seminars') }}>
              {t('seminars.nothingFiltered')}
            </EmptyState>
          ) : (
            <>
              {page === 1 && <Coming seminars={coming} context={context} />}
              <Past {...props} />
              <Pagination page={page} pages={pages} href={pageHref} context={context} />
            </>
          )}
          <p class="screen row-links">
            <a href={to(context, 'calendar.ics')}>{t('seminars.calendar')}</a>
            <a href={to(context, 'feed.atom')}>{t('seminars.feed')}</a>
            <a href={to(context, 'podcast.xml')}>{t('podcast.follow')}</a>
          </p>
        </div>
      </div>
    </Layout>
  )
}

function Coming({ seminars, context }: { seminars: readonly SeminarSummary[]; context: PageContext }) {
  const { t } = context
  return (
    <Section title={t('seminars.upcoming')}>
      {seminars.length === 0 ? (
        <EmptyState action={{ label: t('seminars.calendar'), href: to(context, 'calendar.ics') }}>
          {t('seminars.nothingUpcoming')}
        </EmptyState>
      ) : (
        <SeminarCards seminars={seminars} context={context} />
      )}
    </Section>
  )
}

function Past({ past, context }: Pick<SeminarsPageProps, 'past' | 'context'>) {
  const { t } = context
  return (
    <Section title={t('seminars.past')}>
      {past.length === 0 ? (
        <EmptyState>{t('seminars.nothingPast')}</EmptyState>
      ) : (
        <SeminarCards seminars={past} context={context} />
      )}
    </Section>
  )
}

function Choices({ context, series, themes }: SeminarsPageProps) {
  const { t } = context
  if (series.length + themes.length === 0) return null
  return (
    <nav class="choices" aria-label={t('seminars.filters')}>
      <ChoiceRow label={t('seminars.bySeries')} choices={series} context={context} />
      <ChoiceRow label={t('seminars.byTheme')} choices={themes} context={context} />
    </nav>
  )
}

interface ChoiceRowProps {
  readonly label: string
  readonly choices: readonly SeminarChoice[]
  readonly context: PageContext
}

/** The current choice links back to the whole list, so that a second press takes it away. */
function ChoiceRow({ label, choices, context }: ChoiceRowProps) {
  if (choices.length === 0) return null
  return (
    <>
      <p class="label">{label}</p>
      <ul class="tags">
        {choices.map((choice) => (
          <li>
            <a
              href={choice.isCurrent ? to(context, 'seminars') : choice.href}
              aria-current={choice.isCurrent ? 'true' : undefined}
            >
              <Text of={choice.label} lang={context.lang} />
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Addresses by which programs follow the hub's seminars. */
export function seminarFeeds(context: PageContext): Feed[] {
  const { t } = context
  return [
    { href: to(context, 'feed.atom'), type: 'application/atom+xml', title: t('seminars.feed') },
    { href: to(context, 'calendar.ics'), type: 'text/calendar', title: t('seminars.calendar') },
    ...podcasts(context),
  ]
}

/** The address by which players follow what can be heard. */
export const podcasts = (context: PageContext): Feed[] => [
  { href: to(context, 'podcast.xml'), type: 'application/rss+xml', title: context.t('podcast.follow') },
]
