import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { aDocx, anEpub, anOdt, aPptx, docxParagraph, pptxShape } from '#testing/documents.ts'
import { inPieces } from '#testing/files.ts'
import { makeZip } from '#testing/zip.ts'
import { isReadable, ReadDocument, readDocument, wordsOf, type ReadLimits, type ReadOutcome } from './index.ts'

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const pptx = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
const odt = 'application/vnd.oasis.opendocument.text'
const epub = 'application/epub+zip'

const scratch = await mkdtemp(join(tmpdir(), 'hub-scratch-'))
afterAll(async () => rm(scratch, { recursive: true }))

/** What each file here may take: what takes more fails as `memory` or `timeout`. The time is one that a busy machine keeps too. */
const bounds = { memory: 300e6, time: 40_000 }

const read = async (type: string, content: Uint8Array | string, limits: Partial<ReadLimits> = {}) =>
  readDocument({ type, content: inPieces(Buffer.from(content), 65_536) }, { limits: { ...bounds, ...limits }, scratch })

async function documentOf(outcome: Promise<ReadOutcome>) {
  const read = await outcome
  if (!read.ok) throw new Error(`${read.reason}: ${read.detail}`)
  return read.document
}

const french =
  'La réintégration des personnes migrantes demande une coopération entre les autorités nationales, les organisations internationales et les collectivités territoriales, afin que chacune puisse contribuer selon ses moyens.'

const cell = (text: string) => `<w:tc>${docxParagraph(text)}</w:tc>`

test('a Word document is read by its styles, with what was deleted left out', async () => {
  const document = await documentOf(
    read(
      docx,
      aDocx(
        [
          docxParagraph('Première partie', 'Heading1'),
          docxParagraph(
            `<w:r><w:t>${french}</w:t></w:r><w:del><w:r><w:delText>No</w:delText><w:t>no</w:t></w:r></w:del><w:ins><w:r><w:tab/><w:t>Fin.</w:t></w:r></w:ins>`,
          ),
          docxParagraph('un', 'ListBullet'),
          docxParagraph('deux', 'ListBullet'),
          docxParagraph('Détail', 'Titre3'),
          `<w:tbl><w:tr>${cell('Pays')}${cell('Nombre')}</w:tr><w:tr>${cell('Niger')}${cell('12')}</w:tr></w:tbl>`,
          docxParagraph('<w:r><w:t>avant</w:t><w:br w:type="page"/><w:t>après</w:t></w:r>'),
          docxParagraph('Deuxième partie', 'Heading1'),
        ].join(''),
        { title: 'Un titre', lang: 'fr_be' },
      ),
    ),
  )

  expect(document).toEqual({
    version: 1,
    title: 'Un titre',
    lang: 'fr',
    claimedLang: 'fr-BE',
    pageCount: 3,
    hasText: true,
    isScanned: false,
    cut: false,
    pages: [
      {
        number: 1,
        label: null,
        blocks: [
          { kind: 'heading', level: 1, text: 'Première partie' },
          { kind: 'paragraph', text: `${french} Fin.` },
          { kind: 'list', items: ['un', 'deux'] },
          { kind: 'heading', level: 2, text: 'Détail' },
          {
            kind: 'table',
            rows: [
              ['Pays', 'Nombre'],
              ['Niger', '12'],
            ],
          },
          { kind: 'paragraph', text: 'avant' },
        ],
      },
      { number: 2, label: null, blocks: [{ kind: 'paragraph', text: 'après' }] },
      { number: 3, label: null, blocks: [{ kind: 'heading', level: 1, text: 'Deuxième partie' }] },
    ],
  })
  expect(ReadDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document)
  expect(wordsOf(document.pages[0] ?? { number: 1, label: null, blocks: [] })).toBe(
    `Première partie\n${french} Fin.\nun\ndeux\nDétail\nPays Nombre\nNiger 12\navant`,
  )
})

test('slides are read in their order, their titles as headings, without their numbers', async () => {
  const table =
    '<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>A</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>B</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>'
  const slides = [
    pptxShape('body', 'un', 'deux') + pptxShape('sldNum', '1') + pptxShape('title', 'Le titre'),
    '',
    pptxShape('', 'Un mot') + table,
  ]
  const document = await documentOf(read(pptx, aPptx(slides, { title: 'Diapositives', lang: 'fr' })))

  expect([document.title, document.claimedLang, document.lang]).toEqual(['Diapositives', 'fr', null])
  expect(document.pages.map(({ blocks }) => blocks)).toEqual([
    [
      { kind: 'heading', level: 2, text: 'Le titre' },
      { kind: 'list', items: ['un', 'deux'] },
    ],
    [],
    [
      { kind: 'paragraph', text: 'Un mot' },
      { kind: 'table', rows: [['A', 'B']] },
    ],
  ])
})

