import type { MessageKey } from '#platform/i18n/index.ts'
import { plainText } from '#platform/text/index.ts'
import { Credits, EmptyState, Layout, LinkList, Prose, Section, to, type PageContext } from '#ui/index.ts'
import type { TextValue } from '../domain.ts'

export interface AboutPageProps {
  readonly context: PageContext
  readonly purpose: TextValue | null
  readonly components: TextValue | null
  readonly about: TextValue | null
}

/** What the hub is, in its own words, and where programs find it. */
export function AboutPage({ context, purpose, components, about }: AboutPageProps) {
  const { t, lang } = context
  const description = purpose ?? about
  const interfaceWords = (key: MessageKey, href: string) => ({
    label: { lang, state: 'source' as const, value: t(key) },
    href,
  })
  return (
    <Layout
      context={context}
      title={t('about.title')}
      {...(description && { description: plainText(description.value, 160) })}
    >
      <h1>{t('about.title')}</h1>
      {!description && <EmptyState>{t('about.empty')}</EmptyState>}
      {purpose && <Prose of={purpose} below={1} context={context} />}
      <Section title={t('about.components')}>{components && <Prose of={components} context={context} />}</Section>
      {about && <Prose of={about} below={1} context={context} />}
      <Credits context={context} />
      <Section title={t('about.directory')}>
        <LinkList
          lang={lang}
          items={[
            interfaceWords('nav.organisations', to(context, 'organisations')),
            interfaceWords('nav.people', to(context, 'people')),
            interfaceWords('nav.places', to(context, 'places')),
          ]}
        />
      </Section>
      <Section title={t('about.machines')}>
        <p>{t('about.machinesText')}</p>
        <LinkList
          lang={lang}
          items={[
            interfaceWords('about.api', '/api/v1'),
            interfaceWords('seminars.calendar', to(context, 'calendar.ics')),
            interfaceWords('seminars.feed', to(context, 'feed.atom')),
            interfaceWords('podcast.follow', to(context, 'podcast.xml')),
          ]}
        />
      </Section>
    </Layout>
  )
}

export interface HubTextPageProps {
  readonly context: PageContext
  readonly page: 'accessibility' | 'privacy'
  readonly text: TextValue | null
}

/** A page that is one text of the hub's own. */
export function HubTextPage({ context, page, text }: HubTextPageProps) {
  const { t } = context
  const title = t(`nav.${page}`)
  return (
    <Layout context={context} title={title} {...(text && { description: plainText(text.value, 160) })}>
      <h1>{title}</h1>
      {text ? <Prose of={text} below={1} context={context} /> : <EmptyState>{t('about.empty')}</EmptyState>}
      <Credits context={context} />
    </Layout>
  )
}
