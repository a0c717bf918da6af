import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodePage, type PageRead, type PageReading, readPage } from './index.ts'

const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8')
function accepted(page: PageReading): PageRead {
  if (!page.ok) throw new Error(page.why)
  return page
}
const readSample = (name: string, claimedLang: string) => accepted(readPage({ text: sample(name), claimedLang }))

function again(bytes: Uint8Array): PageReading {
  const decoded = decodePage(bytes)
  if (!decoded.ok) throw new Error(decoded.problem.message)
  return readPage({ text: decoded.text, claimedLang: 'fr' })
}

describe('a French page saved as text', () => {
  const page = readSample('atelier-2023.fr.txt', 'fr')

  test('its facts', () => {
    expect(page.seminar).toEqual({
      title: 'Atelier interrégional sur le suivi après le retour',
      startsOn: '2023-06-13',
      endsOn: '2023-06-14',
      datePrecision: 'day',
      startTime: '14:00',
      timeZone: 'Europe/Brussels',
      mode: 'online',
      platform: 'Zoom',
      form: 'workshop',
      access: 'public',
      interpretation: ['ar', 'en', 'fr'],
      days: 2,
      sessionsPerDay: 2,
      sessionMinutes: 90,
      seriesNumber: 3,
      seriesPlanned: 4,
      objectives: [
        'L’atelier aide les équipes de terrain à comparer leurs façons de suivre les personnes après le retour. Il part de cas réels et finit par des engagements écrits.',
        'Trois questions guident les échanges :',
        '- quand appeler les familles ;\n- comment noter ce qu’elles disent ;\n- à qui transmettre les résultats.',
      ].join('\n\n'),
      audiences: 'Les responsables de programme, les agents de suivi et les partenaires locaux.',
      format: [
        'L’atelier se tient en ligne sur Zoom pendant deux jours, avec deux sessions par jour (1h30 chacune). L’interprétation simultanée est assurée en français, en anglais et en arabe. Il comprend quatre sessions :',
        'L’atelier est ouvert à tous.',
      ].join('\n\n'),
      background:
        "Ce troisième atelier d'une série de quatre ateliers prolonge les travaux menés depuis mars 2021. Le premier atelier a eu lieu en novembre 2022.",
      claimedLang: 'fr',
      detectedLang: 'fr',
    })
  })

  test('its sessions, each with its day', () => {
    expect(page.sessions).toEqual([
      {
        number: 1,
        title: 'Appeler au bon moment',
        abstract: 'Cette session compare trois calendriers d’appel.',
        startsOn: '2023-06-13',
        line: 29,
      },
      {
        number: 2,
        title: 'Noter ce que disent les familles',
        abstract: 'On y lit ensemble des notes anonymes.',
        startsOn: '2023-06-13',
        line: 32,
      },
      {
        number: 3,
        title: 'Partager les résultats',
        abstract: 'Les équipes montrent leurs tableaux.',
        startsOn: '2023-06-14',
        line: 35,
      },
      {
        number: 4,
        title: 'S’engager par écrit',
        abstract: 'Chaque équipe rédige une page.',
        startsOn: '2023-06-14',
        line: 38,
      },
    ])
  })

  test('its links, with and without an address', () => {
    expect(page.links.map(({ kind, lang, label, url }) => [kind, lang, label, url])).toEqual([
      ['registration', null, 'Inscription en ligne', 'https://example.org/inscription?atelier=3'],
      ['recording', 'fr', 'Enregistrement (FR)', 'https://example.org/video/atelier-fr'],
      ['recording', 'en', 'Enregistrement (EN)', 'https://example.org/video/atelier-en'],
      ['agenda', 'fr', 'Agenda en français', 'https://example.org/files/agenda_FR.pdf'],
      ['presentation', 'en', 'Présentation (EN)', null],
    ])
  })

  test('nothing is unsure or left, and the furniture is gone', () => {
    expect(page).toMatchObject({ unsure: [], left: [], furniture: 5 })
    expect(JSON.stringify(page)).not.toMatch(/Aller au contenu|Accueil|English \| |Partager sur|©/)
  })

  test('it reads the same with CRLF, a byte order mark, in Latin-1 and in UTF-16', () => {
    const text = sample('atelier-2023.fr.txt')
    const plain = text.replaceAll('’', "'")
    expect(again(new TextEncoder().encode(`\ufeff${text.replaceAll('\n', '\r\n')}`))).toEqual(page)
    const wide = new Uint8Array(Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0)).buffer)
    expect(again(wide)).toEqual(page)
    const narrow = Uint8Array.from(plain, (character) => character.charCodeAt(0))
    expect(again(narrow)).toEqual(readPage({ text: plain, claimedLang: 'fr' }))
  })
})

