import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDocument, type ReadOutcome } from '#platform/documents/index.ts'
import { aPdf, type PdfLine } from '#testing/pdf.ts'
import { readMemory } from './memory.ts'
import { printRows, type Row } from './table.ts'

const sentences = [
  'Reintegration is a process in which a person who returns finds work, a home and people to rely on.',
  'Local authorities were asked, in 14 districts, what they do when somebody comes back (see annex 2).',
  'Of 1,204 people interviewed in 2021, two in three had spoken with a counsellor before they left.',
  'What strengthens a service that is there already lasts longer than what is built beside it.',
  'The three dimensions do not move together: a new job may come years before a night of good sleep.',
]

/** A page as papers have them: a heading on every third, paragraphs of full lines, a running head and a number. */
function pageLines(page: number, lines: number): PdfLine[] {
  const body = Array.from({ length: lines }, (_, at) => ({
    text: sentences[(page + at * 3) % sentences.length] ?? '',
    x: 60,
    y: 720 - 14 * at - 10 * Math.floor(at / 7),
  }))
  return [
    { text: 'Knowledge paper, made for measuring', y: 815, size: 8 },
    ...(page % 3 === 0 ? [{ text: `Chapter ${page / 3 + 1}`, y: 760, size: 18 }] : []),
    ...body,
    { text: String(page + 1), x: 290, y: 30, size: 8 },
  ]
}

/** A picture of so many pixels a side, as a page draws it. */
function pictureOf(side: number): Buffer {
  const pixels = Buffer.alloc(side * side, 0x7f)
  return Buffer.concat([
    Buffer.from(`q 400 0 0 400 97 221 cm BI /W ${side} /H ${side} /BPC 8 /CS /G ID `),
    pixels,
    Buffer.from(' EI Q'),
  ])
}

function longPaper(pages: number, lines: number): Buffer {
  return aPdf(Array.from({ length: pages }, (_, page) => (page % 50 === 49 ? pictureOf(800) : pageLines(page, lines))))
}

interface Reading {
  readonly outcome: ReadOutcome
  readonly milliseconds: number
  /** The most that the reading process held, where the system tells. */
  readonly bytes: number
}

/** Reads a file as the hub's job does, and watches the process that does it. */
async function watchReading(path: string): Promise<Reading> {
  let bytes = 0
  const look = async (pid: number) => {
    bytes = Math.max(bytes, (await readMemory(pid)) ?? 0)
  }
  const watch = setInterval(() => {
    for (const pid of childrenOf(process.pid)) void look(pid)
  }, 50)
  const startedAt = performance.now()
  try {
    const outcome = await readDocument({ type: 'application/pdf', path })
    return { outcome, milliseconds: performance.now() - startedAt, bytes }
  } finally {
    clearInterval(watch)
  }
}

/** The processes that a process started (Linux); none where the system does not tell. */
function childrenOf(pid: number): number[] {
  try {
    const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return listed === '' ? [] : listed.split(' ').map(Number)
  } catch {
    return []
  }
}

/** The longest paper that is read has pages of fewer lines: all of its text is kept, below 20 million characters. */
const lengths = [
  { pages: 300, lines: 42, seconds: 20, megabytes: 400 },
  { pages: 10_000, lines: 15, seconds: 120, megabytes: 768 },
]

/** Times the reading of long PDFs and the memory it takes; false when a figure is over its budget or a text is not whole. */
export async function benchDocuments(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'))
  const rows: Row[] = []
  try {
    for (const { pages, lines, seconds, megabytes } of lengths) {
      const path = join(folder, `${pages}.pdf`)
      await writeFile(path, longPaper(pages, lines))
      const { outcome, milliseconds, bytes } = await watchReading(path)
      const read = outcome.ok ? outcome.document.pages.filter(({ blocks }) => blocks.length > 0).length : 0
      const what = `PDF of ${pages.toLocaleString('en')} pages`
      rows.push({ what: `${what}, to its text and cover`, value: milliseconds, unit: 'ms', most: seconds * 1000 })
      if (bytes > 0)
        rows.push({ what: `${what}, memory of its process`, value: bytes / 1e6, unit: 'MB', most: megabytes })
      rows.push({
        what: `${what}, pages of text that are missing`,
        value: pages - pages / 50 - read,
        unit: '',
        most: 0,
      })
      if (!outcome.ok) console.error(`${what}: ${outcome.reason}, ${outcome.detail}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return printRows(rows)
}
