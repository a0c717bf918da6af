import { deflateSync } from 'node:zlib'

/** A line of a page: where it stands, how high its letters are, and whether they are bold. */
export interface PdfLine {
  readonly text: string
  readonly x?: number
  readonly y: number
  readonly size?: number
  readonly bold?: true
}

export interface PdfOptions {
  /** Of the document's catalogue and of its trailer, as a PDF writes them. */
  readonly catalog?: string
  readonly trailer?: string
  readonly info?: string
}

/** A PDF without tags, as old programs make them: each page its lines, or its content as a PDF writes it. */
export function aPdf(
  pages: readonly (readonly PdfLine[] | Uint8Array)[],
  { catalog = '', trailer = '', info = '' }: PdfOptions = {},
): Buffer {
  const objects: (string | Buffer)[] = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${6 + 2 * at} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< ${info} >>`,
  ]
  pages.forEach((page, at) => {
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${7 + 2 * at} 0 R >>`,
      streamOf(page instanceof Uint8Array ? page : Buffer.from(contentOf(page), 'latin1')),
    )
  })
  return assemble(objects, `/Info 5 0 R ${trailer}`)
}

function contentOf(lines: readonly PdfLine[]): string {
  return lines
    .map(({ text, x = 60, y, size = 10, bold }) => {
      const escaped = text.replace(/[\\()]/g, String.raw`\$&`)
      return `BT /F${bold ? 2 : 1} ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped}) Tj ET`
    })
    .join('\n')
}

function streamOf(content: Uint8Array): Buffer {
  const packed = deflateSync(content)
  const head = `<< /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')])
}

function assemble(objects: readonly (string | Buffer)[], trailer: string): Buffer {
  const pieces = [Buffer.from('%PDF-1.7\n')]
  const places: number[] = []
  let at = pieces[0]?.length ?? 0
  objects.forEach((object, index) => {
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')])
    places.push(at)
    at += piece.length
    pieces.push(piece)
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`)
  const size = objects.length + 1
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.concat([...pieces, Buffer.from(end)])
}

/** A PDF of objects as a PDF writes them, the first of which is its catalogue: for files that are wrong in what they say. */
export function pdfOf(objects: readonly string[], trailer = ''): Buffer {
  return assemble(objects, trailer)
}

/** The object of a stream, as it is. */
export function streamObject(content: string, more = ''): string {
  return `<< /Length ${content.length} ${more} >>\nstream\n${content}\nendstream`
}

/** What a page that was scanned holds: a picture of a size, drawn all over it. */
export function scannedPage(): Buffer {
  const pixels = '7f'.repeat(64)
  return Buffer.from(`q 595 0 0 842 0 0 cm BI /W 8 /H 8 /BPC 8 /CS /G /F /AHx ID ${pixels}> EI Q`, 'latin1')
}
