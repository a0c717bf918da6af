import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { aText } from '#testing/seminar-values.ts'
import {
  Breadcrumbs,
  EmptyState,
  FactList,
  formatBytes,
  formatList,
  FundingStatement,
  Hours,
  LanguagesTable,
  Layout,
  LinkList,
  Pagination,
  PlaceTags,
  Prose,
  renderPage,
  Section,
  SeriesPath,
  TagList,
  Text,
  Timeline,
  type AgendaItem,
  type WordsState,
} from './index.ts'

const english = aPageContext('en', '/en/seminars/links')
const arabic = aPageContext('ar', '/ar/seminars/links')

test('a text in another language says so, in a line and in a passage', () => {
  const french = aText('Une *session*', 'fr')
  expect(renderToString(<Text of={french} lang="en" />)).toBe('<span lang="fr" dir="ltr">Une *session*</span>')
  expect(renderToString(<Text of={aText('<b>')} lang="en" />)).toBe('&lt;b>')
  expect(renderToString(<Prose of={french} context={english} />)).toBe(
    '<p class="state">This text has not been written in English yet. You are reading it in French.</p>' +
      '<div class="prose" lang="fr" dir="ltr"><p>Une <em>session</em></p></div>',
  )
})

test.each<[WordsState, string | null]>([
  ['source', null],
  ['current', null],
  ['behind', 'The original of this text has changed since it was translated.'],
  ['machine', 'A machine translated this text and nobody has reviewed it yet.'],
])('a text whose state is %s says what a reader must know', (state, note) => {
  const html = renderToString(<Prose of={aText('x', 'en', state)} context={english} />)
  expect(/<p class="state">(.*?)<\/p>/.exec(html)?.[1] ?? null).toBe(note)
})

const noteBelow = (told: WordsState, state: WordsState, toldLang = 'en', lang = 'en') => {
  const html = renderToString(
    <Prose of={aText('x', lang, state)} told={aText('y', toldLang, told)} context={english} />,
  )
  return html.includes('class="state"')
}

test('what the page has told once it does not tell again, unless it is something else', () => {
  expect(noteBelow('machine', 'machine')).toBe(false)
  expect(noteBelow('source', 'source', 'fr', 'fr')).toBe(false)
  expect(noteBelow('current', 'machine')).toBe(true)
  expect(noteBelow('current', 'source', 'en', 'fr')).toBe(true)
})

test('the emblem has its official shape and never stands without its statement', () => {
  const [funding] = english.hub.funding
  if (!funding) throw new Error('The hub of this test has a funder.')
  const html = renderToString(<FundingStatement of={funding} context={english} />)
  expect(html).toContain('aria-label="European Union emblem"')
  expect(html).toContain('<p>Funded by the European Union.</p>')
  const tips = [...html.matchAll(/M([\d.]+) ([\d.]+)l/g)].map(([, x, y]) => [Number(x), Number(y) + 1] as const)
  expect(tips.length).toBe(12)
  expect(tips.map(([x, y]) => Math.hypot(x - 13.5, y - 9).toFixed(2))).toEqual(tips.map(() => '6.00'))
  const unmarked = renderToString(<FundingStatement of={{ ...funding, mark: null }} context={english} />)
  expect(unmarked).not.toContain('<svg')
})

const item = (number: number, changes: Partial<AgendaItem> = {}): AgendaItem => ({
  number,
  title: aText(`Part ${number}`),
  href: `/en/x/sessions/${number}`,
  startsOn: '2021-12-01',
  startsAt: null,
  endsAt: null,
  minutes: null,
  ...changes,
})

test('an agenda goes by days, keeps the numbers of its sessions, and puts those without a day last', () => {
  const items = [item(3, { startsOn: null }), item(1), item(2, { startsOn: '2021-12-02', minutes: 120 })]
  const html = renderToString(<Timeline items={items} zone="Europe/Brussels" context={english} level={2} />)
  expect(html.match(/datetime="[^"]*"|<li value="\d"|<p class="when">[^<]*/g)).toEqual([
    'datetime="2021-12-01"',
    '<li value="1"',
    'datetime="2021-12-02"',
    '<li value="2"',
    '<p class="when">2 hours',
    '<li value="3"',
  ])
  expect(html.match(/Day \w+ ?\w*/g)).toEqual(['Day 1', 'Day 2', 'Day not known'])
})

const bars = (...items: AgendaItem[]) => {
  const html = renderToString(<Timeline items={items} zone="Europe/Brussels" context={english} level={2} />)
  return html.match(/viewBox="[^"]*"|<rect x="\d+" width="\d+"/g)
}

test('a day is drawn to scale only when every hour of it is known', () => {
  const morning = { startsAt: '2021-12-01T08:00:00Z', endsAt: '2021-12-01T10:00:00Z' }
  const noon = { startsAt: '2021-12-01T11:00:00Z', endsAt: '2021-12-01T11:30:00Z' }
  expect(bars(item(1, morning), item(2, noon))).toEqual([
    'viewBox="0 0 210 8"',
    '<rect x="0" width="120"',
    '<rect x="180" width="30"',
  ])
  expect(bars(item(1, morning), item(2))).toBeNull()
  expect(bars(item(1, morning))).toBeNull()
})

