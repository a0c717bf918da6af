import { Flow } from '../flow.ts'
import { resolvePart, withPackage, type Package } from '../office/package.ts'
import { attributeOf, descend, elementsOf, findAll, textOf, type Element } from '../office/xml.ts'
import { PageWriter } from '../pages.ts'
import type { Found, Say } from '../read-file.ts'
import type { ReadTask } from '../task.ts'
import { UnreadableError } from '../unreadable.ts'
import { readMarkup } from './markup.ts'

/** Books are XML: an element that ends where it begins would swallow all the rest, read as HTML. */
const emptyElement = /<(script|style|title|iframe|textarea|noscript|a|div|p|span)(?=[\s/])[^<>]*\/>/gi

/** Reads a book. Each part of its spine begins a page. */
export async function readEpub(task: ReadTask, say: Say): Promise<Found> {
  return withPackage(task, async (file) => {
    const container = await file.xml('META-INF/container.xml')
    const name = attributeOf(container ? findAll(container, 'rootfile')[0] : undefined, 'full-path')
    const book = name === null ? null : await file.xml(name)
    if (name === null || !book) throw new UnreadableError('type', 'no book within')
    const parts = listParts(book, name)
    await refuseEncrypted(file, parts)
    const writer = new PageWriter(task.limits)
    const flow = new Flow(writer)
    for (const [at, part] of parts.entries()) {
      const text = await file.text(part)
      if (text !== null) readMarkup(text.replace(emptyElement, '<$1></$1>'), flow)
      flow.breakPage()
      await say({ done: at + 1, total: parts.length })
    }
    const metadata = descend(book, 'metadata')
    const find = (local: string) => textOf(descend(metadata, local)).trim() || null
    return { title: find('title'), claimedLang: find('language'), pages: writer.pages, cut: writer.cut }
  })
}

/** The parts in the order in which they are read. */
function listParts(book: Element, from: string): string[] {
  const byId = new Map<string, string>()
  for (const item of elementsOf(descend(book, 'manifest'))) {
    const [id, href, type] = [attributeOf(item, 'id'), attributeOf(item, 'href'), attributeOf(item, 'media-type')]
    if (id !== null && href !== null && /html/.test(type ?? '')) byId.set(id, resolvePart(from, decode(href)))
  }
  return elementsOf(descend(book, 'spine')).flatMap((one) => byId.get(attributeOf(one, 'idref') ?? '') ?? [])
}

function decode(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}

/** Fonts are often veiled and do not matter; a book whose text is cannot be read. */
async function refuseEncrypted(file: Package, parts: readonly string[]): Promise<void> {
  const root = await file.xml('META-INF/encryption.xml')
  const veiled = root ? findAll(root, 'CipherReference').map((one) => decode(attributeOf(one, 'URI') ?? '')) : []
  if (veiled.some((name) => parts.includes(name))) throw new UnreadableError('encrypted')
}
