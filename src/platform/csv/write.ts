import Papa from 'papaparse'

type Cell = string | number | null

/**
 * Rows as CSV. A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end) gets an
 * apostrophe before it, so that it is shown and not run.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  if (rows.length === 0) return ''
  const cells = rows.map((row) => [...row])
  return `${Papa.unparse(cells, { escapeFormulae: /^[=+\-@\t\r\n].*$/s })}\r\n`
}

/** A table to download, sent piece by piece as it is read. */
export function csvAnswer(name: string, heading: readonly string[], batches: AsyncIterable<Cell[][]>): Response {
  const pieces = pack(heading, batches)
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'private, no-store',
  }
  return new Response(body, { headers })
}

async function* pack(heading: readonly string[], batches: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  // The mark tells spreadsheets that it is UTF-8.
  yield encoder.encode(`\uFEFF${csvText([heading])}`)
  for await (const rows of batches) yield encoder.encode(csvText(rows))
}
