import { open } from 'node:fs/promises'
import { canonicalTag, tellLanguage } from '../text/index.ts'
import { wordsOf, type Cover, type DocumentPage, type ReadDocument } from './document.ts'
import { tidyText } from './pages.ts'
import type { ReadTask, ReadWord } from './task.ts'
import { UnreadableError } from './unreadable.ts'

/** What a reader of one format finds. */
export interface Found {
  readonly title: string | null
  readonly claimedLang: string | null
  readonly pages: readonly DocumentPage[]
  /** Where the file itself says how many it has. */
  readonly pageCount?: number
  readonly isScanned?: boolean
  readonly cut: boolean
  readonly makeCover?: () => Promise<Cover | null>
}

export type Say = (word: ReadWord) => Promise<void>
export type Reader = (task: ReadTask, say: Say) => Promise<Found>

const office = 'application/vnd.openxmlformats-officedocument'

/** Each format's reader is loaded when a file of it comes. */
const readers: Readonly<Record<string, () => Promise<Reader>>> = {
  'application/pdf': async () => (await import('./pdf/read-pdf.ts')).readPdf,
  [`${office}.wordprocessingml.document`]: async () => (await import('./office/docx.ts')).readDocx,
  [`${office}.presentationml.presentation`]: async () => (await import('./office/pptx.ts')).readPptx,
  'application/vnd.oasis.opendocument.text': async () => (await import('./office/odt.ts')).readOdt,
  'application/epub+zip': async () => (await import('./web/epub.ts')).readEpub,
  'text/html': async () => (await import('./web/html.ts')).readHtml,
}

/** The document of a file, and how to make its cover. */
export async function readFile(
  task: ReadTask,
  say: Say,
): Promise<{ document: ReadDocument; makeCover: () => Promise<Cover | null> }> {
  const load = readers[task.type]
  if (!load) throw new UnreadableError('type', task.type)
  checkHead(await headOf(task.path), task.type)
  const found = await (await load())(task, say)
  const { pages, pageCount = pages.length, isScanned = false, cut } = found
  if (pageCount === 0) throw new UnreadableError('empty')
  const title = tidyText(found.title ?? '') || titleOf(pages)
  const document: ReadDocument = {
    version: 1,
    title: title === null ? null : title.slice(0, 500).toWellFormed(),
    lang: tellLanguage(pages, wordsOf),
    claimedLang: canonicalTag(found.claimedLang),
    pageCount,
    hasText: pages.some((page) => page.blocks.length > 0),
    isScanned,
    cut,
    pages,
  }
  return { document, makeCover: found.makeCover ?? (async () => null) }
}

/** The first heading of the first pages. */
function titleOf(pages: readonly DocumentPage[]): string | null {
  for (const { blocks } of pages.slice(0, 3))
    for (const block of blocks) if (block.kind === 'heading' && block.level === 1) return block.text
  return null
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A file that is not at all what its type says is told apart before anybody tries to read it. */
function checkHead(head: Buffer, type: string): void {
  const isOle = head.subarray(0, 4).toString('hex') === 'd0cf11e0'
  // Office puts a document with a password into a container of its older kind.
  if (isOle && type.startsWith(office)) throw new UnreadableError('encrypted')
  const isRight =
    type === 'application/pdf'
      ? head.includes('%PDF-')
      : type === 'text/html'
        ? !head.includes(0) || isUtf16(head)
        : head.subarray(0, 2).toString('latin1') === 'PK'
  if (!isRight) throw new UnreadableError('type', `not ${type}`)
}

const isUtf16 = (head: Buffer) => ['fffe', 'feff'].includes(head.subarray(0, 2).toString('hex'))
