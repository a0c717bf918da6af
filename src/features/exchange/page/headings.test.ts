import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type PageRead, type PageReading, readPage } from './index.ts'

function accepted(page: PageReading): PageRead {
  if (!page.ok) throw new Error(page.why)
  return page
}
const readTitle = (html: string) => {
  const page = accepted(readPage({ text: `<html><body>${html}`, format: 'html' }))
  return [page.seminar.title, page.unsure.flatMap((note) => (note.what === 'title' ? [note.why] : []))]
}

const readFormat = (words: string) =>
  accepted(readPage({ text: `Workshop on links\nDates\n8 December 2022\nFormat\n${words}` }))

describe('what is no seminar is refused', () => {
  test.each([
    ['an article', readFileSync(new URL('samples/news.en.html', import.meta.url), 'utf8')],
    ['a recipe', 'Soup\n\n1. Cut the leeks\n2. Boil them'],
    ['a letter', 'Dear all,\nthe seminar is on Tuesday.\nKind regards'],
    ['one word', 'Dates'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(readPage({ text })).toMatchObject({ ok: false, problem: 'not-a-seminar' })
  })
})

describe('languages', () => {
  const french =
    'Dates\n8 décembre 2022\nObjectifs\nLe séminaire réunit les équipes qui travaillent avec les communes et leurs partenaires.'

  test('a body in another language than the page claims is told', () => {
    const page = accepted(readPage({ text: french, claimedLang: 'en' }))
    expect(page.seminar).toMatchObject({ claimedLang: 'en', detectedLang: 'fr' })
    expect(page.unsure[0]).toEqual({
      what: 'language',
      why: 'The page claims “en”, its text reads as “fr”.',
      line: null,
    })
  })

  test('the page and the person may claim two languages', () => {
    const page = accepted(
      readPage({ text: `<html lang="en-GB"><body><p>${french.replaceAll('\n', '<p>')}`, claimedLang: 'fr' }),
    )
    expect(page.seminar.claimedLang).toBe('fr')
    expect(page.unsure[0]?.why).toBe('The page itself claims “en”, the import was told “fr”.')
  })

  test('a section in another language is named', () => {
    const english =
      'The hub was set up to help programmes learn from one another, and to bring their ways of working closer over the years.'
    const page = accepted(
      readPage({ text: `${french}\n${french.split('\n')[3]}\n${french.split('\n')[3]}\nBackground\n${english}` }),
    )
    expect(page.unsure).toContainEqual({
      what: 'language',
      why: 'The section “Background” reads as “en”, the rest of the page as “fr”.',
      line: 7,
    })
  })
})

describe('the title', () => {
  const body = '<h2>Dates</h2><p>8 December 2022</p><h2>Objectives</h2><p>The national seminar compares.</p>'
  test.each([
    ['a main heading', `<title>Site</title><h1>Comparing</h1>${body}`, 'Comparing', []],
    ['a heading named so', `${body}<h2>Title</h2><p>Comparing notes</p>`, 'Comparing notes', []],
    [
      'the window’s title, without the site',
      `<title>Comparing notes again | Site</title>${body}`,
      'Comparing notes again',
      ['The page has no main heading; “Comparing notes again” is the title that its browser window bears.'],
    ],
    [
      'none: put together and said',
      `<title>Site</title>${body}`,
      'National seminar, 8 December 2022',
      ['The page has no title; this one was put together from its words and dates.'],
    ],
  ])('%s', (_, html, title, why) => {
    expect(readTitle(html)).toEqual([title, why])
  })
})

describe('headings', () => {
  test.each([
    ['OBJECTIFS :', 'objectives'],
    ['Objectives', 'objectives'],
    ['## Objetivos', 'objectives'],
    ['**Objetivo**', 'objectives'],
    ['2. Purpose', 'objectives'],
    ['Public cible', 'audiences'],
    ['Target audience:', 'audiences'],
    ['Publico-alvo', 'audiences'],
    ['Participantes', 'audiences'],
    ['Antecedentes', 'background'],
    ['Contexte ', 'background'],
    ['Context and background', 'background'],
    ['Modalidad', 'format'],
    ['Déroulement', 'format'],
  ] as const)('%s', (heading, field) => {
    const page = accepted(
      readPage({ text: `Seminar on links\nDates\n8 December 2022\n${heading}\nSome words.`, format: 'text' }),
    )
    expect(page.seminar[field]).toBe('Some words.')
  })

  test('one that names two sections, one that comes twice, one that is empty, are told', () => {
    const text =
      'Dates\n8 December 2022\nContexte et objectifs\nA seminar.\nFormat\nOne.\nFormat\nTwo.\nEnregistrements et Agenda'
    const page = accepted(readPage({ text }))
    expect(page.seminar).toMatchObject({ background: 'A seminar.', objectives: null, format: 'One.\n\nTwo.' })
    expect(page.unsure.filter((note) => note.what === 'sections')).toEqual([
      {
        what: 'sections',
        why: 'The heading “Contexte et objectifs” names several sections; the text was placed in background.',
        line: 3,
      },
      { what: 'sections', why: 'The section “Format” comes a second time; both were joined.', line: 7 },
      { what: 'sections', why: 'The section “Enregistrements et Agenda” is empty.', line: 9 },
    ])
  })

  test('a heading and its words may share a line', () => {
    const page = accepted(
      readPage({ text: 'Webinar on links\nDate: 8 December 2022\nObjective: To compare.\nPlatform: Zoom' }),
    )
    expect(page.seminar).toMatchObject({
      startsOn: '2022-12-08',
      objectives: 'To compare.',
      platform: 'Zoom',
      mode: 'online',
      form: 'webinar',
    })
  })
})

test('how people meet is not guessed when the page says both', () => {
  expect(readFormat('The workshop takes place in person.').seminar.mode).toBe('in-person')
  expect(readFormat('A hybrid workshop, online and in person.').seminar.mode).toBe('hybrid')
  expect(readFormat('Teams showed their online platform.').seminar.mode).toBe(null)
  expect(readFormat('The first part was online, the second in person.')).toMatchObject({
    seminar: { mode: null },
    unsure: [
      { what: 'mode', why: 'The page speaks of meeting online and in person, but not of both at once.', line: 5 },
    ],
  })
  expect(readFormat('By invitation only.').seminar.access).toBe('invitation')
})
