import { documentFonts, type PdfCompiler } from '#platform/pdf/index.ts'
import type { Cue } from './cue.ts'
import { paperTranscript, type TranscriptPaper } from './paper.ts'

const fonts = documentFonts.map((font) => JSON.stringify(font)).join(', ')

/** The transcript in Typst. It holds no words: all come as data. Times are written from left to right in every language. */
const template = String.raw`
#let doc = json(bytes(sys.inputs.data))
#let quiet = rgb("#4a4f55")
#let way = if doc.dir == "rtl" { rtl } else { ltr }

#set document(title: doc.title, date: none)
#set text(font: (${fonts}), size: 10pt, lang: doc.lang, dir: way, top-edge: 0.8em, bottom-edge: -0.25em)
#set par(leading: 0.38em, spacing: 1em)
#set page(
  paper: "a4",
  margin: (top: 22mm, bottom: 20mm, x: 22mm),
  footer: context {
    set text(size: 8pt, fill: quiet)
    grid(
      columns: (1fr, auto), column-gutter: 8mm,
      align(start, doc.title),
      align(end, text(dir: ltr, counter(page).display("1 / 1", both: true))),
    )
  },
)
#show heading.where(level: 1): set text(size: 20pt, weight: "bold")
#show heading.where(level: 2): set text(size: 12pt, weight: "bold", fill: rgb("#0b4f57"))
#show heading.where(level: 2): set block(above: 2em, below: 1em)

#heading(level: 1, doc.title)
#for line in doc.under { par(text(fill: quiet, line)) }
#for part in doc.parts {
  if part.kind == "chapter" { heading(level: 2, part.title) }
  else if part.kind == "empty" { par(text(fill: quiet, part.text)) }
  else {
    par({
      box(text(size: 8.5pt, fill: quiet, dir: ltr, part.time))
      if part.speaker != none { [ ]; strong(part.speaker) }
      linebreak()
      part.text
    })
  }
}
`

/** A transcript as a tagged PDF (PDF/UA-1): chapters, and a paragraph for each turn with its time and speaker. The same cues give the same bytes. */
export async function writeTranscriptPdf(
  cues: readonly Cue[],
  paper: TranscriptPaper,
  compiler: PdfCompiler,
): Promise<Uint8Array> {
  const document = paperTranscript(cues, paper)
  return compiler.compile(template, { ...document, lang: document.lang.split('-')[0] })
}
