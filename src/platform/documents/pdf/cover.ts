import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import encode, { init } from '@jsquash/webp/encode.js'
import type { Cover } from '../document.ts'
import type { Engine } from './engine.ts'

const require = createRequire(import.meta.url)
const most = 60_000
/** Widths and qualities, the best first: the first that is small enough is taken. */
const tries = [
  [600, 70],
  [600, 45],
  [480, 45],
  [360, 40],
  [240, 40],
] as const
const whiteOpaque = 0xffffffff
const redFirst = 0x10

/** A picture of the first page, at most 600 pixels wide and 60 kB large; null where there is none. */
export async function drawCover(engine: Engine, document: number): Promise<Cover | null> {
  const page = engine.FPDF_LoadPage(document, 0)
  if (page === 0) return null
  const across = engine.FPDF_GetPageWidthF(page)
  const down = engine.FPDF_GetPageHeightF(page)
  if (!(across > 0 && down > 0) || down > 4 * across || across > 20 * down) return null
  await startEncoder()
  for (const [wanted, quality] of tries) {
    const width = wanted
    const height = Math.max(1, Math.round((width * down) / across))
    const data = draw(engine, page, width, height)
    if (!data) return null
    const bytes = new Uint8Array(await encode({ data, width, height, colorSpace: 'srgb' }, { quality }))
    if (bytes.length <= most) return { type: 'image/webp', width, height, bytes }
  }
  return null
}

/** Red, green, blue and opaque, byte after byte. */
function draw(engine: Engine, page: number, width: number, height: number): Uint8ClampedArray<ArrayBuffer> | null {
  const bitmap = engine.FPDFBitmap_Create(width, height, 1)
  if (bitmap === 0) return null
  try {
    engine.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, whiteOpaque)
    engine.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, redFirst)
    const at = engine.FPDFBitmap_GetBuffer(bitmap) >>> 0
    return new Uint8ClampedArray(engine.memory.HEAPU8.slice(at, at + width * height * 4))
  } finally {
    engine.FPDFBitmap_Destroy(bitmap)
  }
}

/** The encoder would fetch its program by itself, as in a browser: it is handed over instead. */
async function startEncoder(): Promise<void> {
  const program = new WebAssembly.Module(readFileSync(require.resolve('@jsquash/webp/codec/enc/webp_enc_simd.wasm')))
  const instantiateWasm = (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
    const instance = new WebAssembly.Instance(program, imports)
    done(instance)
    return instance.exports
  }
  await init({ instantiateWasm })
}
