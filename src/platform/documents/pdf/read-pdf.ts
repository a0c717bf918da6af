import { openSync, fstatSync } from 'node:fs'
import { PageWriter } from '../pages.ts'
import type { Found, Say } from '../read-file.ts'
import type { ReadTask } from '../task.ts'
import { UnreadableError } from '../unreadable.ts'
import { makeBlocks } from './blocks.ts'
import { drawCover } from './cover.ts'
import { loadFile, makeScratch, readUtf16, startEngine, type Engine, type Scratch } from './engine.ts'
import { dropFurniture, type LinedPage } from './furniture.ts'
import { readGlyphs } from './glyphs.ts'
import { makeLines } from './lines.ts'
import { learnStyle } from './paragraphs.ts'
import { joinParts } from './parts.ts'
import { showsPicture } from './pictures.ts'
import { readSpans } from './spans.ts'
import { readStructure } from './structure.ts'

interface Open {
  readonly engine: Engine
  readonly scratch: Scratch
  readonly document: number
}

/** PDFium's numbers for why it does not open a file. */
const wantsPassword = 4
const unknownSecurity = 5
/** A page with fewer characters and a picture all over it was scanned. */
const hardlyAny = 30

/** Reads a PDF: its text, page by page, and what it says of itself. */
export async function readPdf({ path, limits }: ReadTask, say: Say): Promise<Found> {
  const file = await openPdf(path)
  const { engine, document } = file
  const pageCount = engine.FPDF_GetPageCount(document)
  if (pageCount > limits.pages) throw new UnreadableError('tooLong', `${pageCount} pages`)
  const read = await readLines(file, pageCount, limits.characters, say)
  const writer = new PageWriter(limits)
  const style = learnStyle(read.pages.map(({ lines }) => lines))
  dropFurniture(read.pages, style.bodySize).forEach((lines, index) => {
    for (const block of makeBlocks(lines, style)) writer.add(block)
    writer.endPage(labelOf(file, index))
  })
  return {
    title: textOf(file, (to, room) => engine.FPDF_GetMetaText(document, 'Title', to, room)),
    claimedLang: textOf(file, (to, room) => engine.FPDFCatalog_GetLanguage(document, to, room)),
    pages: writer.pages,
    pageCount,
    isScanned: pageCount > 0 && read.scanned >= 0.8 * pageCount,
    cut: read.cut || writer.cut,
    makeCover: async () => drawCover(engine, document),
  }
}

async function openPdf(path: string): Promise<Open> {
  const engine = await startEngine()
  const fd = openSync(path, 'r')
  const document = loadFile(engine, { fd, bytes: fstatSync(fd).size })
  if (document !== 0) return { engine, document, scratch: makeScratch(engine) }
  const fault = engine.FPDF_GetLastError()
  throw new UnreadableError(
    fault === wantsPassword || fault === unknownSecurity ? 'encrypted' : 'broken',
    `PDF ${fault}`,
  )
}

async function readLines(
  file: Open,
  pageCount: number,
  characters: number,
  say: Say,
): Promise<{ pages: LinedPage[]; scanned: number; cut: boolean }> {
  const pages: LinedPage[] = []
  let scanned = 0
  let seen = 0
  let told = 0
  for (let index = 0; index < pageCount; index += 1) {
    if (seen > characters) return { pages, scanned, cut: true }
    const page = readPage(file, index)
    pages.push({ lines: page.lines, height: page.height })
    seen += page.characters
    if (page.isPicture) scanned += 1
    if (Date.now() - told > 250) await say({ done: index, total: pageCount })
    if (Date.now() - told > 250) told = Date.now()
  }
  await say({ done: pageCount, total: pageCount })
  return { pages, scanned, cut: false }
}

interface ReadPage extends LinedPage {
  readonly characters: number
  readonly isPicture: boolean
}

/** The lines of a page; a page that cannot be read has none. */
function readPage({ engine, scratch, document }: Open, index: number): ReadPage {
  const page = engine.FPDF_LoadPage(document, index)
  if (page === 0) return { lines: [], height: 0, characters: 0, isPicture: false }
  const marks = { places: readStructure(engine, scratch, page), spans: readSpans(engine, scratch, page) }
  const textPage = engine.FPDFText_LoadPage(page)
  try {
    const lines = textPage === 0 ? [] : makeLines(joinParts(readGlyphs(engine, scratch, textPage, marks)))
    const characters = lines.reduce((sum, { text }) => sum + text.length, 0)
    const height = engine.FPDF_GetPageHeightF(page)
    return { lines, height, characters, isPicture: characters < hardlyAny && showsPicture(engine, scratch, page) }
  } finally {
    if (textPage !== 0) engine.FPDFText_ClosePage(textPage)
    engine.FPDF_ClosePage(page)
  }
}

const textOf = ({ engine, scratch }: Open, ask: (to: number, room: number) => number) =>
  readUtf16(engine.memory, scratch, ask)

const labelOf = (file: Open, index: number) =>
  textOf(file, (to, room) => file.engine.FPDF_GetPageLabel(file.document, index, to, room))
