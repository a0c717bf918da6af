import { deflateRawSync } from 'node:zlib'
import type { Block } from '#platform/documents/index.ts'

/** Packed bytes that the text of a part may take: with its frame and style it fits into one window of TCP. */
const MOST = 6000

const packed = (value: unknown): number => {
  const bytes = Buffer.from(JSON.stringify(value))
  return Math.min(bytes.length, deflateRawSync(bytes).length)
}

/** Cuts a page into parts that are each small when packed; most pages are one part. A part of a table or list is one as well. */
export function cutPage(blocks: readonly Block[]): Block[][] {
  if (packed(blocks) <= MOST) return [[...blocks]]
  const parts: Block[][] = [[]]
  let used = 0
  for (const block of blocks.flatMap(splitBlock)) {
    const cost = packed(block)
    if (used + cost > MOST) {
      parts.push([])
      used = 0
    }
    parts.at(-1)?.push(block)
    used += cost
  }
  return parts.filter((part) => part.length > 0)
}

/** A block as it is when it is small enough, else in pieces. */
function splitBlock(block: Block): Block[] {
  if (packed(block) <= MOST / 2) return [block]
  return halve(block).flatMap(splitBlock)
}

function halve(block: Block): Block[] {
  switch (block.kind) {
    case 'list':
      if (block.items.length < 2) return textsOf(block.items)
      return halves(block.items).map((items) => ({ ...block, items }))
    case 'table':
      if (block.rows.length < 2) return textsOf(block.rows.flat())
      return halves(block.rows).map((rows) => ({ ...block, rows }))
    default:
      return halveText(block.text).map((text) => ({ kind: 'paragraph', text }))
  }
}

const textsOf = (texts: readonly string[]): Block[] => texts.map((text) => ({ kind: 'paragraph', text }))

function halves<T>(items: readonly T[]): [T[], T[]] {
  const middle = items.length >> 1
  return [items.slice(0, middle), items.slice(middle)]
}

/** Cuts at a space near the middle, else in the middle, but never within a character. */
function halveText(text: string): string[] {
  const middle = text.length >> 1
  const space = text.indexOf(' ', middle)
  if (space > 0 && space < text.length - 1) return [text.slice(0, space), text.slice(space + 1)]
  const isPair = /[\ud800-\udbff]/.test(text.charAt(middle - 1))
  const cut = isPair ? middle - 1 : middle
  return [text.slice(0, cut), text.slice(cut)]
}
