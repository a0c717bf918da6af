import { XMLBuilder } from 'fast-xml-parser'
import { cleanText } from './text/index.ts'

/** An element: its attributes (`@name`), its text (`#text`) and its children by name. What is undefined is left out. */
export interface XmlElement {
  readonly [name: string]: XmlValue | readonly XmlValue[] | undefined
}

export type XmlValue = string | number | XmlElement

const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  indentBy: ' ',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
})

/** An XML 1.0 document. Characters XML cannot hold are left out of every text, so it is well-formed whatever was written in it. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(clean(root))}`
}

function clean(element: XmlElement): XmlElement {
  const entries = Object.entries(element).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [name, cleanValue(value)]))
}

function cleanValue(value: XmlElement[string]): XmlElement[string] {
  if (isList(value)) return value.map(cleanOne)
  return value === undefined ? undefined : cleanOne(value)
}

function cleanOne(value: XmlValue): XmlValue {
  if (typeof value === 'string') return cleanText(value.toWellFormed())
  return typeof value === 'number' ? value : clean(value)
}

function isList(value: XmlElement[string]): value is readonly XmlValue[] {
  return Array.isArray(value)
}
