import { regionName } from '#platform/i18n/index.ts'
import { plainText } from '#platform/text/index.ts'
import { EmptyState, formatList, languageMarks, Layout, Section, Text, to, type PageContext } from '#ui/index.ts'
import type { Programme } from '../domain.ts'
import { periodWords } from './programme-page.tsx'

export interface ProgrammesPageProps {
  readonly context: PageContext
  readonly programmes: readonly Programme[]
}

/** All programmes, by name. */
export function ProgrammesPage({ context, programmes }: ProgrammesPageProps) {
  const { t } = context
  return (
    <Layout context={context} title={t('programmes.title')} description={t('programmes.description')}>
      <h1>{t('programmes.title')}</h1>
      <p class="lede">{t('programmes.description')}</p>
      {programmes.length === 0 ? (
        <EmptyState action={{ label: t('seminars.all'), href: to(context, 'seminars') }}>
          {t('programmes.empty')}
        </EmptyState>
      ) : (
        <ProgrammeCards programmes={programmes} context={context} level={2} />
      )}
      <p>
        <a href={to(context, 'places')}>{t('programmes.byPlace')}</a>
      </p>
    </Layout>
  )
}

/** Programmes under a heading of another page; nothing when there are none. */
export function ProgrammeSection({ title, programmes, context }: ProgrammesPageProps & { readonly title: string }) {
  return (
    <Section title={title}>
      {programmes.length > 0 && <ProgrammeCards programmes={programmes} context={context} level={3} />}
    </Section>
  )
}

function ProgrammeCards({ context, programmes, level }: ProgrammesPageProps & { readonly level: 2 | 3 }) {
  const { lang } = context
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <ul class="cards">
      {programmes.map((programme) => {
        const period = periodWords(programme, context)
        const places = programme.places.map((place) => regionName(place.code, lang))
        return (
          <li>
            {(period || places.length > 0) && (
              <p class="kicker">
                {period && <span>{period}</span>}
                {places.length > 0 && <span>{formatList(places, lang)}</span>}
              </p>
            )}
            <Heading {...languageMarks(programme.name, lang)}>
              <a href={programme.href}>{programme.name.value}</a>
            </Heading>
            {programme.summary && (
              <p>
                <Text of={{ ...programme.summary, value: plainText(programme.summary.value, 280) }} lang={lang} />
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
