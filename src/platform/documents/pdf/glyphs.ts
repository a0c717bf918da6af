import { isMark } from './direction.ts'
import { readUtf16, type Engine, type Scratch } from './engine.ts'
import type { Box, Span } from './spans.ts'
import type { Place } from './structure.ts'

/** A character where it stands on its page. `x` runs along the line and `y` up from it, whichever way the page is turned. */
export interface Glyph {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly x: number
  readonly y: number
  readonly size: number
  readonly isBold: boolean
  readonly turn: 0 | 1 | 2 | 3
  readonly place: Place | null
  /** A space that stands in no file: the engine saw a gap. */
  readonly isGap: boolean
}

/** What all characters of one piece of text share. */
interface Piece {
  readonly size: number
  readonly isBold: boolean
  readonly turn: 0 | 1 | 2 | 3
  readonly place: Place | null
  readonly isArtifact: boolean
  readonly span: Span | null
}

const mostOnPage = 200_000

/** What is known of a page before its text is read. */
export interface PageMarks {
  readonly places: ReadonlyMap<number, Place>
  readonly spans: ReadonlyMap<number, Span>
}

/** The characters of a page in the order in which the file has them; a span is one of them. Of a tagged page, what is not content is left out. */
export function readGlyphs(engine: Engine, scratch: Scratch, textPage: number, page: PageMarks): Glyph[] {
  const pieces = new Map<number, Piece>()
  const said = new Set<Span | null>()
  const glyphs: Glyph[] = []
  const direct = engine.memory.wasmExports
  const count = Math.min(engine.FPDFText_CountChars(textPage), mostOnPage)
  for (let at = 0; at < count; at += 1) {
    const code = direct.FPDFText_GetUnicode(textPage, at)
    const last = glyphs.at(-1)
    const object = direct.FPDFText_GetTextObject(textPage, at)
    // What belongs to no piece of text was put in by the engine: a space where it saw a gap, or the end of a line.
    if (object === 0) {
      if (code === 0x20 && last) glyphs.push({ ...last, text: ' ', left: last.right, isGap: true })
      continue
    }
    const character = { textPage, at, object }
    const piece = pieces.get(object) ?? readPiece(engine, scratch, character, page)
    pieces.set(object, piece)
    if (piece.isArtifact || said.has(piece.span)) continue
    if (piece.span) said.add(piece.span)
    const text = piece.span?.text ?? textOf(code)
    const spot = piece.span
      ? withBearing(turned(piece.span.box, piece.span.origin, piece.turn), piece.size)
      : locate(engine, scratch, character, piece, text)
    glyphs.push({ ...spot, ...piece, text, isGap: false })
  }
  return glyphs
}

interface Character {
  readonly textPage: number
  readonly at: number
  /** The piece of text it is drawn with. */
  readonly object: number
}

function readPiece(
  engine: Engine,
  scratch: Scratch,
  { textPage, at, object }: Character,
  { places, spans }: PageMarks,
): Piece {
  engine.FPDFText_GetMatrix(textPage, at, scratch.at)
  const [a = 1, b = 0, c = 0, d = 1] = engine.memory.HEAPF32.subarray(scratch.at / 4, scratch.at / 4 + 4)
  const turn = Math.abs(a) >= Math.abs(b) ? (a >= 0 ? 0 : 2) : b > 0 ? 1 : 3
  const size = Math.abs(engine.FPDFText_GetFontSize(textPage, at)) * (Math.hypot(c, d) || 1)
  const isBold =
    engine.FPDFText_GetFontWeight(textPage, at) >= 600 ||
    /bold|black|heavy/i.test(fontOf(engine, scratch, textPage, at))
  const looks = { size, isBold, turn, span: spans.get(object) ?? null } as const
  if (places.size === 0) return { ...looks, place: null, isArtifact: false }
  const place = places.get(engine.FPDFPageObj_GetMarkedContentID(object)) ?? null
  return { ...looks, place, isArtifact: place === null && isMarkedArtifact(engine, scratch, object) }
}

/** The name of a letter's font. */
function fontOf(engine: Engine, { at: to, room }: Scratch, textPage: number, at: number): string {
  const bytes = engine.FPDFText_GetFontInfo(textPage, at, to, room, 0)
  return bytes > room ? '' : Buffer.from(engine.memory.HEAPU8.subarray(to, to + bytes)).toString('latin1')
}

/** Whether a piece of a tagged page is marked as none of its content: a running head, a rule. */
function isMarkedArtifact(engine: Engine, scratch: Scratch, object: number): boolean {
  const marks = engine.FPDFPageObj_CountMarks(object)
  for (let at = 0; at < marks; at += 1)
    if (markName(engine, scratch, engine.FPDFPageObj_GetMark(object, at)) === 'Artifact') return true
  return false
}

/** The name of a mark: the engine puts its length behind it. */
function markName(engine: Engine, scratch: Scratch, mark: number): string {
  const lengthAt = scratch.at + scratch.room - 4
  return readUtf16(engine.memory, scratch, (to, room) => {
    if (!engine.FPDFPageObjMark_GetName(mark, to, room - 8, lengthAt)) return 0
    const [low = 0, high = 0] = engine.memory.HEAPU8.subarray(lengthAt, lengthAt + 2)
    return low + high * 256
  })
}

type Spot = Pick<Glyph, 'left' | 'right' | 'x' | 'y'>

/** Where a character stands. Marks have no width of their own, so theirs is what is drawn of them. */
function locate(engine: Engine, { at: to }: Scratch, { textPage, at }: Character, piece: Piece, text: string): Spot {
  const { memory } = engine
  memory.wasmExports.FPDFText_GetCharOrigin(textPage, at, to, to + 8)
  const { [to / 8]: x = 0, [to / 8 + 1]: y = 0 } = memory.HEAPF64
  if (isMark(text)) {
    engine.FPDFText_GetCharBox(textPage, at, to, to + 8, to + 16, to + 24)
    const [left = 0, right = 0, bottom = 0, top = 0] = memory.HEAPF64.subarray(to / 8, to / 8 + 4)
    return turned({ left, right, bottom, top }, { x, y }, piece.turn)
  }
  memory.wasmExports.FPDFText_GetLooseCharBox(textPage, at, to)
  const box = to / 4
  const { [box]: left = 0, [box + 1]: top = 0, [box + 2]: right = 0, [box + 3]: bottom = 0 } = memory.HEAPF32
  return turned({ left, top, right, bottom }, { x, y }, piece.turn)
}

/** A place as it is for somebody who reads along the line. */
function turned(
  { left, top, right, bottom }: Box,
  { x, y }: { readonly x: number; readonly y: number },
  turn: Glyph['turn'],
): Spot {
  if (turn === 0) return { left, right, x, y }
  if (turn === 1) return { left: bottom, right: top, x: y, y: -x }
  if (turn === 2) return { left: -right, right: -left, x: -x, y: -y }
  return { left: -top, right: -bottom, x: -y, y: x }
}

/** A span from where its letter begins, which is a little before what is drawn of it. */
const withBearing = (spot: Spot, size: number): Spot =>
  spot.x < spot.left && spot.left - spot.x < 0.3 * size ? { ...spot, left: spot.x } : spot

/** Letters that stand for a shape (ﬁ, ﻼ) are the letters they are made of; marks that stand alone (ﹷ) are made of a space and the mark. */
function textOf(code: number): string {
  if (code === 2) return '\u00AD'
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return ''
  const text = String.fromCodePoint(code)
  const isForm = (code >= 0xfb00 && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc)
  return isForm ? text.normalize('NFKC').trimStart() : text
}
