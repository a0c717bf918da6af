import type { ComponentChildren } from 'preact'
import { plainText } from '#platform/text/index.ts'
import {
  Breadcrumbs,
  EmptyState,
  FundingStatement,
  LanguagesTable,
  Layout,
  LinkList,
  Notice,
  pageAddresses,
  PartialDate,
  PlaceTags,
  Prose,
  Section,
  SeriesPath,
  StateNotice,
  TagList,
  Text,
  Title,
  to,
  type PageContext,
} from '#ui/index.ts'
import type { Publication } from '../domain.ts'
import { citationTags, publicationJsonLd } from '../catalogue/page-tags.ts'
import type { HubWork } from '../works.ts'
import { Citation } from './citation.tsx'
import { Editions } from './publication-editions.tsx'
import { PublicationFacts, TypeWords } from './publication-parts.tsx'

export interface PublicationPageProps {
  readonly context: PageContext
  readonly publication: Publication
  /** The same as a work, for citing it; a preview has none. */
  readonly work?: HubWork | undefined
  /** Says that this is the preview of a draft, which no search engine should keep. */
  readonly notice?: ComponentChildren
}

/** A publication: what it says, where to read it, what belongs to it. */
export function PublicationPage({ context, publication, work, notice }: PublicationPageProps) {
  const { t, lang } = context
  const { title, subtitle, summary, cover } = publication
  const isPreview = notice !== undefined
  return (
    <Layout
      context={context}
      title={title.value}
      {...(summary && { description: plainText(summary.value, 160) })}
      {...(!isPreview && pageAddresses(title, publication.alternates))}
      {...(work && {
        jsonLd: publicationJsonLd(work, context.hub.origin, lang),
        meta: citationTags(work, context.hub.origin, lang),
      })}
      shownFunding={publication.funding}
      unlisted={isPreview}
    >
      {notice}
      <Breadcrumbs above={[{ label: t('library.title'), href: to(context, 'library') }]} context={context} />
      <article class="split">
        <header>
          <p class="kicker">
            {publication.issued !== null && <PartialDate day={publication.issued} lang={lang} />}
            <TypeWords types={publication.types} context={context} />
          </p>
          <Title of={title} lang={lang} />
          {subtitle && (
            <p class="lede">
              <Text of={subtitle} lang={lang} />
            </p>
          )}
          <StateNotice of={title} context={context} />
          {publication.synthetic && <Notice kind="warning">{t('publication.synthetic')}</Notice>}
        </header>
        <aside aria-label={t('seminar.atAGlance')}>
          {cover && !isPreview && <img class="cover" src={cover} alt="" loading="lazy" />}
          <PublicationFacts publication={publication} context={context} />
        </aside>
        <div>
          {partsOf({ publication, context, work, isPreview }).map(({ id, title: heading, body }) => (
            <Section id={id} title={heading}>
              {body}
            </Section>
          ))}
        </div>
      </article>
    </Layout>
  )
}

interface PartsProps {
  readonly publication: Publication
  readonly context: PageContext
  readonly work: HubWork | undefined
  readonly isPreview: boolean
}

interface Part {
  readonly id: string
  readonly title: string
  readonly body: ComponentChildren
}

function partsOf({ publication, context, work, isPreview }: PartsProps): Part[] {
  const { t, lang } = context
  const { title, summary, editions, concepts, places, funding, partOf, parts, related, seriesPlace } = publication
  const links = (of: readonly { name: typeof title; href: string }[]) =>
    of.length > 0 && <LinkList items={of.map(({ name, href }) => ({ label: name, href }))} lang={lang} />
  const sections: Part[] = [
    {
      id: 'abstract',
      title: t('publication.abstract'),
      body: summary ? <Prose of={summary} told={title} context={context} /> : null,
    },
    {
      id: 'files',
      title: t('publication.files'),
      body: editions.some(({ files }) => files.length > 0) ? (
        <Editions {...{ publication, context, isPreview }} />
      ) : (
        <EmptyState>{t('publication.noFiles')}</EmptyState>
      ),
    },
    { id: 'cite', title: t('publication.cite'), body: work && <Citation of={work} context={context} /> },
    {
      id: 'series',
      title: t('seminar.series'),
      body: seriesPlace && (
        <>
          <p>
            <a href={seriesPlace.href}>
              <Text of={seriesPlace.title} lang={lang} />
            </a>
          </p>
          <SeriesPath entries={seriesPlace.entries} current={seriesPlace.number} context={context} />
        </>
      ),
    },
    { id: 'part-of', title: t('publication.partOf'), body: links(partOf) },
    { id: 'parts', title: t('publication.parts'), body: links(parts) },
    { id: 'related', title: t('seminar.related'), body: links(related) },
    { id: 'themes', title: t('seminar.themes'), body: concepts[0] && <TagList tags={concepts} lang={lang} /> },
    { id: 'places', title: t('seminar.places'), body: places[0] && <PlaceTags of={places} context={context} /> },
    {
      id: 'funding',
      title: t('funding.title'),
      body: funding[0] && funding.map((statement) => <FundingStatement of={statement} context={context} />),
    },
    {
      id: 'languages',
      title: t('languages.title'),
      body: (
        <LanguagesTable
          rows={publication.textLanguages}
          alternates={isPreview ? {} : publication.alternates}
          context={context}
        />
      ),
    },
  ]
  return sections.filter((part) => Boolean(part.body))
}
