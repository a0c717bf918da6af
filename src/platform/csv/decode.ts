import Papa from 'papaparse'

/** Empty rows would mislead the guess, and must be counted when the rows are read. */
export function guessDelimiter(text: string): string {
  const delimitersToGuess = [',', ';', '\t', '|']
  return Papa.parse(text, { delimitersToGuess, skipEmptyLines: 'greedy', preview: 20 }).meta.delimiter
}

/** The text of a table in UTF-8, UTF-16 or Windows-1252, and which of them it was. */
export function decode(bytes: Uint8Array): { text: string; encoding: string } {
  const marked = byMark(bytes)
  if (marked) return { text: new TextDecoder(marked).decode(bytes), encoding: marked }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    // Spreadsheets of western Europe save so; every byte of it is some character.
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

function byMark([first, second]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}
