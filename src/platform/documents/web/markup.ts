import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import type { Flow } from '../flow.ts'
import { UnreadableError } from '../unreadable.ts'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

const deepest = 400
const silent = new Set(
  'script style noscript template head svg math iframe object embed video audio canvas select button input textarea nav dialog'.split(
    ' ',
  ),
)
const blocks = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header hr html main p pre section summary caption td th tr li'.split(
    ' ',
  ),
)

/** Puts what a web page says into a flow of blocks, and tells its title and language. */
export function readMarkup(html: string, flow: Flow): { title: string | null; lang: string | null } {
  const document = parse(html)
  const root = document.childNodes.find(isElement)
  const reader = new MarkupReader(flow)
  if (root) reader.read(root)
  const head = root?.childNodes.find((node) => isElement(node) && node.tagName === 'head')
  const title =
    head && isElement(head) ? head.childNodes.find((node) => isElement(node) && node.tagName === 'title') : null
  return {
    title: title && isElement(title) ? textOf(title) || null : null,
    lang: (root && (valueOf(root, 'lang') ?? valueOf(root, 'xml:lang'))) ?? null,
  }
}

class MarkupReader {
  private text = ''
  private readonly flow: Flow

  constructor(flow: Flow) {
    this.flow = flow
  }

  read(root: Element): void {
    this.visit(root, 0)
    this.endParagraph()
  }

  private endParagraph(): void {
    this.flow.paragraph(this.text)
    this.text = ''
  }

  private visit(node: Node, depth: number): void {
    if (depth > deepest) throw new UnreadableError('broken', 'nested too deeply')
    if (node.nodeName === '#text' && 'value' in node) this.text += node.value
    if (!isElement(node) || silent.has(node.tagName) || valueOf(node, 'hidden') !== null) return
    const heading = /^h([1-6])$/.exec(node.tagName)
    if (heading) this.around(() => this.flow.heading(Number(heading[1]), textOf(node)))
    else if (node.tagName === 'ul' || node.tagName === 'ol') this.around(() => this.readList(node, depth))
    else if (node.tagName === 'table') this.around(() => this.readTable(node, depth))
    else if (node.tagName === 'br') this.text += ' '
    else if (blocks.has(node.tagName)) this.around(() => this.visitAll(node.childNodes, depth))
    else this.visitAll(node.childNodes, depth)
  }

  private visitAll(nodes: readonly Node[], depth: number): void {
    for (const node of nodes) this.visit(node, depth + 1)
  }

  private around(read: () => void): void {
    this.endParagraph()
    read()
    this.endParagraph()
  }

  private readList(list: Element, depth: number): void {
    if (depth > deepest) throw new UnreadableError('broken', 'nested too deeply')
    for (const item of list.childNodes.filter(isElement)) {
      const isList = (node: Node) => isElement(node) && (node.tagName === 'ul' || node.tagName === 'ol')
      if (isList(item)) this.readList(item, depth + 1)
      else {
        this.flow.item(
          item.childNodes
            .filter((node) => !isList(node))
            .map((node) => textOf(node))
            .join(''),
        )
        for (const nested of item.childNodes.filter(isElement).filter(isList)) this.readList(nested, depth + 1)
      }
    }
    if (depth === 0 || list.parentNode?.nodeName !== 'li') this.flow.endList()
  }

  /** A table that only holds its content in place is read as what it holds. */
  private readTable(table: Element, depth: number): void {
    const rows = rowsOf(table)
    if (rows.every((cells) => cells.length <= 1))
      this.visitAll(
        rows.flat().flatMap((cell) => cell.childNodes),
        depth,
      )
    else this.flow.table(rows.map((cells) => cells.map((cell) => textOf(cell))))
  }
}

function rowsOf(table: Element): Element[][] {
  const parts = table.childNodes.filter(isElement)
  const rows = parts.flatMap((part) => (part.tagName === 'tr' ? [part] : part.childNodes.filter(isElement)))
  return rows
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => row.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'td' || tagName === 'th'))
}

function textOf(node: Node, depth = 0): string {
  if (depth > deepest) throw new UnreadableError('broken', 'nested too deeply')
  if (node.nodeName === '#text' && 'value' in node) return node.value
  if (!isElement(node) || silent.has(node.tagName)) return ''
  if (node.tagName === 'br') return ' '
  const text = node.childNodes.map((child) => textOf(child, depth + 1)).join('')
  return blocks.has(node.tagName) ? ` ${text} ` : text
}

function isElement(node: DefaultTreeAdapterTypes.Node): node is Element {
  return 'tagName' in node
}

function valueOf(element: Element, name: string): string | null {
  return element.attrs.find((one) => one.name === name)?.value ?? null
}
