import type { Glyph } from './glyphs.ts'

const rtlLetter = /[[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]&&\p{L}]/v
const rtlMarks = /^[[\u0590-\u08FF]&&\p{M}]+$/v
const ltr = /[\p{L}\p{N}]/u
const opposite: Readonly<Record<string, string>> = { '(': ')', ')': '(', '[': ']', ']': '[', '«': '»', '»': '«' }

/** Whether a text is marks of Arabic or Hebrew letters, without a letter. */
export const isMark = (text: string): boolean => rtlMarks.test(text)

export const isRightToLeft = (text: string): boolean => rtlLetter.test(text)

/** The text of characters that share a line, in the order in which it is read. Figures and signs alone go on as the line before them does. */
export function orderVisually(glyphs: readonly Glyph[], goesOnRtl: boolean): { text: string; isRtl: boolean } {
  const right = glyphs.filter(({ text }) => isRightToLeft(text)).length
  const left = glyphs.filter(({ text }) => !isRightToLeft(text) && /\p{L}/u.test(text)).length
  if (right === 0 && (left > 0 || !goesOnRtl)) return { text: glyphs.map(({ text }) => text).join(''), isRtl: false }
  const isRtl = right >= left
  const standing = glyphs
    .filter(({ isGap }) => !isGap)
    // What has no text, such as the strokes that make a word longer, still fills its place.
    .map((glyph) => (/^\p{Cc}$/u.test(glyph.text) ? { ...glyph, text: '' } : glyph))
    .sort((one, other) => one.left - other.left || one.x - other.x)
  const words = withSpaces(withMarks(standing.filter((glyph, at) => !isHidden(glyph, standing, at))))
  return { text: readInOrder(words, isRtl), isRtl }
}

type Unit = Pick<Glyph, 'text' | 'left' | 'right' | 'size'>

/** Vowels and other marks follow the letters that they stand above or below. */
function withMarks(glyphs: readonly Glyph[]): Unit[] {
  const marksOf = new Map<Glyph, string[]>()
  glyphs.forEach((glyph, at) => {
    const letter = isMark(glyph.text) ? letterAt(glyphs, at) : null
    if (letter) marksOf.set(letter, [...(marksOf.get(letter) ?? []), glyph.text])
    else if (!marksOf.has(glyph)) marksOf.set(glyph, [])
  })
  return glyphs.flatMap((glyph) => {
    const marks = marksOf.get(glyph)
    if (!marks) return []
    return marks.length === 0 ? [glyph] : [{ ...glyph, text: [glyph.text, ...marks].join('').normalize('NFC') }]
  })
}

/** How many shapes to either side a mark's letter may be: others may begin in between, and marks of one letter stand together. */
const reach = 4

/** The letter that a mark stands at: the one whose middle is nearest of those it is above or below, else the nearest one. */
function letterAt(glyphs: readonly Glyph[], at: number): Glyph | null {
  const mark = glyphs[at]
  if (!mark) return null
  const middle = (mark.left + mark.right) / 2
  const distance = ({ left, right }: Glyph) =>
    Math.max(0, left - middle, middle - right) * 1000 + Math.abs((left + right) / 2 - middle)
  const letters = glyphs
    .slice(Math.max(0, at - reach), at + reach + 1)
    .filter(({ text }) => isRightToLeft(text))
    .sort((one, other) => distance(one) - distance(other))
  const [nearest] = letters
  return nearest && distance(nearest) < 1000 * mark.size ? nearest : null
}

/** Whether this is a space without room of its own, as at the end of a line: where letters stand tells whether there is one. */
function isHidden({ text, left, right, size }: Glyph, glyphs: readonly Glyph[], at: number): boolean {
  if (text !== ' ') return false
  const middle = (left + right) / 2
  const isCovered = [glyphs[at - 1], glyphs[at + 1]].some(
    (beside) => beside && beside.text !== ' ' && beside.left <= middle && middle <= beside.right,
  )
  return isCovered || right - left < 0.05 * size
}

function withSpaces(units: readonly Unit[]): Unit[] {
  return units.flatMap((unit, at): Unit[] => {
    const before = units[at - 1]
    if (!before || unit.text === ' ' || before.text === ' ') return [unit]
    const gap = unit.left - before.right
    const space = { ...unit, text: ' ', left: before.right, right: unit.left }
    return gap > 0.18 * unit.size ? [space, unit] : [unit]
  })
}

/** Runs of one direction are read each in its own way; a right-to-left line has its runs from the right. */
function readInOrder(units: readonly Unit[], isRtl: boolean): string {
  const runs: { isRtl: boolean; texts: string[] }[] = []
  units.forEach((unit, at) => {
    const own = directionOf(units, at, isRtl)
    const last = runs.at(-1)
    if (last && last.isRtl === own) last.texts.push(unit.text)
    else runs.push({ isRtl: own, texts: [unit.text] })
  })
  const read = runs.map((run) => (run.isRtl ? run.texts.toReversed() : run.texts).join(''))
  const text = (isRtl ? read.toReversed() : read).join('')
  return isRtl ? turnBrackets(text) : text
}

/** Figures and Latin letters run to the right, Arabic and Hebrew ones to the left, anything else as both its neighbours do or as the line does. */
function directionOf(units: readonly Unit[], at: number, lineIsRtl: boolean): boolean {
  const own = strength(units[at]?.text ?? '')
  if (own !== null) return own
  const before = nearest(units, at, -1)
  const after = nearest(units, at, 1)
  return before !== null && before === after ? before : lineIsRtl
}

function nearest(units: readonly Unit[], at: number, step: 1 | -1): boolean | null {
  for (let next = at + step; next >= 0 && next < units.length; next += step) {
    const found = strength(units[next]?.text ?? '')
    if (found !== null) return found
  }
  return null
}

function strength(text: string): boolean | null {
  if (isRightToLeft(text) || isMark(text)) return true
  return ltr.test(text) ? false : null
}

const bracket = /(?<=(^|.))[()[\]«»](?=(.|$))/gu
const isOpening = (mark: string) => '([«'.includes(mark)

/** Files say brackets as they look or as they are meant, even side by side: one opens when it stands before a word, and closes behind one. */
function turnBrackets(text: string): string {
  return text.replace(bracket, (mark, before: string, after: string) => {
    const isFree = before === '' || /[\s([«]/u.test(before)
    const isLast = after === '' || /[\s)\]».,;:!?،؛؟]/u.test(after)
    if (isFree === isLast) return mark
    return isOpening(mark) === isFree ? mark : (opposite[mark] ?? mark)
  })
}
