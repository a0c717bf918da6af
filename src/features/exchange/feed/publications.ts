import type { HubWork } from '#features/library/index.ts'
import { pickText, type Reader, type TextValue } from '#features/records/index.ts'
import { uuidOf } from '#platform/stable-ids.ts'
import { plainText } from '#platform/text/index.ts'
import { writeXml, type XmlElement } from '#platform/xml.ts'

/** What a feed is of: the hub, and where the feed stands. */
export interface PublicationFeed {
  readonly origin: string
  readonly hubName: string
  /** Path of the feed, with its query. */
  readonly path: string
  /** What it is narrowed to: the name of a series or a theme. */
  readonly of: string | null
}

/** Publications that a feed tells of. */
export const longestFeed = 50

/** Publications, those that changed last first, as an Atom feed (RFC 4287); an entry keeps its id for life. */
export function publicationFeed(works: readonly HubWork[], reader: Reader, feed: PublicationFeed): string {
  const self = new URL(feed.path, feed.origin).href
  return writeXml({
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      '@xml:lang': reader.lang,
      id: `urn:uuid:${uuidOf(self)}`,
      title: feed.of === null ? feed.hubName : `${feed.hubName} · ${feed.of}`,
      updated: works[0]?.updatedAt ?? '1970-01-01T00:00:00.000Z',
      generator: 'Passerelle',
      author: { name: feed.hubName, uri: feed.origin },
      link: [{ '@rel': 'self', '@type': 'application/atom+xml', '@href': self }],
      entry: works.map((work) => entry(work, reader, feed.origin)),
    },
  })
}

function entry(
  { id, work, texts, href, concepts, publishedAt, updatedAt }: HubWork,
  reader: Reader,
  origin: string,
): XmlElement {
  const title = pickText(texts['title'], reader.chain)
  const summary = pickText(texts['summary'], reader.chain)
  return {
    id: `urn:uuid:${uuidOf(`urn:passerelle:${id}`)}`,
    title: title ? spoken(title, title.value, reader.lang) : id,
    published: publishedAt ?? updatedAt,
    updated: updatedAt,
    author: work.contributors
      .filter(({ role }) => role === 'author')
      .map(({ given, name }) => ({ name: given === null ? name : `${given} ${name}` })),
    link: [
      { '@rel': 'alternate', '@type': 'text/html', '@hreflang': reader.lang, '@href': new URL(href, origin).href },
      ...work.editions
        .flatMap(({ files }) => files)
        .map((file) => ({
          '@rel': 'enclosure',
          '@hreflang': file.lang,
          '@href': new URL(file.url, origin).href,
          '@type': file.type ?? undefined,
          '@length': file.bytes ?? undefined,
        })),
    ],
    category: concepts.map((concept) => ({
      '@term': concept.notation,
      '@scheme': new URL(`/vocabularies/${concept.scheme}`, origin).href,
      '@label': concept.label.value,
    })),
    summary: summary ? spoken(summary, plainText(summary.value, 500), reader.lang) : undefined,
  }
}

const spoken = ({ lang }: TextValue, value: string, around: string): XmlElement | string =>
  lang === around ? value : { '@xml:lang': lang, '#text': value }
