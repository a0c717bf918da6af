import { cleanText } from '../text/index.ts'
import type { Block, DocumentPage } from './document.ts'
import { UnreadableError } from './unreadable.ts'

/** A text that flows has pages of its own only where its maker set breaks; longer ones are parted so that each reads as a page. */
const comfortable = 8000
const longest = 16_000
const longestBlock = 8000

export interface PageLimits {
  readonly pages: number
  readonly characters: number
}

/** Takes blocks one after another and makes pages of them, within limits. */
export class PageWriter {
  readonly pages: DocumentPage[] = []
  cut = false
  private blocks: Block[] = []
  private onPage = 0
  private all = 0
  private readonly limits: PageLimits

  constructor(limits: PageLimits) {
    this.limits = limits
  }

  /** Adds a block where it has words; false once there is no room for more. */
  add(block: Block): boolean {
    return tidy(block).every((piece) => this.put(piece))
  }

  /** Adds a block of a text that flows: a main heading begins a page, and so does what would make one too long. */
  flow(block: Block): boolean {
    return tidy(block).every((piece) => {
      const isHead = piece.kind === 'heading' && (piece.level === 1 || this.onPage > comfortable)
      if (isHead || this.onPage > longest) this.breakPage()
      return this.put(piece)
    })
  }

  private put(piece: Block): boolean {
    const size = sizeOf(piece)
    this.cut ||= this.all + size > this.limits.characters
    if (this.cut) return false
    this.all += size
    this.onPage += size
    this.blocks.push(piece)
    return true
  }

  /** Ends a page that has something on it. */
  breakPage(): void {
    if (this.blocks.length > 0) this.endPage(null)
  }

  /** Ends a page, which may be empty. */
  endPage(label: string | null): void {
    const number = this.pages.length + 1
    if (number > this.limits.pages) throw new UnreadableError('tooLong', `more than ${this.limits.pages} pages`)
    this.pages.push({
      number,
      label: label === null || label === '' || label === String(number) ? null : label,
      blocks: this.blocks,
    })
    this.blocks = []
    this.onPage = 0
  }
}

/** A text on one line, without what hides or reorders. */
export function tidyText(text: string): string {
  return cleanText(text.toWellFormed())
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
    .replace(/[\s\u0085]+/g, (space) => (/^[\u00A0\u202F]+$/.test(space) ? space : ' '))
    .trim()
}

/** The block with tidy texts, in pieces when it is very long; nothing when it has no words. */
function tidy(block: Block): Block[] {
  if (block.kind === 'heading') {
    const text = tidyText(block.text)
    return text === '' ? [] : [{ ...block, text: text.length > 500 ? `${text.slice(0, 499)}…` : text }]
  }
  if (block.kind === 'paragraph') return partText(tidyText(block.text)).map((text) => ({ kind: 'paragraph', text }))
  if (block.kind === 'list') {
    const items = block.items.map(tidyText).filter((item) => item !== '')
    return items.length === 0 ? [] : [{ kind: 'list', items }]
  }
  const rows = block.rows.map((row) => row.map(tidyText)).filter((row) => row.some((cell) => cell !== ''))
  return rows.length === 0 ? [] : [{ kind: 'table', rows }]
}

/** A text in pieces that end where a sentence or at least a word does. */
function partText(text: string): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > longestBlock) {
    const head = rest.slice(0, longestBlock)
    const end = Math.max(...['. ', '? ', '! ', '؟ ', '۔ '].map((mark) => head.lastIndexOf(mark) + 1))
    const space = head.lastIndexOf(' ')
    const at = end > longestBlock / 2 ? end : space > longestBlock / 2 ? space : longestBlock
    parts.push(rest.slice(0, at).trimEnd().toWellFormed())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' ? parts : [...parts, rest.toWellFormed()]
}

function sizeOf(block: Block): number {
  if (block.kind === 'list') return block.items.reduce((sum, item) => sum + item.length, 0)
  if (block.kind === 'table') return block.rows.flat().reduce((sum, cell) => sum + cell.length + 1, 0)
  return block.text.length
}
