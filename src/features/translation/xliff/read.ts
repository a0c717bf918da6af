import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { readXml, XmlError, type XmlEvent, type XmlFault } from '#platform/xml-reader.ts'
import { category, metadataNamespace, mostBytes, xliffNamespace, type UnitIn } from './shape.ts'

/** Why a file is not read at all. */
export type XliffFault = XmlFault | 'large' | 'encoding' | 'other' | 'version' | 'languages'

export interface XliffRead {
  readonly ok: true
  readonly sourceLang: string
  readonly targetLang: string
  readonly units: readonly UnitIn[]
  /** Units that the file has twice; which of them is meant, nobody can tell. */
  readonly twice: readonly { readonly recordId: string; readonly field: string; readonly line: number }[]
}

export type ReadXliff =
  XliffRead | { readonly ok: false; readonly fault: XliffFault; readonly line: number; readonly detail: string }

/** The text of a file: UTF-8, or UTF-16 with its mark. */
export function decodeXliff(bytes: Uint8Array): { ok: true; text: string } | (ReadXliff & { ok: false }) {
  if (bytes.length > mostBytes) return { ok: false, fault: 'large', line: 1, detail: '' }
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch {
    return { ok: false, fault: 'encoding', line: 1, detail: encoding }
  }
}

/** Reads an XLIFF 2 document: every unit with its place, or why it cannot be read. */
export function readXliff(text: string): ReadXliff {
  if (text.length > mostBytes) return { ok: false, fault: 'large', line: 1, detail: '' }
  try {
    return new XliffReader(readXml(text)).read()
  } catch (error) {
    if (error instanceof XliffFaultError)
      return { ok: false, fault: error.fault, line: error.line, detail: error.detail }
    if (error instanceof XmlError) return { ok: false, fault: error.fault, line: error.line, detail: error.detail }
    throw error
  }
}

class XliffFaultError extends Error {
  override name = 'XliffFaultError'
  readonly fault: XliffFault
  readonly line: number
  readonly detail: string
  constructor(fault: XliffFault, line: number, detail: string) {
    super(fault)
    this.fault = fault
    this.line = line
    this.detail = detail
  }
}

type Opened = XmlEvent & { kind: 'open' }

/** A segment, or what stands between segments. */
interface Piece {
  readonly isSegment: boolean
  readonly isReviewed: boolean
  source: string
  target: string | null
  /** Where its target stands among the others, when the target's language wants them in another order. */
  order: number | null
}

interface Unit {
  readonly field: string
  readonly line: number
  readonly pieces: Piece[]
  readonly told: Map<string, string>
  hasCodes: boolean
}

class XliffReader {
  private readonly events: Generator<XmlEvent>
  private readonly found = new Map<string, UnitIn>()
  private readonly twice: { recordId: string; field: string; line: number }[] = []

  constructor(events: Generator<XmlEvent>) {
    this.events = events
  }

  read(): XliffRead {
    const root = this.next()
    if (root.kind !== 'open' || root.name.local !== 'xliff') throw new XliffFaultError('other', root.line, nameOf(root))
    const version = root.attributes.get('version') ?? ''
    if (root.name.uri !== xliffNamespace || !/^2\.[01]$/.test(version))
      throw new XliffFaultError('version', root.line, version)
    const [sourceLang, targetLang] = ['srcLang', 'trgLang'].map((name) =>
      canonicalLanguageTag(root.attributes.get(name) ?? ''),
    )
    if (!sourceLang || !targetLang) throw new XliffFaultError('languages', root.line, '')
    this.inside((event) => {
      if (isCore(event, 'file')) this.readFile(event.attributes.get('id') ?? '')
      else this.skip()
    })
    // What follows the root is looked at too: a second one is no XML.
    for (const event of this.events) throw new XmlError('malformed', event.line, nameOf(event))
    return { ok: true, sourceLang, targetLang, units: [...this.found.values()], twice: this.twice }
  }

  /** Units may stand in groups. */
  private readFile(recordId: string): void {
    this.inside((event) => {
      if (isCore(event, 'group')) this.readFile(recordId)
      else if (isCore(event, 'unit')) this.keep(recordId, this.readUnit(event))
      else this.skip()
    })
  }

  private keep(recordId: string, unit: Unit): void {
    const key = `${recordId} ${unit.field}`
    const { field, line } = unit
    if (this.twice.some((one) => one.recordId === recordId && one.field === field) || this.found.delete(key))
      this.twice.push({ recordId, field, line })
    else this.found.set(key, finish(recordId, unit))
  }

