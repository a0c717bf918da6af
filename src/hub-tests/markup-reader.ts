import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.Node
type Element = DefaultTreeAdapterTypes.Element

/** What a reader, a browser or a search engine finds in a page. */
export interface ReadPage {
  readonly lang: string
  readonly dir: string
  readonly title: string
  readonly headings: readonly string[]
  readonly canonical: string | null
  /** Language → address. */
  readonly hreflang: Readonly<Record<string, string>>
  /** Everything that is read, one piece of text a line. */
  readonly lines: readonly string[]
  /** Those in the language of the page. */
  readonly ownLines: readonly string[]
  readonly links: readonly { readonly href: string; readonly text: string }[]
  readonly jsonLd: readonly string[]
  readonly elements: readonly Element[]
}

const unread = new Set(['script', 'style', 'template'])

/** Reads a page as a browser does. */
export function readMarkup(html: string): ReadPage {
  const elements: Element[] = []
  const collect = (node: Node): void => {
    if (tree.isElementNode(node)) elements.push(node)
    if ('childNodes' in node) node.childNodes.forEach(collect)
  }
  collect(parse(html))
  const named = (name: string) => elements.filter((element) => element.tagName === name)
  const links = named('link')
  const withRel = (rel: string) => links.filter((link) => attribute(link, 'rel') === rel)
  const translations = withRel('alternate').filter((link) => attribute(link, 'hreflang') !== '')
  const page = named('html')[0]
  return {
    lang: page ? attribute(page, 'lang') : '',
    dir: page ? attribute(page, 'dir') : '',
    title: named('title').map(textOf).join('|'),
    headings: named('h1').map(textOf),
    canonical: withRel('canonical').map((link) => attribute(link, 'href'))[0] ?? null,
    hreflang: Object.fromEntries(translations.map((link) => [attribute(link, 'hreflang'), attribute(link, 'href')])),
    lines: named('html').flatMap((element) => linesOf(element)),
    ownLines: named('html').flatMap((element) => linesOf(element, attribute(element, 'lang'))),
    links: named('a').map((link) => ({ href: attribute(link, 'href'), text: textOf(link) })),
    jsonLd: named('script')
      .filter((script) => attribute(script, 'type') === 'application/ld+json')
      .map(textOf),
    elements,
  }
}

/** The value of an attribute; empty when there is none. */
export function attribute(element: Element, name: string): string {
  return element.attrs.find((one) => one.name === name)?.value ?? ''
}

/** The text inside an element, its spaces tidied. */
export function textOf(element: Element): string {
  const pieces: string[] = []
  const collect = (node: Node): void => {
    if (tree.isTextNode(node)) pieces.push(node.value)
    if ('childNodes' in node) node.childNodes.forEach(collect)
  }
  collect(element)
  return pieces.join('').replace(/\s+/g, ' ').trim()
}

/** Pieces of text as they are read, and what is read aloud of them; `only` leaves out what is in another language than this. */
function linesOf(element: Element, only = ''): string[] {
  const lang = attribute(element, 'lang')
  if (unread.has(element.tagName) || (only !== '' && lang !== '' && lang !== only)) return []
  const spoken = ['aria-label', 'alt', 'title'].map((name) => attribute(element, name))
  const inner = element.childNodes.flatMap((node) => {
    if (tree.isTextNode(node)) return [node.value.replace(/\s+/g, ' ').trim()]
    return tree.isElementNode(node) ? linesOf(node, only) : []
  })
  return [...spoken, ...inner].filter((line) => line !== '')
}
