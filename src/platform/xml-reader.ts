/** What an XML document is made of, in order: elements with resolved names, and the text between their tags. */
export type XmlEvent =
  | {
      readonly kind: 'open'
      readonly name: XmlName
      readonly attributes: ReadonlyMap<string, string>
      readonly line: number
    }
  | { readonly kind: 'close'; readonly name: XmlName; readonly line: number }
  | { readonly kind: 'text'; readonly text: string; readonly line: number }

export interface XmlName {
  /** The namespace; empty for none. */
  readonly uri: string
  readonly local: string
}

/** Why a document cannot be read: it has a DTD or an entity of its own, ends too early, is nested too deeply, or is not well-formed. */
export type XmlFault = 'doctype' | 'entity' | 'cut' | 'deep' | 'malformed'

/** A document that is not read; `line` counts from 1, `detail` is the piece that is wrong. */
export class XmlError extends Error {
  override name = 'XmlError'
  readonly fault: XmlFault
  readonly line: number
  readonly detail: string
  constructor(fault: XmlFault, line: number, detail: string) {
    super(`line ${line}: ${fault}${detail === '' ? '' : ` at ${detail}`}`)
    this.fault = fault
    this.line = line
    this.detail = detail.slice(0, 80)
  }
}

const deepest = 100
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const nameStart = String.raw`[\p{L}_]`
const nameRest = String.raw`[\p{L}\p{N}\p{M}_.\u00B7-]*`
const qualified = String.raw`(?:(${nameStart}${nameRest}):)?(${nameStart}${nameRest})`
const openTag = new RegExp(`<${qualified}`, 'uy')
const closeTag = new RegExp(String.raw`</${qualified}[ \t\n]*>`, 'uy')
const attribute = new RegExp(String.raw`[ \t\n]+${qualified}[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')`, 'uy')
const tagEnd = /[ \t\n]*(\/?)>/y
const declaration = /<\?xml[ \t\n][^<>]*?\?>/y
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const forbidden =
  // oxlint-disable-next-line no-control-regex -- what XML 1.0 does not allow is what is looked for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

type Open = {
  readonly name: XmlName
  readonly raw: string
  readonly line: number
  readonly prefixes: ReadonlyMap<string, string>
}

/**
 * Reads XML 1.0 with namespaces, strictly, one piece after another: whoever reads may stop. It knows no document type and no
 * entity but the five of XML itself, so nothing grows and nothing is fetched. Throws `XmlError` where it cannot go on.
 */
