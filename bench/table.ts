/** A figure beside the most it may be. */
export interface Row {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly most: number
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 })

/** Prints figures in columns, with whether each keeps to its budget. Returns whether all do. */
export function printRows(rows: readonly Row[]): boolean {
  const width = Math.max(...rows.map((row) => row.what.length))
  for (const { what, value, unit, most } of rows) {
    const verdict = value <= most ? 'ok' : 'OVER'
    console.log(
      `${what.padEnd(width)}  ${number(value).padStart(8)} ${unit.padEnd(2)}  budget ${number(most).padStart(7)}  ${verdict}`,
    )
  }
  return rows.every(({ value, most }) => value <= most)
}
