import type { Seminar } from '#features/seminars/index.ts'
import type { TextValue } from '#features/records/index.ts'
import { uuidOf } from '#platform/stable-ids.ts'
import { plainText, shorten } from '#platform/text/index.ts'
import type { Instant } from '#platform/time.ts'
import { writeXml, type XmlElement } from '#platform/xml.ts'

/** Where the feed stands: the hub, the reader's language, and when the hub last changed (said by a feed without entries). */
export interface FeedContext {
  readonly origin: string
  readonly hubName: string
  readonly lang: string
  readonly updatedAt: Instant
}

const longest = 50

/**
 * The seminars last changed, newest first, as an Atom feed (RFC 4287). An entry keeps its id for life, whatever the hub's address, and each text
 * says its own language. The bytes depend on the data alone.
 */
export function atomFeed(seminars: readonly Seminar[], context: FeedContext): string {
  const newest = seminars.toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt)).slice(0, longest)
  const self = new URL(`/${context.lang}/feed.atom`, context.origin).href
  return writeXml({
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      '@xml:lang': context.lang,
      id: `urn:uuid:${uuidOf(self)}`,
      title: context.hubName,
      updated: newest[0]?.updatedAt ?? context.updatedAt,
      generator: 'Passerelle',
      author: { name: context.hubName, uri: context.origin },
      link: [
        { '@rel': 'self', '@type': 'application/atom+xml', '@href': self },
        {
          '@rel': 'alternate',
          '@type': 'text/html',
          '@href': new URL(`/${context.lang}/seminars`, context.origin).href,
        },
      ],
      entry: newest.map((seminar) => entry(seminar, context)),
    },
  })
}

function entry(seminar: Seminar, { origin, lang }: FeedContext): XmlElement {
  const summary = seminar.summary ?? seminar.objectives
  const own = new URL(seminar.href, origin).href
  const others = Object.entries(seminar.alternates).filter(([, path]) => path !== seminar.href)
  return {
    id: `urn:uuid:${uuidOf(`urn:passerelle:${seminar.id}`)}`,
    title: text(seminar.title, seminar.title.value, lang),
    published: seminar.publishedAt ?? seminar.updatedAt,
    updated: seminar.updatedAt,
    link: [
      { '@rel': 'alternate', '@type': 'text/html', '@hreflang': lang, '@href': own },
      ...others.map(([other, path]) => ({
        '@rel': 'alternate',
        '@type': 'text/html',
        '@hreflang': other,
        '@href': new URL(path, origin).href,
      })),
    ],
    category: seminar.concepts.map((concept) => ({
      '@term': concept.notation,
      '@scheme': new URL(`/vocabularies/${concept.scheme}`, origin).href,
      '@label': concept.label.value,
    })),
    summary: summary
      ? text(summary, seminar.summary ? shorten(summary.value, 500) : plainText(summary.value, 500), lang)
      : undefined,
  }
}

function text({ lang }: TextValue, value: string, around: string): XmlElement | string {
  return lang === around ? value : { '@xml:lang': lang, '#text': value }
}
