import { afterAll, expect, test } from 'vitest'
import { join } from 'node:path'
import { loadCatalogues } from '#platform/i18n/index.ts'
import { createPdfCompiler, documentFontFiles } from '#platform/pdf/index.ts'
import { packageRoot } from '#platform/root.ts'
import { formatDayRange } from '#platform/time.ts'
import { aSeminarValue, aSessionValue, aSpeakerValue, aText } from '#testing/seminar-values.ts'
import { agendaPdf } from '../agenda-pdf.ts'
import { agendaDocument } from './document.ts'

const catalogues = loadCatalogues(join(packageRoot(), 'locales'))
const compiler = createPdfCompiler({ fonts: documentFontFiles() })
afterAll(compiler.stop)

function context(lang: string) {
  return { origin: 'https://hub.example', hubName: 'The hub', lang, t: catalogues.translator(lang) }
}

const timed = aSeminarValue({
  sessions: [
    aSessionValue({
      startsAt: '2021-12-01T13:00:00.000Z',
      endsAt: '2021-12-01T15:00:00.000Z',
      speakers: [aSpeakerValue()],
    }),
    aSessionValue({ number: 2, startsOn: '2021-12-02' }),
  ],
  funding: [{ id: 'fst_01', mark: 'eu', statement: aText('Funded by the European Union.'), funders: [] }],
})

test('the paper says the days, the hours in the seminar’s zone, who speaks and in which languages', () => {
  const { days, timeNote, facts } = agendaDocument(timed, context('en'))

  expect(facts).toEqual([
    { name: 'Dates', value: formatDayRange('2021-12-01', '2021-12-02', 'en') },
    { name: 'Where', value: 'Online · Zoom' },
  ])
  expect(timeNote).toBe('All times are in Central European Time (GMT+1).')
  expect(days.map(({ name, date }) => [name, date])).toEqual([
    ['Day 1', 'Wednesday 1 December'],
    ['Day 2', 'Thursday 2 December'],
  ])
  expect(days[0]?.sessions).toEqual([
    {
      number: '1',
      title: { text: 'Session title 1', lang: 'en', dir: 'ltr' },
      time: '14:00–16:00',
      length: null,
      abstract: [{ text: 'What we learnt.', lang: 'en', dir: 'ltr' }],
      note: '',
      speakers: [{ name: { text: 'Amina Diallo', lang: 'en', dir: 'ltr' }, what: 'Adviser · African Union' }],
      rule: '',
      channels: 'English (floor) · French (interpretation)',
    },
  ])
  expect(days[1]?.sessions.map(({ time, length }) => [time, length])).toEqual([[null, '2 hours']])
})

test('a session under the Chatham House Rule says so on paper', async () => {
  const ruled = aSeminarValue({ sessions: [aSessionValue({ isChathamHouse: true }), aSessionValue({ number: 2 })] })
  for (const lang of ['en', 'ar']) {
    const { days } = agendaDocument(ruled, context(lang))
    const words = context(lang).t('session.chathamHouse')
    expect(days.flatMap(({ sessions }) => sessions.map(({ rule }) => rule))).toEqual([words, ''])
    expect((await agendaPdf(ruled, context(lang), compiler)).length).toBeGreaterThan(1000)
  }
})

test('a session whose day is unknown comes last, under no day', () => {
  const sessions = [aSessionValue({ startsOn: null }), aSessionValue({ number: 2 })]
  const { days, timeNote } = agendaDocument(aSeminarValue({ sessions }), context('en'))

  expect(days.map(({ name, date, sessions }) => [name, date, sessions.map(({ number }) => number)])).toEqual([
    [null, 'Wednesday 1 December', ['2']],
    [null, null, ['1']],
  ])
  expect(timeNote).toBe('The hours of the sessions are not known here.')
})

test('a text in another language than the page keeps its own language and direction', () => {
  const { title, dir } = agendaDocument(aSeminarValue({ title: aText('Liens', 'fr-BE') }), context('ar'))

  expect([dir, title]).toEqual(['rtl', { text: 'Liens', lang: 'fr', dir: 'ltr' }])
})

test('a text that is not the page’s own says what it is', () => {
  const session = aSessionValue({ title: aText('Un', 'fr', 'current'), abstract: aText('Quoi', 'fr', 'machine') })
  const seminar = aSeminarValue({ title: aText('Title', 'en', 'behind'), sessions: [session] })
  const { days, note } = agendaDocument(seminar, context('en'))

  expect([note, days[0]?.sessions[0]?.note]).toEqual(['Behind the original', 'French · Machine translation'])
})

test('the address on paper can be typed: a path in another script gives way to the permanent one', () => {
  const arabic = aSeminarValue({ href: '/ar/seminars/روابط' })

  expect(agendaDocument(timed, context('en')).address).toBe('Printed from https://hub.example/en/seminars/links')
  expect(agendaDocument(arabic, context('en')).address).toBe('Printed from https://hub.example/r/sem_01')
})

test.each(['en', 'fr', 'es', 'ar', 'pt'])(
  'in %s the PDF is tagged, names its language, and is the same twice',
  async (lang) => {
    const first = Buffer.from(await agendaPdf(timed, context(lang), compiler))
    const second = await agendaPdf(timed, context(lang), compiler)
    const inside = first.toString('latin1')

    expect(first.equals(second)).toBe(true)
    expect([inside.includes(`/Lang (${lang})`), inside.includes('/Marked true'), inside.includes('pdfuaid')]).toEqual([
      true,
      true,
      true,
    ])
  },
)

test('hostile text is set as text', async () => {
  const words = '#panic() = x *a* $1/0$ \\ "; ] } <b> \u0000\uFEFF\u202E\uD800 ﷽'
  const speaker = aSpeakerValue(words)
  const hostile = aSeminarValue({
    title: aText(words),
    platform: words,
    sessions: [
      aSessionValue({
        title: aText(words, 'xx-weird'),
        abstract: aText(`${words}\n\n[x](javascript:1)`),
        speakers: [speaker],
      }),
    ],
    funding: [{ id: 'fst_01', mark: 'eu', statement: aText(words, 'ar'), funders: [] }],
  })
  const pdf = await agendaPdf(hostile, context('en'), compiler)

  expect(Buffer.from(pdf.subarray(0, 8)).toString()).toBe('%PDF-1.7')
})

test.each([
  ['no sessions', aSeminarValue({ sessions: [] })],
  ['only a month', aSeminarValue({ sessions: [], precision: 'month', startsOn: '2021-03-01', endsOn: '2021-03-31' })],
  [
    'no words but an empty title',
    aSeminarValue({ title: aText(''), summary: null, sessions: [aSessionValue({ title: aText('') })] }),
  ],
  [
    'two hundred sessions',
    aSeminarValue({ sessions: Array.from({ length: 200 }, (_, index) => aSessionValue({ number: index + 1 })) }),
  ],
])('a seminar with %s has its paper', async (_, seminar) => {
  const pdf = await agendaPdf(seminar, context('fr'), compiler)

  expect(Buffer.from(pdf.subarray(0, 8)).toString()).toBe('%PDF-1.7')
})
