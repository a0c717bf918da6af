import { readXml, XmlError } from '../../xml-reader.ts'
import { UnreadableError } from '../unreadable.ts'

/** An element of an office file. Its parts are told apart by their local names alone: the prefixes and years of namespaces vary. */
export interface Element {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: (Element | string)[]
}

/** The root of an XML part. A part with a document type or entities of its own is refused, so nothing grows and nothing is fetched. */
export function parseXml(text: string): Element {
  const top: Element = { name: '', attributes: new Map(), children: [] }
  const open = [top]
  try {
    for (const event of readXml(text)) {
      if (event.kind === 'text') open.at(-1)?.children.push(event.text)
      else if (event.kind === 'close') open.pop()
      else {
        const element: Element = { name: event.name.local, attributes: event.attributes, children: [] }
        open.at(-1)?.children.push(element)
        open.push(element)
      }
    }
  } catch (error) {
    if (error instanceof XmlError) throw new UnreadableError('broken', error.message)
    throw error
  }
  const [root] = elementsOf(top)
  return root ?? top
}

export function elementsOf(element: Element | undefined): Element[] {
  return element ? element.children.filter((child) => typeof child !== 'string') : []
}

/** The first element reached by going down these names. */
export function descend(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => elementsOf(at).find((child) => child.name === name), element)
}

/** All elements of a name below this one, those within one another left out. */
export function findAll(element: Element, name: string): Element[] {
  return elementsOf(element).flatMap((child) => (child.name === name ? [child] : findAll(child, name)))
}

/** An attribute by its local name. */
export function attributeOf(element: Element | undefined, name: string): string | null {
  for (const [key, value] of element?.attributes ?? []) if (key === name || key.endsWith(` ${name}`)) return value
  return null
}

export function textOf(element: Element | undefined): string {
  return element ? element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('') : ''
}
