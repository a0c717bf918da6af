import { expect, test } from 'vitest'
import { writeSpreadsheet } from '#platform/spreadsheet/index.ts'
import { openHub, sayIn, type SignedIn, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { runImports } from './run.ts'

const address = '/en/desk/import/publications'
const t = sayIn('en')

/** Does what the job does. */
const work = async (hub: TestHub, signal?: AbortSignal) =>
  runImports(
    { db: hub.kysely, store: hub.files, now: () => '2026-11-24T09:00:00.000Z', origin: hub.origin },
    signal ? { signal } : {},
  )

async function send(
  browser: SignedIn,
  content: string | Uint8Array<ArrayBuffer>,
  { name = 'works.csv', choices = [] }: { name?: string; choices?: readonly string[] } = {},
): Promise<string> {
  const form = new FormData()
  form.set('file', new File([content], name))
  for (const choice of choices) form.set(choice, 'on')
  const response = await browser.post(address, form)
  expect(response.status).toBe(303)
  return response.headers.get('location') ?? ''
}

const read = async (browser: SignedIn, path: string) => (await browser.get(path)).text()
const countOf = async (hub: TestHub) => (await hub.kysely.selectFrom('publication').select('id').execute()).length
const titles = async (hub: TestHub) =>
  (
    await hub.kysely.selectFrom('record_text').select('body').where('field', '=', 'title').orderBy('body').execute()
  ).map(({ body }) => body)

test('a catalogue is compared first, told row by row, and written when somebody says so', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const there = await aRecord(hub.kysely, 'publication', { title: { en: 'Known already' } })
  const place = await send(editor, 'title,date\nOne,2021\nKnown already,\nThree,2022-13-40\n')

  const waiting = await read(editor, place)
  expect(waiting).toContain(t('import.reading'))
  expect(waiting).toContain('<noscript><meta http-equiv="refresh" content="3"/></noscript>')
  await work(hub)
  const plan = await read(editor, place)
  expect(plan).toContain(t('import.compared', { count: 1 }))
  expect(plan).toContain(t('import.refusedSome', { count: 1 }))
  expect(plan).toContain(t('import.reason.title'))
  expect(plan).toContain(`href="/en/desk/records/${there}"`)
  expect(plan).toContain('2022-13-40')
  expect(plan).not.toContain('http-equiv')
  expect(await titles(hub)).toEqual(['Known already'])

  const refused = await read(editor, `${place}?show=refused`)
  expect(refused).toContain('Three')
  expect(refused).not.toContain('>One<')
  expect((await editor.get(`${place}?show=strange`)).status).toBe(404)
  expect((await editor.get(`${place}?page=2`)).status).toBe(404)

  expect((await editor.post(place, { do: 'all' })).status).toBe(422)
  expect(await titles(hub)).toEqual(['Known already'])
  expect((await editor.post(place, { do: 'good' })).headers.get('location')).toBe(place)
  expect(await read(editor, place)).toContain(t('import.state.writing'))
  await work(hub)
  const done = await read(editor, place)
  expect(done).toContain(t('import.done', { count: 1, rows: 3 }))
  expect(await titles(hub)).toEqual(['Known already', 'One'])
  const made = await hub.kysely.selectFrom('record').select('id').where('status', '=', 'draft').execute()
  expect(done).toContain(`href="/en/desk/records/${made[0]?.id}"`)
  const audit = await hub.kysely.selectFrom('audit_event').select(['actor', 'deed', 'detail']).execute()
  expect(audit).toEqual([
    {
      actor: editor.actor.id,
      deed: 'publications.import',
      detail: { new: 1, changed: 0, written: 1, published: false },
    },
  ])

  expect((await editor.post(place, { do: 'good' })).status).toBe(303)
  expect(await work(hub)).toBe(0)
})

test('rows change what is surely the same only where that was asked for, and publish what is new where that was', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const first = await send(editor, 'title,doi\nOne,10.5281/z.1\n', { choices: ['publish'] })
  await work(hub)
  await editor.post(first, { do: 'all' })
  await work(hub)
  expect((await hub.get('/en/library/one')).status).toBe(200)

  const table = 'title,doi,date\nOne anew,10.5281/z.1,2021\nTwo,10.5281/z.1,\n'
  const told = await send(editor, table)
  await work(hub)
  expect(await read(editor, told)).toContain(t('import.nothing'))
  expect(await read(editor, told)).toContain(t('import.reason.doi'))
  expect((await editor.post(told, { do: 'discard' })).headers.get('location')).toBe(`${address}?done=discarded`)
  expect((await editor.get(told)).status).toBe(404)

  const merged = await send(editor, 'title,doi,date\nOne anew,10.5281/z.1,2021\n', { choices: ['merge'] })
  await work(hub)
  const plan = await read(editor, merged)
  expect(plan).toContain(t('import.outcome.changed'))
  await editor.post(merged, { do: 'all' })
  await work(hub)
  expect(await titles(hub)).toEqual(['One anew'])
})