  private readUnit(opened: Opened): Unit {
    const field = opened.attributes.get('id') ?? ''
    const unit: Unit = { field, line: opened.line, pieces: [], told: new Map(), hasCodes: false }
    this.inside((event) => {
      if (isCore(event, 'segment') || isCore(event, 'ignorable')) this.readPiece(event, unit)
      else if (event.name.uri === metadataNamespace && event.name.local === 'metadata') this.readMetadata(unit)
      else this.skip()
    })
    return unit
  }

  private readPiece(opened: Opened, unit: Unit): void {
    const state = opened.attributes.get('state') ?? 'initial'
    const isSegment = opened.name.local === 'segment'
    const piece: Piece = {
      isSegment,
      isReviewed: ['reviewed', 'final'].includes(state),
      source: '',
      target: null,
      order: null,
    }
    unit.pieces.push(piece)
    this.inside((event) => {
      if (isCore(event, 'source')) piece.source = this.readContent(unit)
      else if (isCore(event, 'target')) {
        const order = event.attributes.get('order') ?? ''
        piece.order = /^[1-9]\d{0,5}$/.test(order) ? Number(order) : null
        piece.target = this.readContent(unit)
      } else this.skip()
    })
  }

  /** The words of a source or target. Annotations are let through; codes stand for something the hub did not write. */
  private readContent(unit: Unit): string {
    let text = ''
    for (let depth = 1; depth > 0;) {
      const event = this.next()
      if (event.kind === 'text') text += event.text
      else if (event.kind === 'close') depth -= 1
      else {
        depth += 1
        if (isCore(event, 'cp')) text += toCharacter(event)
        else if (!['mrk', 'sm', 'em'].includes(event.name.local)) unit.hasCodes = true
      }
    }
    return text
  }

  private readMetadata(unit: Unit): void {
    this.inside((group) => {
      const isOurs = group.attributes.get('category') === category
      this.inside((meta) => {
        let text = ''
        this.inside(
          () => this.skip(),
          (words) => (text += words),
        )
        if (isOurs) unit.told.set(meta.attributes.get('type') ?? '', text)
      })
    })
  }

  private next(): XmlEvent {
    const { value, done } = this.events.next()
    if (done) throw new XmlError('cut', 1, '')
    return value
  }

  /** Goes through an element that was opened: `child` must read each child to its end. */
  private inside(child: (event: Opened) => void, words: (text: string) => void = () => undefined): void {
    for (let event = this.next(); event.kind !== 'close'; event = this.next()) {
      if (event.kind === 'open') child(event)
      else words(event.text)
    }
  }

  private skip(): void {
    this.inside(() => this.skip())
  }
}

const isCore = (event: Opened, local: string) => event.name.uri === xliffNamespace && event.name.local === local
const nameOf = (event: XmlEvent) => (event.kind === 'text' ? event.text.slice(0, 40) : `<${event.name.local}>`)

/** The character that XML could not hold. */
function toCharacter(event: Opened): string {
  const hex = event.attributes.get('hex') ?? ''
  const point = /^[0-9a-f]{1,6}$/i.test(hex) ? Number.parseInt(hex, 16) : Number.NaN
  if (Number.isNaN(point) || point > 0x10ffff) throw new XmlError('malformed', event.line, `<cp hex="${hex}">`)
  return String.fromCodePoint(point)
}

function finish(recordId: string, { field, line, pieces, told, hasCodes }: Unit): UnitIn {
  const segments = pieces.filter((piece) => piece.isSegment)
  const lacking = segments.filter((piece) => piece.target === null && piece.source !== '').length
  const translated = segments.some((piece) => piece.target !== null)
  const inOrder = pieces
    .map((piece, index) => ({ text: piece.target ?? piece.source, place: piece.order ?? index + 1 }))
    .toSorted((one, other) => one.place - other.place)
  return {
    recordId,
    field,
    line,
    source: pieces.map((piece) => piece.source).join(''),
    target: translated && lacking === 0 ? inOrder.map((piece) => piece.text).join('') : null,
    isPartial: translated && lacking > 0,
    isReviewed: segments.length > 0 && segments.every((piece) => piece.isReviewed),
    hasCodes,
    sourceHash: told.get('source'),
    targetHash: told.get('target'),
  }
}
