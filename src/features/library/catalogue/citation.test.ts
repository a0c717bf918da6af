import { expect, test } from 'vitest'
import { anOrganisation, aPerson } from './values.ts'
import { cite, citationStyles, citationText } from './citation.ts'
import { citationTags, coins, publicationJsonLd } from './page-tags.ts'
import { aWork } from './test-works.ts'

const origin = 'https://hub.example'
const work = aWork({
  id: 'pub_0000000001abcdefghijkl',
  types: ['study'],
  title: { en: 'Monitoring toolkit', fr: 'Boîte à outils' },
  issued: '2021-08-19',
  series: { id: null, name: 'KMH Research Studies', number: 1 },
  contributors: [
    anOrganisation('author', 'Samuel Hall'),
    aPerson('author', 'Doe', 'Jane Ann'),
    anOrganisation('publisher', 'IOM'),
  ],
  identifiers: [{ scheme: 'doi', value: '10.1000/x' }],
})
const inAll = (lang: string) => citationStyles.map((style) => citationText(cite(work, style, lang, origin)))

test('a work is cited in four styles, and the firm Samuel Hall is never Hall, S.', () => {
  expect(inAll('en')).toEqual([
    'Samuel Hall, & Doe, J. A. (2021, 19 August). Monitoring toolkit (KMH Research Studies, No. 1). IOM. https://doi.org/10.1000/x',
    'Samuel Hall, and Jane Ann Doe. 2021. Monitoring toolkit. KMH Research Studies, No. 1. IOM. https://doi.org/10.1000/x',
    'Samuel Hall and Doe, J. A. (2021) Monitoring toolkit. KMH Research Studies, No. 1. IOM. Available at: https://doi.org/10.1000/x',
    'Samuel Hall, Doe JA. Monitoring toolkit. IOM; 2021. (KMH Research Studies, No. 1). Available at: https://doi.org/10.1000/x',
  ])
})

test('a citation speaks the language of the page', () => {
  expect(inAll('fr')[0]).toBe(
    'Samuel Hall, & Doe, J. A. (2021, 19 août). Boîte à outils (KMH Research Studies, nᵒ 1). IOM. https://doi.org/10.1000/x',
  )
  expect(inAll('es')[2]).toContain('Samuel Hall y Doe, J. A. (2021)')
  expect(inAll('pt')[2]).toContain('Disponível em: ')
  expect(inAll('ar')[1]).toContain('Samuel Hall، و Jane Ann Doe. 2021.')
})

test('a work of which little is known is cited with what there is', () => {
  const bare = aWork({ id: 'pub_0000000001abcdefghijkl', title: { en: 'Why?' } })
  expect(citationStyles.map((style) => citationText(cite(bare, style, 'en', origin)))).toEqual([
    'Why? (n.d.). https://hub.example/r/pub_0000000001abcdefghijkl',
    'n.d. Why? https://hub.example/r/pub_0000000001abcdefghijkl',
    'Why? n.d. Available at: https://hub.example/r/pub_0000000001abcdefghijkl',
    'Why? n.d. Available at: https://hub.example/r/pub_0000000001abcdefghijkl',
  ])
})

const hubWork = {
  id: 'pub_0000000001abcdefghijkl',
  work,
  href: '/en/library/x',
  concepts: [],
  seriesId: null,
  texts: {},
  synthetic: false,
  publishedAt: null,
  updatedAt: '2026-01-01T00:00:00.000Z',
}

test('what reference managers read in a page names everybody in order', () => {
  expect(citationTags(hubWork, origin, 'fr')).toEqual([
    ['citation_title', 'Boîte à outils'],
    ['citation_author', 'Samuel Hall'],
    ['citation_author', 'Doe, Jane Ann'],
    ['citation_publisher', 'IOM'],
    ['citation_publication_date', '2021/08/19'],
    ['citation_series_title', 'KMH Research Studies'],
    ['citation_issue', '1'],
    ['citation_doi', '10.1000/x'],
    ['citation_language', 'en'],
    ['citation_public_url', 'https://hub.example/r/pub_0000000001abcdefghijkl'],
  ])
  const read = new URLSearchParams(coins(hubWork, origin, 'en'))
  expect([read.getAll('rft.aucorp'), read.getAll('rft.au'), read.get('rft_id')]).toEqual([
    ['Samuel Hall'],
    ['Doe, Jane Ann'],
    'info:doi/10.1000/x',
  ])
})

test('linked data tells persons from organisations', () => {
  expect(publicationJsonLd(hubWork, origin, 'en')).toMatchObject({
    '@type': 'Report',
    name: 'Monitoring toolkit',
    author: [
      { '@type': 'Organization', name: 'Samuel Hall' },
      { '@type': 'Person', name: 'Jane Ann Doe' },
    ],
    isPartOf: { '@type': 'CreativeWorkSeries', name: 'KMH Research Studies' },
    sameAs: ['https://doi.org/10.1000/x'],
  })
})
