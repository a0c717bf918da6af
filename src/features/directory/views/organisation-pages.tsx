import type { ComponentChildren } from 'preact'
import { plainText } from '#platform/text/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  FactList,
  Layout,
  LinkList,
  Notice,
  pageAddresses,
  PlaceTags,
  Prose,
  Section,
  StateNotice,
  Text,
  Title,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { Organisation, Person } from '../domain.ts'
import { organisationJsonLd } from '../json-ld.ts'

export interface OrganisationsPageProps {
  readonly context: PageContext
  readonly organisations: readonly Organisation[]
}

/** All organisations, by name. */
export function OrganisationsPage({ context, organisations }: OrganisationsPageProps) {
  const { t, lang } = context
  const description = t('organisations.description')
  return (
    <Layout context={context} title={t('organisations.title')} description={description}>
      <h1>{t('organisations.title')}</h1>
      <p class="lede">{description}</p>
      {organisations.length === 0 ? (
        <EmptyState action={{ label: t('seminars.all'), href: to(context, 'seminars') }}>
          {t('organisations.empty')}
        </EmptyState>
      ) : (
        <LinkList
          lang={lang}
          items={organisations.map(({ name, href, type, synthetic }) => ({
            label: name,
            href,
            note: (
              <>
                <span>{t(`organisationType.${type}`)}</span>
                {synthetic && <span>{t('text.synthetic')}</span>}
              </>
            ),
          }))}
        />
      )}
    </Layout>
  )
}

export interface OrganisationPageProps {
  readonly context: PageContext
  readonly organisation: Organisation
  readonly people: readonly Person[]
  readonly alternates: Readonly<Record<string, string>>
  /** Sections of what other parts of the hub know of it. */
  readonly children?: ComponentChildren
}

/** An organisation: what it is, its people, and what it took part in. */
export function OrganisationPage({ context, organisation, people, alternates, children }: OrganisationPageProps) {
  const { t, lang } = context
  const { name, short, summary, type, places, synthetic } = organisation
  return (
    <Layout
      context={context}
      title={name.value}
      {...(summary && { description: plainText(summary.value, 160) })}
      {...pageAddresses(name, alternates)}
      jsonLd={organisationJsonLd(organisation, context.hub.origin)}
    >
      <Breadcrumbs
        above={[{ label: t('organisations.title'), href: to(context, 'organisations') }]}
        context={context}
      />
      <article class="split">
        <header>
          <p class="kicker">{t('organisation.kicker')}</p>
          <Title of={name} lang={lang} />
          <StateNotice of={name} context={context} />
          {synthetic && <Notice kind="warning">{t('text.synthetic')}</Notice>}
        </header>
        <aside aria-label={t('seminar.atAGlance')}>
          <FactList
            facts={[
              { term: t('organisation.type'), value: t(`organisationType.${type}`) },
              short !== null && { term: t('organisation.short'), value: short.value },
            ]}
          />
        </aside>
        <div>
          {summary ? (
            <Prose of={summary} told={name} below={1} context={context} />
          ) : (
            <EmptyState>{t('organisation.noSummary')}</EmptyState>
          )}
          <Section title={t('organisation.places')}>
            {places.length > 0 && <PlaceTags of={places} context={context} />}
          </Section>
          <Section title={t('organisation.people')}>
            {people.length > 0 && (
              <LinkList
                items={people.map(({ name, href, role }) => ({
                  label: name,
                  href,
                  note: role && <Text of={role} lang={lang} />,
                }))}
                lang={lang}
              />
            )}
          </Section>
          {children}
        </div>
      </article>
    </Layout>
  )
}
