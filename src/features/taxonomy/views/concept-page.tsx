import { toChildArray, type ComponentChildren } from 'preact'
import { direction, ownName } from '#platform/i18n/index.ts'
import { plainText } from '#platform/text/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  FactList,
  Layout,
  Prose,
  Section,
  StateNotice,
  TagList,
  Text,
  Title,
  to,
  type PageContext,
  type Tag,
  type Words,
} from '#ui/index.ts'

/** A term of a vocabulary as it is drawn. */
export interface ConceptView {
  readonly label: Words
  /** Its number, in a vocabulary whose terms are numbered. */
  readonly number: number | null
  /** Other names, already in one line. */
  readonly alt: Words | null
  readonly definition: Words | null
  /** Its labels in every language there are. */
  readonly labels: readonly Words[]
  readonly scheme: Tag
  readonly broader: readonly Tag[]
  readonly narrower: readonly Tag[]
  readonly related: readonly Tag[]
  /** The same term elsewhere: addresses. */
  readonly exactMatch: readonly string[]
}

export interface ConceptPageProps {
  readonly context: PageContext
  readonly concept: ConceptView
  /** schema.org DefinedTerm. */
  readonly jsonLd?: unknown
  /** Sections of what the hub has on it; when there are none the page says so. */
  readonly children?: ComponentChildren
}

/** A term: what it means, how it stands to others, and what the hub has on it. */
export function ConceptPage({ context, concept, jsonLd, children }: ConceptPageProps) {
  const { t, lang } = context
  const { label, definition, scheme, broader, narrower, related } = concept
  return (
    <Layout
      context={context}
      title={label.value}
      {...(definition && { description: plainText(definition.value, 160) })}
      jsonLd={jsonLd}
    >
      <Breadcrumbs above={[{ label: t('themes.title'), href: to(context, 'themes') }, scheme]} context={context} />
      <article class="split">
        <header>
          <p class="kicker">{t('concept.kicker', { scheme: scheme.label.value })}</p>
          <Title of={label} lang={lang} />
          <StateNotice of={label} context={context} />
          {definition && <Prose of={definition} told={label} below={1} context={context} />}
        </header>
        <aside>
          <ConceptFacts concept={concept} context={context} />
        </aside>
        <div>
          <Section title={t('concept.broader')}>{broader.length > 0 && <TagList tags={broader} lang={lang} />}</Section>
          <Section title={t('concept.narrower')}>
            {narrower.length > 0 && <TagList tags={narrower} lang={lang} />}
          </Section>
          <Section title={t('concept.related')}>{related.length > 0 && <TagList tags={related} lang={lang} />}</Section>
          {children}
          {toChildArray(children).length === 0 && (
            <EmptyState action={{ label: t('home.allThemes'), href: to(context, 'themes') }}>
              {t('concept.nothing')}
            </EmptyState>
          )}
        </div>
      </article>
    </Layout>
  )
}

function ConceptFacts({ concept, context }: { concept: ConceptView; context: PageContext }) {
  const { t, lang } = context
  const others = concept.labels.filter((label) => label.lang !== lang)
  return (
    <FactList
      facts={[
        concept.number !== null && { term: t('concept.number'), value: String(concept.number) },
        concept.alt !== null && { term: t('concept.alt'), value: <Text of={concept.alt} lang={lang} /> },
        ...others.map((label) => ({
          term: ownName(label.lang),
          value: (
            <span lang={label.lang} dir={direction(label.lang)}>
              {label.value}
            </span>
          ),
        })),
        concept.exactMatch.length > 0 && {
          term: t('concept.exactMatch'),
          value: (
            <ul>
              {concept.exactMatch.map((address) => (
                <li>
                  <a href={address} rel="noopener">
                    {address}
                  </a>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  )
}
