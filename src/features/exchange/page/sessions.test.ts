import { describe, expect, test } from 'vitest'
import { readPage } from './index.ts'

const dates = 'Dates\n1 - 2 December 2021\n'

/** The sessions of a page whose format section holds these words, and what was unsure about them. */
function read(words: string, head = dates) {
  const page = readPage({
    text: `Seminar on links\n\n${head}\nFormat\n\n${words}\n\nBackground\n\nTold elsewhere.`,
    format: 'text',
  })
  if (!page.ok) return null
  return {
    sessions: page.sessions.map(({ number, title, abstract, startsOn }) => [number, title, abstract, startsOn]),
    why: page.unsure.filter((note) => note.what === 'sessions' || note.what === 'days').map((note) => note.why),
    format: page.seminar.format,
    left: page.left,
  }
}

describe('sessions as people write them', () => {
  test.each([
    ['an indented list', '  1. Opening\n    What and why.\n  2. Closing\n    Thanks.'],
    ['a plain list', '1. Opening\nWhat and why.\n2. Closing\nThanks.'],
    ['a list with empty lines', '1) Opening\n\nWhat and why.\n\n2) Closing\n\nThanks.'],
    ['named with a colon', 'Session 1: Opening\nWhat and why.\nSession 2: Closing\nThanks.'],
    ['named with a dash', 'Session 1 – Opening\nWhat and why.\nSession 2 – Closing\nThanks.'],
    ['titles below', 'Session 1\nOpening\nWhat and why.\n\nSession 2\nClosing\nThanks.'],
    ['ordinals', 'First session: Opening\nWhat and why.\nSecond session: Closing\nThanks.'],
    ['French ordinals', 'Première session : Opening\nWhat and why.\nDeuxième session : Closing\nThanks.'],
    ['Spanish', 'Sesión 1. Opening\nWhat and why.\nSesión 2. Closing\nThanks.'],
    ['Portuguese', 'Sessão n.º 1: Opening\nWhat and why.\nSessão n.º 2: Closing\nThanks.'],
  ])('%s', (_, words) => {
    const found = read(`One session per day:\n\n${words}`)
    expect(found?.sessions).toEqual([
      [1, 'Opening', 'What and why.', '2021-12-01'],
      [2, 'Closing', 'Thanks.', '2021-12-02'],
    ])
    expect(found?.why).toEqual([])
    expect(found?.format).toBe('One session per day:')
  })

  test('a list without abstracts, and the paragraph after it stays in the format', () => {
    const found = read('One session per day:\n\n1. Opening\n2. Closing\n\nEverybody is welcome.')
    expect(found?.sessions).toEqual([
      [1, 'Opening', null, '2021-12-01'],
      [2, 'Closing', null, '2021-12-02'],
    ])
    expect(found?.format).toBe('One session per day:\n\nEverybody is welcome.')
  })

  test('a day in the title or in a heading above settles the day', () => {
    expect(read('Session 1 (1 December): Opening\nSession 2 (2 December): Closing')?.sessions).toEqual([
      [1, 'Opening', null, '2021-12-01'],
      [2, 'Closing', null, '2021-12-02'],
    ])
    expect(read('Day 2\nSession 1: Opening\nSession 2: Closing')?.sessions).toEqual([
      [1, 'Opening', null, '2021-12-02'],
      [2, 'Closing', null, '2021-12-02'],
    ])
  })

  test('a session outside the seminar is given no day', () => {
    const found = read('Session 1 (5 December 2021): Opening\nSession 2 (2 December 2021): Closing')
    expect(found?.sessions.map(([, , , startsOn]) => startsOn)).toEqual([null, '2021-12-02'])
    expect(found?.why).toEqual([
      'Session 1 is dated 2021-12-05, which is not a day of the seminar; it was given no day.',
    ])
  })
})

