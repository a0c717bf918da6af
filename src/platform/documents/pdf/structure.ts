import { readUtf16, type Engine, type Scratch } from './engine.ts'

/** What a piece of a tagged page belongs to. Pieces of one `block` are one paragraph, wherever they stand. */
export interface Place {
  readonly block: number | null
  readonly level: 1 | 2 | 3 | null
  readonly list: number | null
  readonly item: number | null
  readonly table: number | null
  readonly row: number | null
  readonly cell: number | null
}

const nowhere: Place = { block: null, level: null, list: null, item: null, table: null, row: null, cell: null }
const deepest = 60
const most = 50_000
const paragraphs = new Set(['P', 'Caption', 'BlockQuote', 'Note', 'TOCI', 'Formula', 'Code', 'BibEntry', 'Index'])

/** Where the marked pieces of a page belong, by their numbers; empty when the page is not tagged. */
export function readStructure(engine: Engine, scratch: Scratch, page: number): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>()
  const tree = engine.FPDF_StructTree_GetForPage(page)
  if (tree === 0) return places
  let count = 0
  const visit = (element: number, outer: Place, depth: number) => {
    count += 1
    if (element === 0 || depth > deepest || count > most) return
    const type = readUtf16(engine.memory, scratch, (to, room) => engine.FPDF_StructElement_GetType(element, to, room))
    const place = placeOf(type, outer, count)
    const ids = engine.FPDF_StructElement_GetMarkedContentIdCount(element)
    for (let at = 0; at < Math.min(ids, most); at += 1) {
      const id = engine.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
      if (id >= 0) places.set(id, place)
    }
    const children = Math.min(engine.FPDF_StructElement_CountChildren(element), most)
    for (let at = 0; at < children; at += 1)
      visit(engine.FPDF_StructElement_GetChildAtIndex(element, at), place, depth + 1)
  }
  try {
    const children = Math.min(engine.FPDF_StructTree_CountChildren(tree), most)
    for (let at = 0; at < children; at += 1) visit(engine.FPDF_StructTree_GetChildAtIndex(tree, at), nowhere, 0)
  } finally {
    engine.FPDF_StructTree_Close(tree)
  }
  return places
}

/** The place inside an element, given the one around it. `id` is the element's own number. */
function placeOf(type: string, outer: Place, id: number): Place {
  const heading = /^(?:H([1-6])?|Title)$/.exec(type)
  if (heading) return { ...outer, block: id, level: toLevel(Number(heading[1] ?? 1)) }
  if (type === 'L') return { ...outer, list: outer.list ?? id }
  if (type === 'LI') return { ...outer, item: id, block: id }
  if (type === 'Table') return outer.table === null ? { ...outer, table: id } : outer
  if (type === 'TR') return outer.cell === null ? { ...outer, row: id } : outer
  if (type === 'TD' || type === 'TH') return outer.cell === null ? { ...outer, cell: id, block: id } : outer
  if (paragraphs.has(type) && outer.item === null && outer.cell === null) return { ...outer, block: id }
  return outer
}

export function toLevel(depth: number): 1 | 2 | 3 {
  return depth <= 1 ? 1 : depth === 2 ? 2 : 3
}
