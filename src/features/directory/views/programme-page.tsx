import type { ComponentChildren } from 'preact'
import { regionName } from '#platform/i18n/index.ts'
import { plainText } from '#platform/text/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  FactList,
  formatList,
  Layout,
  LinkList,
  Notice,
  pageAddresses,
  PlaceTags,
  Prose,
  Section,
  StateNotice,
  TagList,
  Title,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { Programme } from '../domain.ts'
import { programmeJsonLd } from '../json-ld.ts'

export interface ProgrammePageProps {
  readonly context: PageContext
  readonly programme: Programme
  readonly alternates: Readonly<Record<string, string>>
  /** Sections of what other parts of the hub know of it. */
  readonly children?: ComponentChildren
}

/** A programme: what it does, where, when and with whom. */
export function ProgrammePage({ context, programme, alternates, children }: ProgrammePageProps) {
  const { t, lang } = context
  const { name, summary, remark, places, partners, concepts, synthetic } = programme
  return (
    <Layout
      context={context}
      title={name.value}
      {...(summary && { description: plainText(summary.value, 160) })}
      {...pageAddresses(name, alternates)}
      jsonLd={programmeJsonLd(programme, context.hub.origin)}
    >
      <Breadcrumbs above={[{ label: t('programmes.title'), href: to(context, 'programmes') }]} context={context} />
      <article class="split">
        <header>
          <p class="kicker">{t('programme.kicker')}</p>
          <Title of={name} lang={lang} />
          <StateNotice of={name} context={context} />
          {synthetic && <Notice kind="warning">{t('text.synthetic')}</Notice>}
        </header>
        <aside aria-label={t('seminar.atAGlance')}>
          <ProgrammeFacts programme={programme} context={context} />
        </aside>
        <div>
          {summary ? (
            <Prose of={summary} told={name} below={1} context={context} />
          ) : (
            <EmptyState>{t('programme.noSummary')}</EmptyState>
          )}
          <Section title={t('programme.places')}>
            {places.length > 0 && <PlaceTags of={places} context={context} />}
          </Section>
          <Section title={t('programme.remark')}>
            {remark && <Prose of={remark} told={name} context={context} />}
          </Section>
          <Section title={t('programme.partners')}>
            {partners.length > 0 && (
              <LinkList items={partners.map((partner) => ({ label: partner.name, href: partner.href }))} lang={lang} />
            )}
          </Section>
          <Section title={t('programme.themes')}>
            {concepts.length > 0 && <TagList tags={concepts} lang={lang} />}
          </Section>
          {children}
        </div>
      </article>
    </Layout>
  )
}

function ProgrammeFacts({ programme, context }: { programme: Programme; context: PageContext }) {
  const { t, lang } = context
  const focus = programme.places.filter((place) => place.role === 'focus')
  const period = periodWords(programme, context)
  const { short } = programme
  return (
    <FactList
      facts={[
        short !== null && { term: t('organisation.short'), value: short.value },
        period !== null && { term: t('programme.period'), value: period },
        programme.places.length > 0 && {
          term: t('programme.places'),
          value: t('programme.placeCount', { count: programme.places.length }),
        },
        focus.length > 0 && {
          term: t('programme.focus'),
          value: formatList(
            focus.map((place) => regionName(place.code, lang)),
            lang,
          ),
        },
      ]}
    />
  )
}

/** The years of a programme as far as they are known; null when none is. */
export function periodWords({ from, to }: Pick<Programme, 'from' | 'to'>, { t }: PageContext): string | null {
  if (from && to) return t('programme.years', { from, to })
  if (from) return t('programme.since', { from })
  return to ? t('programme.until', { to }) : null
}
