import { Breadcrumbs, EmptyState, Layout, Prose, Text, to, type PageContext, type Words } from '#ui/index.ts'
import type { ConceptNode } from './tree.ts'

/** A vocabulary as it is drawn. */
export interface SchemeView {
  readonly notation: string
  readonly label: Words
  readonly definition: Words | null
  readonly concepts: readonly ConceptNode[]
}

export interface ThemesPageProps {
  readonly context: PageContext
  readonly schemes: readonly SchemeView[]
}

/** Every vocabulary with its terms. */
export function ThemesPage({ context, schemes }: ThemesPageProps) {
  const { t, lang } = context
  const description = t('themes.description')
  return (
    <Layout context={context} title={t('themes.title')} description={description}>
      <h1>{t('themes.title')}</h1>
      <p class="lede">{description}</p>
      {schemes.length === 0 && (
        <EmptyState action={{ label: t('seminars.all'), href: to(context, 'seminars') }}>
          {t('themes.empty')}
        </EmptyState>
      )}
      {schemes.map((scheme) => (
        <section id={scheme.notation}>
          <h2>
            <a href={to(context, `themes/${scheme.notation}`)}>
              <Text of={scheme.label} lang={lang} />
            </a>
          </h2>
          {scheme.definition && <Prose of={scheme.definition} context={context} />}
          <ConceptList nodes={scheme.concepts} lang={lang} columns />
        </section>
      ))}
    </Layout>
  )
}

export interface SchemePageProps {
  readonly context: PageContext
  readonly scheme: SchemeView
  /** schema.org DefinedTermSet. */
  readonly jsonLd?: unknown
}

/** One vocabulary, and where programs get it. */
export function SchemePage({ context, scheme, jsonLd }: SchemePageProps) {
  const { t, lang } = context
  return (
    <Layout context={context} title={scheme.label.value} jsonLd={jsonLd}>
      <Breadcrumbs above={[{ label: t('themes.title'), href: to(context, 'themes') }]} context={context} />
      <p class="kicker">{t('scheme.kicker')}</p>
      <h1>
        <Text of={scheme.label} lang={lang} />
      </h1>
      {scheme.definition && <Prose of={scheme.definition} below={1} context={context} />}
      <p class="quiet">{t('themes.terms', { count: count(scheme.concepts) })}</p>
      <ConceptList nodes={scheme.concepts} lang={lang} />
      <h2>{t('scheme.download')}</h2>
      <ul class="links">
        <li>
          <a href={`/vocabularies/${scheme.notation}.ttl`}>SKOS Turtle</a>
        </li>
        <li>
          <a href={`/vocabularies/${scheme.notation}.jsonld`}>JSON-LD</a>
        </li>
      </ul>
    </Layout>
  )
}

function count(nodes: readonly ConceptNode[]): number {
  return nodes.reduce((sum, node) => sum + 1 + count(node.narrower), 0)
}

/** Terms one below the other; numbered ones by their numbers. */
function ConceptList({ nodes, lang, columns }: { nodes: readonly ConceptNode[]; lang: string; columns?: boolean }) {
  const isNumbered = nodes.length > 0 && nodes.every((node) => node.number !== null)
  const List = isNumbered ? 'ol' : 'ul'
  return (
    <List class={columns ? 'terms columns' : 'terms'}>
      {nodes.map((node) => (
        <li {...(isNumbered && node.number !== null && { value: node.number })}>
          <a href={node.href}>
            <Text of={node.label} lang={lang} />
          </a>
          {node.narrower.length > 0 && <ConceptList nodes={node.narrower} lang={lang} />}
        </li>
      ))}
    </List>
  )
}
