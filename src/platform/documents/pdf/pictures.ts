import type { Engine, Scratch } from './engine.ts'

const picture = 3
const form = 5
const most = 2000

/** Whether a picture covers at least half of a page. */
export function showsPicture(engine: Engine, scratch: Scratch, page: number): boolean {
  const area = engine.FPDF_GetPageWidthF(page) * engine.FPDF_GetPageHeightF(page)
  const count = Math.min(engine.FPDFPage_CountObjects(page), most)
  for (let at = 0; at < count; at += 1) {
    const object = engine.FPDFPage_GetObject(page, at)
    if (holdsPicture(engine, object) && areaOf(engine, scratch, object) >= area / 2) return true
  }
  return false
}

/** A picture, or a form that has one in it. */
function holdsPicture(engine: Engine, object: number): boolean {
  const type = engine.FPDFPageObj_GetType(object)
  if (type !== form) return type === picture
  const count = Math.min(engine.FPDFFormObj_CountObjects(object), most)
  for (let at = 0; at < count; at += 1)
    if (engine.FPDFPageObj_GetType(engine.FPDFFormObj_GetObject(object, at)) === picture) return true
  return false
}

function areaOf(engine: Engine, { at }: Scratch, object: number): number {
  if (!engine.FPDFPageObj_GetBounds(object, at, at + 4, at + 8, at + 12)) return 0
  const [left = 0, bottom = 0, right = 0, top = 0] = engine.memory.HEAPF32.subarray(at / 4, at / 4 + 4)
  return Math.abs((right - left) * (top - bottom))
}