describe('days × sessions per day', () => {
  const four = 'Session 1: A\nSession 2: B\nSession 3: C\nSession 4: D'

  test.each([
    'Two days, with two sessions per day (2 hours each).',
    'Deux jours, avec deux sessions par jour (2h chacune).',
    'Dos días, con dos sesiones por día (2 horas cada una).',
    'Dois dias, com duas sessões por dia (2 horas cada).',
    'A two-day seminar with two two-hour sessions each day.',
  ])('%s', (words) => {
    const page = readPage({ text: `${dates}Format\n${words}\n${four}` })
    expect(page).toMatchObject({ seminar: { days: 2, sessionsPerDay: 2, sessionMinutes: 120 } })
    expect(page.ok && page.sessions.map(({ startsOn }) => startsOn)).toEqual([
      '2021-12-01',
      '2021-12-01',
      '2021-12-02',
      '2021-12-02',
    ])
  })

  test('numbers that disagree give no day', () => {
    const found = read(`Three sessions per day.\n${four}`)
    expect(found?.sessions.map(([, , , startsOn]) => startsOn)).toEqual([null, null, null, null])
    expect(found?.why).toEqual(['2 days with 3 sessions each do not make 4 sessions; the sessions were given no day.'])
  })

  test('words and dates that disagree are told', () => {
    expect(read(`Three days, two sessions per day.\n${four}`)?.why).toEqual([
      'The text says 3 days, the dates make 2.',
      '2 days with 2 sessions each do not make 4 sessions; the sessions were given no day.',
    ])
  })

  test('one day needs no counting; several do', () => {
    expect(read(four, 'Dates\n1 December 2021\n')?.sessions.map(([, , , startsOn]) => startsOn)).toEqual(
      Array(4).fill('2021-12-01'),
    )
    expect(read(four)?.why).toEqual(['Nothing says on which day each session takes place.'])
  })

  test('fewer sessions than announced are told', () => {
    expect(read('One session per day, in three main sessions:\n1. A\n2. B')?.why).toEqual([
      'The page announces 3 sessions, 2 were found.',
    ])
  })
})

describe('numbers', () => {
  const one = 'Dates\n1 December 2021\n'
  test.each([
    ['missing', 'Session 1: A\nSession 3: C', ['Session 2 is missing.']],
    ['doubled', 'Session 1: A\nSession 1: B', ['Two sessions bear the number 1.']],
    ['out of order', 'Session 2: A\nSession 1: B', ['Session 1 stands after session 2.']],
    ['without a title', 'Session 1:\n\nSession 2: B', ['Session 1 has no title.']],
    ['unnamed', '1. A\n2. B', ['Nothing calls this numbered list sessions; it was taken for them by its place.']],
  ])('%s', (_, words, why) => {
    expect(read(words, one)?.why).toEqual(why)
  })

  test('a second list of sessions is told and not taken twice', () => {
    const text = `${one}Format\nOne session:\n1. A\nAgenda\n1. A 09:00`
    const page = readPage({ text })
    expect(page).toMatchObject({ sessions: [{ number: 1, title: 'A' }], left: [{ text: 'A 09:00', line: 7 }] })
    expect(page.ok && page.unsure.map((note) => note.why)).toContain(
      'A second numbered list stands here; it was not taken for sessions.',
    )
  })
})

const place = (objectives: string, background: string) => {
  const page = readPage({ text: `${dates}Objectives\n${objectives}\nBackground\n${background}` })
  return (
    page.ok && [
      page.seminar.seriesNumber,
      page.seminar.seriesPlanned,
      page.unsure.filter((note) => note.what === 'series').map((note) => note.line),
    ]
  )
}
describe('the place in a series', () => {
  const told =
    'A total of five interregional seminars was planned. The first seminar took place in November 2018 and the second in March 2021.'

  test.each([
    ['To compare.', told, [3, 5, [6]]],
    [
      'To compare.',
      'Un total de cinq séminaires ont été prévus. Le premier séminaire a eu lieu en 2018 et le second en mars 2021.',
      [3, 5, [6]],
    ],
    ['This is the third of five seminars.', 'None.', [3, 5, []]],
    ['Troisième séminaire d’une série de cinq.', 'None.', [3, 5, []]],
    ['The third interregional seminar compares.', told, [3, 5, []]],
    ['To compare.', 'The first seminar took place in November 2018.', [null, null, []]],
    ['To compare.', 'Five seminars were planned. The first seminar will take place in March 2022.', [null, 5, []]],
    ['This second issue of the paper series is read.', 'Five seminars were planned.', [null, 5, []]],
    ['This seventh seminar compares.', 'Five seminars were planned.', [7, 5, [4]]],
  ])('%s %s', (objectives, background, expected) => {
    expect(place(objectives, background)).toEqual(expected)
  })
})
