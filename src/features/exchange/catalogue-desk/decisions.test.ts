import { expect, test } from 'vitest'
import { openHub, sayIn, type SignedIn, type TestHub } from '#testing/hub.ts'
import { runImports } from './run.ts'

const address = '/en/desk/import/publications'
const t = sayIn('en')

const work = async (hub: TestHub) =>
  runImports({ db: hub.kysely, store: hub.files, now: () => '2026-11-24T09:00:00.000Z', origin: hub.origin })

async function send(browser: SignedIn, content: string, choices: readonly string[] = []): Promise<string> {
  const form = new FormData()
  form.set('file', new File([content], 'works.csv'))
  for (const choice of choices) form.set(choice, 'on')
  return (await browser.post(address, form)).headers.get('location') ?? ''
}

const read = async (browser: SignedIn, path: string) => (await browser.get(path)).text()

async function bring(hub: TestHub, browser: SignedIn, content: string): Promise<void> {
  const place = await send(browser, content)
  await work(hub)
  await browser.post(place, { do: 'all' })
  await work(hub)
}

const works = async (hub: TestHub) => {
  const rows = await hub.kysely
    .selectFrom('publication')
    .innerJoin('record_text', 'record_text.record_id', 'publication.id')
    .select(['body', 'issued'])
    .where('field', '=', 'title')
    .orderBy('body')
    .orderBy('issued')
    .execute()
  return rows.map(({ body, issued }) => `${body} ${issued}`)
}

/** What is chosen of rows, as their selects show it. */
const chosen = (page: string) =>
  [...page.matchAll(/name="(row\.\d+)".*?<\/select>/gs)].map(([select, name]) => [
    name,
    /<option value="(\w+)" selected/.exec(select)?.[1],
  ])

const table = 'title,date\nReturn,2021-08\nRETURN,2021-09\nReturn!,2021-10\nFresh,2022\nfresh,2022-05\nFRESH,2022\n'

test('rows that may be there already are that work, another, or left, as somebody says, and are written with the rest', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  await bring(hub, editor, 'title,date\nReturn,2021\n')
  const place = await send(editor, table)
  await work(hub)
  const plan = await read(editor, place)
  expect(plan).toContain(t('import.undecided', { count: 5 }))
  expect(chosen(plan)).toEqual(['row.0', 'row.1', 'row.2', 'row.4', 'row.5'].map((name) => [name, 'leave']))

  const here = `${place}?show=duplicate`
  const said = { do: 'keep', 'row.0': 'other', 'row.1': 'same', 'row.2': 'leave', 'row.4': 'same', 'row.5': 'leave' }
  const kept = await editor.post(here, said)
  expect([kept.status, kept.headers.get('location')]).toEqual([303, here])
  const decided = await read(editor, here)
  expect(chosen(decided)).toEqual([
    ['row.0', 'other'],
    ['row.1', 'same'],
    ['row.2', 'leave'],
    ['row.4', 'same'],
    ['row.5', 'leave'],
  ])
  expect(decided).toContain(t('import.compared', { count: 4 }))
  expect(decided).toContain(t('import.undecided', { count: 2 }))
  expect(await works(hub)).toEqual(['Return 2021'])

  // A choice that is not sent stays as it was; a row of another kind is none to decide on.
  await editor.post(here, { do: 'keep', 'row.5': 'other', 'row.3': 'same' })
  await editor.post(place, { do: 'all' })
  await work(hub)
  expect(await works(hub)).toEqual(['FRESH 2022', 'RETURN 2021-09', 'Return 2021-08', 'fresh 2022-05'])
  const done = await read(editor, place)
  expect(done).toContain(t('import.done', { count: 5, rows: 6 }))
  expect(chosen(done)).toEqual([])
  expect((await editor.post(place, { do: 'keep', 'row.2': 'same' })).status).toBe(409)
})

test('what is chosen and not kept goes along when all is written, and the choice is shown again when that is refused', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  await bring(hub, editor, 'title,date\nReturn,2021\n')
  const place = await send(editor, `${table}Bad,31/02/2021\n`)
  await work(hub)
  const plan = await read(editor, place)
  expect(/<form[^>]*\bid="rows"/.test(plan)).toBe(true)
  expect(/<button[^>]*\bvalue="good"[^>]*\bform="rows"/.test(plan)).toBe(true)
  const refused = await editor.post(place, { do: 'all', 'row.0': 'other', 'row.1': 'same' })
  expect([refused.status, chosen(await refused.text()).slice(0, 3)]).toEqual([
    422,
    [
      ['row.0', 'other'],
      ['row.1', 'same'],
      ['row.2', 'leave'],
    ],
  ])
  await editor.post(`${place}?show=duplicate`, { do: 'good', 'row.4': 'other', 'row.1': 'leave' })
  await work(hub)
  expect(await works(hub)).toEqual(['Fresh 2022', 'Return 2021', 'Return 2021-08', 'fresh 2022-05'])
})

test('a choice that is none is refused, and nobody but editors chooses', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  await bring(hub, editor, 'title,date\nReturn,2021\n')
  const place = await send(editor, 'title,date\nReturn!,2021\n')
  await work(hub)
  expect((await editor.post(place, { do: 'keep', 'row.0': 'strange' })).status).toBe(400)
  const contributor = await hub.as(['contributor'])
  expect((await contributor.post(place, { do: 'keep', 'row.0': 'other' })).status).toBe(404)
  expect(chosen(await read(editor, place))).toEqual([['row.0', 'leave']])
})

test('a work that is like a row which was left is not changed: there is none', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const place = await send(editor, 'title,date,doi\nOne,2021,10.1000/a\nTwo,2021-05,10.1000/a\n')
  await work(hub)
  await editor.post(place, { do: 'keep', 'row.1': 'same' })
  await hub.kysely.updateTable('catalogue_import_row').set({ outcome: 'same' }).where('number', '=', 0).execute()
  await editor.post(place, { do: 'all' })
  await work(hub)
  expect(await works(hub)).toEqual([])
  expect(await read(editor, place)).toContain(t('import.done', { count: 0, rows: 2 }))
})