describe('an English page saved as HTML', () => {
  const page = readSample('seminar-2022.en.html', 'en')

  test('its facts', () => {
    expect(page.seminar).toEqual({
      title: 'Measuring what lasts',
      startsOn: '2022-12-08',
      endsOn: '2022-12-08',
      datePrecision: 'day',
      startTime: '13:00',
      timeZone: 'Europe/Brussels',
      mode: 'online',
      platform: 'Zoom',
      form: 'seminar',
      access: 'public',
      interpretation: ['en', 'fr'],
      days: null,
      sessionsPerDay: 2,
      sessionMinutes: 60,
      seriesNumber: 5,
      seriesPlanned: 5,
      objectives:
        'This fifth and last seminar looks at what still holds a year after return & at how teams can tell.\n\nSee the [knowledge paper](<https://hub.example.org/files/paper-2_EN.pdf>).',
      format:
        'A public webinar on Zoom, with interpretation between English and French. Two sessions per day (60 minutes each):',
      audiences: null,
      background: 'A series of five seminars was planned. The first was held in November 2018.',
      claimedLang: 'en',
      detectedLang: 'en',
    })
    expect(page.sessions).toEqual([
      {
        number: 1,
        title: 'What the surveys say',
        abstract: 'Three teams read their figures aloud.\n\n- economic\n- social',
        startsOn: '2022-12-08',
        line: 50,
      },
      {
        number: 2,
        title: 'What to measure next',
        abstract: 'A round table with ministries.',
        startsOn: '2022-12-08',
        line: 56,
      },
    ])
  })

  test('its links, made whole by the canonical address', () => {
    expect(page.links.map(({ kind, lang, url }) => [kind, lang, url])).toEqual([
      ['publication', 'en', 'https://hub.example.org/files/paper-2_EN.pdf'],
      ['agenda', 'en', 'https://hub.example.org/files/agenda.pdf'],
      ['presentation', 'fr', 'https://hub.example.org/files/slides_FR.pptx'],
      ['recording', 'en', 'https://youtu.be/aaa'],
      ['recording', 'fr', 'https://youtu.be/bbb'],
      ['recording', null, 'https://www.youtube.com/embed/ccc'],
    ])
  })

  test('what it was unsure of and what it left, with their lines', () => {
    expect(page.unsure).toEqual([
      { what: 'form', why: 'The page uses both “seminar” and “webinar”; “seminar” was taken.', line: 35 },
      { what: 'links', why: 'The link of “Recording in Spanish” is not a web address.', line: 63 },
    ])
    expect(page.left).toEqual([
      { text: 'Recording in Spanish', line: 63 },
      { text: 'Two people from the field.', line: 67 },
      { text: 'Something nobody expects', line: 70 },
      { text: 'A paragraph that no field takes.', line: 71 },
    ])
  })

  test('scripts, menus and banners leave no trace', () => {
    expect(JSON.stringify(page)).not.toMatch(/Skip to|cookies|document\.write|color: red|javascript|Home|Exchange Hub/)
  })
})

const own = '../shared/seed/seminaire-2021-12.fr.txt'
test.runIf(existsSync(own))('the page of December 2021', () => {
  const page = accepted(readPage({ text: readFileSync(own, 'utf8'), claimedLang: 'fr' }))
  expect(page.seminar).toMatchObject({
    title: 'Séminaire interrégional, 1–2 décembre 2021',
    startsOn: '2021-12-01',
    endsOn: '2021-12-02',
    audiences: null,
    days: 2,
    sessionsPerDay: 2,
    sessionMinutes: 120,
    seriesNumber: 3,
    seriesPlanned: 5,
    detectedLang: 'fr',
  })
  expect(page.seminar.objectives?.split('\n\n').length).toBe(2)
  expect(page.seminar.background?.split('\n\n').length).toBe(3)
  expect(
    page.sessions.map(({ number, startsOn, abstract }) => [number, startsOn, (abstract ?? '').length > 200]),
  ).toEqual([
    [1, '2021-12-01', true],
    [2, '2021-12-01', true],
    [3, '2021-12-02', true],
    [4, '2021-12-02', true],
  ])
  expect(page.unsure.map(({ what, line }) => [what, line])).toEqual([
    ['title', 5],
    ['sections', 26],
    ['series', 34],
  ])
  expect(page).toMatchObject({ left: [], furniture: 1 })
})
