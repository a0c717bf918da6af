import type { ComponentChildren } from 'preact'
import type { Series } from '#features/series/index.ts'
import {
  EmptyState,
  Layout,
  Prose,
  SearchBox,
  Section,
  SeriesPath,
  TagList,
  Text,
  to,
  type PageContext,
  type Tag,
  type Words,
} from '#ui/index.ts'
import type { SeminarSummary } from '../domain.ts'
import { SeminarCards } from './seminar-cards.tsx'
import { seminarFeeds } from './seminars-page.tsx'

export interface HomePageProps {
  readonly context: PageContext
  /** What the hub is for (Markdown). */
  readonly purpose: Words | null
  /** Live and to come, soonest first. */
  readonly next: readonly SeminarSummary[]
  /** What somebody may start from who comes with a task. */
  readonly tasks?: ComponentChildren
  /** The last few that took place. */
  readonly latest: readonly SeminarSummary[]
  /** The series to show as a path. */
  readonly series: Series | null
  readonly themes: readonly Tag[]
  /** The latest of the library. */
  readonly publications?: ComponentChildren
  readonly jsonLd?: unknown
}

/** The first page: what the hub is, what is next, what was last, and where to start. */
export function HomePage({
  context,
  purpose,
  next,
  tasks,
  latest,
  series,
  themes,
  publications,
  jsonLd,
}: HomePageProps) {
  const { t, lang, hub } = context
  const description = hub.tagline?.value ?? purpose?.value
  return (
    <Layout
      context={context}
      {...(description && { description })}
      feeds={seminarFeeds(context)}
      jsonLd={jsonLd}
      hasSearch
    >
      <header class="hero">
        <h1>
          <Text of={hub.tagline ?? hub.name} lang={lang} />
        </h1>
        {purpose && <Prose of={purpose} below={1} context={context} />}
        <SearchBox context={context} />
        <p>
          <a href={to(context, 'about')}>{t('home.about')}</a>
        </p>
      </header>
      <div class="split even">
        <div>
          <Section title={t('home.next')}>
            {next.length > 0 ? (
              <SeminarCards seminars={next} context={context} />
            ) : (
              <EmptyState action={{ label: t('home.past'), href: to(context, 'seminars') }}>
                {t('home.nothingNext')}
              </EmptyState>
            )}
          </Section>
          {tasks}
          <Latest latest={latest} context={context} />
          {publications}
        </div>
        <Beside series={series} themes={themes} context={context} />
      </div>
    </Layout>
  )
}

/** The series as a path, and the themes to start from. */
function Beside({ series, themes, context }: Pick<HomePageProps, 'series' | 'themes' | 'context'>) {
  const { t, lang } = context
  return (
    <aside>
      {series && (
        <section>
          <h2>
            <a href={series.href}>
              <Text of={series.name} lang={lang} />
            </a>
          </h2>
          <SeriesPath entries={series.entries} current={null} context={context} />
        </section>
      )}
      <Section title={t('home.themes')}>
        {themes.length > 0 && <TagList tags={themes} lang={lang} />}
        <p>
          <a href={to(context, 'themes')}>{t('home.allThemes')}</a>
        </p>
      </Section>
    </aside>
  )
}

function Latest({ latest, context }: Pick<HomePageProps, 'latest' | 'context'>) {
  const { t } = context
  return (
    <Section title={t('home.latest')}>
      {latest.length > 0 ? (
        <SeminarCards seminars={latest} context={context} />
      ) : (
        <EmptyState action={{ label: t('home.about'), href: to(context, 'about') }}>
          {t('home.nothingLatest')}
        </EmptyState>
      )}
      <p>
        <a href={to(context, 'seminars')}>{t('home.allSeminars')}</a>
      </p>
    </Section>
  )
}
