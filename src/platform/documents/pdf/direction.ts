import type { Glyph } from './glyphs.ts'

const rtl = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/
const ltr = /[\p{L}\p{N}]/u
const opposite: Readonly<Record<string, string>> = { '(': ')', ')': '(', '[': ']', ']': '[', '«': '»', '»': '«' }

export const isRightToLeft = (text: string): boolean => rtl.test(text) && /\p{L}/u.test(text)

/** The text of characters that share a line, in the order in which it is read. */
export function orderVisually(glyphs: readonly Glyph[]): { text: string; isRtl: boolean } {
  const right = glyphs.filter(({ text }) => isRightToLeft(text)).length
  if (right === 0) return { text: glyphs.map(({ text }) => text).join(''), isRtl: false }
  const left = glyphs.filter(({ text }) => !isRightToLeft(text) && /\p{L}/u.test(text)).length
  const isRtl = right >= left
  const seen = withoutDoubles(glyphs.filter(({ isGap }) => !isGap))
  // From left to right as they stand; letters that one shape stands for stay in the order in which they are read.
  const standing = groupShapes(seen).sort((one, other) => one.left - other.left || one.x - other.x)
  const words = withSpaces(standing)
  return { text: readInOrder(words, isRtl), isRtl }
}

type Unit = Pick<Glyph, 'text' | 'left' | 'right' | 'x' | 'size'>

/** Some fonts draw the dots of a letter apart from it, and each part says the whole letter: the wider one stands for both. */
function withoutDoubles(glyphs: readonly Glyph[]): Glyph[] {
  return glyphs.filter((glyph) => {
    if (!isRightToLeft(glyph.text)) return true
    return !glyphs.some((other) => {
      if (other === glyph || other.text !== glyph.text || (other.x === glyph.x && other.y === glyph.y)) return false
      const shared = Math.min(other.right, glyph.right) - Math.max(other.left, glyph.left)
      const width = glyph.right - glyph.left
      return width < other.right - other.left && shared >= 0.6 * width
    })
  })
}

/** Characters that stand at the very same place are one shape, such as لا. */
function groupShapes(glyphs: readonly Glyph[]): Unit[] {
  const units: Unit[] = []
  for (const glyph of glyphs) {
    const last = units.at(-1)
    if (last && last.x === glyph.x && last.left === glyph.left && isRightToLeft(last.text))
      units[units.length - 1] = { ...last, text: last.text + glyph.text }
    else units.push(glyph)
  }
  return units
}

function withSpaces(units: readonly Unit[]): Unit[] {
  return units.flatMap((unit, at): Unit[] => {
    const before = units[at - 1]
    if (!before || unit.text === ' ' || before.text === ' ') return [unit]
    const gap = unit.left - before.right
    const space = { ...unit, text: ' ', left: before.right, right: unit.left }
    return gap > 0.22 * unit.size ? [space, unit] : [unit]
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
  if (/\p{N}/u.test(text)) return false
  if (rtl.test(text) && /[\p{L}\p{M}]/u.test(text)) return true
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
