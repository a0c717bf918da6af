import { expect, test } from 'vitest'
import { aSeminar } from '#testing/makers.ts'
import { openHub, type SignedIn, type TestHub } from '#testing/hub.ts'
import { findMarkupFaults } from '#testing/markup.ts'
import { countQueries } from '#platform/db/index.ts'

const lead = async (hub: TestHub, path: string) => {
  const answer = await hub.get(path)
  return [answer.status, answer.headers.get('location')]
}

async function send(admin: SignedIn, file: string | Uint8Array<ArrayBuffer>, more: Readonly<Record<string, string>>) {
  const form = new FormData()
  form.set('file', new File([file], 'redirects.csv', { type: 'text/csv' }))
  for (const [name, value] of Object.entries(more)) form.set(name, value)
  const answer = await admin.post('/en/admin/redirects/import', form)
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() }
}

const kept = async (hub: TestHub) => {
  const rows = await hub.kysely.selectFrom('redirect').select(['path', 'target']).orderBy('path').execute()
  return rows.map(({ path, target }) => `${path} → ${target}`)
}

/** The rows of the table of refused ones. */
const refusedIn = (html: string) =>
  [...html.matchAll(/<tr><th scope="row">(\d+)<\/th><td>(.*?)<\/td>/g)].map(([, row, column]) => `${row} ${column}`)

test('a redirect that is added is followed at once, counted by day, and removed again', async () => {
  await using hub = await openHub({ cache: true })
  const id = await aSeminar(hub.kysely, { title: { en: 'Bridges' } })
  const admin = await hub.as(['admin'])
  expect(await lead(hub, '/en/node/42')).toEqual([404, null])

  const added = await admin.post('/en/admin/redirects', { path: '/en/node/42', target: id })

  expect([added.status, added.headers.get('location')]).toEqual([303, '/en/admin/redirects?done=saved'])
  expect(await lead(hub, '/en/node/42')).toEqual([301, `/r/${id}`])
  expect(await lead(hub, '/en/node/42?utm_source=mail')).toEqual([301, `/r/${id}`])
  await hub.flush()
  hub.setNow('2026-11-25T09:00:00.000Z')
  await hub.get('/en/node/42')
  await hub.flush()
  const row = await hub.kysely.selectFrom('redirect').select(['hits', 'last_hit_on']).executeTakeFirst()
  expect(row).toEqual({ hits: 3, last_hit_on: '2026-11-25' })

  const removed = await admin.post('/en/admin/redirects/remove', { path: '/en/node/42' })
  expect(removed.headers.get('location')).toBe('/en/admin/redirects?done=removed')
  expect(await lead(hub, '/en/node/42')).toEqual([404, null])
  expect((await admin.post('/en/admin/redirects/remove', { path: '/en/node/42' })).status).toBe(404)
  const told = await hub.kysely.selectFrom('audit_event').select(['deed', 'subject']).orderBy('id').execute()
  expect(told).toEqual([
    { deed: 'redirect.save', subject: '/en/node/42' },
    { deed: 'redirect.remove', subject: '/en/node/42' },
  ])
})

test('an address below a page of the hub is redirected too, a page that is there never', async () => {
  await using hub = await openHub()
  await aSeminar(hub.kysely, { title: { en: 'Bridges' } })
  const admin = await hub.as(['admin'])
  for (const path of ['/en/seminars/old', '/en/seminars/bridges', '/page.php?id=7']) {
    await admin.post('/en/admin/redirects', { path, target: '/en/about' })
  }
  expect(await lead(hub, '/en/seminars/old')).toEqual([301, '/en/about'])
  expect(await lead(hub, '/en/seminars/bridges')).toEqual([200, null])
  expect(await lead(hub, '/page.php?id=7')).toEqual([301, '/en/about'])
  expect(await lead(hub, '/page.php?id=8')).toEqual([404, null])
  const head = await hub.fetch(new Request(`${hub.origin}/en/seminars/old`, { method: 'HEAD' }))
  expect([head.status, await head.text()]).toEqual([301, ''])
})

test('what cannot be redirected is said beside its field, and what was typed stays', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const answer = await admin.post('/en/admin/redirects', { path: '/old', target: 'javascript:alert(1)' })
  const html = await answer.text()
  expect(answer.status).toBe(422)
  expect(html).toContain('value="javascript:alert(1)"')
  expect(html).toContain('<a href="#f-target">')
  expect(await findMarkupFaults(html)).toEqual([])
  expect(await kept(hub)).toEqual([])
})

test('a table is tried first, then imported; imported again it changes nothing', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const file = 'path,target\n/a,/en/about\n/b,/en/seminars\n'

  const tried = await send(admin, file, { do: 'try' })
  expect([tried.status, await kept(hub)]).toEqual([200, []])
  expect(await findMarkupFaults(tried.html)).toEqual([])

  expect(await send(admin, file, { do: 'import' })).toMatchObject({
    status: 303,
    location: '/en/admin/redirects?done=imported',
  })
  expect(await kept(hub)).toEqual(['/a → /en/about', '/b → /en/seminars'])
  expect((await send(admin, file, { do: 'import' })).status).toBe(303)
  expect(await kept(hub)).toEqual(['/a → /en/about', '/b → /en/seminars'])
})

