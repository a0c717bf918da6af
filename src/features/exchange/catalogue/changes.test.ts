import { expect, test } from 'vitest'
import { readCatalogue } from '#features/library/index.ts'
import { insertSeries } from '#features/series/index.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { handlesOf } from '../handles.ts'
import { importPublications, type ImportOptions } from './import.ts'
import { readKnownNames } from './known.ts'
import { planRows } from './plan.ts'
import { writePlanned } from './write.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const at = '2026-03-01T00:00:00.000Z'
const deed = { actor: 'test', at }

async function bring(hub: TestHub, text: string, options: Partial<ImportOptions> = {}) {
  const file = { bytes: bytes(text), name: 'works.csv' }
  const asked = { dryRun: false, onlyGood: true, merge: true, publish: false, ...options }
  const context = { origin: hub.origin, lang: 'en' }
  const result = await importPublications({ db: hub.kysely, now: () => at }, 'test', file, context, asked)
  if (!result.ok) throw new Error(result.fault)
  return result.lines.map(({ outcome, likeLine, fields, problems }) => ({
    outcome,
    likeLine,
    fields,
    problems: problems.map(({ problem, value }) => `${problem} ${value}`),
  }))
}

const outcomes = (lines: Awaited<ReturnType<typeof bring>>) => lines.map(({ outcome, likeLine }) => [outcome, likeLine])

async function aSeries(hub: TestHub, name: string): Promise<string> {
  const id = await aRecord(hub.kysely, 'series', { name: { en: name } })
  await insertSeries(handlesOf(hub.kysely).series, [{ id, contains: 'publication', planned: null }])
  return id
}

const numbers = async (hub: TestHub) =>
  (await hub.kysely.selectFrom('series_entry').select('number').orderBy('number').execute()).map(({ number }) => number)

const countryCodes = async (hub: TestHub) =>
  (await hub.kysely.selectFrom('record_place').select('code').orderBy('code').execute()).map(({ code }) => code)

const people = async (hub: TestHub) =>
  hub.kysely.selectFrom('contributor').select(['position', 'role', 'name']).orderBy('position').execute()

test('of two rows about one publication the first changes it, and the second is told and takes nothing away', async () => {
  await using hub = await openHub()
  await bring(hub, 'title,doi\nOne,10.1000/a\n')
  const table =
    'title,doi,countries,url\nOne,10.1000/a,Niger,\nOne,10.1000/a,Mali,https://x.example/\nOne,10.1000/a,,\n'
  expect(outcomes(await bring(hub, table))).toEqual([
    ['changed', null],
    ['duplicate', 2],
    ['same', null],
  ])
  expect(await countryCodes(hub)).toEqual(['NE'])
  // Brought in again, the second does not get its way because the first has had its.
  expect(outcomes(await bring(hub, table))).toEqual([
    ['same', null],
    ['duplicate', 2],
    ['same', null],
  ])
  expect(outcomes(await bring(hub, table, { decided: new Map([[3, 'same']]) }))[1]).toEqual(['changed', null])
  expect(await countryCodes(hub)).toEqual(['ML', 'NE'])
})

test('what somebody saved after the rows were compared stays', async () => {
  await using hub = await openHub()
  await bring(hub, 'title,doi,countries,authors\nOne,10.1000/a,Niger,"Doe, Jane"\n')
  const read = await readCatalogue(
    bytes('title,doi,countries,url\nOne,10.1000/a,Mali,https://x.example/\nOne,10.1000/a,Niger,\n'),
    'works.csv',
    { origin: hub.origin, lang: 'en' },
  )
  if (!read.ok) throw new Error(read.fault)
  const handles = handlesOf(hub.kysely)
  const known = await readKnownNames(handles)
  const planned = await planRows(handles, read.entries, known, new Map(), { merge: true, now: at })
  const { id } = await hub.kysely.selectFrom('publication').select('id').executeTakeFirstOrThrow()
  await hub.kysely.insertInto('record_place').values({ record_id: id, code: 'TD', role: 'covers' }).execute()
  await hub.kysely.updateTable('contributor').set({ name: 'Roe' }).execute()
  const lines = await hub.kysely.transaction().execute(async (tx) => writePlanned(handlesOf(tx), planned, deed, false))
  expect(lines.map(({ outcome, fields }) => [outcome, fields])).toEqual([
    ['changed', ['identifiers', 'places']],
    ['same', []],
  ])
  expect(await countryCodes(hub)).toEqual(['ML', 'NE', 'TD'])
  expect(await people(hub)).toEqual([{ position: 0, role: 'author', name: 'Roe' }])
})

