import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { ErrorPage, inLanguage, Layout, renderPage } from './index.ts'

const english = aPageContext('en', '/en/seminars/links')
const arabic = aPageContext('ar', '/ar/seminars/links')

test('a page says its language, direction, name, and where it is in other languages', () => {
  const alternates = { en: '/en/seminars/links', fr: '/fr/seminars/liens' }
  const html = renderPage(
    <Layout
      context={arabic}
      title="Links & ties"
      description="What they <are>"
      alternates={alternates}
      canonical="/en/x"
    >
      <h1>Links</h1>
    </Layout>,
  )
  expect(html.startsWith('<!DOCTYPE html><html lang="ar" dir="rtl">')).toBe(true)
  expect(html).toContain('<title>Links &amp; ties — Learning Hub</title>')
  expect(html).toContain('<meta name="description" content="What they &lt;are>"/>')
  expect(html).toContain('<link rel="canonical" href="https://hub.example/en/x"/>')
  expect(html.match(/hreflang="\w+" href="https:[^"]*"/g)).toEqual([
    'hreflang="en" href="https://hub.example/en/seminars/links"',
    'hreflang="fr" href="https://hub.example/fr/seminars/liens"',
  ])
})

test('the language switch keeps the page, each language in its own name', () => {
  const html = renderToString(
    <Layout context={english} alternates={{ fr: '/fr/seminars/liens' }}>
      <h1>x</h1>
    </Layout>,
  )
  const links = /<nav class="languages".*?<\/nav>/.exec(html)?.[0].match(/<a .*?<\/a>/g)
  expect(links).toEqual([
    '<a href="/en/seminars/links" aria-current="true">English</a>',
    '<a href="/fr/seminars/liens" hreflang="fr" lang="fr" dir="ltr">Français</a>',
    '<a href="/ar/seminars/links" hreflang="ar" lang="ar" dir="rtl">العربية</a>',
  ])
  expect([inLanguage('/fr', 'ar'), inLanguage('/fr/themes/gcm', 'ar')]).toEqual(['/ar', '/ar/themes/gcm'])
})

const marks = (path: string) => {
  const html = renderToString(
    <Layout context={aPageContext('en', path)}>
      <h1>x</h1>
    </Layout>,
  )
  return /<nav class="sections".*?<\/nav>/.exec(html)?.[0].match(/href="[^"]*" aria-current="\w+"/g) ?? []
}

test('the section one is in is marked, the page itself as the page', () => {
  expect(['/en', '/en/seminars', '/en/seminars/links', '/en/seminarsx'].map(marks)).toEqual([
    ['href="/en" aria-current="page"'],
    ['href="/en/seminars" aria-current="page"'],
    ['href="/en/seminars" aria-current="true"'],
    [],
  ])
})

test('data for machines stands in the page and cannot leave its element', () => {
  const html = renderToString(
    <Layout context={english} jsonLd={{ name: '</script><b>' }}>
      <h1>x</h1>
    </Layout>,
  )
  expect(html).toContain('<script type="application/ld+json">{"name":"\\u003c/script\\u003e\\u003cb\\u003e"}</script>')
})

test('the footer does not repeat a statement the page itself shows', () => {
  const footer = (shownFunding: typeof english.hub.funding) => {
    const html = renderToString(
      <Layout context={english} shownFunding={shownFunding}>
        <h1>x</h1>
      </Layout>,
    )
    return html.includes('Funded by the European Union.')
  }
  expect([footer([]), footer(english.hub.funding)]).toEqual([true, false])
})

test.each([400, 404, 405, 410, 413, 414, 418, 429, 431, 500, 501, 503, 599])(
  'error %i has a page that says what to do and quotes the request',
  async (status) => {
    const html = renderPage(<ErrorPage context={arabic} status={status} requestId="r-<1>" />)
    expect(await findMarkupFaults(html)).toEqual([])
    expect(html).toContain('<meta name="robots" content="noindex"/>')
    expect(html).toContain('\u2068r-&lt;1>\u2069')
    expect(html.match(/<h1>/g)?.length).toBe(1)
    expect(html).toContain('<a href="/ar/seminars">')
  },
)

const boxes = (more: { area?: 'desk'; hasSearch?: boolean }) =>
  renderToString(
    <Layout context={arabic} {...more}>
      <h1>x</h1>
    </Layout>,
  ).match(/<form class="search" role="search" action="\/ar\/search">.*?<\/form>/g) ?? []

test('the box of the search is in the frame of public pages, once', () => {
  expect(boxes({})).toEqual([
    expect.stringMatching(/<input name="q" type="search" maxlength="300" aria-label="[^"]+"\/>/),
  ])
  expect([boxes({ hasSearch: true }), boxes({ area: 'desk' })]).toEqual([[], []])
})
