import { plainText } from '#platform/text/index.ts'
import type { PublicationType } from '../domain.ts'
import type { HubWork } from '../works.ts'
import { permalink, seriesStatement, sortedName } from './dublin-core.ts'
import { flatten, valuesOf } from './flat.ts'
import { addressOf } from './values.ts'

/** A `meta` element of a page: its name and its content. */
export type MetaTag = readonly [name: string, content: string]

/** What reference managers and scholarly search engines read in the head of a publication's page (Highwire Press tags). */
export function citationTags({ id, work }: HubWork, origin: string, lang: string): MetaTag[] {
  const flat = flatten(work)
  const by = (role: string) => work.contributors.filter((one) => one.role === role)
  const files = work.editions.flatMap((edition) => edition.files)
  const pdf =
    files.find((file) => file.lang === lang && file.type === 'application/pdf') ??
    files.find(({ type }) => type === 'application/pdf')
  return [
    ['citation_title', work.title[lang] ?? flat.title],
    ...by('author').map((one): MetaTag => ['citation_author', sortedName(one)]),
    ...by('editor').map((one): MetaTag => ['citation_editor', sortedName(one)]),
    ...by('publisher').map((one): MetaTag => ['citation_publisher', sortedName(one)]),
    ...said('citation_publication_date', work.issued?.replaceAll('-', '/')),
    ...said('citation_series_title', work.series?.name),
    ...said('citation_issue', work.series?.number?.toString()),
    ...said('citation_technical_report_number', valuesOf(flat, 'report')[0]),
    ...said('citation_doi', valuesOf(flat, 'doi')[0]),
    ...valuesOf(flat, 'isbn').map((isbn): MetaTag => ['citation_isbn', isbn]),
    ...valuesOf(flat, 'issn').map((issn): MetaTag => ['citation_issn', issn]),
    ['citation_language', work.sourceLang],
    ['citation_public_url', permalink(origin, id)],
    ...said('citation_pdf_url', pdf && new URL(pdf.url, origin).href),
  ]
}

const said = (name: string, content: string | null | undefined): MetaTag[] => (content ? [[name, content]] : [])

/** The same for programs that look for a `span` of class `Z3988` (COinS): what stands in its `title`. */
export function coins({ id, work }: HubWork, origin: string, lang: string): string {
  const flat = flatten(work)
  const [doi] = valuesOf(flat, 'doi')
  const [isbn] = valuesOf(flat, 'isbn')
  const params = new URLSearchParams(
    [
      ['ctx_ver', 'Z39.88-2004'],
      ['rft_val_fmt', 'info:ofi/fmt:kev:mtx:book'],
      ['rft.genre', work.types.includes('book') || work.types.includes('handbook') ? 'book' : 'report'],
      ['rft.btitle', work.title[lang] ?? flat.title],
      ...work.contributors
        .filter(({ role }) => role === 'author')
        .map((one) => [one.kind === 'person' ? 'rft.au' : 'rft.aucorp', sortedName(one)]),
      ...work.contributors.filter(({ role }) => role === 'publisher').map(({ name }) => ['rft.pub', name]),
      ...said('rft.date', work.issued),
      ...(work.series ? [['rft.series', seriesStatement(work.series)]] : []),
      ...said('rft.isbn', isbn),
      ['rft_id', doi === undefined ? permalink(origin, id) : `info:doi/${doi}`],
    ].map(([name = '', content = '']) => [name, content]),
  )
  return params.toString()
}

const schemaTypes: Readonly<Partial<Record<PublicationType, string>>> = {
  handbook: 'Book',
  book: 'Book',
  chapter: 'Chapter',
  article: 'ScholarlyArticle',
  thesis: 'Thesis',
  dataset: 'Dataset',
  presentation: 'PresentationDigitalDocument',
  'training-material': 'LearningResource',
  toolkit: 'CreativeWork',
  leaflet: 'CreativeWork',
}

/** A publication in schema.org's words, for the page in a language. */
export function publicationJsonLd(
  { id, work, concepts, publishedAt, updatedAt, href }: HubWork,
  origin: string,
  lang: string,
) {
  const flat = flatten(work)
  const person = (one: (typeof work.contributors)[number]) =>
    one.kind === 'person'
      ? {
          '@type': 'Person',
          name: [one.given, one.name].filter(Boolean).join(' '),
          familyName: one.name,
          ...(one.given === null ? {} : { givenName: one.given }),
        }
      : { '@type': 'Organization', name: one.name }
  const by = (role: string) => work.contributors.filter((one) => one.role === role).map(person)
  const inLang = work.title[lang] === undefined ? work.sourceLang : lang
  const summary = work.summary[inLang] ?? flat.summary
  const files = work.editions.flatMap((edition) => edition.files)
  const value = {
    '@context': 'https://schema.org',
    '@type': schemaTypes[work.types[0] ?? 'report'] ?? 'Report',
    '@id': permalink(origin, id),
    url: new URL(href, origin).href,
    name: work.title[inLang] ?? flat.title,
    alternativeHeadline: work.subtitle[inLang],
    inLanguage: inLang,
    abstract: summary === '' ? undefined : plainText(summary, 5000),
    author: by('author'),
    editor: by('editor'),
    publisher: by('publisher'),
    funder: work.funders.map((name) => ({ '@type': 'Organization', name })),
    datePublished: work.issued ?? publishedAt ?? undefined,
    dateModified: updatedAt,
    keywords: concepts.map(({ label }) => label.value),
    isbn: valuesOf(flat, 'isbn')[0],
    issn: valuesOf(flat, 'issn')[0],
    reportNumber: valuesOf(flat, 'report')[0],
    sameAs: flat.identifiers.flatMap((one) => addressOf(one) ?? []),
    isPartOf: work.series ? { '@type': 'CreativeWorkSeries', name: work.series.name } : undefined,
    position: work.series?.number ?? undefined,
    spatialCoverage: [...work.places],
    encoding: files.map((file) => ({
      '@type': 'MediaObject',
      contentUrl: new URL(file.url, origin).href,
      inLanguage: file.lang,
      encodingFormat: file.type ?? undefined,
      contentSize: file.bytes === null ? undefined : String(file.bytes),
      license: file.licence ?? undefined,
    })),
  }
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0)),
  )
}
