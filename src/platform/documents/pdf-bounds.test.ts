import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { inPieces } from '#testing/files.ts'
import { aPdf, pdfOf, streamObject, type PdfLine } from '#testing/pdf.ts'
import { readDocument, type ReadOptions, type ReadOutcome } from './index.ts'

const scratch = await mkdtemp(join(tmpdir(), 'hub-scratch-'))
afterAll(async () => rm(scratch, { recursive: true }))

/** What each file below may take: what takes more fails as `memory` or `timeout`. The time is one that a busy machine keeps too. */
const bounds = { memory: 300e6, time: 40_000 }

const read = async (content: Uint8Array, { limits, ...options }: ReadOptions = {}): Promise<ReadOutcome> =>
  readDocument(
    { type: 'application/pdf', content: inPieces(content, 65_536) },
    { scratch, limits: { ...bounds, ...limits }, ...options },
  )

function readOf(outcome: ReadOutcome) {
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`)
  return outcome.document
}

const textsOf = (outcome: ReadOutcome) =>
  readOf(outcome).pages.map(({ blocks }) => blocks.map((block) => ('text' in block ? block.text : block.kind)))

/** Lines below each other, from a height on. */
const column = (texts: readonly string[]): PdfLine[] => texts.map((text, at) => ({ text, x: 60, y: 740 - 14 * at }))

const sentence = 'People who return need work, a home and a welcome, and those who meet them need time.'
const fullPage = (at: number): PdfLine[] => [
  { text: `Part ${at}`, y: 780, size: 20 },
  ...column(Array.from({ length: 45 }, () => sentence)),
]

test('three hundred pages are read within bounds, and say how far they are', { timeout: 60_000 }, async () => {
  const told: number[] = []
  const content = aPdf(Array.from({ length: 300 }, (_, at) => fullPage(at)))
  const { pages } = readOf(await read(content, { onProgress: ({ done }) => told.push(done) }))

  expect(pages.map(({ blocks }) => blocks[0])).toEqual(
    Array.from({ length: 300 }, (_, at) => ({ kind: 'heading', level: 1, text: `Part ${at}` })),
  )
  expect(told.at(-1)).toBe(300)
  expect(told).toEqual(told.toSorted((one, other) => one - other))
})

const fewWords = (_: unknown, at: number): PdfLine[] => [{ text: `Words of page ${at + 1}`, y: 400 }]
const emptyPage = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'

test('ten thousand pages are read, one more is not', { timeout: 120_000 }, async () => {
  const content = aPdf(Array.from({ length: 10_000 }, fewWords))
  const document = readOf(await read(content, { limits: { memory: 400e6, time: 60_000 } }))

  expect([document.pageCount, document.pages.length, document.cut]).toEqual([10_000, 10_000, false])
  expect(document.pages.at(-1)?.blocks).toEqual([{ kind: 'paragraph', text: 'Words of page 10000' }])
  const kids = '3 0 R '.repeat(10_001)
  expect(await read(pdfOf([catalog, `<< /Type /Pages /Count 10001 /Kids [${kids}] >>`, emptyPage]))).toEqual({
    ok: false,
    reason: 'tooLong',
    detail: '10001 pages',
  })
})

test('what is over the limit of characters is cut off', async () => {
  const pages = Array.from({ length: 20 }, () => column(['Some words of a page, and more of them.']))
  const { cut, pageCount, pages: kept } = readOf(await read(aPdf(pages), { limits: { characters: 100 } }))

  expect([cut, pageCount]).toEqual([true, 20])
  expect(kept.length).toBeLessThan(5)
})

const password =
  '/Encrypt << /Filter /Standard /V 1 /R 2 /O <' +
  '41'.repeat(32) +
  '> /U <' +
  '42'.repeat(32) +
  '> /P -4 >> /ID [<41> <41>]'
const ordinary = aPdf([column(['Some words'])])
const bomb = aPdf([Buffer.alloc(150_000_000, 'q ')])
const endless = aPdf([Buffer.from('BT /F1 1 Tf (words) Tj ET '.repeat(2_000_000))])

const catalog = '<< /Type /Catalog /Pages 2 0 R >>'
const onePage = '<< /Type /Pages /Count 1 /Kids [3 0 R] >>'
const formPage = emptyPage.replace(/>>$/, '/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>')
const draws = 'q 595 0 0 842 0 0 cm /X Do Q '
const ownForm = '/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>'
const hugePicture = '/Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB'

test.each<[string, string, Uint8Array, ReadOptions['limits']?]>([
  ['encrypted', 'wants a password', aPdf([column(['Secret'])], { trailer: password })],
  ['broken', 'is cut off in the middle', ordinary.subarray(0, 60)],
  ['broken', 'lacks its end, and with it where things are', ordinary.subarray(0, -120)],
  ['broken', 'is nothing but a head', Buffer.from(`%PDF-1.7\n${'garbage '.repeat(5000)}`)],
  ['type', 'is another file', Buffer.from('PK\u0003\u0004 no PDF')],
  ['type', 'is a web page', Buffer.from('<!doctype html><title>No PDF</title>')],
  ['empty', 'has no bytes', Buffer.alloc(0)],
  ['empty', 'has no pages', aPdf([])],
  ['tooLarge', 'is too large', ordinary, { bytes: 100 }],
  [
    'memory',
    'draws itself within itself',
    pdfOf([catalog, onePage, formPage, streamObject(draws), streamObject('/X Do '.repeat(20), ownForm)]),
  ],
  ['timeout', 'takes too long', endless, { memory: 8e9, time: 1000 }],
])('a PDF fails as %s when it %s', { timeout: 60_000 }, async (reason, _, content, limits = {}) => {
  expect(await read(content, { limits })).toEqual({ ok: false, reason, detail: expect.any(String) })
  expect(await readdir(scratch)).toEqual([])
})

test('a PDF that unpacks without end fails alone', { timeout: 60_000 }, async () => {
  const [failing, next] = await Promise.all([read(bomb, { limits: { memory: 200e6 } }), read(ordinary)])

  expect(failing).toMatchObject({ ok: false, reason: 'memory' })
  expect(textsOf(next)).toEqual([['Some words']])
})

const latin = (content: Buffer) => content.toString('latin1')

test.each<[string, Uint8Array, string[][]]>([
  [
    'tells a wrong place',
    Buffer.from(latin(ordinary).replace(/startxref\n\d+/, 'startxref\n9'), 'latin1'),
    [['Some words']],
  ],
  ['has pages that hold each other', pdfOf([catalog, '<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>']), [[], []]],
  ['claims two thousand million pages', pdfOf([catalog, onePage.replace('1', '2147483647'), emptyPage]), [[]]],
  ['is nested without end', pdfOf([catalog, onePage, emptyPage.replace(/>>$/, `/X ${'['.repeat(2e5)} >>`)]), [[]]],
  ['has a stream as long as itself', pdfOf([catalog, onePage, formPage, '<< /Length 4 0 R >>\nstream\n']), [[]]],
  ['has a picture of gigabytes', pdfOf([catalog, onePage, formPage, streamObject(draws, hugePicture)]), [[]]],
  [
    'has tags that hold themselves, and would run a program',
    aPdf([column(['Some words'])], {
      catalog:
        '/MarkInfo << /Marked true >> /StructTreeRoot 1 0 R /K [1 0 R 1 0 R] /OpenAction << /S /Launch /F (/bin/sh) >>',
    }),
    [['Some words']],
  ],
])('a PDF that %s is read within bounds all the same', { timeout: 60_000 }, async (_, content, texts) => {
  expect(textsOf(await read(content))).toEqual(texts)
})

test('reading that is given up ends at once', async () => {
  const given = new AbortController()
  const reading = read(endless, { signal: given.signal, limits: { memory: 8e9 } })
  setTimeout(() => given.abort(new Error('Not wanted any more')), 700)

  await expect(reading).rejects.toThrow('Not wanted any more')
  await expect(read(ordinary, { signal: given.signal })).rejects.toThrow('Not wanted any more')
})
