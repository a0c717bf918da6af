import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertSeries, insertSeriesEntries } from '#features/series/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { merge } from '#testing/merging.ts'
import { aPublication } from '#testing/publications.ts'

const none = { number: null, lang: 'en', issued: null, translation_of: null, pages: null }
const noFile = { file: null, name: null, type: null, bytes: null, pages: null, licence: null, synthetic: false }

interface EditionFacts {
  readonly lang?: string
  readonly issued?: string
  readonly pages?: number
  readonly translation_of?: string
}

/** A publication with these editions and no other. */
async function aWork(hub: TestHub, title: string, editions: Readonly<Record<string, EditionFacts>>): Promise<string> {
  const id = await aPublication(hub, { title })
  const { library } = handlesOf(hub.kysely)
  await library.deleteFrom('edition').where('publication_id', '=', id).execute()
  const rows = Object.entries(editions).map(([edition, facts], position) => {
    return { ...none, ...facts, id: edition, publication_id: id, position }
  })
  await library.insertInto('edition').values(rows).execute()
  return id
}

const editionsOf = async (hub: TestHub, id: string) =>
  handlesOf(hub.kysely)
    .library.selectFrom('edition')
    .select(['id', 'lang', 'issued', 'pages', 'translation_of'])
    .where('publication_id', '=', id)
    .orderBy('position')
    .execute()

/** What the history of a record says was edited last, by field. */
async function historyOf(hub: TestHub, id: string) {
  const rows = await handlesOf(hub.kysely)
    .records.selectFrom('record_event')
    .select(['field', 'before', 'after'])
    .where('record_id', '=', id)
    .where('verb', '=', 'edit')
    .where('lang', 'is', null)
    .execute()
  return Object.fromEntries(rows.map(({ field, before, after }) => [field ?? '', [before, after]]))
}

test('an edition that both have says what either knows, also what it is a translation of', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const into = await aWork(hub, 'One', { edn_1: {}, edn_2: { lang: 'fr' } })
  const from = await aWork(hub, 'Other', {
    edn_3: { pages: 12 },
    edn_4: { lang: 'fr', issued: '2022', translation_of: 'edn_3' },
    edn_5: { lang: 'ar', translation_of: 'edn_3' },
  })
  await merge(editor, [into, from])
  expect(await editionsOf(hub, into)).toEqual([
    { id: 'edn_1', lang: 'en', issued: null, pages: 12, translation_of: null },
    { id: 'edn_2', lang: 'fr', issued: '2022', pages: null, translation_of: 'edn_1' },
    { id: 'edn_5', lang: 'ar', issued: null, pages: null, translation_of: 'edn_1' },
  ])
  expect((await historyOf(hub, from))['editions']).toEqual(['1 · en · 12 p.\n2 · fr · 2022 · ← 1\n3 · ar · ← 1', null])
})

test('two editions of the one that goes do not both become one of the other', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const into = await aWork(hub, 'One', { edn_1: {} })
  const from = await aWork(hub, 'Other', { edn_2: { issued: '2021', pages: 10 }, edn_3: { issued: '2023', pages: 20 } })
  await merge(editor, [into, from])
  expect(await editionsOf(hub, into)).toEqual([
    { id: 'edn_1', lang: 'en', issued: '2021', pages: 10, translation_of: null },
    { id: 'edn_3', lang: 'en', issued: '2023', pages: 20, translation_of: null },
  ])
})

test('what two publications say was made from what does not go round in a circle', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const into = await aWork(hub, 'One', { edn_1: {}, edn_2: { lang: 'fr', translation_of: 'edn_1' } })
  const from = await aWork(hub, 'Other', { edn_3: { translation_of: 'edn_4' }, edn_4: { lang: 'fr' } })
  await merge(editor, [into, from])
  expect(await editionsOf(hub, into)).toEqual([
    { id: 'edn_1', lang: 'en', issued: null, pages: null, translation_of: null },
    { id: 'edn_2', lang: 'fr', issued: null, pages: null, translation_of: 'edn_1' },
  ])
})

test('a file that both have keeps what either says of it', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const into = await aWork(hub, 'One', { edn_1: {} })
  const from = await aWork(hub, 'Other', { edn_2: {} })
  const url = 'https://example.org/paper.pdf'
  const known = { ...noFile, url, lang: 'en', position: 0 }
  const more = { name: 'paper.pdf', type: 'application/pdf', bytes: 1200, pages: 12, licence: 'CC-BY-4.0' }
  const { library } = handlesOf(hub.kysely)
  await library
    .insertInto('edition_file')
    .values([
      { ...known, id: 'edf_1', edition_id: 'edn_1', licence: 'CC0-1.0' },
      { ...known, ...more, id: 'edf_2', edition_id: 'edn_2' },
    ])
    .execute()
  await merge(editor, [into, from])
  const files = await library.selectFrom('edition_file').selectAll().execute()
  expect(files).toEqual([{ ...known, ...more, id: 'edf_1', edition_id: 'edn_1', licence: 'CC0-1.0' }])
  // What the two said differently can be read in the history.
  expect((await historyOf(hub, from))['editions']).toEqual([`1 · en\n1.1 · en · ${url} · CC-BY-4.0`, null])
})

test('the history of both says what each was before', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const { series, library } = handlesOf(hub.kysely)
  const bites = await aRecord(hub.kysely, 'series', { name: { en: 'Bites' } })
  const papers = await aRecord(hub.kysely, 'series', { name: { en: 'Papers' } })
  await insertSeries(
    series,
    [bites, papers].map((id) => ({ id, contains: 'publication' as const, planned: null })),
  )
  const whole = await aPublication(hub, { title: 'Whole' })
  const into = await aPublication(hub, { title: 'One', types: ['brief'], issued: '2021', places: ['ML'] })
  const from = await aPublication(hub, {
    title: 'Other',
    types: ['study'],
    issued: '2022-03',
    places: ['NE'],
    links: [{ to: whole, relation: 'part_of' }],
  })
  await insertSeriesEntries(series, [
    { series_id: bites, number: 3, record_id: into, deduced: true },
    { series_id: papers, number: 7, record_id: from, deduced: false },
  ])
  const row = { position: 0, edition_id: null, scheme: 'doi' as const }
  await library
    .insertInto('publication_identifier')
    .values([
      { ...row, publication_id: into, value: '10.5281/z.1' },
      { ...row, publication_id: from, value: '10.5281/z.2' },
    ])
    .execute()
  const choices = { 'take.types': from, 'take.issued': from }
  expect((await merge(editor, [into, from], choices)).status).toBe(303)
  const entries = await series
    .selectFrom('series_entry')
    .select(['series_id', 'number', 'record_id', 'deduced'])
    .execute()
  expect(entries).toEqual([{ series_id: bites, number: 3, record_id: into, deduced: true }])
  expect(await historyOf(hub, into)).toEqual({
    types: ['brief', 'study'],
    issued: ['2021', '2022-03'],
    identifiers: ['DOI 10.5281/z.1', 'DOI 10.5281/z.1\nDOI 10.5281/z.2'],
    partOf: [null, whole],
    places: ['ML', 'ML\nNE'],
  })
  expect(await historyOf(hub, from)).toEqual({
    identifiers: ['DOI 10.5281/z.2', null],
    series: [papers, null],
    seriesNumber: ['7', null],
    partOf: [whole, null],
    editions: ['1', null],
  })
  expect((await editor.get(`/en/desk/records/${into}/history`)).status).toBe(200)
  expect((await editor.get(`/en/desk/records/${from}/history`)).status).toBe(200)
})