test('an OpenDocument text is read with its breaks, lists and spaces, its notes left out', async () => {
  const body = [
    '<text:h text:outline-level="1">مقدمة</text:h>',
    '<text:p>a<text:s text:c="2"/>b<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note><text:tab/>c</text:p>',
    '<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>within</text:p></text:list-item></text:list></text:list-item></text:list>',
    '<text:p text:style-name="Break">next</text:p>',
  ]
  const document = await documentOf(read(odt, anOdt(body.join(''), { lang: 'ar' })))

  expect([document.title, document.claimedLang]).toEqual(['مقدمة', 'ar'])
  expect(document.pages.map(({ blocks }) => blocks)).toEqual([
    [
      { kind: 'heading', level: 1, text: 'مقدمة' },
      { kind: 'paragraph', text: 'a b c' },
      { kind: 'list', items: ['one', 'within'] },
    ],
    [{ kind: 'paragraph', text: 'next' }],
  ])
})

test('a book has a page for each part of its spine', async () => {
  const chapters = ['<h1>One</h1><p>Hello&nbsp;you</p><script src="x"/><p>there</p>', '<p>Two<br/>lines</p>']
  const document = await documentOf(read(epub, anEpub(chapters, { title: 'A book', lang: 'en' })))

  expect([document.title, document.claimedLang]).toEqual(['A book', 'en'])
  expect(document.pages.map(({ blocks }) => blocks)).toEqual([
    [
      { kind: 'heading', level: 1, text: 'One' },
      { kind: 'paragraph', text: 'Hello\u00A0you' },
      { kind: 'paragraph', text: 'there' },
    ],
    [{ kind: 'paragraph', text: 'Two lines' }],
  ])
})

test('a web page is read without its scripts, styles, navigation and what it hides', async () => {
  const html = `<!doctype html><html lang="fr"><head><title> Le   titre </title><style>p{}</style></head><body>
    <nav><a href="/">Accueil</a></nav><script>alert(1)</script><p hidden>non</p>
    <div>Un <b>mot</b><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>après</div>
    <h3>Sous-titre</h3><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>
    <table><tr><td><p>mise en page</p></td></tr></table><img src="http://127.0.0.1:9/x.png" alt="image"></body></html>`
  const document = await documentOf(read('text/html', html))

  expect([document.title, document.claimedLang]).toEqual(['Le titre', 'fr'])
  expect(document.pages.map(({ blocks }) => blocks)).toEqual([
    [
      { kind: 'paragraph', text: 'Un mot' },
      { kind: 'list', items: ['a', 'b', 'c'] },
      { kind: 'paragraph', text: 'après' },
      { kind: 'heading', level: 3, text: 'Sous-titre' },
      {
        kind: 'table',
        rows: [
          ['A', 'B'],
          ['1', '2'],
        ],
      },
      { kind: 'paragraph', text: 'mise en page' },
    ],
  ])
})

test.each([
  ['UTF-8 whatever it says', Buffer.from('<meta charset="iso-8859-1"><p>déjà</p>')],
  ['Latin-1', Buffer.from('<meta charset="iso-8859-1"><p>déjà</p>', 'latin1')],
  ['nothing said', Buffer.from('<p>déjà</p>', 'latin1')],
  ['UTF-16', Buffer.from('\uFEFF<p>déjà</p>', 'utf16le')],
])('a web page is read in its encoding: %s', async (_, bytes) => {
  const { pages } = await documentOf(read('text/html', bytes))

  expect(pages[0]?.blocks).toEqual([{ kind: 'paragraph', text: 'déjà' }])
})

test('a long text has pages that can be read, and what is over the limit is cut off', async () => {
  const html = `<h2>Start</h2>${`<p>${'word '.repeat(200)}</p>`.repeat(60)}<p>${'x'.repeat(50_000)}</p>`
  const whole = await documentOf(read('text/html', html))
  const cut = await documentOf(read('text/html', html, { characters: 5000 }))

  expect(whole.cut).toBe(false)
  expect(Math.max(...whole.pages.map((page) => wordsOf(page).length))).toBeLessThan(26_000)
  expect(whole.pages.reduce((sum, page) => sum + wordsOf(page).length, 0)).toBeGreaterThan(100_000)
  expect([cut.cut, cut.pages.length]).toEqual([true, 1])
})

