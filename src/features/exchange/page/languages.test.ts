import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type PageRead, type PageReading, readPage } from './index.ts'

const sample = (name: string) => readFileSync(new URL(`samples/${name}`, import.meta.url), 'utf8')
function accepted(page: PageReading): PageRead {
  if (!page.ok) throw new Error(page.why)
  return page
}
const readSample = (name: string, claimedLang: string) => accepted(readPage({ text: sample(name), claimedLang }))

test('a Spanish page: sessions under day headings, fourth of five in so many words', () => {
  const page = readSample('seminario-2022.es.txt', 'es')
  expect(page.seminar).toMatchObject({
    title: 'Seminario: alianzas para el retorno',
    startsOn: '2022-05-24',
    endsOn: '2022-05-25',
    mode: 'online',
    days: 2,
    sessionsPerDay: 2,
    sessionMinutes: 120,
    seriesNumber: 4,
    seriesPlanned: 5,
    interpretation: ['en', 'fr'],
    detectedLang: 'es',
  })
  expect(page.sessions.map(({ number, title, abstract, startsOn }) => [number, title, abstract, startsOn])).toEqual([
    [1, 'Abrir la puerta del municipio', 'Una alcaldesa cuenta cómo empezó.', '2022-05-24'],
    [2, 'Repartir las tareas', 'Quién llama, quién paga, quién responde.', '2022-05-24'],
    [3, 'Medir juntos', 'Un tablero para todos.', '2022-05-25'],
    [4, 'Seguir después del proyecto', 'Lo que queda cuando se acaba el dinero.', '2022-05-25'],
  ])
  expect(page.links.map(({ label, lang, kind }) => [label, lang, kind])).toEqual([
    ['Grabación (ES)', 'es', 'recording'],
    ['Grabación (EN)', 'en', 'recording'],
  ])
  expect(page).toMatchObject({ unsure: [], left: [], furniture: 1 })
})

test('a Portuguese page: sessions as headings, one a day', () => {
  const page = readSample('seminario-2022.pt.html', 'pt')
  expect(page.seminar).toMatchObject({
    title: 'Seminário sobre parcerias',
    startsOn: '2022-05-24',
    endsOn: '2022-05-25',
    mode: 'online',
    sessionMinutes: 120,
    detectedLang: 'pt',
  })
  expect(page.sessions).toEqual([
    {
      number: 1,
      title: 'Começar pelo município',
      abstract: 'Uma autarca conta a sua história.',
      startsOn: '2022-05-24',
      line: 14,
    },
    {
      number: 2,
      title: 'Ficar depois do projeto',
      abstract: 'O que resta quando acaba o dinheiro.',
      startsOn: '2022-05-25',
      line: 16,
    },
  ])
  expect(page).toMatchObject({ unsure: [], left: [], furniture: 1 })
})

test('an Arabic page', () => {
  const page = readSample('nadwa-2021.ar.txt', 'ar')
  expect(page.seminar).toMatchObject({
    title: 'ندوة حول العودة والتنمية المحلية',
    startsOn: '2021-12-01',
    endsOn: '2021-12-02',
    detectedLang: 'ar',
  })
  expect(page.sessions.map(({ number, title }) => [number, title])).toEqual([
    [1, 'البدء من البلدية'],
    [2, 'البقاء بعد المشروع'],
  ])
  expect(page.unsure).toEqual([
    { what: 'sessions', why: 'Nothing says on which day each session takes place.', line: 12 },
  ])
})
