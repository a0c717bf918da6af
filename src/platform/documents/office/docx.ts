import { Flow } from '../flow.ts'
import { PageWriter } from '../pages.ts'
import type { Found } from '../read-file.ts'
import type { ReadTask } from '../task.ts'
import { UnreadableError } from '../unreadable.ts'
import { readStyles, type Styles } from './docx-styles.ts'
import { coreData, mainPart, withPackage } from './package.ts'
import { attributeOf, descend, elementsOf, type Element } from './xml.ts'

/** Reads a Word document. A page is what stands between page breaks and main headings that the writer set. */
export async function readDocx(task: ReadTask): Promise<Found> {
  return withPackage(task, async (file) => {
    const body = descend((await file.xml(await mainPart(file, 'word/document.xml'))) ?? undefined, 'body')
    if (!body) throw new UnreadableError('type', 'no document within')
    const styles = readStyles(await file.xml('word/styles.xml'))
    const core = await coreData(file)
    const writer = new PageWriter(task.limits)
    const flow = new Flow(writer)
    readBlocks(body, flow, styles)
    flow.breakPage()
    return { title: core.title, claimedLang: core.lang ?? styles.lang, pages: writer.pages, cut: writer.cut }
  })
}

const wrappers = new Set(['sdt', 'sdtContent', 'ins', 'moveTo', 'smartTag', 'customXml'])

function readBlocks(parent: Element, flow: Flow, styles: Styles): void {
  for (const element of elementsOf(parent)) {
    if (element.name === 'p') readParagraph(element, flow, styles)
    else if (element.name === 'tbl') readTable(element, flow, styles)
    else if (wrappers.has(element.name)) readBlocks(element, flow, styles)
  }
}

/** What a paragraph holds: its text, in pieces where a page breaks within it, and boxes that hang on it. */
interface Content {
  readonly texts: string[]
  readonly boxes: Element[]
}

function readParagraph(paragraph: Element, flow: Flow, styles: Styles): void {
  const properties = descend(paragraph, 'pPr')
  const style = styles.of(attributeOf(descend(properties, 'pStyle'), 'val'))
  const level = outlineOf(properties) ?? style.level
  const content: Content = { texts: [''], boxes: [] }
  collect(paragraph, content)
  if (isOn(descend(properties, 'pageBreakBefore'))) flow.breakPage()
  content.texts.forEach((text, at) => {
    if (at > 0) flow.breakPage()
    if (text.trim() === '') return
    if (level !== null) flow.heading(level, text)
    else if (isItem(properties, style.isItem)) flow.item(text)
    else flow.paragraph(text)
  })
  for (const box of content.boxes) readBlocks(box, flow, styles)
  if (descend(properties, 'sectPr') && attributeOf(descend(properties, 'sectPr', 'type'), 'val') !== 'continuous')
    flow.breakPage()
}

const isOn = (element: Element | undefined) =>
  element !== undefined && !['0', 'false', 'off'].includes(attributeOf(element, 'val') ?? '1')

function outlineOf(properties: Element | undefined): number | null {
  const found = attributeOf(descend(properties, 'outlineLvl'), 'val')
  return found !== null && /^[0-8]$/.test(found) ? Number(found) + 1 : null
}

function isItem(properties: Element | undefined, styleIsItem: boolean): boolean {
  const numbering = descend(properties, 'numPr')
  return numbering ? attributeOf(descend(numbering, 'numId'), 'val') !== '0' : styleIsItem
}

/** What was deleted, what tells the program something, and what says the same for older programs is no text. */
const silent = new Set([
  'pPr',
  'rPr',
  'del',
  'moveFrom',
  'instrText',
  'delText',
  'Fallback',
  'sdtPr',
  'tblPr',
  'drawingPr',
])
const signs: Readonly<Record<string, string>> = { tab: ' ', cr: ' ', noBreakHyphen: '-', softHyphen: '', ptab: ' ' }

function collect(element: Element, content: Content): void {
  for (const child of elementsOf(element)) {
    if (silent.has(child.name)) continue
    if (child.name === 'txbxContent') content.boxes.push(child)
    else if (child.name === 't') append(content, child.children.filter((text) => typeof text === 'string').join(''))
    else if (child.name === 'br' && attributeOf(child, 'type') === 'page') content.texts.push('')
    else if (child.name === 'br') append(content, ' ')
    else if (Object.hasOwn(signs, child.name)) append(content, signs[child.name] ?? '')
    else collect(child, content)
  }
}

function append({ texts }: Content, text: string): void {
  texts[texts.length - 1] += text
}

function readTable(table: Element, flow: Flow, styles: Styles): void {
  const rows = within(table, 'tr').map((row) => within(row, 'tc'))
  // A table of one column only holds its content in place.
  if (rows.every((cells) => cells.length <= 1)) for (const cell of rows.flat()) readBlocks(cell, flow, styles)
  else flow.table(rows.map((cells) => cells.map(cellText)))
}

function within(element: Element, name: string): Element[] {
  return elementsOf(element).flatMap((child) =>
    child.name === name ? [child] : wrappers.has(child.name) ? within(child, name) : [],
  )
}

function cellText(cell: Element): string {
  const texts = elementsOf(cell).map((child) => {
    if (child.name === 'tbl' || child.name === 'tr' || child.name === 'tc' || wrappers.has(child.name))
      return cellText(child)
    if (child.name !== 'p') return ''
    const content: Content = { texts: [''], boxes: [] }
    collect(child, content)
    return [...content.texts, ...content.boxes.map(cellText)].join(' ')
  })
  return texts.filter((text) => text !== '').join(' ')
}
