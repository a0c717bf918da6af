import { isRightToLeft, orderVisually } from './direction.ts'
import type { Glyph } from './glyphs.ts'
import type { Place } from './structure.ts'

/** A line of a page, or the part of it that belongs to one block. */
export interface Line {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly y: number
  readonly size: number
  readonly isBold: boolean
  readonly isRtl: boolean
  readonly turn: number
  readonly place: Place | null
}

/** Dots of Arabic letters and raised figures stand off their line by about half its height, the next line by more than all of it. */
const offLine = 0.6
/** Between the columns of a page, in heights of the letters. The engine hands out the pieces of a right-to-left line in any order, so there the whole line is near. */
const apart = 2.5
const apartRtl = 40

/** Puts characters that stand beside each other together, in the order in which the file has them. */
export function makeLines(glyphs: readonly Glyph[]): Line[] {
  const lines: Line[] = []
  let run: Run | null = null
  for (const glyph of glyphs) {
    if (run?.takes(glyph)) run.add(glyph)
    else {
      if (run) lines.push(...run.end(lines.at(-1)))
      run = new Run(glyph)
    }
  }
  return run ? [...lines, ...run.end(lines.at(-1))] : lines
}

class Run {
  private readonly first: Glyph
  private readonly glyphs: Glyph[]
  private left: number
  private right: number
  private low: number
  private high: number
  private size: number
  private isRtl: boolean

  constructor(first: Glyph) {
    this.first = first
    this.glyphs = [first]
    this.left = first.left
    this.right = first.right
    this.low = first.y
    this.high = first.y
    this.size = first.size
    this.isRtl = isRightToLeft(first.text)
  }

  takes(glyph: Glyph): boolean {
    const last = this.glyphs.at(-1)
    if (!last || last.turn !== glyph.turn) return false
    if (glyph.isGap) return true
    if (blockOf(last) !== blockOf(glyph)) return false
    const size = Math.max(this.size, glyph.size)
    const isLevel = Math.abs(glyph.y - this.low) <= offLine * size && Math.abs(glyph.y - this.high) <= offLine * size
    if (!isLevel || this.startsOver(glyph)) return false
    if (blockOf(glyph) !== null) return true
    const gap = (this.isRtl || isRightToLeft(glyph.text) ? apartRtl : apart) * size
    return glyph.left <= this.right + gap && glyph.right >= this.left - gap
  }

  /** Back at the line's beginning, but not above or below letters: a new line so close that it looks like the same. */
  private startsOver(glyph: Glyph): boolean {
    const last = this.glyphs.at(-1)
    if (!last || this.isRtl || isRightToLeft(glyph.text)) return false
    return glyph.right < last.left - 3 * glyph.size && Math.abs(glyph.y - last.y) > 0.3 * glyph.size
  }

  add(glyph: Glyph): void {
    this.glyphs.push(glyph)
    if (glyph.isGap) return
    this.isRtl ||= isRightToLeft(glyph.text)
    this.left = Math.min(this.left, glyph.left)
    this.right = Math.max(this.right, glyph.right)
    this.low = Math.min(this.low, glyph.y)
    this.high = Math.max(this.high, glyph.y)
    this.size = Math.max(this.size, glyph.size)
  }

  end(before: Line | undefined): Line[] {
    const goesOn = before !== undefined && blockOf(before) === blockOf(this.first)
    const { text, isRtl } = orderVisually(this.glyphs, goesOn && before.isRtl)
    const inked = this.glyphs.filter((glyph) => glyph.text.trim() !== '')
    const [first] = inked
    if (!first || text.trim() === '') return []
    const bold = inked.filter(({ isBold }) => isBold).length
    return [
      {
        text,
        isRtl,
        left: this.left,
        right: this.right,
        y: median(inked.map(({ y }) => y)),
        size: median(inked.map(({ size }) => size)),
        isBold: bold > inked.length / 2,
        turn: first.turn,
        place: first.place,
      },
    ]
  }
}

const blockOf = ({ place }: Pick<Glyph, 'place'>) => (place === null ? null : (place.block ?? -1))

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
