import { toChildArray, type ComponentChildren } from 'preact'
import { plainText } from '#platform/text/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  FactList,
  Layout,
  LinkList,
  Notice,
  pageAddresses,
  Prose,
  StateNotice,
  Text,
  Title,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { Person } from '../domain.ts'
import { personJsonLd } from '../json-ld.ts'

/** All people, by name. */
export function PeoplePage({ context, people }: { context: PageContext; people: readonly Person[] }) {
  const { t, lang } = context
  const description = t('people.description')
  return (
    <Layout context={context} title={t('people.title')} description={description}>
      <h1>{t('people.title')}</h1>
      <p class="lede">{description}</p>
      {people.length === 0 ? (
        <EmptyState action={{ label: t('seminars.all'), href: to(context, 'seminars') }}>
          {t('people.empty')}
        </EmptyState>
      ) : (
        <LinkList
          lang={lang}
          items={people.map((person) => ({
            label: person.name,
            href: person.href,
            note: <About person={person} lang={lang} />,
          }))}
        />
      )}
    </Layout>
  )
}

function About({ person: { role, organisation }, lang }: { person: Person; lang: string }) {
  return (
    <>
      {role && (
        <span>
          <Text of={role} lang={lang} />
        </span>
      )}
      {organisation && (
        <span>
          <Text of={organisation.name} lang={lang} />
        </span>
      )}
    </>
  )
}

export interface PersonPageProps {
  readonly context: PageContext
  readonly person: Person
  readonly alternates: Readonly<Record<string, string>>
  /** Sections of what other parts of the hub know of them. */
  readonly children?: ComponentChildren
}

/** A person: who they are and where they spoke. */
export function PersonPage({ context, person, alternates, children }: PersonPageProps) {
  const { t, lang } = context
  const { name, role, bio, organisation, synthetic } = person
  return (
    <Layout
      context={context}
      title={name.value}
      {...(bio && { description: plainText(bio.value, 160) })}
      {...pageAddresses(name, alternates)}
      jsonLd={personJsonLd(person, context.hub.origin)}
    >
      <Breadcrumbs above={[{ label: t('people.title'), href: to(context, 'people') }]} context={context} />
      <p class="kicker">{t('person.kicker')}</p>
      <Title of={name} lang={lang} />
      {synthetic && <Notice kind="warning">{t('text.synthetic')}</Notice>}
      <StateNotice of={name} context={context} />
      <FactList
        facts={[
          role !== null && { term: t('person.role'), value: <Text of={role} lang={lang} /> },
          organisation !== null && {
            term: t('person.organisation'),
            value: (
              <a href={organisation.href}>
                <Text of={organisation.name} lang={lang} />
              </a>
            ),
          },
        ]}
      />
      {bio && <Prose of={bio} told={name} below={1} context={context} />}
      {children}
      {toChildArray(children).length === 0 && <EmptyState>{t('person.noSessions')}</EmptyState>}
    </Layout>
  )
}