const xxe = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w><body><p>&x;</p></body></w>'
const laughs = `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]><w>&b;</w>`
const part = (content: string | Uint8Array, more = {}) => makeZip([{ name: 'word/document.xml', content, ...more }])
const whole = aDocx(docxParagraph('text'))
const manifest = '<manifest xmlns="urn:m"><file-entry><encryption-data checksum="x"/></file-entry></manifest>'

test.each<[string, string, string, Buffer | string, Partial<ReadLimits>?]>([
  ['broken', 'is cut off', docx, whole.subarray(0, whole.length - 200)],
  ['broken', 'asks for a file of the machine', docx, part(xxe)],
  [
    'broken',
    'asks for a file of the machine, as slides',
    pptx,
    makeZip([{ name: 'ppt/presentation.xml', content: xxe }]),
  ],
  ['broken', 'asks for a file of the machine, as OpenDocument', odt, makeZip([{ name: 'content.xml', content: xxe }])],
  [
    'broken',
    'asks for a file of the machine, as a book',
    epub,
    makeZip([{ name: 'META-INF/container.xml', content: xxe }]),
  ],
  ['broken', 'grows by its entities', docx, part(laughs)],
  ['broken', 'is no XML', docx, part('<w><body></w>')],
  ['broken', 'is nested without end', docx, part('<a>'.repeat(100_000))],
  ['broken', 'has a part that leads out of it', docx, makeZip([{ name: '../../word/document.xml', content: '<a/>' }])],
  ['broken', 'unpacks to more than it says', docx, part('<a/>'.padEnd(50_000), { claims: 10 })],
  ['tooLarge', 'bursts', docx, part(Buffer.alloc(60_000_000, 0x20))],
  ['tooLarge', 'unpacks to more than is allowed', docx, part('<a/>'.padEnd(5000)), { unpacked: 4000 }],
  [
    'tooLarge',
    'has too many parts',
    docx,
    makeZip(Array.from({ length: 21_000 }, (_, at) => ({ name: `${at}`, content: '' }))),
  ],
  ['tooLarge', 'is too large', 'text/html', '<p>text</p>'.padEnd(2000), { bytes: 1999 }],
  ['tooLong', 'has too many pages', pptx, aPptx(['', '', '']), { pages: 2 }],
  ['encrypted', 'is an Office file with a password', docx, Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex')],
  ['encrypted', 'is packed with a password', docx, part('<a/>', { encrypted: true })],
  [
    'encrypted',
    'is an OpenDocument with a password',
    odt,
    anOdt('', { more: [{ name: 'META-INF/manifest.xml', content: manifest }] }),
  ],
  ['type', 'is another file than its type says', docx, anOdt('<text:p>text</text:p>')],
  ['type', 'is a PDF', docx, '%PDF-1.7 and so on'],
  ['type', 'is no zip at all', epub, 'just text'],
  ['type', 'is bytes for a web page', 'text/html', Buffer.from([0, 1, 2, 3])],
  ['type', 'is of a type that is not read', 'image/png', 'x'],
  ['empty', 'has no bytes', docx, ''],
  ['empty', 'has no words', docx, aDocx('')],
])('a file fails alone as %s when it %s', { timeout: 60_000 }, async (reason, _, type, content, limits = {}) => {
  const outcome = await read(type, content, limits)

  expect(outcome).toEqual({ ok: false, reason, detail: expect.any(String) })
  expect(await readdir(scratch)).toEqual([])
})

test('what is read is known before a file comes', () => {
  expect([docx, pptx, odt, epub, 'text/html', 'application/pdf', 'text/plain'].map(isReadable)).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    false,
  ])
})

test('zips within a zip stay closed', async () => {
  const inner = makeZip([{ name: 'word/document.xml', content: Buffer.alloc(60_000_000, 0x20) }])
  const { pages } = await documentOf(
    read(docx, aDocx(docxParagraph('text'), { more: [{ name: 'word/embeddings/inner.docx', content: inner }] })),
  )

  expect(pages[0]?.blocks).toEqual([{ kind: 'paragraph', text: 'text' }])
})