test('what was broken off goes on, and writes nothing twice', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const names = Array.from({ length: 60 }, (_, index) => `Work ${index}`)
  const place = await send(editor, `title\n${names.join('\n')}\n`)
  await work(hub)
  await editor.post(place, { do: 'all' })
  const broken = new AbortController()
  const deps = { db: hub.kysely, store: hub.files, now: () => '2026-11-24T09:00:00.000Z', origin: hub.origin }
  let looks = 0
  const signal = { ...deps, store: { open: async (sha256: string) => hub.files.open(sha256) } }
  const now = () => {
    // After some steps somebody pulls the plug.
    if ((looks += 1) === 6) broken.abort(new Error('Pulled'))
    return '2026-11-24T09:00:00.000Z'
  }
  await expect(runImports({ ...signal, now }, { signal: broken.signal })).rejects.toThrow('Pulled')
  const written = await countOf(hub)
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThan(60)

  // Nobody else takes it before its worker has been silent for two minutes.
  expect(await work(hub)).toBe(0)
  const later = { ...deps, now: () => '2026-11-24T09:03:00.000Z' }
  expect(await runImports(later)).toBe(1)
  expect(await countOf(hub)).toBe(60)
  expect(await read(editor, place)).toContain(t('import.done', { count: 60, rows: 60 }))
})

test.each([
  ['works.csv', '\n\n', 'import.fault.empty'],
  ['works.csv', 'when,who\n2021,A\n', 'import.fault.noHeading'],
  ['works.csv', 'title\n"never closed\n', 'import.fault.quotes'],
  ['works.xlsx', 'PK\u0003\u0004 cut off', 'import.fault.broken'],
  ['works.json', '{"title": ', 'import.fault.broken'],
] as const)('%s with %j is no catalogue: %s', async (name, content, message) => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const form = new FormData()
  form.set('file', new File([content], name))
  const sent = await editor.post(address, form)
  await work(hub)
  expect(await read(editor, sent.headers.get('location') ?? '')).toContain(t(message))
})

test('a form without a file says so', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const sent = await editor.post(address, new FormData())
  expect([sent.status, await sent.text()]).toEqual([422, expect.stringContaining(t('form.required'))])
})

test('a file that is too large is refused with what it may have, and nothing of it stays', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const form = new FormData()
  form.set('file', new File([new Uint8Array(50 * 1024 * 1024 + 1)], 'works.csv'))
  const sent = await editor.post(address, form)
  expect([sent.status, await sent.text()]).toEqual([413, expect.stringContaining(t('admin.import.tooLarge'))])
  expect(await hub.kysely.selectFrom('catalogue_import').select('id').execute()).toEqual([])
})

test('words of a catalogue stay words: no page runs them', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const place = await send(editor, 'title,date\n"<script>alert(1)</script>","<img src=x onerror=alert(1)>"\n', {
    name: '<b>works</b>.csv',
  })
  await work(hub)
  const page = await read(editor, place)
  expect(page).toContain('&lt;img src=x onerror=alert(1)>')
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('<img src=x')
})

test('a table of Arabic headings comes in from a spreadsheet', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const bytes = await writeSpreadsheet(
    [
      ['العنوان (ar)', 'العنوان (fr)', 'تاريخ النشر'],
      ['ورقة', 'Un papier', '2021-08'],
    ],
    { sheet: 'Works', rightToLeft: true, heading: 1 },
  )
  const place = await send(editor, Uint8Array.from(bytes), { name: 'works.xlsx' })
  await work(hub)
  const plan = await read(editor, place)
  expect(plan).toContain(t('import.compared', { count: 1 }))
})

test('thousands of rows are told a page at a time', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const rows = Array.from({ length: 120 }, (_, index) => `Work ${index},${index % 40 === 0 ? 'yesterday' : '2021'}`)
  const place = await send(editor, `title,date\n${rows.join('\n')}\n`)
  await work(hub)
  const last = await read(editor, `${place}?page=3`)
  expect(last).toContain(t('list.pageOf', { page: 3, pages: 3 }))
  expect([...last.matchAll(/<bdi>(Work \d+)<\/bdi>/g)].map(([, name]) => name)).toEqual(
    Array.from({ length: 20 }, (_, index) => `Work ${100 + index}`),
  )
  const refused = await read(editor, `${place}?show=refused`)
  expect([...refused.matchAll(/<tr><th scope="row">(\d+)/g)].map(([, line]) => line)).toEqual(['2', '42', '82'])
})

test('catalogues are for editors: nobody else finds a page, and none of theirs is told', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const place = await send(editor, 'title\nA secret work\n', { name: 'secret.csv' })
  await work(hub)
  const [contributor, admin] = [await hub.as(['contributor']), await hub.as(['admin'])]
  expect((await contributor.get(address)).status).toBe(404)
  expect((await contributor.get(place)).status).toBe(404)
  expect((await contributor.post(place, { do: 'all' })).status).toBe(404)
  expect((await hub.get(place)).status).toBe(303)
  expect(await read(contributor, '/en/desk')).not.toContain('import/publications')
  expect(await read(admin, address)).toContain('secret.csv')
  expect(await read(admin, '/en/desk')).toContain('href="/en/desk/import/publications"')
  expect(await countOf(hub)).toBe(0)
})

test('a catalogue is forgotten after a month', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  await send(editor, 'title\nOne\n')
  await work(hub)
  const later = { db: hub.kysely, store: hub.files, now: () => '2026-12-25T09:00:00.000Z', origin: hub.origin }
  await runImports(later)
  expect(await hub.kysely.selectFrom('catalogue_import').select('id').execute()).toEqual([])
})
