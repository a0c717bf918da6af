import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aSeminarValue, aText } from '#testing/seminar-values.ts'
import { renderPage } from '#ui/index.ts'
import { HomePage } from './home-page.tsx'
import { SeminarCards } from './seminar-cards.tsx'
import { SeminarsPage, type SeminarsPageProps } from './seminars-page.tsx'

const context = aPageContext('en', '/en/seminars')

const nothing: SeminarsPageProps = {
  context,
  upcoming: [],
  past: [],
  page: 1,
  pages: 1,
  pageHref: (page) => `/en/seminars?page=${page}`,
  series: [],
  themes: [],
}
const theme = { label: aText('Policy coherence'), href: '/en/seminars?theme=policy-coherence', isCurrent: false }

function headings(props: SeminarsPageProps): string[] {
  const html = renderToString(<SeminarsPage {...props} />)
  return [...html.matchAll(/<h[123][^>]*>(?:<a[^>]*>)?(.*?)(?:<\/a>)?<\/h[123]>/g)].map(([, heading]) => heading ?? '')
}

test('seminars stand under what they are: live, to come, past', () => {
  const upcoming = [
    aSeminarValue({ title: aText('Now'), phase: 'live' }),
    aSeminarValue({ title: aText('Soon'), phase: 'announced' }),
  ]
  const past = [aSeminarValue({ title: aText('Before') })]
  expect(headings({ ...nothing, upcoming, past })).toEqual([
    'Seminars',
    'Live now',
    'Now',
    'Upcoming',
    'Soon',
    'Past',
    'Before',
  ])
  expect(headings({ ...nothing, past, page: 2, pages: 2 })).toEqual(['Seminars', 'Past', 'Before'])
})

test('an empty list says what one can do', () => {
  const html = renderToString(<SeminarsPage {...nothing} />)
  expect(html).toContain('Subscribe to the calendar to hear of the next one.')
  expect(html).toContain('No seminar has taken place yet.')
  const filtered = renderToString(<SeminarsPage {...nothing} themes={[{ ...theme, isCurrent: true }]} />)
  expect(filtered).toContain('No seminar matches this choice.')
  expect(filtered).not.toContain('No seminar has taken place yet.')
})

test('a choice is a link, and the chosen one takes itself away', () => {
  const links = [false, true].map((isCurrent) => {
    const html = renderToString(<SeminarsPage {...nothing} themes={[{ ...theme, isCurrent }]} />)
    return /<ul class="tags">.*?<\/ul>/.exec(html)?.[0].match(/<a [^>]*>/g)
  })
  expect(links).toEqual([
    ['<a href="/en/seminars?theme=policy-coherence">'],
    ['<a href="/en/seminars" aria-current="true">'],
  ])
})

test('a card says when, what and where in the reader’s language, and marks a title in another', () => {
  const seminar = aSeminarValue({
    title: aText('Links'),
    summary: null,
    form: 'workshop',
    mode: 'in-person',
    city: 'Addis Ababa',
    country: 'ET',
    startsOn: '2021-03-01',
    endsOn: '2021-03-31',
    precision: 'month',
  })
  expect(renderToString(<SeminarCards seminars={[seminar]} context={aPageContext('fr')} />)).toBe(
    '<ul class="cards"><li><p class="kicker"><time datetime="2021-03">mars 2021</time><span>Atelier</span>' +
      '<span>Addis Ababa, Éthiopie</span></p><h3 lang="en" dir="ltr"><a href="/en/seminars/links">Links</a></h3></li></ul>',
  )
})

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

test('a home with nothing to show says where to go', () => {
  const empty = <HomePage context={context} purpose={null} next={[]} latest={[]} series={null} themes={[]} />
  const html = renderToString(empty)
  expect(html).toContain('No seminar is planned at the moment.')
  expect(html).toContain('Nothing has been published yet.')
  expect(html).toContain('<input id="q" name="q" type="search"')
  expect(html).toContain('<h1>Learning Hub</h1>')
})

test.each(['en', 'ar'])('home and list are valid HTML in %s', async (lang) => {
  const page = aPageContext(lang, `/${lang}`)
  const seminar = aSeminarValue()
  const full = { ...series, entries: [{ number: 1, id: 'x', title: aText('One'), href: '/en/x', dates: seminar }] }
  const pages = [
    <HomePage
      context={page}
      purpose={aText('What for.')}
      next={[seminar]}
      latest={[seminar]}
      series={full}
      themes={[theme]}
    />,
    <SeminarsPage
      {...nothing}
      context={page}
      upcoming={[seminar]}
      past={[seminar]}
      pages={3}
      series={[theme]}
      themes={[theme]}
    />,
    <SeminarsPage {...nothing} context={page} />,
  ]
  for (const one of pages) expect(await findMarkupFaults(renderPage(one))).toEqual([])
})
