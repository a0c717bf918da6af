import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aSeminarValue, aSessionValue, aSpeakerValue, aText } from '#testing/seminar-values.ts'
import { renderPage } from '#ui/index.ts'
import type { Phase, Seminar } from '../domain.ts'
import { AgendaPage } from './agenda-page.tsx'
import { SeminarPage } from './seminar-page.tsx'
import { SessionPage } from './session-page.tsx'

const context = aPageContext('en', '/en/seminars/links')

const whole = aSeminarValue({
  phase: 'recorded',
  startsAt: '2021-12-01T08:30:00.000Z',
  format: aText('Two sessions.', 'en', 'current'),
  audiences: aText('Für alle', 'de'),
  background: aText('Why.'),
  note: aText('A note.'),
  sessions: [
    aSessionValue({
      startsAt: '2021-12-01T08:30:00.000Z',
      endsAt: '2021-12-01T10:30:00.000Z',
      speakers: [aSpeakerValue()],
    }),
    aSessionValue({ number: 2, startsOn: '2021-12-02', speakers: [aSpeakerValue()], abstract: null }),
  ],
  materials: [
    {
      id: 'mat_01',
      kind: 'agenda',
      lang: 'fr',
      url: 'https://example.org/agenda.pdf',
      file: null,
      label: null,
      bytes: 120_000,
      seconds: null,
      session: null,
      synthetic: true,
    },
    {
      id: 'mat_02',
      kind: 'recording',
      lang: 'en',
      url: 'https://example.org/1.mp4',
      file: null,
      label: null,
      bytes: null,
      seconds: 5400,
      session: 1,
      synthetic: false,
    },
  ],
  seriesPlace: {
    id: 'ser_01',
    title: aText('Interregional seminars'),
    href: '/en/series/interregional',
    number: 3,
    planned: 5,
    deduced: true,
    entries: [{ number: 3, id: 'sem_01', title: aText('This one'), href: '/en/seminars/links', dates: null }],
  },
  basedOn: [
    {
      id: 'pub_01',
      kind: 'publication',
      relation: 'based_on',
      direction: 'to',
      title: aText('A paper'),
      href: null,
      note: null,
    },
  ],
  concepts: [{ id: 'con_01', scheme: 'theme', notation: 'x', label: aText('Theme x'), href: '/en/themes/theme/x' }],
  places: [{ code: 'ET', role: 'covers' }],
  funding: [{ id: 'fst_01', mark: 'eu', statement: aText('Funded by the European Union.'), funders: [] }],
})

function headings(seminar: Seminar): string[] {
  const html = renderToString(<SeminarPage context={context} seminar={seminar} />)
  return [...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading ?? '')
}

test('a seminar’s parts come in the order a reader needs them', () => {
  expect(headings(whole)).toEqual([
    'Objectives',
    'Format',
    'Agenda',
    'Speakers',
    'Recordings and documents',
    'Who it is for',
    'Background',
    'Place in the series',
    'Based on',
    'Themes',
    'Places',
    'Funding',
    'Editor’s note',
    'Languages of this page',
  ])
})

test('parts nobody wrote are left out; without sessions the agenda says what there is', () => {
  const bare = aSeminarValue({ sessions: [], objectives: null, phase: 'held' })
  expect(headings(bare)).toEqual(['Agenda', 'Languages of this page'])
  expect(renderToString(<SeminarPage context={context} seminar={bare} />)).toContain('The agenda is not known here.')
  const coming = renderToString(<SeminarPage context={context} seminar={{ ...bare, phase: 'announced' }} />)
  expect(coming).toContain('The agenda has not been published yet.')
})

test('a speaker of two sessions stands once among the speakers', () => {
  const html = renderToString(<SeminarPage context={context} seminar={whole} />)
  expect(html.match(/href="\/en\/people\/amina-diallo"/g)?.length).toBe(1)
})

test('recordings come before the agenda, each with its language, session and length', () => {
  const html = renderToString(<SeminarPage context={context} seminar={whole} />)
  const list = /<section id="materials">(.*?)<\/section>/.exec(html)?.[1] ?? ''
  const items = [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([item]) => item.split(/<[^>]+>/).filter(Boolean))
  expect(items).toEqual([
    ['Recording', 'English', 'Session 1', '1 hour, 30 minutes'],
    ['Agenda', 'Français', '120 kB', 'Made up for demonstration'],
  ])
})

test('a file says its type and size in the page’s language; what browsers cannot show is for saving', () => {
  const material = { kind: 'document' as const, label: null, seconds: null, session: null, synthetic: false }
  const files = [
    { id: 'mat_03', lang: 'en', bytes: 42_300, file: { sha256: 'ab', name: 'é.pdf', type: 'application/pdf' } },
    { id: 'mat_04', lang: 'en', bytes: 1_250_000, file: { sha256: 'cd', name: 'data.csv', type: 'text/csv' } },
    { id: 'mat_05', lang: 'en', bytes: 9, file: { sha256: 'ef', name: 'page.html', type: 'text/html' } },
  ]
  const materials = files.map((one) => ({ ...material, ...one, url: `/files/${one.file.sha256}/x` }))
  const itemsIn = (lang: string) => {
    const page = aPageContext(lang, `/${lang}/seminars/links`)
    const html = renderToString(<SeminarPage context={page} seminar={{ ...whole, materials }} />)
    const list = /<section id="materials">(.*?)<\/section>/.exec(html)?.[1] ?? ''
    return [...list.matchAll(/<li>.*?(<a.*?>).*?<small>(.*?)<\/small><\/li>/g)].map(([, link = '', small = '']) => [
      link.replace(/ href="[^"]*" hreflang="en"/, ''),
      ...small.split(/<[^>]+>/).filter(Boolean),
    ])
  }
  expect(itemsIn('en')).toEqual([
    ['<a type="application/pdf">', 'English', 'PDF', '42 kB'],
    ['<a type="text/csv; charset=utf-8" download="data.csv">', 'English', 'CSV', '1.3 MB'],
    ['<a type="application/octet-stream" download="page.html">', 'English', 'HTML', '1 kB'],
  ])
  expect(itemsIn('fr').map((item) => item.at(-1)?.replace(/\s/, ' '))).toEqual(['42 ko', '1,3 Mo', '1 ko'])
})

