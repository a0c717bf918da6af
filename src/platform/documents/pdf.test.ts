import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { inPieces } from '#testing/files.ts'
import { aPdf, scannedPage, type PdfLine } from '#testing/pdf.ts'
import { createPdfCompiler, documentFontFiles } from '../pdf/index.ts'
import { readDocument, type Block, type ReadOptions, type ReadOutcome } from './index.ts'

const compiler = createPdfCompiler({ fonts: documentFontFiles() })
afterAll(compiler.stop)

const scratch = await mkdtemp(join(tmpdir(), 'hub-scratch-'))
afterAll(async () => rm(scratch, { recursive: true }))

const typst = async (source: string) =>
  compiler.compile(
    `#set document(title: "Un titre", date: none)\n#set text(font: ("Noto Sans", "Noto Naskh Arabic"), lang: "fr")\n${source}`,
    {},
  )

const read = async (content: Uint8Array, options: ReadOptions = {}) =>
  readDocument({ type: 'application/pdf', content: inPieces(content, 65_536) }, { scratch, ...options })

function readOf(outcome: ReadOutcome) {
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`)
  return outcome
}

const blocksOf = async (content: Uint8Array): Promise<(readonly Block[])[]> =>
  readOf(await read(content)).document.pages.map(({ blocks }) => blocks)

const french =
  'La réintégration des personnes migrantes demande une coopération étroite entre les autorités nationales, les organisations internationales et les collectivités territoriales.'
const arabic =
  'هذه وثيقة معرفية عن إعادة إدماج المهاجرين العائدين إلى بلدانهم الأصلية (2021) وعن التعاون بين السلطات الوطنية والمنظمات الدولية مثل IOM وUNHCR في عام 2022، مع لا إله ولاجئين.'

test('a tagged PDF is read by its tags, without what stands at the edges of its pages', async () => {
  const content = await typst(`
#set page(width: 12cm, height: 12cm, header: [Série de documents], footer: context [#counter(page).display()])
#set par(justify: true)
#set text(hyphenate: true)
= Première partie
== Contexte
${french}

- un
- deux

#table(columns: 2, [Pays], [Nombre], [Niger], [12])
#pagebreak()
#set text(lang: "ar", dir: rtl)
= الهجرة في السياق
${arabic}`)
  const { document, cover } = readOf(await read(content))

  expect(document).toEqual({
    version: 1,
    title: 'Un titre',
    lang: 'fr',
    claimedLang: 'fr',
    pageCount: 2,
    hasText: true,
    isScanned: false,
    cut: false,
    pages: [
      {
        number: 1,
        label: null,
        blocks: [
          { kind: 'heading', level: 1, text: 'Première partie' },
          { kind: 'heading', level: 2, text: 'Contexte' },
          { kind: 'paragraph', text: french },
          { kind: 'list', items: ['un', 'deux'] },
          {
            kind: 'table',
            rows: [
              ['Pays', 'Nombre'],
              ['Niger', '12'],
            ],
          },
        ],
      },
      {
        number: 2,
        label: null,
        blocks: [
          { kind: 'heading', level: 1, text: 'الهجرة في السياق' },
          { kind: 'paragraph', text: arabic },
        ],
      },
    ],
  })
  expect([cover?.type, cover?.width, cover?.height]).toEqual(['image/webp', 600, 600])
  expect(Buffer.from(cover?.bytes ?? []).toString('latin1', 0, 4)).toBe('RIFF')
  expect(cover?.bytes.length).toBeLessThanOrEqual(60_000)
})

test('a PDF in Arabic says so', async () => {
  const { document } = readOf(await read(await typst(`#set text(lang: "ar", dir: rtl)\n${`${arabic}\n\n`.repeat(3)}`)))

  expect(document.lang).toBe('ar')
})

test('Arabic is read from right to left without the help of tags, its figures and names as they are', async () => {
  const tagged = Buffer.from(await typst(`#set page(width: 14cm)\n#set text(lang: "ar", dir: rtl)\n${arabic}`))
  const untagged = Buffer.from(tagged.toString('latin1').replaceAll('StructTreeRoot', 'StructTreeNone'), 'latin1')

  expect(untagged.equals(tagged)).toBe(false)
  expect(await blocksOf(untagged)).toEqual([[{ kind: 'paragraph', text: arabic }]])
})

/** Lines below each other, from a height on. */
const column = (texts: readonly string[], x: number, from: number): PdfLine[] =>
  texts.map((text, at) => ({ text, x, y: from - 12 * at }))

const withEdges = (number: number, lines: readonly PdfLine[]) => [
  { text: 'Knowledge paper 2', y: 810, size: 8 },
  ...lines,
  { text: `Page ${number} of 3`, y: 30, size: 8 },
]

test('a PDF without tags is read by its looks', async () => {
  const pages = [
    withEdges(1, [
      { text: 'Returning home,', y: 760, size: 20 },
      { text: 'and what follows', y: 736, size: 20 },
      { text: 'Background', y: 700, size: 14 },
      ...column(
        ['People who return need more than trans-', 'port. They need work and a welcome. It', 'takes time.'],
        60,
        680,
      ),
      ...column(['A second paragraph stands', 'apart from it.'], 60, 630),
      { text: 'In short', y: 600, bold: true },
      ...column(['\u0095 work, which is what most', '\u0095 a welcome'], 60, 580),
    ]),
    withEdges(2, [
      ...column(['The left column is read', 'to its end, and goes on'], 60, 700),
      ...column(['in the right one. Then', 'comes the next sentence.'], 320, 700),
    ]),
    withEdges(3, column(['The end of it, which says no more than this, and says it twice over.'], 60, 700)),
  ]
  const catalog = '/Lang (en_GB) /PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 >>] >>'
  const { document } = readOf(await read(aPdf(pages, { catalog, info: '/Title (Returning home)' })))

  expect([document.title, document.claimedLang, document.lang]).toEqual(['Returning home', 'en-GB', 'en'])
  expect(document.pages).toEqual([
    {
      number: 1,
      label: 'i',
      blocks: [
        { kind: 'heading', level: 1, text: 'Returning home, and what follows' },
        { kind: 'heading', level: 2, text: 'Background' },
        {
          kind: 'paragraph',
          text: 'People who return need more than transport. They need work and a welcome. It takes time.',
        },
        { kind: 'paragraph', text: 'A second paragraph stands apart from it.' },
        { kind: 'heading', level: 3, text: 'In short' },
        { kind: 'list', items: ['work, which is what most', 'a welcome'] },
      ],
    },
    {
      number: 2,
      label: '7',
      blocks: [
        {
          kind: 'paragraph',
          text: 'The left column is read to its end, and goes on in the right one. Then comes the next sentence.',
        },
      ],
    },
    {
      number: 3,
      label: '8',
      blocks: [{ kind: 'paragraph', text: 'The end of it, which says no more than this, and says it twice over.' }],
    },
  ])
})

test('a scanned PDF is told apart from an empty one', async () => {
  const scanned = readOf(await read(aPdf([scannedPage(), scannedPage()]))).document
  const empty = readOf(await read(aPdf([[], []]))).document

  expect([scanned.hasText, scanned.isScanned, scanned.pageCount, scanned.lang]).toEqual([false, true, 2, null])
  expect([empty.hasText, empty.isScanned]).toEqual([false, false])
})