test('hours carry what the reader’s own zone is worked out from', () => {
  const html = renderToString(
    <Hours startsAt="2022-12-08T12:00:00Z" endsAt={null} zone="Europe/Brussels" context={english} />,
  )
  expect(html).toBe(
    '<reader-time zone="Europe/Brussels" words="{time} your time"><time datetime="2022-12-08T12:00:00Z">13:00</time></reader-time>',
  )
})

test('a series is a path with its gaps, and says where we are', () => {
  const dates = { startsOn: '2021-12-01', endsOn: '2021-12-02', precision: 'day' as const }
  const entries = [
    { number: 1, title: aText('First'), href: '/en/seminars/first', dates },
    { number: 2, title: null, href: null, dates: null },
    { number: 3, title: aText('Troisième', 'fr'), href: '/en/seminars/third', dates: null },
  ]
  const html = renderToString(<SeriesPath entries={entries} current={3} context={english} />)
  expect(html).toContain('<li value="1"><a href="/en/seminars/first">First</a>')
  expect(html).toContain('<li value="2" class="gap">Not in this hub</li>')
  expect(html).toContain('<li value="3" aria-current="true"><strong lang="fr" dir="ltr">Troisième</strong></li>')
})

test('an entry of a series shows when it was issued as exactly as that is known', () => {
  const entries = ['2021', '2021-08', '2021-08-19'].map((issued, index) => {
    return { number: index + 1, title: aText('Paper'), href: null, dates: { issued } }
  })
  const html = renderToString(<SeriesPath entries={entries} current={null} context={aPageContext('fr')} />)
  expect(html.match(/<small>.*?<\/small>/g)).toEqual([
    '<small><time datetime="2021">2021</time></small>',
    '<small><time datetime="2021-08">août 2021</time></small>',
    '<small><time datetime="2021-08-19">19 août 2021</time></small>',
  ])
})

test('the table of languages links to the others and counts what is missing', () => {
  const rows = [
    { lang: 'en', state: 'source' as const, missing: 0 },
    { lang: 'ar', state: 'machine' as const, missing: 2 },
  ]
  const html = renderToString(
    <LanguagesTable rows={rows} alternates={{ en: '/en/x', ar: '/ar/x' }} context={english} />,
  )
  expect(html).toContain('<bdi lang="en" dir="ltr">English</bdi>')
  expect(html).toContain('<a href="/ar/x" hreflang="ar" lang="ar" dir="rtl">العربية</a>')
  expect(html).toContain('Machine translation</span><small> 2 parts are missing</small>')
})

test('what is empty draws nothing at all', () => {
  const pagination = <Pagination page={1} pages={1} href={(page) => `?page=${page}`} context={english} />
  const nothing = [pagination, <FactList facts={[null, false]} />, <Section title="x">{false}</Section>]
  expect(nothing.map((part) => renderToString(part))).toEqual(['', '', ''])
})

const links = (page: number) => {
  const html = renderToString(<Pagination page={page} pages={3} href={(n) => `?page=${n}`} context={english} />)
  return html.match(/href="[^"]*" rel="\w+"/g)
}

test('a long list leads on and back', () => {
  expect([1, 2, 3].map(links)).toEqual([
    ['href="?page=2" rel="next"'],
    ['href="?page=1" rel="prev"', 'href="?page=3" rel="next"'],
    ['href="?page=2" rel="prev"'],
  ])
})

test('sizes and lists read as each language writes them', () => {
  expect([formatBytes(0, 'en'), formatBytes(806_001, 'en'), formatBytes(1_240_000, 'fr')]).toEqual([
    '1 kB',
    '806 kB',
    '1,2\u202FMo',
  ])
  expect([formatBytes(999_999_999, 'en'), formatBytes(80_283_800_000, 'fr'), formatBytes(2.5e12, 'en')]).toEqual([
    '1,000 MB',
    '80,3\u202FGo',
    '2.5 TB',
  ])
  expect([formatList(['a', 'b', 'c'], 'en'), formatList([], 'en')]).toEqual(['a, b and c', ''])
})

test('every part of the kit is valid HTML in both directions', async () => {
  for (const context of [english, arabic]) {
    const tags = [{ label: aText('Partenariats', 'fr'), href: '/x' }]
    const html = renderPage(
      <Layout context={context} title="Kit" feeds={[{ href: '/f', type: 'application/atom+xml', title: 'Feed' }]}>
        <Breadcrumbs above={[{ label: 'Up', href: '/up' }, ...tags]} context={context} />
        <h1>Kit</h1>
        <FactList facts={[{ term: 'a', value: 'b' }]} />
        <Section title="Part" id="part">
          <Timeline items={[item(1), item(2)]} zone="UTC" context={context} level={3} />
          <TagList tags={tags} lang={context.lang} />
          <PlaceTags of={[{ code: 'ET' }]} context={context} />
          <LinkList items={[{ label: aText('x'), href: null, note: 'y' }]} lang={context.lang} />
          <EmptyState action={{ label: 'Do', href: '/do' }}>Nothing</EmptyState>
          <Pagination page={2} pages={3} href={(page) => `?page=${page}`} context={context} />
        </Section>
      </Layout>,
    )
    expect(await findMarkupFaults(html)).toEqual([])
  }
})
