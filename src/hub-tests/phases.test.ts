import { expect, test } from 'vitest'
import { aSeminar } from '#testing/makers.ts'
import { interfaceLanguages, openHub, wordsOf, type TestHub } from '#testing/hub.ts'
import { attribute, readMarkup, textOf } from './markup-reader.ts'

const titles = { en: 'Bridges', fr: 'Passerelles', es: 'Puentes', ar: 'جسور', pt: 'Pontes' }

const aPlannedSeminar = (hub: TestHub, recording = false) =>
  aSeminar(hub.kysely, {
    title: titles,
    startsOn: '2027-03-10',
    sessions: ['09:00–10:30', '11:00–12:30'],
    registration: { opens: '2027-01-10T08:00:00.000Z', closes: '2027-03-08T17:00:00.000Z' },
    recording,
  })

/** An instant of each phase: the hours above are Brussels', an hour ahead of UTC in March. */
const moments = [
  ['announced', '2027-01-10T07:59:59.000Z'],
  ['registration-open', '2027-01-10T08:00:00.000Z'],
  ['registration-closed', '2027-03-08T17:00:00.000Z'],
  ['live', '2027-03-10T08:00:00.000Z'],
  ['held', '2027-03-10T11:30:00.000Z'],
] as const

/** What the page says of the phase, and the buttons it offers. */
async function whatNow(hub: TestHub, lang: keyof typeof titles) {
  const response = await hub.get(`/${lang}/seminars/${encodeURIComponent(titles[lang].toLowerCase())}`)
  const page = readMarkup(await response.text())
  const labels = page.elements.filter((element) => attribute(element, 'class') === 'label')
  const buttons = page.elements.filter((element) => attribute(element, 'class') === 'button')
  return {
    phase: labels.map(textOf)[0],
    buttons: buttons.map((button) => [textOf(button), attribute(button, 'href')]),
    links: page.links.map(({ href }) => href),
  }
}

test('a seminar offers in every language what one can do at that moment, and nothing else', async () => {
  await using hub = await openHub()
  await aPlannedSeminar(hub)
  for (const lang of interfaceLanguages) {
    const words = wordsOf(lang)
    const calendar = [
      words['seminar.calendar'],
      `/${lang}/seminars/${encodeURIComponent(titles[lang].toLowerCase())}.ics`,
    ]
    const offered = {
      announced: [calendar],
      'registration-open': [[words['seminar.register'], 'https://example.org/register']],
      'registration-closed': [calendar],
      live: [],
      held: [],
    }
    for (const [phase, now] of moments) {
      hub.setNow(now)
      const { buttons, links, ...page } = await whatNow(hub, lang)
      expect([lang, page.phase, buttons]).toEqual([lang, words[`phase.${phase}`], offered[phase]])
      expect(links.includes('https://example.org/register')).toBe(phase === 'registration-open')
    }
  }
})

test('a seminar with a recording leads to it once it is over, and not before', async () => {
  await using hub = await openHub()
  await aPlannedSeminar(hub, true)
  for (const lang of interfaceLanguages) {
    hub.setNow('2027-03-10T11:29:59.000Z')
    expect((await whatNow(hub, lang)).phase).toBe(wordsOf(lang)['phase.live'])
    hub.setNow('2027-03-10T11:30:00.000Z')
    expect(await whatNow(hub, lang)).toMatchObject({
      phase: wordsOf(lang)['phase.recorded'],
      buttons: [[wordsOf(lang)['seminar.watch'], '#materials']],
    })
  }
})

test('a kept page changes by itself when the phase does', async () => {
  await using hub = await openHub({ cache: true })
  await aPlannedSeminar(hub)
  const seen = []
  for (const [, now] of moments) {
    hub.setNow(now)
    await whatNow(hub, 'fr')
    seen.push((await whatNow(hub, 'fr')).phase)
  }

  expect(seen).toEqual(moments.map(([phase]) => wordsOf('fr')[`phase.${phase}`]))
})

test('lists, the home page, the calendar of programs and the API change with the phase as well', async () => {
  await using hub = await openHub({ cache: true })
  const id = await aPlannedSeminar(hub)
  const openLabel = wordsOf('en')['phase.registration-open'] ?? '?'
  const doors = async () => {
    const api: unknown = await (await hub.get(`/api/v1/seminars/${id}`)).json()
    const pages = ['/en', '/en/seminars'].map(async (path) => (await (await hub.get(path)).text()).includes(openLabel))
    return [...(await Promise.all(pages)), Object(api).phase]
  }
  hub.setNow('2027-01-10T07:59:59.000Z')
  expect(await doors()).toEqual([false, false, 'announced'])

  hub.setNow('2027-01-10T08:00:00.000Z')

  expect(await doors()).toEqual([true, true, 'registration-open'])
})

test('the example of the demonstration hub is open for registration from the day it is loaded', async () => {
  await using hub = await openHub({ seeded: true })
  const page = readMarkup(await (await hub.get('/en/seminars/example-seminar')).text())
  const labels = page.elements.filter((element) => attribute(element, 'class') === 'label').map(textOf)

  expect(labels).toContain(wordsOf('en')['phase.registration-open'])
})
