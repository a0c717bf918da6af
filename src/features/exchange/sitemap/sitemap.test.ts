import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { sitemap, type SitemapEntry } from './sitemap.ts'

const origin = 'https://hub.example'
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => ['url', 'sitemap', 'xhtml:link'].includes(name),
})
const seminar: SitemapEntry = {
  alternates: { en: '/en/seminars/links', ar: '/ar/seminars/روابط' },
  anyLanguage: '/r/sem_01',
  updatedAt: '2021-11-20T09:30:00.000Z',
}

function read(xml: string | null): unknown {
  return xml === null ? null : parser.parse(xml)
}

test('each language a page has is an address, with links to all of them and to the one that chooses', () => {
  const links = [
    { '@rel': 'alternate', '@hreflang': 'en', '@href': 'https://hub.example/en/seminars/links' },
    {
      '@rel': 'alternate',
      '@hreflang': 'ar',
      '@href': 'https://hub.example/ar/seminars/%D8%B1%D9%88%D8%A7%D8%A8%D8%B7',
    },
    { '@rel': 'alternate', '@hreflang': 'x-default', '@href': 'https://hub.example/r/sem_01' },
  ]

  expect(read(sitemap([seminar], origin))).toMatchObject({
    urlset: {
      url: [
        { loc: 'https://hub.example/en/seminars/links', lastmod: '2021-11-20T09:30:00.000Z', 'xhtml:link': links },
        { loc: 'https://hub.example/ar/seminars/%D8%B1%D9%88%D8%A7%D8%A8%D8%B7', 'xhtml:link': links },
      ],
    },
  })
})

test('what does not fit in one file is split by number of addresses, under an index', () => {
  const entries = Array.from({ length: 5 }, (_, number) => ({
    ...seminar,
    alternates: { en: `/en/seminars/${number}` },
  }))
  const limits = { urls: 2, bytes: 1_000_000 }
  const parts = [1, 2, 3].map((page) => sitemap(entries, origin, page, limits) ?? '')

  expect(read(sitemap(entries, origin, null, limits))).toMatchObject({
    sitemapindex: { sitemap: [1, 2, 3].map((page) => ({ loc: `https://hub.example/sitemap.xml?page=${page}` })) },
  })
  expect(parts.map((part) => [...part.matchAll(/<loc>[^<]*\/(\d)</g)].map((match) => match[1]))).toEqual([
    ['0', '1'],
    ['2', '3'],
    ['4'],
  ])
  expect(sitemap(entries, origin, 4, limits)).toBe(null)
  expect(sitemap(entries, origin, 0, limits)).toBe(null)
})

test('a file never grows beyond its bytes', () => {
  const entries = Array.from({ length: 40 }, () => seminar)
  const limits = { urls: 1000, bytes: 5000 }
  const parts: string[] = []
  for (
    let page = 1, part = sitemap(entries, origin, 1, limits);
    part !== null;
    page += 1, part = sitemap(entries, origin, page, limits)
  )
    parts.push(part)

  expect(Math.max(...parts.map((part) => Buffer.byteLength(part)))).toBeLessThanOrEqual(5000)
  expect(parts.join('').match(/<loc>/g)?.length).toBe(80)
})

test('an empty hub has an empty sitemap, and an odd path leaves it well-formed', () => {
  expect(XMLValidator.validate(sitemap([], origin) ?? '')).toBe(true)
  expect(XMLValidator.validate(sitemap([{ ...seminar, alternates: { en: '/en/a?b=1&c="<' } }], origin) ?? '')).toBe(
    true,
  )
})
