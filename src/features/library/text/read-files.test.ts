import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertFiles } from '#features/files/index.ts'
import { readNewFiles } from '#features/library/index.ts'
import { inPieces } from '#testing/files.ts'
import { readForm } from '#testing/form.ts'
import { openHub, type TestHub } from '#testing/hub.ts'
import { aRecord } from '#testing/makers.ts'
import { aPublication } from '#testing/publications.ts'

const now = () => '2026-11-24T09:00:00.000Z'

async function aFile(hub: TestHub, content: string, type: string) {
  const stored = await hub.files.put(inPieces(Buffer.from(content)), { maxBytes: 1e6 })
  const file = { ...stored, type, name: 'a-file' }
  await insertFiles(handlesOf(hub.kysely).files, [file], now())
  return file
}

const depsOf = (hub: TestHub) => ({ ...handlesOf(hub.kysely), store: hub.files, now })

test('new files are read once, a bad one fails alone, and a page that waited shows the text', async () => {
  await using hub = await openHub({ cache: true })
  const html =
    '<!doctype html><html lang="en"><title>T</title><body><h1>Findings</h1><p>What returnees told us in the field.</p>'
  const good = await aFile(hub, html, 'text/html')
  const bad = await aFile(hub, '%PDF-1.7 broken', 'application/pdf')
  const sheet = await aFile(hub, 'a,b', 'text/csv')
  const gone = await aFile(hub, 'soon gone', 'text/html')
  await hub.files.remove(gone.sha256)
  const files = [good, bad, sheet, gone].map((file, index) => ({
    ...file,
    lang: ['en', 'fr', 'es', 'pt'][index] ?? 'ar',
  }))
  await aPublication(hub, { title: 'A paper', files })
  const page = async (lang = 'en') => (await hub.get(`/en/library/a-paper/read/${lang}`)).text()
  expect(await page()).toContain('still being read')

  expect(await readNewFiles(depsOf(hub))).toBe(4)
  hub.forget()

  expect(await page()).toContain('What returnees told us in the field.')
  expect(await page('fr')).toContain('The text could not be read')
  expect(await page('es')).toContain('does not read the text of files of this type')
  expect(await page('pt')).toContain('the file itself is missing')
  expect(await readNewFiles(depsOf(hub))).toBe(0)
}, 120_000)

test('a reading that was broken off begins anew, and leaves nothing of the first', async () => {
  await using hub = await openHub()
  const file = await aFile(
    hub,
    '<!doctype html><title>T</title><p>Only this page is in the file, in plain words.</p>',
    'text/html',
  )
  await aPublication(hub, { title: 'A paper', files: [{ ...file, lang: 'en' }] })
  const { library } = handlesOf(hub.kysely)
  await readNewFiles(depsOf(hub))
  const row = {
    sha256: file.sha256,
    number: 2,
    label: null,
    blocks: JSON.stringify([{ kind: 'paragraph', text: 'Left over' }]),
  }
  await library.insertInto('document_page').values(row).execute()
  await library.updateTable('document').set({ state: 'waiting', pages_read: 2 }).execute()

  expect(await readNewFiles(depsOf(hub))).toBe(1)

  const pages = await library.selectFrom('document_page').select(['number', 'sha256']).execute()
  expect(pages).toEqual([{ number: 1, sha256: file.sha256 }])
  const documents = await library.selectFrom('document').select(['state', 'pages_read']).execute()
  expect(documents).toEqual([{ state: 'read', pages_read: 1 }])
}, 120_000)

test('who calls it off stops the reading, and the file waits', async () => {
  await using hub = await openHub()
  const file = await aFile(hub, '<!doctype html><title>T</title><p>Words</p>', 'text/html')
  await aPublication(hub, { title: 'A paper', files: [{ ...file, lang: 'en' }] })
  expect(await readNewFiles(depsOf(hub), { signal: AbortSignal.abort() })).toBe(0)
  expect(await handlesOf(hub.kysely).library.selectFrom('document').selectAll().execute()).toEqual([])
})

/** A web page with words, and with everything in it that could run. */
const webPage =
  '<!doctype html><html lang="en"><title>T</title><script>alert("head")</script><style>p{}</style>' +
  '<body onload="alert(1)"><h1>Findings</h1><p>What they <b>told</b> us &lt;script&gt;.</p><img src=x onerror="alert(2)">' +
  '<iframe srcdoc="<script>alert(3)</script>"></iframe><svg><script>alert(4)</script></svg><a href="javascript:alert(5)">More</a>'

test('a web page is sent, goes out as bytes to be saved, and is read without anything that could run', async () => {
  await using hub = await openHub()
  const editor = await hub.as(['editor'])
  const id = await aRecord(hub.kysely, 'publication', { title: { en: 'A web study' } })
  const path = `/en/desk/records/${id}/editions`
  const send = async (page: string, more: Readonly<Record<string, string | File>>) => {
    const form = new FormData()
    for (const [name, values] of Object.entries(readForm(page).fields))
      if (!name.endsWith('.upload')) for (const value of values) form.append(name, value)
    for (const [name, value] of Object.entries(more)) {
      form.delete(name)
      form.append(name, value)
    }
    return editor.post(path, form)
  }
  const added = await (await send(await (await editor.get(path)).text(), { do: 'add' })).text()
  const lang = { 'editions.0.files.0.lang': 'en' }
  const refused = await send(added, { ...lang, 'editions.0.files.0.upload': new File([webPage], 'study.pdf') })
  expect(refused.status).toBe(422)
  const sent = await send(added, { ...lang, 'editions.0.files.0.upload': new File([webPage], 'study.html') })
  expect(sent.status).toBe(303)

  const kept = await hub.kysely.selectFrom('edition_file').select(['file', 'type']).executeTakeFirstOrThrow()
  const page = await (await hub.get('/en/library/a-web-study')).text()
  const href = `/files/${kept.file}/study.html`
  expect([kept.type, page.includes(`href="${href}"`), page.includes(`<code dir="ltr">${kept.file}</code>`)]).toEqual([
    'text/html',
    true,
    true,
  ])
  const { headers } = await hub.get(href)
  const names = ['content-type', 'content-disposition', 'content-security-policy', 'x-content-type-options']
  expect(names.map((name) => headers.get(name))).toEqual([
    'application/octet-stream',
    'attachment; filename="study.html"',
    "default-src 'none'; sandbox",
    'nosniff',
  ])

  expect(await readNewFiles(depsOf(hub))).toBe(1)
  const text = await (await hub.get('/en/library/a-web-study/read/en')).text()
  expect(text).toContain('What they told us &lt;script>.')
  expect([text.includes('alert('), text.includes('javascript:')]).toEqual([false, false])
}, 120_000)
