import writeXlsxFile from 'write-excel-file/node'

/** Rows as an XLSX file with one sheet, its heading held in place. Every cell is text: nothing in it is ever run as a formula. */
export async function writeSpreadsheet(
  rows: readonly (readonly string[])[],
  { sheet, rightToLeft, heading }: { readonly sheet: string; readonly rightToLeft: boolean; readonly heading: number },
): Promise<Uint8Array> {
  const cells = rows.map((row, index) =>
    row.map((value) =>
      value === '' ? null : { value, type: String, ...(index < heading ? { fontWeight: 'bold' as const } : {}) },
    ),
  )
  return writeXlsxFile(cells, { sheet, stickyRowsCount: heading, rightToLeft }).toBuffer()
}
