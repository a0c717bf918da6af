import { csvText } from '#platform/csv/index.ts'
import { direction } from '#platform/i18n/index.ts'
import { writeSpreadsheet } from '#platform/spreadsheet/index.ts'
import type { Work } from '../work.ts'
import { writeBibtex } from './bibtex-write.ts'
import { writeCslJson } from './csl-json-write.ts'
import type { CatalogueFormat } from './catalogue.ts'
import type { CatalogueContext } from './read.ts'
import { writeRis } from './ris.ts'
import { HEADING_ROWS, openTable } from './table.ts'

/** What a file of works is written with: tables have their headings in `lang`, and columns for each of `langs` and for no other. */
export interface WrittenCatalogue extends CatalogueContext {
  readonly langs: readonly string[]
}

type Batches = AsyncIterable<readonly Work[]>

/** Works as a file of a format, piece by piece as they come. A spreadsheet is one piece: its rows are held until all are there. */
export async function* writeInPieces(
  batches: Batches,
  format: CatalogueFormat,
  context: WrittenCatalogue,
): AsyncGenerator<string | Uint8Array> {
  if (format === 'bib') yield* joined(batches, '\n', (works) => writeBibtex(works, context))
  else if (format === 'ris') yield* joined(batches, '\r\n', (works) => writeRis(works, context))
  else if (format === 'csl.json') yield* writeItems(batches, context)
  else if (format === 'csv') yield* writeRows(batches, context)
  else yield await writeSheet(batches, context)
}

async function* joined(batches: Batches, between: string, write: (works: readonly Work[]) => string) {
  let isFirst = true
  for await (const works of batches) {
    if (works.length === 0) continue
    yield (isFirst ? '' : between) + write(works)
    isFirst = false
  }
}

/** One list, of the lists that the batches come to. */
async function* writeItems(batches: Batches, context: CatalogueContext) {
  let isFirst = true
  for await (const works of batches) {
    if (works.length === 0) continue
    yield (isFirst ? '[\n' : ',\n') + writeCslJson(works, context).slice('[\n'.length, -'\n]\n'.length)
    isFirst = false
  }
  yield isFirst ? '[]\n' : '\n]\n'
}

async function* writeRows(batches: Batches, { lang, langs }: WrittenCatalogue) {
  const { heading, toRow } = openTable(lang, langs)
  // The mark tells spreadsheets that it is UTF-8.
  yield `\uFEFF${csvText(heading)}`
  for await (const works of batches) yield csvText(works.map(toRow))
}

async function writeSheet(batches: Batches, { lang, langs }: WrittenCatalogue): Promise<Uint8Array> {
  const { heading, toRow } = openTable(lang, langs)
  const rows = [...heading]
  for await (const works of batches) rows.push(...works.map(toRow))
  return writeSpreadsheet(rows, {
    sheet: 'Publications',
    rightToLeft: direction(lang) === 'rtl',
    heading: HEADING_ROWS,
  })
}