export function* readXml(document: string): Generator<XmlEvent> {
  const reader = new XmlReader(document.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'))
  yield* reader.read()
}

class XmlReader {
  private at = 0
  private line = 1
  private readonly open: Open[] = []
  private readonly text: string

  constructor(text: string) {
    this.text = text
    const bad = forbidden.exec(text)
    if (bad) this.moveTo(bad.index).fail('malformed', `U+${text.charCodeAt(bad.index).toString(16).padStart(4, '0')}`)
  }

  *read(): Generator<XmlEvent> {
    const head = this.match(declaration)
    if (head) this.moveTo(this.at + head[0].length)
    let hasRoot = false
    while (this.at < this.text.length) {
      const isOutside = this.open.length === 0
      if (this.text[this.at] !== '<') {
        const text = this.readText()
        if (!isOutside) yield text
        else if (text.text.trim() !== '') this.fail('malformed', text.text.trim())
      } else if (this.text.startsWith('<!--', this.at)) this.skip('<!--', '-->')
      else if (this.text.startsWith('<![CDATA[', this.at) && !isOutside) yield this.readCdata()
      else if (this.text.startsWith('<?', this.at)) this.skip('<?', '?>')
      else if (/^<!DOCTYPE/i.test(this.text.slice(this.at, this.at + 9))) this.fail('doctype', '<!DOCTYPE')
      else if (this.text[this.at + 1] === '/') yield this.readClose()
      else {
        if (isOutside && hasRoot) this.fail('malformed', this.here())
        hasRoot = true
        yield* this.readOpen()
      }
    }
    const last = this.open.at(-1)
    if (last || !hasRoot) this.fail('cut', last ? `<${last.raw}>` : '')
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)
  }

  private moveTo(end: number): this {
    for (let at = this.text.indexOf('\n', this.at); at >= 0 && at < end; at = this.text.indexOf('\n', at + 1))
      this.line += 1
    this.at = end
    return this
  }

  private fail(fault: XmlFault, detail: string): never {
    throw new XmlError(fault, this.line, detail)
  }

  /** The piece that stands here, for a person to look at. A tag that the document's end cuts off is no fault of its form. */
  private here(): string {
    return this.text.slice(this.at, this.at + 40).split('\n', 1)[0] ?? ''
  }

  private failHere(): never {
    const isCut = this.text.indexOf('>', this.at) < 0
    this.fail(isCut ? 'cut' : 'malformed', this.here())
  }

  private skip(start: string, end: string): void {
    const stop = this.text.indexOf(end, this.at + start.length)
    if (stop < 0) this.fail('cut', this.here())
    const inside = this.text.slice(this.at + start.length, stop)
    if (start === '<!--' && (inside.includes('--') || inside.endsWith('-'))) this.fail('malformed', this.here())
    if (start === '<?' && /^xml[ \t\n]/i.test(inside)) this.fail('malformed', this.here())
    this.moveTo(stop + end.length)
  }

  private readCdata(): XmlEvent {
    const { line } = this
    const stop = this.text.indexOf(']]>', this.at)
    if (stop < 0) this.fail('cut', '<![CDATA[')
    const text = this.text.slice(this.at + '<![CDATA['.length, stop)
    this.moveTo(stop + 3)
    return { kind: 'text', text, line }
  }

  private readText(): XmlEvent & { kind: 'text' } {
    const { line } = this
    const stop = this.text.indexOf('<', this.at)
    const end = stop < 0 ? this.text.length : stop
    const raw = this.text.slice(this.at, end)
    if (raw.includes(']]>')) this.moveTo(this.at + raw.indexOf(']]>')).fail('malformed', ']]>')
    const text = this.resolve(raw)
    this.moveTo(end)
    return { kind: 'text', text, line }
  }

  /** References in a text as what they stand for. */
  private resolve(raw: string): string {
    if (!raw.includes('&')) return raw
    return raw.replace(/&([^;&\s]{0,50};?)?/g, (whole, inside: string | undefined, at: number) => {
      const name = inside?.endsWith(';') ? inside.slice(0, -1) : ''
      const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
      const point = code ? Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16) : Number.NaN
      const found = code ? toCharacter(point) : Object.hasOwn(named, name) ? named[name] : undefined
      if (found !== undefined) return found
      const lines = raw.slice(0, at).split('\n').length - 1
      throw new XmlError(name !== '' && !code ? 'entity' : 'malformed', this.line + lines, whole)
    })
  }

  private readClose(): XmlEvent {
    const found = this.match(closeTag) ?? this.failHere()
    const last = this.open.pop()
    if (!last || found[0].slice(2, -1).trim() !== last.raw) this.fail('malformed', found[0])
    const event = { kind: 'close', name: last.name, line: this.line } as const
    this.moveTo(this.at + found[0].length)
    return event
  }

  private *readOpen(): Generator<XmlEvent> {
    const { line } = this
    const found = this.match(openTag) ?? this.failHere()
    if (this.open.length >= deepest) this.fail('deep', found[0])
    this.moveTo(this.at + found[0].length)
    const sent: [prefix: string, local: string, value: string][] = []
    for (let one = this.match(attribute); one; one = this.match(attribute)) {
      const value = this.resolve((one[3] ?? one[4] ?? '').replace(/[\t\n]/g, ' '))
      sent.push([one[1] ?? '', one[2] ?? '', value])
      this.moveTo(this.at + one[0].length)
    }
    const end = this.match(tagEnd) ?? this.failHere()
    this.moveTo(this.at + end[0].length)
    const prefixes = declare(this.open.at(-1)?.prefixes, sent)
    const name = { uri: this.uriOf(found[1] ?? '', prefixes), local: found[2] ?? '' }
    yield { kind: 'open', name, attributes: this.attributesOf(sent, prefixes), line }
    if (end[1] === '/') yield { kind: 'close', name, line: this.line }
    else this.open.push({ name, raw: found[0].slice(1), line, prefixes })
  }

  private attributesOf(
    sent: readonly [string, string, string][],
    prefixes: ReadonlyMap<string, string>,
  ): Map<string, string> {
    const attributes = new Map<string, string>()
    for (const [prefix, local, value] of sent) {
      if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue
      const key = prefix === '' ? local : `${this.uriOf(prefix, prefixes)} ${local}`
      if (attributes.has(key)) this.fail('malformed', local)
      attributes.set(key, value)
    }
    return attributes
  }

  private uriOf(prefix: string, prefixes: ReadonlyMap<string, string>): string {
    const uri = prefix === 'xml' ? xmlNamespace : prefixes.get(prefix)
    if (uri === undefined && prefix !== '') this.fail('malformed', `${prefix}:`)
    return uri ?? ''
  }
}

/** Namespaces in force inside an element. */
function declare(
  outer: ReadonlyMap<string, string> = new Map(),
  sent: readonly [prefix: string, local: string, value: string][],
): ReadonlyMap<string, string> {
  const own = sent.flatMap(([prefix, local, value]): [string, string][] => {
    if (prefix === 'xmlns') return [[local, value]]
    return prefix === '' && local === 'xmlns' ? [['', value]] : []
  })
  return own.length === 0 ? outer : new Map([...outer, ...own])
}

/** The character of a reference, when XML 1.0 has it. */
function toCharacter(point: number): string | undefined {
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined
  const character = String.fromCodePoint(point)
  return forbidden.test(character) ? undefined : character
}
