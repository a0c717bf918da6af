import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aText } from '#testing/seminar-values.ts'
import { renderPage } from '#ui/index.ts'
import type { Organisation, Person, Programme, Reference } from '../domain.ts'
import { OrganisationPage, OrganisationsPage } from './organisation-pages.tsx'
import { PeoplePage, PersonPage } from './person-pages.tsx'
import { periodWords, ProgrammePage } from './programme-page.tsx'
import { ProgrammesPage } from './programmes-page.tsx'

const context = aPageContext('en', '/en/programmes')

const reference: Reference = { id: 'x_01', name: aText('Partner'), href: '/en/organisations/partner', synthetic: false }

const programme: Programme = {
  ...reference,
  name: aText('Horn of Africa'),
  short: aText('HoA'),
  summary: aText('It **works** there.'),
  remark: aText('Two sources differ.'),
  from: '2017',
  to: null,
  places: [
    { code: 'ET', role: 'focus' },
    { code: 'SO', role: 'focus' },
    { code: 'DJ', role: 'covers' },
  ],
  partners: [reference],
  concepts: [{ id: 'con_01', scheme: 'theme', notation: 'x', label: aText('Theme x'), href: '/en/themes/theme/x' }],
}
const bareProgramme: Programme = {
  ...programme,
  short: null,
  summary: null,
  remark: null,
  from: null,
  places: [],
  partners: [],
  concepts: [],
  synthetic: true,
}
const organisation: Organisation = {
  ...reference,
  type: 'network',
  short: null,
  summary: aText('Qui nous sommes.', 'fr'),
  places: [{ code: 'BE', role: 'covers' }],
}
const person: Person = { ...reference, role: aText('Adviser'), bio: null, organisation: reference, synthetic: true }

test('a programme says where it works, where above all, and since when', () => {
  const html = renderToString(<ProgrammePage context={context} programme={programme} alternates={{}} />)
  const facts = [...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, term, value]) => `${term}: ${value}`)
  expect(facts).toEqual([
    'Short name: HoA',
    'Period: From 2017',
    'Places: 3 countries and regions',
    'Above all in: Ethiopia and Somalia',
  ])
})

test('a period is told as far as it is known', () => {
  const years = [
    { from: '2017', to: '2022' },
    { from: '2017', to: null },
    { from: null, to: '2022' },
    { from: null, to: null },
  ]
  expect(years.map((period) => periodWords(period, context))).toEqual(['2017 to 2022', 'From 2017', 'Until 2022', null])
})

test('a description in a list is words only, and marked when it is in another language', () => {
  const html = renderToString(<ProgrammesPage context={context} programmes={[programme]} />)
  expect(html).toContain('<p>It works there.</p>')
  const french = { ...programme, summary: aText('Il *agit*.', 'fr') }
  expect(renderToString(<ProgrammesPage context={context} programmes={[french]} />)).toContain(
    '<p><span lang="fr" dir="ltr">Il agit.</span></p>',
  )
})

test('empty lists say what to do', () => {
  const pages = [
    <ProgrammesPage context={context} programmes={[]} />,
    <OrganisationsPage context={context} organisations={[]} />,
    <PeoplePage context={context} people={[]} />,
  ]
  const actions = pages.map((page) => /<div class="empty">.*?<a href="([^"]*)"/.exec(renderToString(page))?.[1])
  expect(actions).toEqual(['/en/seminars', '/en/seminars', '/en/seminars'])
})

test('what is made up is marked as such', () => {
  const html = renderToString(<PersonPage context={context} person={person} alternates={{}} />)
  expect(html).toContain('Made up for demonstration')
})

test.each(['en', 'ar'])('the directory’s pages are valid HTML in %s', async (lang) => {
  const page = aPageContext(lang, `/${lang}/programmes`)
  const pages = [
    <ProgrammesPage context={page} programmes={[programme, bareProgramme]} />,
    <ProgrammePage context={page} programme={programme} alternates={{}} />,
    <ProgrammePage context={page} programme={bareProgramme} alternates={{}} />,
    <OrganisationsPage context={page} organisations={[organisation]} />,
    <OrganisationPage context={page} organisation={organisation} people={[person]} alternates={{}} />,
    <PeoplePage context={page} people={[person]} />,
    <PersonPage context={page} person={person} alternates={{}} />,
  ]
  for (const one of pages) expect(await findMarkupFaults(renderPage(one))).toEqual([])
})