const soon = { registrationUrl: 'https://example.org/register', joinUrl: 'https://example.org/join' }
const steps: [Phase, Partial<Seminar>, string, string | null][] = [
  ['announced', {}, 'Registration has not opened yet.', '/en/seminars/links.ics'],
  [
    'announced',
    { registrationOpensAt: '2021-11-01T07:00:00.000Z' },
    'Registration opens on 1 November 2021 at 08:00.',
    '/en/seminars/links.ics',
  ],
  ['registration-open', soon, 'Registration is open.', 'https://example.org/register'],
  [
    'registration-open',
    { registrationClosesAt: '2021-11-30T22:59:00.000Z' },
    'Registration is open until 30 November 2021 at 23:59.',
    '/en/seminars/links.ics',
  ],
  ['registration-closed', soon, 'Registration has closed.', '/en/seminars/links.ics'],
  ['live', soon, 'The seminar is under way.', 'https://example.org/join'],
  ['live', {}, 'The seminar is under way.', null],
  ['held', soon, 'The seminar is over.', null],
  ['recorded', soon, 'The seminar is over. There are recordings of it.', '#materials'],
]

test.each(steps)('while it is %s with %o a reader is told “%s” and offered %s', (phase, changes, advice, offer) => {
  const html = renderToString(<SeminarPage context={context} seminar={aSeminarValue({ phase, ...changes })} />)
  expect(html).toContain(advice)
  expect(/<a class="button" href="([^"]*)"/.exec(html)?.[1] ?? null).toBe(offer)
  const others = ['https://example.org/register', 'https://example.org/join'].filter((address) => address !== offer)
  expect(others.filter((address) => html.includes(address))).toEqual([])
})

test('a page shown in another language says so once, and points to where it belongs', () => {
  const french = aSeminarValue({
    title: aText('Les liens', 'fr'),
    summary: aText('Deux jours.', 'fr'),
    objectives: aText('Apprendre.', 'fr'),
    sessions: [aSessionValue({ title: aText('Partie', 'fr'), abstract: aText('Résumé.', 'fr') })],
    alternates: { fr: '/fr/seminars/liens' },
  })
  const html = renderToString(<SeminarPage context={context} seminar={french} />)
  expect(html.match(/You are reading it in French/g)?.length).toBe(1)
  expect(html).toContain('<h1 lang="fr" dir="ltr">Les liens</h1>')
  expect(html).toContain('<link rel="canonical" href="https://hub.example/fr/seminars/liens"/>')
  expect(html.match(/<link rel="alternate" hreflang/g)).toBeNull()
})

test('hostile words stay words', () => {
  const hostile = aSeminarValue({
    title: aText('</title><script>alert(1)</script>'),
    summary: aText('"><img src=x onerror=alert(1)>'),
    objectives: aText('<script>alert(1)</script>'),
    city: '<b>City</b>',
  })
  const html = renderToString(
    <SeminarPage context={context} seminar={hostile} jsonLd={{ name: hostile.title.value }} />,
  )
  expect(html.match(/<(?:script|img|b)\b[^>]*>/g)).toEqual(['<script type="application/ld+json">'])
})

test.each(['en', 'fr', 'es', 'ar', 'pt'])('seminar, session and agenda are valid HTML in %s', async (lang) => {
  const page = aPageContext(lang, `/${lang}/seminars/links`)
  const [session] = whole.sessions
  if (!session) throw new Error('The seminar of this test has sessions.')
  const pages = [
    <SeminarPage context={page} seminar={whole} jsonLd={{ '@type': 'Event' }} />,
    <SeminarPage context={page} seminar={aSeminarValue({ sessions: [], synthetic: true })} />,
    <SessionPage context={page} seminar={whole} session={session} />,
    <SessionPage context={page} seminar={whole} session={aSessionValue({ number: 2, abstract: null })} />,
    <AgendaPage context={page} seminar={whole} pdfHref="/en/seminars/links/agenda.pdf" />,
    <AgendaPage context={page} seminar={aSeminarValue({ sessions: [] })} pdfHref="/en/seminars/links/agenda.pdf" />,
  ]
  for (const one of pages) expect(await findMarkupFaults(renderPage(one))).toEqual([])
})

test('a session stands between those before and after it', () => {
  const [first, second] = whole.sessions
  const links = [first, second].map((session) => {
    const html = session ? renderToString(<SessionPage context={context} seminar={whole} session={session} />) : ''
    return html.match(/href="[^"]*" rel="(?:prev|next)"/g)
  })
  expect(links).toEqual([
    ['href="/en/seminars/links/sessions/2" rel="next"'],
    ['href="/en/seminars/links/sessions/1" rel="prev"'],
  ])
})
