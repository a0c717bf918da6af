import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertSeries } from '#features/series/index.ts'
import { aRecord } from '#testing/makers.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { handlesOf } from '../handles.ts'
import { importPublications, type ImportOptions } from './import.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
let day = 1
const now = () => `2026-03-${String(day++).padStart(2, '0')}T00:00:00.000Z`

async function bring(
  hub: TestHub,
  text: string | Uint8Array,
  options: Partial<ImportOptions> = {},
  name = 'works.csv',
) {
  const file = { bytes: typeof text === 'string' ? bytes(text) : text, name }
  const asked = { dryRun: false, onlyGood: false, merge: false, publish: false, ...options }
  const result = await importPublications(
    { db: hub.kysely, now },
    'test',
    file,
    { origin: hub.origin, lang: 'en' },
    asked,
  )
  if (!result.ok) throw new Error(result.fault)
  return result
}

const outcomes = ({ lines }: Awaited<ReturnType<typeof bring>>) => lines.map(({ outcome, reason }) => [outcome, reason])
const count = async (hub: TestHub) => (await hub.kysely.selectFrom('publication').select('id').execute()).length

let seeded: TestHub
beforeAll(async () => {
  seeded = await openHub({ seeded: true })
})
afterAll(async () => {
  await seeded[Symbol.asyncDispose]()
})

test.each(['csv', 'xlsx', 'bib', 'ris', 'csl.json'])(
  'what was exported as %s changes nothing when it comes in',
  async (format) => {
    const exported = await seeded.get(`/fr/library/export.${format}`)
    const before = await count(seeded)
    const result = await bring(seeded, new Uint8Array(await exported.arrayBuffer()), {}, `library.${format}`)
    expect(result.lines.filter(({ outcome }) => outcome !== 'same')).toEqual([])
    expect(await count(seeded)).toBe(before)
  },
)

test('rows become drafts with all they say, and the same file again makes none', async () => {
  await using hub = await openHub()
  const { series } = handlesOf(hub.kysely)
  const bites = await aRecord(hub.kysely, 'series', { name: { en: 'Bites', fr: 'Bouchées' } })
  await insertSeries(series, [{ id: bites, contains: 'publication', planned: null }])
  const hall = await aRecord(hub.kysely, 'organisation', { name: { en: 'Samuel Hall' } })
  const table =
    'title,titre (fr),series,number,authors,date,doi,countries,file (fr),abstract\n' +
    'One,Un,Bouchées,3,"Hall, Samuel|Doe, Jane",2021-08,10.5281/z.1,Niger,https://files.example/un.pdf,About Niger.\n' +
    'Two,,Nowhere,1,Somebody,2020,,,,\n'
  const dry = await bring(hub, table, { dryRun: true })
  expect([dry.done, outcomes(dry), await count(hub)]).toEqual([
    false,
    [
      ['new', null],
      ['new', null],
    ],
    0,
  ])

  const made = await bring(hub, table)
  expect([made.done, outcomes(made), await count(hub)]).toEqual([
    true,
    [
      ['new', null],
      ['new', null],
    ],
    2,
  ])
  expect(
    made.lines.flatMap(({ problems }) => problems.map(({ line, problem, value }) => [line, problem, value])),
  ).toEqual([
    [2, 'isOrganisation', 'Hall, Samuel'],
    [3, 'series', 'Nowhere'],
  ])
  const rows = await hub.kysely
    .selectFrom('contributor')
    .select(['name', 'given', 'kind', 'agent_id'])
    .orderBy('name')
    .execute()
  expect(rows).toEqual([
    { name: 'Doe', given: 'Jane', kind: 'person', agent_id: null },
    { name: 'Samuel Hall', given: null, kind: 'organisation', agent_id: hall },
    { name: 'Somebody', given: null, kind: 'organisation', agent_id: null },
  ])
  expect(await hub.kysely.selectFrom('series_entry').select(['series_id', 'number']).execute()).toEqual([
    { series_id: bites, number: 3 },
  ])
  const drafts = await hub.kysely.selectFrom('record').select('status').where('kind', '=', 'publication').execute()
  expect(drafts).toEqual([{ status: 'draft' }, { status: 'draft' }])

  const again = await bring(hub, table)
  expect([outcomes(again), await count(hub)]).toEqual([
    [
      ['same', 'doi'],
      ['same', 'title'],
    ],
    2,
  ])
})