test('a row whose publication went after it was compared is refused, and the others are written', async () => {
  await using hub = await openHub()
  await bring(hub, 'title,doi\nOne,10.1000/a\nTwo,10.1000/b\n')
  const context = { origin: hub.origin, lang: 'en' }
  const table = bytes('title,doi,countries\nOne,10.1000/a,Mali\nTwo,10.1000/b,Niger\n')
  const read = await readCatalogue(table, 'works.csv', context)
  if (!read.ok) throw new Error(read.fault)
  const handles = handlesOf(hub.kysely)
  const known = await readKnownNames(handles)
  const planned = await planRows(handles, read.entries, known, new Map(), { merge: true, now: at })
  const gone = planned[0]?.report.id ?? ''
  await hub.kysely.deleteFrom('record').where('id', '=', gone).execute()
  const lines = await hub.kysely.transaction().execute(async (tx) => writePlanned(handlesOf(tx), planned, deed, false))
  expect(lines.map(({ outcome, problems }) => [outcome, problems.map(({ value }) => value)])).toEqual([
    ['refused', [gone]],
    ['changed', []],
  ])
  expect(await countryCodes(hub)).toEqual(['NE'])
})

test('a row that names authors alone leaves editors and publishers, and a vaguer date says nothing', async () => {
  await using hub = await openHub()
  await bring(hub, 'title,doi,date,authors,editors,publisher\nOne,10.1000/a,2021-08-15,"Doe, Jane","Roe, Max",IOM\n')
  const vague = 'title,doi,date,authors\nOne,10.1000/a,2021,"Doe, Jane"\n'
  expect(await bring(hub, vague)).toMatchObject([{ outcome: 'same' }])
  const other = 'title,doi,date,authors\nOne,10.1000/a,2021-08,"Poe, Ann|Doe, Jane"\n'
  expect(await bring(hub, other)).toMatchObject([{ outcome: 'changed', fields: ['contributors'] }])
  expect(await people(hub)).toEqual([
    { position: 0, role: 'author', name: 'Poe' },
    { position: 1, role: 'author', name: 'Doe' },
    { position: 2, role: 'editor', name: 'Roe' },
    { position: 3, role: 'publisher', name: 'IOM' },
  ])
  expect(await hub.kysely.selectFrom('publication').select('issued').execute()).toEqual([{ issued: '2021-08-15' }])
  expect(await bring(hub, 'title,doi,date\nOne,10.1000/a,2022\n')).toMatchObject([{ fields: ['issued'] }])
})

test('a publication goes to another place of its series where that is free; where it is not, the row says so', async () => {
  await using hub = await openHub()
  await aSeries(hub, 'Bites')
  await bring(hub, 'title,doi,series,number\nOne,10.1000/a,Bites,1\nTwo,10.1000/b,Bites,2\n')
  const taken = 'title,doi,series,number\nOne,10.1000/a,Bites,2\n'
  expect(await bring(hub, taken)).toEqual([
    { outcome: 'same', likeLine: null, fields: [], problems: ['numberTaken Bites 2'] },
  ])
  const free = 'title,doi,series,number\nOne,10.1000/a,Bites,3\n'
  expect(await bring(hub, free)).toMatchObject([{ outcome: 'changed', fields: ['series'], problems: [] }])
  expect(await numbers(hub)).toEqual([2, 3])
  expect(await bring(hub, free)).toMatchObject([{ outcome: 'same' }])
  // Both want the one that is free: a new work, and one that is there.
  const both = 'title,doi,series,number\nThree,,Bites,4\nTwo,10.1000/b,Bites,4\n'
  expect(await bring(hub, both)).toMatchObject([
    { outcome: 'new', problems: [] },
    { outcome: 'same', problems: ['numberTaken Bites 4'] },
  ])
  expect(await numbers(hub)).toEqual([2, 3, 4])
})

test('a new work is not put where a seminar stands in a series, and that is told', async () => {
  await using hub = await openHub()
  const series = await aSeries(hub, 'Bites')
  const seminar = await aRecord(hub.kysely, 'seminar', { title: { en: 'A seminar' } })
  await hub.kysely
    .insertInto('series_entry')
    .values({ series_id: series, number: 1, record_id: seminar, deduced: false })
    .execute()
  expect(await bring(hub, 'title,series,number\nOne,Bites,1\n')).toMatchObject([
    { outcome: 'new', fields: [], problems: ['numberTaken Bites 1'] },
  ])
})

test('what may be there already becomes that work or another when somebody says so, and another only once', async () => {
  await using hub = await openHub()
  await bring(hub, 'title,date,authors\nReturn,2021,IOM\n')
  const near = 'title,date,authors,countries\nReturn,2021,IOM,Niger\nReturn!,2021,IOM,Mali\n'
  expect(outcomes(await bring(hub, near))).toEqual([
    ['duplicate', null],
    ['duplicate', null],
  ])
  const decided = new Map([
    [2, 'other'],
    [3, 'same'],
  ] as const)
  expect(outcomes(await bring(hub, near, { decided }))).toEqual([
    ['new', null],
    ['changed', null],
  ])
  expect(await countryCodes(hub)).toEqual(['ML', 'NE'])
  expect(outcomes(await bring(hub, near, { decided }))).toEqual([
    ['same', null],
    ['same', null],
  ])
  expect((await hub.kysely.selectFrom('publication').select('id').execute()).length).toBe(2)
})
