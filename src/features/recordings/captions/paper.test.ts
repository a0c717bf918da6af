import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { readDocument, wordsOf } from '#platform/documents/index.ts'
import { createPdfCompiler, documentFontFiles } from '#platform/pdf/index.ts'
import { readXml } from '#platform/xml-reader.ts'
import { writeDocx } from './docx.ts'
import { paperTranscript } from './paper.ts'
import { aCue } from './testing/cues.ts'
import { writeTranscriptPdf } from './transcript-pdf.ts'

const compiler = createPdfCompiler({ fonts: documentFontFiles() })
afterAll(compiler.stop)

const cues = [
  aCue('Welcome\nto all.', { speaker: 'Mary Jones' }),
  aCue('Thank you <b>&amp;</b> #panic() $x$.', { startsAt: 62_500, speaker: 'Juan "Pérez"' }),
  aCue('Nobody is named.', { startsAt: 3_700_000 }),
]
const paper = {
  title: 'Session 1 <Links>',
  lang: 'en',
  labels: { under: ['Recording of 1 December 2021'], empty: 'Nothing was said.' },
  chapters: [
    { startsAt: 60_000, title: 'Thanks' },
    { startsAt: 120_000, title: 'Silence' },
    { startsAt: 3_600_000, title: 'End' },
  ],
}

/** What the hub's own reader finds in a written file. */
async function readBack(bytes: Uint8Array, type: string) {
  const folder = await mkdtemp(join(tmpdir(), 'paper-'))
  try {
    const path = join(folder, 'file')
    await writeFile(path, bytes)
    const outcome = await readDocument({ type, path })
    if (!outcome.ok) throw new Error(outcome.reason)
    const { document } = outcome
    return {
      title: document.title,
      words: document.pages.map(wordsOf).join('\n').split(/\s/).filter(Boolean).join(' '),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const expected = [
  'Session 1 <Links> Recording of 1 December 2021',
  '00:00:00 Mary Jones Welcome to all.',
  'Thanks 00:01:02 Juan "Pérez" Thank you <b>&amp;</b> #panic() $x$.',
  'Silence Nothing was said.',
  'End 01:01:40 Nobody is named.',
].join(' ')

test('a Word document has the chapters, times, speakers and words, as they were said', async () => {
  const bytes = writeDocx(cues, paper)

  expect(await readBack(bytes, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')).toEqual({
    title: 'Session 1 <Links>',
    words: expected,
  })
  expect(writeDocx(cues, paper)).toEqual(bytes)
})

test('a PDF has the same words', async () => {
  const { title, words } = await readBack(await writeTranscriptPdf(cues, paper, compiler), 'application/pdf')

  expect(title).toBe('Session 1 <Links>')
  expect(words).toContain(expected)
})

test('an Arabic document runs from right to left and is well-formed', async () => {
  const arabic = [aCue('أهلا بكم \u0001\uFFFF', { speaker: 'أمينة ديالو' })]
  const options = { title: 'الجلسة', lang: 'ar', labels: { under: [], empty: '' } }
  const files = unzipSync(writeDocx(arabic, options))
  const document = new TextDecoder().decode(files['word/document.xml'])

  expect([document.split('<w:bidi/>').length, document.split('<w:rtl/>').length]).toEqual([4, 5])
  for (const [name, bytes] of Object.entries(files))
    expect([name, [...readXml(new TextDecoder().decode(bytes))].length > 0]).toEqual([name, true])
  const pdf = Buffer.from(await writeTranscriptPdf(arabic, options, compiler)).toString('latin1')
  expect(['/Lang (ar)', '/Marked true'].map((mark) => pdf.includes(mark))).toEqual([true, true])
})

test('without words the paper says so', () => {
  expect(paperTranscript([], { ...paper, chapters: [] }).parts).toEqual([{ kind: 'empty', text: 'Nothing was said.' }])
})

test('three hours of turns are set in time', async () => {
  const long = Array.from({ length: 4000 }, (_, at) =>
    aCue(`Sentence ${at} of a long session, in which two people speak by turns.`, {
      startsAt: at * 2700,
      speaker: at % 2 === 0 ? 'Mary Jones' : 'Juan Pérez',
    }),
  )
  const pdf = await writeTranscriptPdf(long, { ...paper, chapters: [] }, compiler)

  expect(Buffer.from(pdf.subarray(0, 8)).toString()).toBe('%PDF-1.7')
})
