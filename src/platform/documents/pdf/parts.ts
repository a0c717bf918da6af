import { isMark, isRightToLeft } from './direction.ts'
import type { Glyph } from './glyphs.ts'

/**
 * Whole letters of the parts that are drawn of them. Characters that stand at the very same place are one shape, such as لا. Dots and vowels may be
 * drawn apart from their letters, each part saying the whole: the widest stands for all.
 */
export function joinParts(glyphs: readonly Glyph[]): readonly Glyph[] {
  if (!glyphs.some(({ text }) => isRightToLeft(text))) return glyphs
  const shapes = joinShapes(glyphs)
  const spare = findSpare(shapes.filter(({ text, isGap }) => !isGap && isRightToLeft(text)))
  return spare.size === 0 ? shapes : shapes.filter((shape) => !spare.has(shape))
}

/** The engine turns right-to-left text round, the characters of one shape too. */
function joinShapes(glyphs: readonly Glyph[]): Glyph[] {
  const shapes: Glyph[] = []
  for (const glyph of glyphs) {
    const last = shapes.at(-1)
    if (last && isSameShape(last, glyph))
      shapes[shapes.length - 1] = { ...last, text: letterFirst(glyph.text + last.text) }
    else shapes.push(glyph)
  }
  return shapes
}

const isSameShape = (one: Glyph, other: Glyph) =>
  one.x === other.x && one.y === other.y && isOfScript(one) && isOfScript(other)

const isOfScript = ({ text, isGap }: Glyph) => !isGap && (isRightToLeft(text) || isMark(text))

const letterFirst = (text: string) => text.replace(/^(\p{M}+)(\P{M}+)/u, '$2$1')

/** Those that lie within another of the same text. */
function findSpare(shapes: readonly Glyph[]): ReadonlySet<Glyph> {
  const spare = new Set<Glyph>()
  const kept = new Map<string, Glyph[]>()
  for (const shape of shapes.toSorted((one, other) => widthOf(other) - widthOf(one))) {
    const row = Math.round(shape.y / (shape.size || 1))
    const near = [row - 1, row, row + 1].flatMap((at) => kept.get(`${shape.text} ${at}`) ?? [])
    if (near.some((other) => isPartOf(shape, other))) spare.add(shape)
    else {
      const key = `${shape.text} ${row}`
      const inRow = kept.get(key)
      if (inRow) inRow.push(shape)
      else kept.set(key, [shape])
    }
  }
  return spare
}

function isPartOf(shape: Glyph, other: Glyph): boolean {
  if (shape.turn !== other.turn || Math.abs(shape.y - other.y) > other.size) return false
  const shared = Math.min(shape.right, other.right) - Math.max(shape.left, other.left)
  return shared >= 0.5 * widthOf(shape)
}

const widthOf = ({ left, right }: Glyph) => right - left
