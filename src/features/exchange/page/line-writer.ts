import { fold, tidy } from './fold.ts'
import { MAX_LINES } from './token.ts'
import type { Line, LineLink } from './types.ts'

type Draft = { parts: string[]; plain: string[]; number: number; bold: number | null; links: LineLink[] }
type List = { ordered: boolean; next: number }
type OpenLink = { url: string; hreflang: string | null; label: string[] }

const escapeMarkdown = (text: string) => text.replace(/[\\*_`<[\]]/g, (sign) => `\\${sign}`)

/** Puts lines together from the pieces of an HTML page: blocks, breaks, lists, links, bold beginnings. */
export class LineWriter {
  private readonly lines: Line[] = []
  private readonly lists: List[] = []
  private draft: Draft | null = null
  private gap = true
  private level = 0
  private item: { number: number | null; depth: number } | null = null
  private itemOpen = 0
  private link: OpenLink | null = null
  private bold = 0

  /** Words of the page; `number` is their line in the file. */
  write(text: string, number: number): void {
    const blank = text.trim() === ''
    if (blank && !this.draft) return
    this.draft ??= { parts: [], plain: [], number, bold: this.bold > 0 ? null : 0, links: [] }
    this.draft.plain.push(text)
    this.draft.parts.push(escapeMarkdown(text))
    this.link?.label.push(text)
    if (this.bold === 0 && this.draft.bold === null && !blank) this.draft.bold = 0
  }

  /** A blank where something was left out, so that words do not grow together. */
  space(): void {
    if (this.draft) this.write(' ', this.draft.number)
  }

  openBold(): void {
    this.bold++
  }

  closeBold(): void {
    this.bold = Math.max(0, this.bold - 1)
    if (this.bold === 0 && this.draft?.bold === null) this.draft.bold = tidy(this.draft.plain.join('')).length
  }

  openLink(url: string, hreflang: string | null): void {
    this.closeLink()
    if (url !== '') this.link = { url, hreflang, label: [] }
  }

  closeLink(): void {
    const link = this.link
    this.link = null
    if (!link || !this.draft) return
    const label = tidy(link.label.join(''))
    if (label === '') return
    this.draft.links.push({ label, url: link.url, hreflang: link.hreflang })
    if (/^https?:\/\/[^\s<>]{1,2000}$/i.test(link.url)) {
      this.draft.parts.splice(-link.label.length, link.label.length, `[${escapeMarkdown(label)}](<${link.url}>)`)
    }
  }

  /** A link that stands on a line of its own (a film set into the page). */
  addLink(label: string, url: string, number: number): void {
    this.endLine(true)
    this.openLink(url, null)
    this.write(label, number)
    this.closeLink()
    this.endLine(true)
  }

  breakLine(): void {
    this.endLine(false)
  }

  openBlock(level: number): void {
    this.endLine(true)
    this.level = level
  }

  openList(ordered: boolean, start: number): void {
    this.endLine(this.lists.length === 0)
    this.lists.push({ ordered, next: Number.isInteger(start) ? start : 1 })
  }

  closeList(): void {
    this.endLine(this.lists.length <= 1)
    this.lists.pop()
    this.itemOpen = Math.min(this.itemOpen, this.lists.length)
  }

  openItem(value: number): void {
    this.endLine(false)
    const list = this.lists.at(-1)
    const number = list?.ordered ? (Number.isInteger(value) ? value : list.next) : null
    if (list) list.next = (number ?? 0) + 1
    this.item = { number, depth: Math.max(1, this.lists.length) }
    this.itemOpen = this.item.depth
  }

  closeItem(): void {
    this.endLine(false)
    this.item = null
    this.itemOpen = Math.max(0, this.lists.length - 1)
  }

  private endLine(gap: boolean): void {
    if (this.link && this.draft) {
      const { url, hreflang } = this.link
      this.closeLink()
      this.link = { url, hreflang, label: [] }
    }
    const draft = this.draft
    this.draft = null
    const text = draft && this.lines.length <= MAX_LINES ? tidy(draft.plain.join('')) : ''
    if (draft && text !== '') this.lines.push(this.makeLine(draft, text))
    this.gap = text === '' ? this.gap || gap : gap
    this.level = 0
  }

  private makeLine(draft: Draft, text: string): Line {
    const marker = this.item ? { number: this.item.number } : null
    const indent = Math.min(20, this.item ? this.item.depth - 1 : this.itemOpen) * 4
    this.item = null
    const lead = draft.bold === null || draft.bold >= text.length ? 0 : draft.bold
    const markdown = tidy(draft.parts.join(''))
    return {
      number: draft.number,
      text,
      markdown,
      folded: fold(text),
      indent,
      gap: this.gap,
      level: this.level,
      marker,
      lead,
      links: draft.links,
    }
  }

  finish(): Line[] {
    this.endLine(true)
    return this.lines
  }
}
