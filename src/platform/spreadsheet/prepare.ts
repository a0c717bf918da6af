import { unzipSync, zipSync } from 'fflate'

/** An area of cells that are shown as one; rows and columns are counted from 0. */
export interface MergedArea {
  readonly column: number
  readonly top: number
  readonly bottom: number
}

export interface PreparedSheet {
  /** The file, with `=…` as the text of each formula that has no value or is in error. */
  readonly bytes: Uint8Array
  readonly merged: readonly MergedArea[]
  /** Days are counted from 1904 and not from 1900. */
  readonly isFrom1904: boolean
}

const isSheet = (name: string) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)
/** One character for each byte: what is looked for is ASCII, and the rest goes back as it was. */
const decode = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

/**
 * What the reader of spreadsheets does not tell of an XLSX file (ECMA-376, part 1, 18.3.1). Throws where it is no such file.
 */
export function prepareSheet(file: Uint8Array): PreparedSheet {
  const parts = unzipSync(file, { filter: ({ name }) => isSheet(name) || name === 'xl/workbook.xml' })
  const workbook = decode(parts['xl/workbook.xml'] ?? new Uint8Array())
  const [, said] = /<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(\w+)"/.exec(workbook) ?? []
  const isFrom1904 = said === '1' || said === 'true'
  const changed: Record<string, Uint8Array> = {}
  // The reader knows only one of the two ways to say so.
  if (said === 'true') changed['xl/workbook.xml'] = encode(workbook.replace('date1904="true"', 'date1904="1"'))
  const merged: MergedArea[] = []
  for (const [name, content] of Object.entries(parts)) {
    if (!isSheet(name)) continue
    const xml = decode(content)
    if (merged.length === 0) merged.push(...readMerged(xml))
    const shown = showFormulas(xml)
    if (shown !== null) changed[name] = encode(shown)
  }
  const bytes =
    Object.keys(changed).length === 0 ? file : zipSync({ ...unzipSync(file), ...changed }, { level: 0, mem: 4 })
  return { bytes, merged, isFrom1904 }
}

const encode = (xml: string) => Uint8Array.from(Buffer.from(xml, 'latin1'))

/** The sheet with the formulas written out that have no value; null when there are none. */
function showFormulas(xml: string): string | null {
  const pieces: string[] = []
  let from = 0
  for (let at = xml.indexOf('<f'); at >= 0; at = xml.indexOf('<f', at + 2)) {
    const start = xml.lastIndexOf('<c ', at)
    const end = xml.indexOf('</c>', at)
    if (start < from || end < 0) continue
    const cell = xml.slice(start, end)
    const [, formula = ''] = /<f(?:\s[^>]*)?>([^<]*)<\/f>/.exec(cell) ?? []
    const [, value = ''] = /<v(?:\s[^>]*)?>([^<]*)<\/v>/.exec(cell) ?? []
    const isError = /^<c [^>]*\bt="e"/.test(cell)
    const [, address] = /^<c [^>]*\br="([A-Z]+\d+)"/.exec(cell) ?? []
    if (address === undefined || (value !== '' && !isError)) continue
    // A formula that gave a text of no length has a value, which is nothing.
    if (/^<c [^>]*\bt="str"/.test(cell) && /<v\b/.test(cell)) continue
    const text = `=${isError && value !== '' ? value : formula}`
    pieces.push(xml.slice(from, start), `<c r="${address}" t="inlineStr"><is><t>${text}</t></is>`)
    from = end
  }
  return pieces.length === 0 ? null : pieces.join('') + xml.slice(from)
}

/** Areas that are more than one row high. */
function readMerged(xml: string): MergedArea[] {
  return [...xml.matchAll(/<mergeCell\s[^>]*\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g)].flatMap(
    ([, letters = '', top, bottom]) => {
      const column =
        Array.from(letters, (letter) => letter.charCodeAt(0) - 64).reduce((total, one) => total * 26 + one, 0) - 1
      return Number(bottom) > Number(top) ? [{ column, top: Number(top) - 1, bottom: Number(bottom) - 1 }] : []
    },
  )
}
