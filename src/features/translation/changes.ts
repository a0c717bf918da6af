import { diffArrays } from 'diff'
import { remember } from '#platform/i18n/index.ts'

/** A piece of a text that stayed, came or went. */
export interface Change {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Beyond so many changed words two texts have too little in common to be compared word by word. */
const mostChanges = 4000
const longest = 200_000

const words = remember((lang) => new Intl.Segmenter(lang, { granularity: 'word' }))

/** What changed from one text to another, word by word as the language has them; both can be read off the pieces. */
export function compareWords(before: string, after: string, lang: string): Change[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const replaced = tidy([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ])
  if (before.length + after.length > longest) return replaced
  const found = diffArrays(wordsOf(before, lang), wordsOf(after, lang), { maxEditLength: mostChanges })
  if (!found) return replaced
  return tidy(
    found.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value.join(''),
    })),
  )
}

/** Words, spaces and marks of a text, in order. */
function wordsOf(text: string, lang: string): string[] {
  return Array.from(words(lang).segment(text), ({ segment }) => segment)
}

/** Neighbours that changed become one piece that went and one that came: a space alone does not keep them apart. */
function tidy(pieces: readonly Change[]): Change[] {
  const out: Change[] = []
  let went = ''
  let came = ''
  const flush = () => {
    if (went !== '') out.push({ kind: 'removed', text: went })
    if (came !== '') out.push({ kind: 'added', text: came })
    went = ''
    came = ''
  }
  for (const [index, piece] of pieces.entries()) {
    const isBridge =
      piece.kind === 'same' && went !== '' && came !== '' && /^ +$/.test(piece.text) && index < pieces.length - 1
    if (piece.kind === 'removed' || isBridge) went += piece.text
    if (piece.kind === 'added' || isBridge) came += piece.text
    if (piece.kind === 'same' && !isBridge) {
      flush()
      out.push(piece)
    }
  }
  flush()
  return out
}
