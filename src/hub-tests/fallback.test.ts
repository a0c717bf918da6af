import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { saveText } from '#features/records/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { deed, aRecord, aSeminar } from '#testing/makers.ts'
import { openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { attribute, readMarkup, textOf } from './markup-reader.ts'
import { readSitemap } from './site.ts'

const read = async (hub: TestHub, path: string, headers = {}) => {
  const response = await hub.get(path, headers)
  expect(response.status).toBe(200)
  return readMarkup(await response.text())
}

type Page = Awaited<ReturnType<typeof read>>

/** The innermost elements that say just this, with the marks they carry. */
const marked = (page: Page, text: string) =>
  page.elements
    .filter((element) => textOf(element) === text && element.tagName !== 'title')
    .map((element) => [element.tagName, attribute(element, 'lang'), attribute(element, 'dir')])

const notices = (page: Page) =>
  page.elements
    .filter((element) => /^(notice warning|state)$/.test(attribute(element, 'class')))
    .map((element) => textOf(element))

/** The notice of a text in another language than the page's. */
const otherLanguage = (wanted: string, shown: string) =>
  sayIn(wanted)('text.otherLanguage', { wanted: languageName(wanted, wanted), shown: languageName(shown, wanted) })

test('a seminar nobody wrote in Arabic is shown in English, marked as such, under a notice that names the language', async () => {
  await using hub = await openHub()
  await aSeminar(hub.kysely, { title: { en: 'Only in English', fr: 'Aussi en français' } })

  const page = await read(hub, '/ar/seminars/only-in-english')

  expect([page.lang, page.dir]).toEqual(['ar', 'rtl'])
  expect(otherLanguage('ar', 'en')).toContain('الإنجليزية')
  expect(marked(page, 'Only in English')).toEqual([['h1', 'en', 'ltr']])
  expect(notices(page)).toEqual([otherLanguage('ar', 'en')])
})

test('the other languages that a reader accepts come before those of the hub', async () => {
  await using hub = await openHub()
  await aSeminar(hub.kysely, { title: { en: 'Only in English', fr: 'Aussi en français' } })

  const page = await read(hub, '/ar/seminars/only-in-english', { 'accept-language': 'ar, fr;q=0.8, en;q=0.1' })

  expect(page.headings).toEqual(['Aussi en français'])
  expect(marked(page, 'Aussi en français')).toEqual([['h1', 'fr', 'ltr']])
})

test('search engines are sent to the languages a seminar truly has, and to no other', async () => {
  await using hub = await openHub()
  await aSeminar(hub.kysely, { title: { en: 'Only in English', fr: 'Aussi en français' }, sessions: ['One'] })
  const pages = { en: '/en/seminars/only-in-english', fr: '/fr/seminars/aussi-en-francais' }
  const inFull = (suffix: string) =>
    Object.fromEntries(Object.entries(pages).map(([lang, path]) => [lang, hub.origin + path + suffix]))

  for (const path of [pages.en, pages.fr, '/ar/seminars/only-in-english']) {
    expect((await read(hub, path)).hreflang).toEqual(inFull(''))
    expect((await read(hub, `${path}/agenda`)).hreflang).toEqual(inFull('/agenda'))
    expect((await read(hub, `${path}/sessions/1`)).hreflang).toEqual(inFull('/sessions/1'))
  }
  expect((await read(hub, pages.fr)).canonical).toBe(hub.origin + pages.fr)
  expect((await read(hub, '/ar/seminars/only-in-english')).canonical).toBe(hub.origin + pages.en)
  expect((await readSitemap(hub)).filter((entry) => entry['en']?.startsWith(pages.en))).toEqual([
    pages,
    { en: `${pages.en}/sessions/1`, fr: `${pages.fr}/sessions/1` },
    { en: `${pages.en}/agenda`, fr: `${pages.fr}/agenda` },
  ])
})

test('a record in one language has no hreflang at all', async () => {
  await using hub = await openHub()
  await aSeminar(hub.kysely, { title: { pt: 'Só em português' } })

  expect((await read(hub, '/pt/seminars/so-em-portugues')).hreflang).toEqual({})
  expect((await read(hub, '/en/seminars/so-em-portugues')).canonical).toBe(`${hub.origin}/pt/seminars/so-em-portugues`)
})

test('a text whose source has changed since says so, and so does one by a machine', async () => {
  await using hub = await openHub()
  const { records } = handlesOf(hub.kysely)
  const id = await aSeminar(hub.kysely, { title: { en: 'Bridges', fr: 'Passerelles' } })
  await saveText(records, id, { field: 'objectives', lang: 'en', body: 'Learn.' }, deed)
  await saveText(records, id, { field: 'objectives', lang: 'fr', body: 'Apprendre.' }, deed)
  await saveText(records, id, { field: 'background', lang: 'en', body: 'Long ago.' }, deed)
  await saveText(records, id, { field: 'background', lang: 'fr', body: 'Jadis.', state: 'machine' }, deed)
  const machine = sayIn('fr')('text.machine')
  expect(notices(await read(hub, '/fr/seminars/passerelles'))).toEqual([machine])

  await saveText(records, id, { field: 'objectives', lang: 'en', body: 'Learn and share.' }, deed)

  const behind = sayIn('fr')('text.behind')
  expect(notices(await read(hub, '/fr/seminars/passerelles'))).toEqual([behind, machine])
  expect(notices(await read(hub, '/en/seminars/bridges'))).toEqual([])
})

test('a part that one language lacks is shown in another, marked, with its own notice', async () => {
  await using hub = await openHub()
  const { records } = handlesOf(hub.kysely)
  const id = await aSeminar(hub.kysely, { title: { en: 'Bridges', ar: 'جسور' } })
  await saveText(records, id, { field: 'objectives', lang: 'en', body: 'Learn.' }, deed)

  const page = await read(hub, `/ar/seminars/${encodeURIComponent('جسور')}`)

  expect(marked(page, 'جسور')).toEqual([['h1', '', '']])
  expect(notices(page)).toEqual([otherLanguage('ar', 'en')])
  expect(marked(page, 'Learn.')).toEqual([
    ['div', 'en', 'ltr'],
    ['p', '', ''],
  ])
})

test('Arabic text on a French page runs from right to left', async () => {
  await using hub = await openHub()
  await aRecord(hub.kysely, 'series', { name: { ar: 'سلسلة' } }, { id: 'ser_01', sourceLang: 'ar' })
  await aSeminar(hub.kysely, { title: { ar: 'ندوة' } })

  const page = await read(hub, `/fr/seminars/${encodeURIComponent('ندوة')}`)

  expect(marked(page, 'ندوة')).toEqual([['h1', 'ar', 'rtl']])
  expect(notices(page)).toEqual([otherLanguage('fr', 'ar')])
})

test('the language switch of a page stays on the page, in the address of each language', async () => {
  await using hub = await openHub({ seeded: true })
  const page = await read(hub, '/fr/seminars/developpement-durable-et-reintegration-2021')
  const switches = page.elements.filter(
    (element) => attribute(element, 'hreflang') !== '' && /^\/[a-z]{2}\//.test(attribute(element, 'href')),
  )
  const paths = Object.fromEntries(switches.map((link) => [attribute(link, 'hreflang'), attribute(link, 'href')]))

  expect(paths).toEqual({
    en: '/en/seminars/sustainable-development-and-reintegration-2021',
    es: '/es/seminars/desarrollo-sostenible-y-reintegracion-2021',
    ar: `/ar/seminars/${encodeURIComponent('التنمية-المستدامة-وإعادة-الإدماج-2021')}`,
    pt: '/pt/seminars/desenvolvimento-sustentavel-e-reintegracao-2021',
  })
  for (const path of Object.values(paths)) expect((await hub.get(path)).status).toBe(200)
})
