/** A word, a number or a sign of a folded line, with its place. */
export type Token = { word: string; start: number; end: number }

/** Facts are looked for in so many characters of a line: work stays bounded whatever is fed. */
export const MAX_LOOK = 20_000

/** Lines after these are not read (a seminar page has a few hundred); a note says so. */
export const MAX_LINES = 20_000

/** Letters, digits and signs of a folded text, apart ("13h00" is three). */
export function listTokens(folded: string): Token[] {
  const tokens: Token[] = []
  for (const match of folded.slice(0, MAX_LOOK).matchAll(/[\p{L}\p{M}]+|\d+|[^\s]/gu)) {
    tokens.push({ word: match[0], start: match.index, end: match.index + match[0].length })
  }
  return tokens
}

/** Sentences of a folded text as [start, end) places; a full stop after a digit or one letter does not end one. */
export function listSentences(folded: string): { start: number; end: number }[] {
  const text = folded.slice(0, MAX_LOOK)
  const sentences: { start: number; end: number }[] = []
  let start = 0
  for (const match of text.matchAll(/[.!?؟](?=\s)/g)) {
    if (/[^\p{L}\p{N})»"'”\]]|^$/u.test(text.charAt(match.index - 1))) continue
    sentences.push({ start, end: match.index + 1 })
    start = match.index + 1
  }
  if (start < text.length) sentences.push({ start, end: text.length })
  return sentences
}
