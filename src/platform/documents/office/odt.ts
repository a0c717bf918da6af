import { Flow } from '../flow.ts'
import { PageWriter } from '../pages.ts'
import type { Found } from '../read-file.ts'
import type { ReadTask } from '../task.ts'
import { UnreadableError } from '../unreadable.ts'
import { withPackage, type Package } from './package.ts'
import { attributeOf, descend, elementsOf, findAll, textOf, type Element } from './xml.ts'

/** Reads an OpenDocument text. A page is what stands between page breaks and main headings that the writer set. */
export async function readOdt(task: ReadTask): Promise<Found> {
  return withPackage(task, async (file) => {
    await refuseEncrypted(file)
    const root = await file.xml('content.xml')
    const text = descend(root ?? undefined, 'body', 'text')
    if (!root || !text) throw new UnreadableError('type', 'no text within')
    const writer = new PageWriter(task.limits)
    const flow = new Flow(writer)
    readBlocks(text, flow, readBreaks(root))
    flow.breakPage()
    const meta = descend((await file.xml('meta.xml')) ?? undefined, 'meta')
    const find = (name: string) => textOf(descend(meta, name)) || null
    return { title: find('title'), claimedLang: find('language'), pages: writer.pages, cut: writer.cut }
  })
}

async function refuseEncrypted(file: Package): Promise<void> {
  const manifest = await file.xml('META-INF/manifest.xml').catch(() => null)
  if (manifest && findAll(manifest, 'encryption-data').length > 0) throw new UnreadableError('encrypted')
}

/** Styles that begin a page, and those of titles. */
interface Breaks {
  readonly before: ReadonlySet<string>
  readonly titles: ReadonlySet<string>
}

function readBreaks(root: Element): Breaks {
  const before = new Set<string>()
  const titles = new Set(['Title'])
  for (const style of findAll(root, 'style')) {
    const name = attributeOf(style, 'name')
    if (name === null) continue
    if (attributeOf(descend(style, 'paragraph-properties'), 'break-before') === 'page') before.add(name)
    if (attributeOf(style, 'parent-style-name') === 'Title') titles.add(name)
  }
  return { before, titles }
}

const wrappers = new Set([
  'section',
  'index-body',
  'table-of-content',
  'alphabetical-index',
  'bibliography',
  'text-box',
  'frame',
])

function readBlocks(parent: Element, flow: Flow, breaks: Breaks): void {
  for (const element of elementsOf(parent)) {
    const style = attributeOf(element, 'style-name') ?? ''
    if (breaks.before.has(style)) flow.breakPage()
    if (element.name === 'h') flow.heading(Number(attributeOf(element, 'outline-level') ?? 1) || 1, runsOf(element))
    else if (element.name === 'p' && breaks.titles.has(style)) flow.heading(1, runsOf(element))
    else if (element.name === 'p') flow.paragraph(runsOf(element))
    else if (element.name === 'list') readList(element, flow)
    else if (element.name === 'table') readTable(element, flow, breaks)
    else if (wrappers.has(element.name)) readBlocks(element, flow, breaks)
  }
}

function readList(list: Element, flow: Flow): void {
  for (const item of elementsOf(list)) {
    const inner = elementsOf(item)
    flow.item(
      inner
        .filter(({ name }) => name === 'p' || name === 'h')
        .map(runsOf)
        .join(' '),
    )
    for (const nested of inner.filter(({ name }) => name === 'list')) readList(nested, flow)
  }
}

function readTable(table: Element, flow: Flow, breaks: Breaks): void {
  const rows = findAll(table, 'table-row').map((row) => elementsOf(row).filter(({ name }) => name === 'table-cell'))
  if (rows.every((cells) => cells.length <= 1)) for (const cell of rows.flat()) readBlocks(cell, flow, breaks)
  else
    flow.table(
      rows.map((cells) => cells.map((cell) => [...findAll(cell, 'p'), ...findAll(cell, 'h')].map(runsOf).join(' '))),
    )
}

/** Notes, remarks and what was deleted are not part of the sentence they stand in. */
const silent = new Set([
  'note',
  'annotation',
  'annotation-end',
  'tracked-changes',
  'bookmark-ref',
  'ruby-text',
  'desc',
  'title',
])

function runsOf(element: Element): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child
      if (child.name === 's' || child.name === 'tab' || child.name === 'line-break') return ' '
      return silent.has(child.name) ? '' : runsOf(child)
    })
    .join('')
}
