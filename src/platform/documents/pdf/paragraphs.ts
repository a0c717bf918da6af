import type { Block } from '../document.ts'
import { hasBullet, withoutBullet } from './bullets.ts'
import type { Line } from './lines.ts'
import { toLevel } from './structure.ts'
import { endsSentence, joinLines, startsInside } from './words.ts'

/** How the text of a whole document looks. */
export interface Style {
  /** The height of most letters. */
  readonly bodySize: number
  /** Heights that headings have, the largest first. */
  readonly headingSizes: readonly number[]
  /** Bold lines are headings: few are bold. */
  readonly boldStandsOut: boolean
}

const largest = 1.15

/** What most letters of the document look like. */
export function learnStyle(pages: readonly (readonly Line[])[]): Style {
  const sizes = new Map<number, number>()
  let all = 0
  let bold = 0
  for (const { size, text, isBold } of pages.flat()) {
    const rounded = roundSize(size)
    sizes.set(rounded, (sizes.get(rounded) ?? 0) + text.length)
    all += text.length
    if (isBold) bold += text.length
  }
  const [most] = [...sizes].sort((one, other) => other[1] - one[1])
  const bodySize = most?.[0] ?? 10
  const headingSizes = [...sizes.keys()].filter((size) => size > largest * bodySize).sort((one, other) => other - one)
  return { bodySize, headingSizes, boldStandsOut: bold < 0.3 * all }
}

const roundSize = (size: number) => Math.round(size * 2) / 2

type Part = { readonly level: 1 | 2 | 3 | null; readonly isItem: boolean; readonly lines: Line[] }

/** Paragraphs, headings and lists of lines that no structure holds together. */
export function parted(fragments: readonly Line[], style: Style): Block[] {
  const lines = joinRows(fragments)
  const pitch = usualPitch(lines)
  const parts: Part[] = []
  for (const line of lines) {
    const part = parts.at(-1)
    const level = levelBySize(line, style)
    if (part && part.level === level && continues(part, line, pitch)) part.lines.push(line)
    else parts.push({ level, isItem: level === null && hasBullet(line.text), lines: [line] })
  }
  return toBlocks(parts, style)
}

/** What stands on one height side by side is read as one line: rows of a table, a heading and its page. */
function joinRows(fragments: readonly Line[]): Line[] {
  const rows: Line[] = []
  for (const line of fragments) {
    const last = rows.at(-1)
    const isLevel = last && last.turn === line.turn && Math.abs(last.y - line.y) < 0.3 * Math.min(last.size, line.size)
    const isBeside = last && (last.isRtl ? line.right <= last.left : line.left >= last.right)
    if (last && isLevel && isBeside)
      rows[rows.length - 1] = {
        ...last,
        text: `${last.text.trimEnd()} ${line.text.trimStart()}`,
        left: Math.min(last.left, line.left),
        right: Math.max(last.right, line.right),
        isBold: last.isBold && line.isBold,
      }
    else rows.push(line)
  }
  return rows
}

/** From one line to the next, as most of the page's lines have it, in heights of letters. */
function usualPitch(lines: readonly Line[]): number {
  const steps = lines.flatMap((line, at) => {
    const before = lines[at - 1]
    const step = before ? (before.y - line.y) / line.size : 0
    return step > 0.8 && step < 2.5 ? [step] : []
  })
  return steps.sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? 1.4
}

function levelBySize({ size, text }: Line, { bodySize, headingSizes }: Style): Part['level'] {
  if (size <= largest * bodySize || text.length > 200 || !/\p{L}{2}/u.test(text)) return null
  const rank = headingSizes.indexOf(roundSize(size))
  return toLevel((rank < 0 ? headingSizes.length : rank) + 1)
}

function continues(part: Part, line: Line, pitch: number): boolean {
  const last = part.lines.at(-1)
  const [first] = part.lines
  if (!last || !first || last.turn !== line.turn || hasBullet(line.text)) return false
  if (Math.abs(last.size - line.size) > 0.12 * last.size) return false
  const step = (last.y - line.y) / line.size
  if (part.level !== null) return step > 0 && step < 2
  if (last.isBold !== line.isBold && part.lines.every(({ isBold }) => isBold === last.isBold)) return false
  // Up again: the next column.
  if (step <= 0) return !endsSentence(last.text) && startsInside(line.text)
  if (step > 1.25 * pitch + 0.05) return false
  const indent = startOf(line) - startOf(last)
  if (part.isItem) return startOf(line) > startOf(first) + 0.3 * line.size
  if (!endsSentence(last.text)) return true
  const isShort = endOf(last) < endOf(line) - 0.2 * (line.right - line.left)
  return indent < 0.8 * line.size && !isShort
}

const startOf = ({ isRtl, left, right }: Line) => (isRtl ? -right : left)
const endOf = ({ isRtl, left, right }: Line) => (isRtl ? -left : right)

function toBlocks(parts: readonly Part[], style: Style): Block[] {
  const blocks: Block[] = []
  for (const part of parts) {
    const text = joinLines(part.lines.map((line) => line.text))
    const last = blocks.at(-1)
    if (part.level !== null) blocks.push({ kind: 'heading', level: part.level, text })
    else if (part.isItem && last?.kind === 'list')
      blocks[blocks.length - 1] = { kind: 'list', items: [...last.items, withoutBullet(text)] }
    else if (part.isItem) blocks.push({ kind: 'list', items: [withoutBullet(text)] })
    else if (isBoldHeading(part, text, style)) blocks.push({ kind: 'heading', level: 3, text })
    else blocks.push({ kind: 'paragraph', text })
  }
  return blocks
}

function isBoldHeading({ lines }: Part, text: string, { boldStandsOut, bodySize }: Style): boolean {
  const isBold = lines.every((line) => line.isBold && line.size >= 0.95 * bodySize)
  return (
    boldStandsOut &&
    isBold &&
    lines.length <= 2 &&
    text.length <= 120 &&
    /\p{L}{2}/u.test(text) &&
    !/[.,;:]$/.test(text)
  )
}
