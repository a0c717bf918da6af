import type { Engine, Scratch } from './engine.ts'

/** A piece of a page whose text the file says itself (its `ActualText`), because its shapes do not: a letter and its dots, a ligature, a letter with its vowel. */
export interface Span {
  readonly text: string
  /** All that is drawn of it. */
  readonly box: Box
  /** Where its widest part stands: dots stand off the line. */
  readonly origin: { readonly x: number; readonly y: number }
}

export interface Box {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

type Matrix = readonly [number, number, number, number, number, number]

const text = 1
const form = 5
const deepest = 8
const most = 200_000
const asDrawn: Matrix = [1, 0, 0, 1, 0, 0]

/** The spans of a page by the pieces of text that belong to them. To be read before the page's text is: it mends what the engine would lose of it. */
export function readSpans(engine: Engine, scratch: Scratch, page: number): ReadonlyMap<number, Span> {
  const direct = engine.memory.wasmExports
  const byMark = new Map<number, Span>()
  const markOf = new Map<number, number>()
  let seen = 0
  const visit = (object: number, place: Matrix, depth: number) => {
    seen += 1
    if (object === 0 || seen > most) return
    const type = direct.FPDFPageObj_GetType(object)
    if (type === form && depth < deepest) {
      const inner = multiply(matrixOf(engine, scratch, object), place)
      const count = Math.min(engine.FPDFFormObj_CountObjects(object), most)
      for (let at = 0; at < count; at += 1) visit(engine.FPDFFormObj_GetObject(object, at), inner, depth + 1)
    }
    const said = type === text ? sayingOf(engine, scratch, object) : null
    if (!said) return
    markOf.set(object, said.mark)
    const part = drawnOf(engine, scratch, object, place)
    const known = byMark.get(said.mark)
    byMark.set(said.mark, known ? joined(known, part) : { text: said.text, ...part })
  }
  const count = Math.min(engine.FPDFPage_CountObjects(page), most)
  for (let at = 0; at < count; at += 1) visit(direct.FPDFPage_GetObject(page, at), asDrawn, 0)
  const spans = new Map<number, Span>()
  for (const [piece, mark] of markOf) {
    const span = byMark.get(mark)
    if (span) spans.set(piece, span)
  }
  return spans
}

/** The outermost mark of a piece that says its text. */
function sayingOf(engine: Engine, scratch: Scratch, object: number): { mark: number; text: string } | null {
  const direct = engine.memory.wasmExports
  const marks = direct.FPDFPageObj_CountMarks(object)
  let said: { mark: number; text: string } | null = null
  const empty: number[] = []
  for (let at = 0; at < marks; at += 1) {
    const mark = direct.FPDFPageObj_GetMark(object, at)
    if (said === null) {
      const actual = actualTextOf(engine, scratch, mark)
      if (actual !== '') said = { mark, text: actual }
    } else if (engine.FPDFPageObjMark_CountParams(mark) === 0) empty.push(mark)
  }
  // The engine takes two pieces for one, and drops the second, when the innermost marks of both say nothing (`ReversedChars`).
  for (const mark of empty) engine.FPDFPageObj_RemoveMark(object, mark)
  return said
}

/** What a mark says its text is; empty where it says nothing, or nothing that can be read. */
function actualTextOf({ memory }: Engine, { at, room, actualText }: Scratch, mark: number): string {
  const lengthAt = at + room - 4
  // As bytes: asked for it as text, the engine takes it for UTF-8, which it is not.
  const isThere = memory.wasmExports.FPDFPageObjMark_GetParamBlobValue(mark, actualText, at, room - 8, lengthAt)
  if (isThere === 0) return ''
  const [low = 0, high = 0, ...rest] = memory.HEAPU8.subarray(lengthAt, lengthAt + 4)
  const length = low + high * 256
  if (length > room - 8 || rest.some((more) => more !== 0)) return ''
  const said = decodeText(memory.HEAPU8.slice(at, at + length))
  return said.includes('\uFFFD') ? '' : said.replace(/\p{Cc}+/gu, ' ')
}

/** A text as a PDF writes it: UTF-16 or UTF-8 when it begins by saying so, else one byte for a letter. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xef && second === 0xbb) return new TextDecoder().decode(bytes)
  return Buffer.from(bytes).toString('latin1')
}

type Drawn = Omit<Span, 'text'>

/** Where a piece of text is drawn on the page that the place is on. */
function drawnOf(engine: Engine, scratch: Scratch, object: number, place: Matrix): Drawn {
  const { at } = scratch
  engine.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12)
  const [left = 0, bottom = 0, right = 0, top = 0] = engine.memory.HEAPF32.subarray(at / 4, at / 4 + 4)
  const corners = [transform(place, left, bottom), transform(place, right, top)]
  const across = corners.map(({ x }) => x)
  const up = corners.map(({ y }) => y)
  const [, , , , x, y] = matrixOf(engine, scratch, object)
  return {
    box: { left: Math.min(...across), right: Math.max(...across), bottom: Math.min(...up), top: Math.max(...up) },
    origin: transform(place, x, y),
  }
}

function joined(span: Span, part: Drawn): Span {
  const box = {
    left: Math.min(span.box.left, part.box.left),
    right: Math.max(span.box.right, part.box.right),
    bottom: Math.min(span.box.bottom, part.box.bottom),
    top: Math.max(span.box.top, part.box.top),
  }
  const isWider = part.box.right - part.box.left > span.box.right - span.box.left
  return { text: span.text, box, origin: isWider ? part.origin : span.origin }
}

function matrixOf(engine: Engine, { at }: Scratch, object: number): Matrix {
  if (!engine.FPDFPageObj_GetMatrix(object, at)) return asDrawn
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = engine.memory.HEAPF32.subarray(at / 4, at / 4 + 6)
  return [a, b, c, d, e, f]
}

function multiply([a, b, c, d, e, f]: Matrix, [p, q, r, s, t, u]: Matrix): Matrix {
  return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

const transform = ([a, b, c, d, e, f]: Matrix, x: number, y: number) => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
})
