/** Marks above and below letters, which many people leave out where they search: Latin accents, Arabic vowel signs. */
const marks = /[\u0300-\u036f\u064b-\u0655\u0670]/g

/** A text as it is compared: small letters without accents. Longer texts are cut, as nobody looks for so much. */
export function foldWords(text: string): string {
  return text.normalize('NFKD').replace(marks, '').toLowerCase().trim().slice(0, 100)
}

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string
  readonly isFound: boolean
}

/** Parts a text where it has some words (see `foldWords`); whole letters, with all their marks, are found. */
export function partAtWords(text: string, folded: string): Piece[] {
  if (folded === '') return [{ text, isFound: false }]
  let plain = ''
  const origin: number[] = []
  let at = 0
  for (const character of text) {
    const small = character.normalize('NFKD').replace(marks, '').toLowerCase()
    for (let unit = 0; unit < small.length; unit += 1) origin.push(at)
    plain += small
    at += character.length
  }
  origin.push(text.length)
  const pieces: Piece[] = []
  let last = 0
  for (let from = plain.indexOf(folded); from >= 0; from = plain.indexOf(folded, from + folded.length)) {
    const start = origin[from] ?? 0
    const end = origin[from + folded.length] ?? text.length
    if (start > last) pieces.push({ text: text.slice(last, start), isFound: false })
    pieces.push({ text: text.slice(start, end), isFound: true })
    last = end
  }
  if (last < text.length) pieces.push({ text: text.slice(last), isFound: false })
  return pieces
}
