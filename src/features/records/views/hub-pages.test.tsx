import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aText } from '#testing/seminar-values.ts'
import { renderPage } from '#ui/index.ts'
import { AboutPage, HubTextPage } from './hub-pages.tsx'

const context = aPageContext('en', '/en/about')

test('the page about the hub leads to its directory and to what programs read', () => {
  const html = renderToString(<AboutPage context={context} purpose={aText('For')} components={null} about={null} />)
  const main = /<main.*<\/main>/s.exec(html)?.[0] ?? ''
  expect([...main.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    '/en/organisations',
    '/en/people',
    '/en/places',
    '/api/v1',
    '/en/calendar.ics',
    '/en/feed.atom',
    '/en/podcast.xml',
  ])
})

test('a page nobody has written says whom to ask', () => {
  const pages = [
    <AboutPage context={context} purpose={null} components={null} about={null} />,
    <HubTextPage context={context} page="privacy" text={null} />,
  ]
  expect(pages.map((page) => renderToString(page).includes('Nobody has written this page yet.'))).toEqual([true, true])
})

test.each(['en', 'ar'])('the hub’s own pages are valid HTML in %s', async (lang) => {
  const page = aPageContext(lang, `/${lang}/about`)
  const text = aText('# Known limits\n\n- One\n\n## More\n\nText')
  const pages = [
    <AboutPage context={page} purpose={text} components={aText('- One\n- Two')} about={text} />,
    <HubTextPage context={page} page="accessibility" text={text} />,
  ]
  for (const one of pages) expect(await findMarkupFaults(renderPage(one))).toEqual([])
})
