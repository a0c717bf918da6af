import { parse, type DefaultTreeAdapterTypes } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode
type Element = DefaultTreeAdapterTypes.Element

/** A form of a page as a browser would send it, with its buttons left alone. */
export interface PageForm {
  readonly action: string
  readonly fields: Record<string, string[]>
}

const isElement = (node: Node): node is Element => 'tagName' in node
const childrenOf = (node: Node | DefaultTreeAdapterTypes.Document): readonly Node[] =>
  'childNodes' in node ? node.childNodes : []
const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value

function* below(node: Node | DefaultTreeAdapterTypes.Document): Generator<Element> {
  for (const child of childrenOf(node)) {
    if (isElement(child)) yield child
    yield* below(child)
  }
}

const textOf = (element: Element) =>
  element.childNodes.map((node) => ('value' in node && typeof node.value === 'string' ? node.value : '')).join('')

/** What a control sends; null: nothing. */
function valueOf(element: Element): string | null {
  const type = attribute(element, 'type')
  if (element.tagName === 'textarea') return textOf(element).replaceAll('\n', '\r\n')
  if (element.tagName === 'select') {
    const options = [...below(element)].filter((one) => one.tagName === 'option')
    const chosen = options.find((one) => attribute(one, 'selected') !== undefined) ?? options[0]
    return chosen ? (attribute(chosen, 'value') ?? textOf(chosen)) : null
  }
  if (element.tagName !== 'input' || type === 'submit') return null
  if (type === 'checkbox' || type === 'radio') {
    return attribute(element, 'checked') === undefined ? null : (attribute(element, 'value') ?? 'on')
  }
  return attribute(element, 'value') ?? ''
}

/** The forms of a page that are sent by POST, in order. */
export function readForms(html: string): PageForm[] {
  const forms = [...below(parse(html))].filter((one) => one.tagName === 'form' && attribute(one, 'method') === 'post')
  return forms.map((form) => {
    const fields: Record<string, string[]> = {}
    for (const element of below(form)) {
      const name = attribute(element, 'name')
      const value = name ? valueOf(element) : null
      if (name && value !== null) (fields[name] ??= []).push(value)
    }
    return { action: attribute(form, 'action') ?? '', fields }
  })
}

/** The first form of a page, or an empty one. */
export function readForm(html: string): PageForm {
  return readForms(html)[0] ?? { action: '', fields: {} }
}
