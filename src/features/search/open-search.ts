import { writeXml } from '#platform/xml.ts'

/** What a browser is told of the search of a hub. */
export interface SearchDescription {
  readonly origin: string
  readonly hubName: string
  readonly description: string
  readonly lang: string
}

/** Characters that OpenSearch 1.1 allows a short name, a long one, a description. */
const [SHORT, LONG, DESCRIPTION] = [16, 48, 1024]

/** How browsers and other programs ask the search of a hub: an OpenSearch 1.1 description, whose addresses they fill in. */
export function describeSearch({ origin, hubName, description, lang }: SearchDescription): string {
  const at = (path: string) => `${origin}/${lang}/${path}`
  return writeXml({
    OpenSearchDescription: {
      '@xmlns': 'http://a9.com/-/spec/opensearch/1.1/',
      ShortName: cut(hubName, SHORT),
      Description: cut(description, DESCRIPTION),
      Url: [
        { '@type': 'text/html', '@rel': 'results', '@template': at('search?q={searchTerms}&page={startPage?}') },
        { '@type': 'application/atom+xml', '@rel': 'results', '@template': at('search.atom?q={searchTerms}') },
        {
          '@type': 'application/x-suggestions+json',
          '@rel': 'suggestions',
          '@template': at('search/suggest?q={searchTerms}'),
        },
        { '@type': 'application/opensearchdescription+xml', '@rel': 'self', '@template': at('opensearch.xml') },
      ],
      LongName: cut(hubName, LONG),
      Language: lang,
      InputEncoding: 'UTF-8',
      OutputEncoding: 'UTF-8',
    },
  })
}

/** Whole characters only, and an ellipsis where some are left out. */
function cut(text: string, most: number): string {
  const characters = Array.from(text)
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}
