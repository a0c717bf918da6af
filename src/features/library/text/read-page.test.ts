import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { insertFiles } from '#features/files/index.ts'
import type { LibraryTables } from '#features/library/index.ts'
import type { Block } from '#platform/documents/index.ts'
import { packageRoot } from '#platform/root.ts'
import { inPieces } from '#testing/files.ts'
import { openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { aPublication, type PublicationOptions } from '#testing/publications.ts'

type Document = Partial<LibraryTables['document']>

/** A publication with one file, and what was read in it. */
async function aReadPaper(
  hub: TestHub,
  {
    pages,
    document = {},
    lang = 'en',
    ...more
  }: { pages: readonly Block[][]; document?: Document; lang?: string } & Partial<PublicationOptions>,
): Promise<string> {
  const title = more.title ?? 'A paper'
  const stored = await hub.files.put(inPieces(Buffer.from(`%PDF-1.7 ${JSON.stringify(title)}`)), { maxBytes: 1e6 })
  const file = { ...stored, name: 'a-paper.pdf', type: 'application/pdf', bytes: 1_200_000 }
  const { library, files } = handlesOf(hub.kysely)
  await insertFiles(files, [file], '2026-01-01T00:00:00.000Z')
  await aPublication(hub, { ...more, title, files: [{ ...file, lang }] })
  await library
    .insertInto('document')
    .values({
      sha256: file.sha256,
      state: 'read',
      reason: null,
      title: null,
      lang,
      claimed_lang: null,
      pages: pages.length,
      pages_read: pages.length,
      has_text: true,
      is_scanned: false,
      text_bytes: 45_000,
      cover: null,
      asked_at: '2026-01-01T00:00:00.000Z',
      read_at: null,
      ...document,
    })
    .execute()
  for (const [index, blocks] of pages.entries()) {
    const row = { sha256: file.sha256, number: index + 1, label: index === 0 ? 'iv' : null }
    await library
      .insertInto('document_page')
      .values({ ...row, blocks: JSON.stringify(blocks) })
      .execute()
  }
  return file.sha256
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

test('a paper is read page by page, with its headings in order and the weight of text and file', async () => {
  await using hub = await openHub()
  await aReadPaper(hub, {
    pages: [
      [
        { kind: 'heading', level: 3, text: 'Low' },
        { kind: 'heading', level: 1, text: 'High' },
        { kind: 'heading', level: 3, text: 'Below <high>' },
        { kind: 'list', items: ['one', 'two'] },
        { kind: 'table', rows: [['a', 'b']] },
      ],
      [paragraph('The second page.')],
      [],
    ],
  })
  const first = await (await hub.get('/en/library/a-paper/read/en')).text()
  expect(first.match(/<h\d[^>]*>[^<]*(?:&lt;high>)?/g)).toEqual([
    '<h1>A paper',
    '<h2>Low',
    '<h2>High',
    '<h3>Below &lt;high>',
  ])
  expect(first).toContain('<ul><li>one</li><li>two</li></ul>')
  expect(first).toContain('id="page-1"')
  expect(first).toContain('In the file: page iv')
  expect(first).toContain('All its text: 45 kB. The file: 1.2 MB.')
  expect(first).toContain('href="/en/library/a-paper/read/en?page=2" rel="next"')

  const second = await (await hub.get('/en/library/a-paper/read/en?page=2')).text()
  expect(second).toContain('<p>The second page.</p>')
  expect(second).toContain('href="/en/library/a-paper/read/en" rel="prev"')
  expect(second).toContain(`<link rel="canonical" href="${hub.origin}/en/library/a-paper/read/en?page=2"`)
  expect(await (await hub.get('/en/library/a-paper/read/en?page=3')).text()).toContain('This page has no text.')
  const publication = await (await hub.get('/en/library/a-paper')).text()
  expect(publication).toContain('href="/en/library/a-paper/read/en"')
})

test('two editions of one language are two texts: the newest is at the plain address, and every way stays in its own', async () => {
  await using hub = await openHub()
  const newest = await aReadPaper(hub, { pages: [[paragraph('Words of 2024')], [paragraph('More of 2024')]] })
  const older = await aReadPaper(hub, {
    title: 'Another',
    pages: [[paragraph('Words of 2021')], [paragraph('More of 2021')]],
  })
  const annex = await aReadPaper(hub, { title: 'A third', pages: [[paragraph('Annex of 2021')]] })
  const { library } = handlesOf(hub.kysely)
  const file = async (sha256: string) =>
    library.selectFrom('edition_file').selectAll().where('file', '=', sha256).executeTakeFirstOrThrow()
  const [kept, former, third] = [await file(newest), await file(older), await file(annex)]
  const edition = { translation_of: null, pages: null, lang: null }
  const { publication_id } = await library
    .selectFrom('edition')
    .select('publication_id')
    .where('id', '=', kept.edition_id)
    .executeTakeFirstOrThrow()
  await library.updateTable('edition').set({ number: '2', issued: '2024' }).where('id', '=', kept.edition_id).execute()
  await library
    .insertInto('edition')
    .values({ id: 'edi_older', publication_id, position: 1, number: '1', issued: '2021', ...edition })
    .execute()
  await library.updateTable('edition_file').set({ edition_id: 'edi_older' }).where('id', '=', former.id).execute()
  await library
    .updateTable('edition_file')
    .set({ edition_id: 'edi_older', position: 1 })
    .where('id', '=', third.id)
    .execute()

  const at = '/en/library/a-paper/read/en'
  const page = await (await hub.get('/en/library/a-paper')).text()
  expect([...page.matchAll(/href="([^"]*\/read\/en[^"]*)"/g)].map(([, href]) => href)).toEqual([
    at,
    `${at}?edition=edi_older`,
    `${at}?file=${third.id}`,
  ])
  expect(await (await hub.get(at)).text()).toContain('Words of 2024')
  const old = await (await hub.get(`${at}?edition=edi_older`)).text()
  expect([old.includes('Words of 2021'), old.includes('Words of 2024')]).toEqual([true, false])
  expect(old).toContain(`href="${at}?edition=edi_older&amp;page=2" rel="next"`)
  expect(old).toContain('<input type="hidden" name="edition" value="edi_older"')
  const second = await (await hub.get(`${at}?edition=edi_older&page=2`)).text()
  expect(second).toContain('More of 2021')
  expect(second).toContain(`<link rel="canonical" href="${hub.origin}${at}?edition=edi_older&amp;page=2"`)
  expect(await (await hub.get(`${at}?file=${third.id}`)).text()).toContain('Annex of 2021')
  for (const query of ['?edition=none', '?edition=', '?file=none', '?edition=edi_older&edition=edi_older'])
    expect([query, (await hub.get(at + query)).status]).toEqual([query, 404])
})

test('what is not there is no page', async () => {
  await using hub = await openHub()
  await aReadPaper(hub, { pages: [[paragraph('Words')]] })
  await aReadPaper(hub, { pages: [[paragraph('Secret words')]], title: 'A draft', status: 'draft' })
  await aReadPaper(hub, { pages: [[paragraph('Words for members')]], title: 'For members', visibility: 'members' })
  await aPublication(hub, { title: 'Elsewhere', langs: ['en'] })
  const paths = ['?page=2', '?page=0', '?page=x', '?page=1&page=1', '?part=2', '?part=0', '?page=99999999999']
    .map((query) => `/en/library/a-paper/read/en${query}`)
    .concat('/en/library/a-paper/read/fr', '/en/library/none/read/en', '/en/library/a-draft/read/en')
    .concat('/en/library/for-members/read/en', '/en/library/elsewhere/read/en')
  for (const path of paths) expect([path, (await hub.get(path)).status]).toEqual([path, 404])
  const member = await hub.as(['member'])
  expect(await (await member.get('/en/library/for-members/read/en')).text()).toContain('Words for members')
})

test('a text in another language than it claims says so, and is marked with its own', async () => {
  await using hub = await openHub()
  await aReadPaper(hub, { pages: [[paragraph('نص')]], document: { lang: 'ar' } })
  const html = await (await hub.get('/en/library/a-paper/read/en')).text()
  expect(html).toContain('Its text seems to be in another language: Arabic')
  expect(html).toMatch(/<section id="page-1"[^>]* lang="ar" dir="rtl"/)

  await aReadPaper(hub, { pages: [[paragraph('Um texto')]], title: 'Brasil', lang: 'pt-BR', document: { lang: 'pt' } })
  expect(await (await hub.get('/en/library/brasil/read/pt-BR')).text()).not.toContain('another language:')
})

test('a file without text to show says why, and a waiting one is not kept', async () => {
  await using hub = await openHub({ cache: true })
  const say = sayIn('en')
  const none = { pages: [], lang: 'en' }
  await aReadPaper(hub, { ...none, title: 'Scan', document: { has_text: false, is_scanned: true } })
  await aReadPaper(hub, {
    ...none,
    title: 'Locked',
    document: { state: 'failed', reason: 'encrypted', has_text: null },
  })
  const waiting = { state: 'waiting', has_text: null, pages: 300, pages_read: 12 } as const
  const sha256 = await aReadPaper(hub, { ...none, title: 'Waiting', document: waiting })
  const words = async (slug: string) => (await hub.get(`/en/library/${slug}/read/en`)).text()
  expect(await words('scan')).toContain(say('read.scanned'))
  expect(await words('locked')).toContain(say('read.failed.encrypted'))
  expect(await words('waiting')).toContain('12 of 300 pages have been read.')

  const { library } = handlesOf(hub.kysely)
  await library.updateTable('document').set({ pages_read: 150 }).where('sha256', '=', sha256).execute()
  expect(await words('waiting')).toContain('150 of 300 pages have been read.')
})

/** The bytes of the hub's style as a reader fetches it. */
async function weighStyle(): Promise<number> {
  const entryPoints = [join(packageRoot(), 'src/ui/styles/hub.css')]
  const { outputFiles } = await build({ entryPoints, bundle: true, minify: true, write: false, logLevel: 'silent' })
  return outputFiles.reduce((sum, { contents }) => sum + brotliCompressSync(contents).length, 0)
}

/** Four hundred words that no other page has. */
const ownWords = (page: number) =>
  Array.from({ length: 400 }, (_, at) => ((page * 7919 + at * 104_729) ** 2).toString(36)).join(' ')

test('page 150 of a long paper is one window of TCP, its style included', async () => {
  await using hub = await openHub()
  await aReadPaper(hub, { pages: Array.from({ length: 300 }, (_, page) => [paragraph(ownWords(page + 1))]) })
  const response = await hub.get('/en/library/a-paper/read/en?page=150', { 'accept-encoding': 'br' })
  const packed = Buffer.from(await response.arrayBuffer())
  const style = await weighStyle()

  expect(brotliDecompressSync(packed).toString()).toContain(ownWords(150))
  expect(style).toBeGreaterThan(1000)
  expect(packed.length + style).toBeLessThanOrEqual(14_600)
})

test('a very long page is cut into parts of one window of TCP, and each leads to the next', async () => {
  await using hub = await openHub()
  const long = Array.from({ length: 900 }, (_, index) =>
    paragraph(Array.from({ length: 12 }, (__, at) => ((index * 7919 + at * 104_729) ** 2).toString(36)).join(' ')),
  )
  await aReadPaper(hub, { pages: [long, [paragraph('The end.')]] })
  let path = '/en/library/a-paper/read/en'
  const seen: string[] = []
  for (let step = 0; step < 40 && path !== ''; step += 1) {
    const response = await hub.get(path, { 'accept-encoding': 'br' })
    const body = Buffer.from(await response.arrayBuffer())
    // With its style, of some 4 kB, one window of TCP: 14,600 bytes.
    expect([path, body.length < 10_200]).toEqual([path, true])
    const html = brotliDecompressSync(body).toString()
    seen.push(...[...html.matchAll(/<p>([^<]*)<\/p>/g)].map(([, text = '']) => text))
    path = (/<a href="([^"]*)" rel="next"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
  }
  const texts = long.map((block) => (block.kind === 'paragraph' ? block.text : ''))
  expect(texts.filter((text) => !seen.includes(text))).toEqual([])
  expect(seen).toContain('The end.')
})
