import { hashText } from '#platform/text/index.ts'
import { category, metadataNamespace, xliffNamespace, type FileOut, type UnitOut } from './shape.ts'

// What XML 1.0 cannot hold goes out as <cp hex="…"/>; a carriage return as a reference, or readers would make it a line feed.
const special =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[&<>\r]|[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

const toHex = (character: string) => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
const escapeContent = (text: string) => text.replace(special, (one) => named[one] ?? `<cp hex="${toHex(one)}"/>`)
const escapeAttribute = (text: string) =>
  text.replace(special, (one) => named[one] ?? '').replace(/["\t\n]/g, (one) => `&#${one.charCodeAt(0)};`)

/** What XLIFF calls the states of a text; the hub's own go along as a sub-state. */
const states: Readonly<Record<UnitOut['state'], string>> = {
  missing: 'state="initial"',
  behind: `state="translated" subState="${category}:behind"`,
  machine: `state="translated" subState="${category}:machine"`,
  current: 'state="final"',
}

/** The beginning of an XLIFF 2.1 document from one language into another. */
export function openXliff(sourceLang: string, targetLang: string): string {
  const languages = `srcLang="${escapeAttribute(sourceLang)}" trgLang="${escapeAttribute(targetLang)}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="${xliffNamespace}" xmlns:mda="${metadataNamespace}" version="2.1" ${languages}>\n`
}

/** The end of an XLIFF document. */
export const closeXliff = '</xliff>\n'

/** A record as a file of an XLIFF document, each of its texts a unit. */
export function writeFile({ recordId, address, name, units }: FileOut): string {
  const head = `<file id="${escapeAttribute(recordId)}" original="${escapeAttribute(address)}">`
  const note = `<notes><note category="title">${escapeAttribute(name)}</note></notes>`
  return `${head}\n${note}\n${units.map(writeUnit).join('')}</file>\n`
}

function writeUnit({ field, label, source, sourceHash, target, state }: UnitOut): string {
  const told = [
    ['source', sourceHash],
    ['target', target === null ? '' : hashText(target)],
  ].map(([type, value]) => `<mda:meta type="${type}">${value}</mda:meta>`)
  const metadata = `<mda:metadata><mda:metaGroup category="${category}">${told.join('')}</mda:metaGroup></mda:metadata>`
  const head = `<unit id="${escapeAttribute(field)}" name="${escapeAttribute(label)}" xml:space="preserve">`
  const pairs = pair(source, target)
  const pieces = pairs.map(([from, into], index) => {
    const words = `<source>${escapeContent(from)}</source>${into === null ? '' : `<target>${escapeContent(into)}</target>`}`
    // The empty lines between paragraphs are not for translating.
    if (pairs.length > 1 && isGap(from)) return `<ignorable>${words}</ignorable>\n`
    return `<segment id="s${index + 1}" ${states[state]}>${words}</segment>\n`
  })
  return `${head}\n${metadata}\n${pieces.join('')}</unit>\n`
}

const isGap = (text: string) => /^\n*$/.test(text)

/** Paragraph by paragraph, as long as both sides have as many; else, and where there is no translation to lose, as a whole. */
function pair(source: string, target: string | null): (readonly [string, string | null])[] {
  const from = paragraphs(source)
  const into = target === null ? [] : paragraphs(target)
  if (target === null) return from.map((text) => [text, from.length > 1 && isGap(text) ? text : null])
  const isEven = from.length === into.length && from.every((text, index) => isGap(text) === isGap(into[index] ?? ''))
  return isEven ? from.map((text, index) => [text, into[index] ?? '']) : [[source, target]]
}

/** The paragraphs of a text and the empty lines between them, in turn: joined they are the text again. */
function paragraphs(text: string): string[] {
  const pieces = text.split(/(\n{2,})/).filter((piece) => piece !== '')
  return pieces.length === 0 ? [''] : pieces
}
