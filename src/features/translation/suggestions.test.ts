import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { saveText, setStatus } from '#features/records/index.ts'
import { aRecord, deed } from '#testing/makers.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { createTranslationDeps } from '../../translation-desk.ts'
import { rememberTexts } from './suggestions.ts'

const now = '2026-11-24T09:00:00.000Z'
const languages = ['en', 'fr', 'es', 'ar', 'pt']
const remember = async (hub: TestHub) => rememberTexts(createTranslationDeps(hub.kysely, () => now, languages))
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

/** What the editing page offers, in plain words. */
async function offered(person: SignedIn, id: string, lang: string): Promise<string[]> {
  const html = await (await person.get(`/en/desk/translation/${id}/${lang}`)).text()
  expect(await findMarkupFaults(html)).toEqual([])
  return [...html.matchAll(/<details class="offer">.*?<\/details>/gs)].map(([part]) => plain(part).trim())
}

const sentence = 'Sustainable reintegration begins long before people return to their communities.'
const french = 'La réintégration durable commence bien avant le retour dans les communautés.'

test('the same sentence and a similar one are offered as they were translated before, other ones are not', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  await aRecord(hub.kysely, 'seminar', {
    title: { en: 'First seminar', fr: 'Premier séminaire' },
    objectives: { en: `- ${sentence}\n- Something else.`, fr: `- ${french}\n- Autre chose.` },
  })
  const same = await aRecord(hub.kysely, 'series', { name: { en: 'A series' }, summary: { en: `${sentence} Really.` } })
  const similar = await aRecord(hub.kysely, 'series', {
    name: { en: 'Another' },
    summary: { en: sentence.replace('long before', 'before') },
  })
  expect(await remember(hub)).toBe(3)
  expect(await remember(hub)).toBe(0)

  expect(await offered(editor, same, 'fr')).toEqual([
    `From the hub: 0 terms, 1 sentence ${sentence} ${french} 100% alike · First seminar`,
  ])
  expect(await offered(editor, similar, 'fr')).toEqual([
    `From the hub: 0 terms, 1 sentence ${sentence} ${french} 90% alike · First seminar`,
  ])
  expect(await offered(editor, similar, 'ar')).toEqual([])
})

test('only what a person made from the words of now is remembered, and what is withdrawn is forgotten', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const { records } = handlesOf(hub.kysely)
  const save = async (id: string, text: Parameters<typeof saveText>[2]) =>
    records.transaction().execute((tx) => saveText(tx, id, text, { actor: 'usr_x', at: now }))
  const old = await aRecord(hub.kysely, 'seminar', { title: { en: sentence } })
  const wanted = await aRecord(hub.kysely, 'seminar', { title: { en: sentence } })
  await save(old, { field: 'title', lang: 'fr', body: french, state: 'machine' })
  await remember(hub)
  expect(await offered(editor, wanted, 'fr')).toEqual([])

  await save(old, { field: 'title', lang: 'fr', body: french })
  await remember(hub)
  expect((await offered(editor, wanted, 'fr')).length).toBe(1)
  await save(old, { field: 'title', lang: 'en', body: `${sentence} And so on.` })
  await remember(hub)
  expect(await offered(editor, wanted, 'fr')).toEqual([])

  await save(old, { field: 'title', lang: 'en', body: sentence })
  await remember(hub)
  expect((await offered(editor, wanted, 'fr')).length).toBe(1)
  await records.transaction().execute((tx) => setStatus(tx, old, 'withdrawn', deed))
  await remember(hub)
  expect(await offered(editor, wanted, 'fr')).toEqual([])
})

test('a translation that was just saved is offered at once', async () => {
  await using hub = await openHub({ now })
  const editor = await hub.as(['editor'])
  const first = await aRecord(hub.kysely, 'seminar', { title: { en: sentence } })
  const second = await aRecord(hub.kysely, 'seminar', { title: { en: sentence } })
  const path = `/en/desk/translation/${first}/fr`
  const html = await (await editor.get(path)).text()
  const source = /name="source.title" value="([^"]+)"/.exec(html)?.[1] ?? ''
  await editor.post(path, { 'texts.title': french, 'base.title': '', 'source.title': source })
  expect(await offered(editor, second, 'fr')).toEqual([
    `From the hub: 0 terms, 1 sentence ${sentence} ${french} 100% alike · ${sentence}`,
  ])
})

test('terms of the vocabularies are offered with their label in the other language', async () => {
  await using hub = await openHub({ now, seeded: true })
  const editor = await hub.as(['editor'])
  const id = await aRecord(hub.kysely, 'seminar', {
    title: { en: 'On policies coherent: policy coherence, the partnership' },
  })
  const [offer = ''] = await offered(editor, id, 'fr')
  expect(offer).toBe(
    'From the hub: 2 terms, 0 sentences Policy coherence Cohérence des politiques Partnerships Partenariats',
  )
})
