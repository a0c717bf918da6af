import { loadRecords, type Reader } from '#features/records/index.ts'
import { uuidOf } from '#platform/stable-ids.ts'
import type { Instant } from '#platform/time.ts'
import { writeXml, type XmlElement } from '#platform/xml.ts'
import { tellPrograms, type SearchTold } from './api.ts'
import type { SearchDeps } from './deps.ts'
import { searchQuery } from './domain.ts'

/** Where a feed of what is found stands. */
export interface SearchFeedContext {
  readonly origin: string
  readonly hubName: string
  /** Its title. */
  readonly title: string
}

interface Entry {
  readonly item: SearchTold['items'][number]
  readonly publishedAt: Instant
  readonly updatedAt: Instant
}

/** Results that a feed tells of. */
const LONGEST = 50

/**
 * What is found, newest first, as an Atom feed (RFC 4287). An entry keeps its id for life. A value that means nothing to the search
 * throws: to leave it out would follow something else. `isComplete`: the index is as the hub is.
 */
export async function searchFeed(
  deps: SearchDeps,
  reader: Reader,
  query: (name: string) => string,
  context: SearchFeedContext,
): Promise<{ readonly text: string; readonly isComplete: boolean }> {
  const given = (name: string) => (['page', 'at'].includes(name) ? '' : query(name))
  const asked = (name: string) => (name === 'sort' ? 'newest' : given(name))
  const told = await tellPrograms(deps, reader, asked, LONGEST)
  // Who follows some words wants all of them.
  const { isComplete, items } = told.isPartial ? { ...told, items: [] } : told
  const records = await loadRecords(
    deps.records,
    items.map(({ id }) => id),
  )
  const entries = items.flatMap((item): Entry[] => {
    const record = records.get(item.id)
    if (!record) return []
    return [{ item, publishedAt: record.publishedAt ?? record.updatedAt, updatedAt: record.updatedAt }]
  })
  const newest = entries.toSorted((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt))
  return { text: writeFeed(newest, reader.lang, addressOf(given), context), isComplete }
}

/** The query of the page that shows the same. */
function addressOf(given: (name: string) => string): string {
  const query = searchQuery.map((name): [string, string] => [name, given(name)]).filter(([, value]) => value !== '')
  return new URLSearchParams(query).toString()
}

function writeFeed(
  entries: readonly Entry[],
  lang: string,
  query: string,
  { origin, hubName, title }: SearchFeedContext,
): string {
  const self = new URL(`/${lang}/search.atom?${query}`, origin).href
  const page = new URL(`/${lang}/search?${query}`, origin).href
  const changes = entries.map(({ updatedAt }) => updatedAt).toSorted((a, b) => Date.parse(b) - Date.parse(a))
  return writeXml({
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      '@xml:lang': lang,
      id: `urn:uuid:${uuidOf(self)}`,
      title: `${hubName} · ${title}`,
      updated: changes[0] ?? '1970-01-01T00:00:00.000Z',
      generator: 'Passerelle',
      author: { name: hubName, uri: origin },
      link: [
        { '@rel': 'self', '@type': 'application/atom+xml', '@href': self },
        { '@rel': 'alternate', '@type': 'text/html', '@href': page },
      ],
      entry: entries.map((entry) => toEntry(entry, lang, origin)),
    },
  })
}

function toEntry({ item, publishedAt, updatedAt }: Entry, lang: string, origin: string): XmlElement {
  const { id, kind, title, href, passages } = item
  const best = passages.find(({ anchor }) => anchor.section === undefined) ?? passages.at(-1)
  return {
    id: `urn:uuid:${uuidOf(`urn:passerelle:${id}`)}`,
    title: spoken(title.lang, title.value, lang),
    published: publishedAt,
    updated: updatedAt,
    link: { '@rel': 'alternate', '@type': 'text/html', '@hreflang': lang, '@href': new URL(href, origin).href },
    category: { '@term': kind },
    summary: best && spoken(best.lang, best.pieces.map(({ text }) => text).join(''), lang),
  }
}

const spoken = (lang: string, value: string, around: string): XmlElement | string =>
  lang === around ? value : { '@xml:lang': lang, '#text': value }