test('all or nothing, or the good rows alone, as asked', async () => {
  await using hub = await openHub()
  const table = 'title,date\nGood,2021\nBad,31/02/2021\n,2020\n'
  const none = await bring(hub, table)
  expect([none.done, none.lines.map(({ outcome }) => outcome), await count(hub)]).toEqual([
    false,
    ['new', 'refused', 'refused'],
    0,
  ])
  const some = await bring(hub, table, { onlyGood: true, publish: true })
  expect([some.done, await count(hub)]).toEqual([true, 1])
  expect((await hub.get('/en/library/good')).status).toBe(200)
})

test('what may be there already is told and never assumed; a sure one is merged when that is asked for', async () => {
  await using hub = await openHub()
  await bring(hub, 'title,date,doi,authors\nReturn and Réintégration!,2021,10.1000/a,IOM\n')
  const near = await bring(hub, 'title,date,authors,abstract\nRETURN and reintegration,2021-03,IOM,New\n')
  expect([outcomes(near), await count(hub)]).toEqual([[['duplicate', 'title']], 1])
  const other = await bring(hub, 'title,date,authors\nReturn and reintegration,1999,IOM\n')
  expect(outcomes(other)).toEqual([['new', null]])

  const sure =
    'title,doi,abstract,url\nReturn and Réintégration!,https://doi.org/10.1000/A,An abstract,https://x.example/\n'
  expect(outcomes(await bring(hub, sure))).toEqual([['duplicate', 'doi']])
  const merged = await bring(hub, sure, { merge: true })
  expect(merged.lines.map(({ outcome, fields }) => [outcome, fields])).toEqual([
    ['changed', ['summary (en)', 'identifiers']],
  ])
  expect(outcomes(await bring(hub, sure, { merge: true }))).toEqual([['same', 'doi']])
  const kept = await hub.kysely.selectFrom('publication').select('issued').where('issued', '=', '2021').execute()
  expect(kept.length).toBe(1)
})

test('a file that says one work twice makes it once', async () => {
  await using hub = await openHub()
  const result = await bring(
    hub,
    'title,date,isbn\nA,2021,9789292688318\nB,2020,978-92-9268-831-8\nC,2020,\nc!,2020,\n',
  )
  expect(result.lines.map(({ outcome, likeLine }) => [outcome, likeLine])).toEqual([
    ['new', null],
    ['duplicate', 2],
    ['new', null],
    ['duplicate', 4],
  ])
  expect(await count(hub)).toBe(2)
})

test('what real catalogues get wrong is told', async () => {
  await using hub = await openHub()
  const table =
    'title,language,places,authors,abstract\n' +
    'Returns to Nigeria,en,Niger,Jane Mary Doe,\n' +
    'Return to Guinea-Bissau,en,Guinea,,"In Guinea-Bissau, and from Papua New Guinea."\n' +
    'Reintegración sostenible,en,Global,IOM,"Este documento presenta las lecciones aprendidas sobre la reintegración de las personas que regresan a sus comunidades."\n'
  const { lines } = await bring(hub, table, { dryRun: true })
  expect(lines.map(({ warnings }) => warnings.map(({ warning, value }) => `${warning} ${value}`))).toEqual([
    ['confused NE NG', 'isPerson Jane Mary Doe'],
    ['confused GN GW', 'untagged PG'],
    ['otherLanguage en es'],
  ])
  expect(lines[2]?.problems.map(({ problem, value }) => [problem, value])).toEqual([['global', 'Global']])
})

test('the id of no publication refuses its row', async () => {
  await using hub = await openHub()
  const seminar = await aRecord(hub.kysely, 'seminar', { title: { en: 'No publication' } })
  const { lines } = await bring(hub, `id,title\npub_0000000000000000000000,A\n${seminar},B\n`, { onlyGood: true })
  expect(lines.map(({ outcome, problems }) => [outcome, problems.map(({ problem }) => problem)])).toEqual([
    ['refused', ['unknownId']],
    ['new', ['identifier']],
  ])
})