const mixed = 'target;path\n/en;/a\njavascript:x;/b\n/c;/c\n/en;/a\n/e;/d\n/d;/e\n/en;/f\n'

test('with a bad row nothing is written, unless only the good rows were asked for', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])

  const all = await send(admin, mixed, { do: 'import' })
  expect([all.status, await kept(hub)]).toEqual([422, []])
  const refused = ['3 Leads to', '4 Leads to', '5 Former address', '6 Leads to', '7 Leads to']
  expect(refusedIn(all.html)).toEqual(refused)
  expect(await findMarkupFaults(all.html)).toEqual([])

  const good = await send(admin, mixed, { do: 'import', onlyGood: 'on' })
  expect([good.status, await kept(hub)]).toEqual([200, ['/a → /en', '/f → /en']])
  expect(refusedIn(good.html)).toEqual(refused)
})

test('a table is read with a mark, in Latin-1, in UTF-16, with tabs, without a heading, and with empty rows', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const latin = new Uint8Array(Buffer.from('/s\u00e9minaire,/fr\n', 'latin1'))
  const wide = new Uint8Array([0xff, 0xfe, ...Buffer.from('/wide,/en\r\n', 'utf16le')])
  for (const file of ['\uFEFFpath,target\n/marked,/en\n', latin, wide, '/tab\t/en\n', '\n"/quoted","/en"\n,\n\n']) {
    expect((await send(admin, file, { do: 'import' })).status).toBe(303)
  }
  expect(await kept(hub)).toEqual([
    '/marked → /en',
    '/quoted → /en',
    '/s%C3%A9minaire → /fr',
    '/tab → /en',
    '/wide → /en',
  ])
})

test.each([
  ['an open quotation mark', 'path,target\n"/a,/en\n/b,/en\n', 'A quotation mark is opened and never closed.'],
  ['nothing', '\n \n', 'There is no row in this file.'],
  ['a heading alone', 'path,target\n', 'There is no row in this file.'],
  ['half a heading', 'path,title\n/a,x\n', 'The first row names only one of the columns path and target.'],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'This is no text file.'],
])('a file with %s is refused as a whole', async (_, file, message) => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const { status, html } = await send(admin, file, { do: 'import', onlyGood: 'on' })
  expect(status).toBe(422)
  expect(html).toContain(message)
  expect(await kept(hub)).toEqual([])
})

test('no file at all is asked for', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  expect((await admin.post('/en/admin/redirects/import', new FormData())).status).toBe(422)
})

test('a hundred thousand rows are imported, one more is refused', { timeout: 120_000 }, async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const rows = Array.from({ length: 100_000 }, (_, at) => `/node/${at},/en/about`).join('\n')
  const tooMany = await send(admin, `path,target\n${rows}\n/one/more,/en\n`, { do: 'import' })
  expect([tooMany.status, tooMany.html.includes('more rows')]).toEqual([422, true])

  expect((await send(admin, `path,target\n${rows}\n`, { do: 'import' })).status).toBe(303)

  const count = await hub.kysely
    .selectFrom('redirect')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirst()
  expect(count).toEqual({ count: 100_000 })
  expect(await lead(hub, '/node/99999')).toEqual([301, '/en/about'])
  const asked = await countQueries(async () => admin.get('/en/admin/redirects?q=node&order=hits&page=2000'))
  expect(asked.queries.length).toBeLessThan(10)
})

test('what is exported can be imported, and no cell of it is a formula', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  await send(admin, '/a,/en/about\n/=cmd(),https://example.org/=1+1?@x\n', { do: 'import' })
  const before = await kept(hub)

  const answer = await admin.get('/en/admin/redirects.csv')
  const csv = await answer.text()

  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(
    csv
      .split('\r\n')
      .slice(1)
      .flatMap((row) => row.split(','))
      .filter((cell) => /^["']?[=+@-]/.test(cell)),
  ).toEqual([])
  await hub.kysely.deleteFrom('redirect').execute()
  expect((await send(admin, csv, { do: 'import' })).status).toBe(303)
  expect(await kept(hub)).toEqual(before)
})

test('the list asks as often for one redirect as for sixty, and finds by any part of an address', async () => {
  await using hub = await openHub()
  const admin = await hub.as(['admin'])
  const ask = async (path: string) => (await countQueries(async () => admin.get(path))).queries.length
  await send(admin, '/old/100_sure,/en\n', { do: 'import' })
  await admin.get('/en/admin/redirects')
  const one = await ask('/en/admin/redirects')
  await send(admin, Array.from({ length: 60 }, (_, at) => `/n/${at},/en`).join('\n'), { do: 'import' })
  await admin.get('/en/admin/redirects')
  expect(await ask('/en/admin/redirects')).toBe(one)

  const found = async (query: string) => {
    const html = await (await admin.get(`/en/admin/redirects?q=${query}`)).text()
    return [...html.matchAll(/<tr>/g)].length - 1
  }
  expect([await found('n%2F5'), await found('100_'), await found('_')]).toEqual([11, 1, 1])
  expect((await admin.get('/en/admin/redirects?page=3')).status).toBe(404)
  expect((await admin.get('/en/admin/redirects?page=0')).status).toBe(404)
})
