import { plainText } from '#platform/text/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  Layout,
  pageAddresses,
  Prose,
  Section,
  SeriesPath,
  StateNotice,
  Title,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { Series } from '../domain.ts'

/** A series: what it is, and its path of seminars or publications in order. */
export function SeriesPage({ context, series }: { context: PageContext; series: Series }) {
  const { t, lang } = context
  const { name, summary, entries } = series
  const above =
    series.of === 'seminar'
      ? { label: t('seminars.title'), href: to(context, 'seminars') }
      : { label: t('library.title'), href: to(context, 'library') }
  const all = { ...above, label: series.of === 'seminar' ? t('seminars.all') : t('library.all') }
  const hasEntries = entries.some((entry) => entry.title !== null)
  return (
    <Layout
      context={context}
      title={name.value}
      {...(summary && { description: plainText(summary.value, 160) })}
      {...pageAddresses(name, series.alternates)}
    >
      <Breadcrumbs above={[above]} context={context} />
      <p class="kicker">{t('series.kicker')}</p>
      <Title of={name} lang={lang} />
      <StateNotice of={name} context={context} />
      {summary && <Prose of={summary} told={name} below={1} context={context} />}
      <Section title={t('series.entries')}>
        {hasEntries ? (
          <SeriesPath entries={entries} current={null} context={context} />
        ) : (
          <EmptyState action={all}>{t('series.empty')}</EmptyState>
        )}
      </Section>
    </Layout>
  )
}
