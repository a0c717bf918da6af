import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aText } from '#testing/seminar-values.ts'
import { renderPage } from '#ui/index.ts'
import { SeriesPage } from './series-page.tsx'

const series = {
  id: 'ser_01',
  of: 'seminar' as const,
  href: '/en/series/x',
  name: aText('Series x'),
  summary: null,
  planned: 2,
  entries: [{ number: 1, id: null, title: null, href: null, dates: null }],
  alternates: { en: '/en/series/x' },
  translators: [],
}

test('a series with gaps only says that nothing of it is here', () => {
  const page = <SeriesPage context={aPageContext('en', '/en/series/x')} series={series} />
  expect(renderToString(page)).toContain('Nothing of this series')
})

test.each(['en', 'ar'])('a series is valid HTML in %s', async (lang) => {
  const entry = { number: 1, id: 'x', title: aText('One'), href: '/en/x', dates: { issued: '2021' } }
  const page = <SeriesPage context={aPageContext(lang, `/${lang}`)} series={{ ...series, entries: [entry] }} />
  expect(await findMarkupFaults(renderPage(page))).toEqual([])
})
