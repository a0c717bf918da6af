import { readFileSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'

/** PDFium, and the memory that it and we exchange values through. */
export type Engine = Omit<WrappedPdfiumModule, 'pdfium'> & { readonly memory: EngineMemory }

export interface EngineMemory {
  readonly HEAPU8: Uint8Array
  readonly HEAPF32: Float32Array
  readonly HEAPF64: Float64Array
  readonly wasmExports: {
    readonly malloc: (bytes: number) => number
    // Asked for every letter: past the wrapping of the calls, which takes longer than what they do.
    readonly FPDFText_GetUnicode: (textPage: number, at: number) => number
    readonly FPDFText_GetTextObject: (textPage: number, at: number) => number
    readonly FPDFText_GetLooseCharBox: (textPage: number, at: number, to: number) => number
    readonly FPDFText_GetCharOrigin: (textPage: number, at: number, toX: number, toY: number) => number
    // And for every piece of text.
    readonly FPDFPage_GetObject: (page: number, at: number) => number
    readonly FPDFPageObj_GetType: (object: number) => number
    readonly FPDFPageObj_CountMarks: (object: number) => number
    readonly FPDFPageObj_GetMark: (object: number, at: number) => number
    readonly FPDFPageObjMark_GetParamBlobValue: (
      mark: number,
      key: number,
      to: number,
      room: number,
      lengthTo: number,
    ) => number
  }
  readonly addFunction: (called: (...args: number[]) => number, signature: string) => number
  readonly setValue: (at: number, value: number, type: 'i32') => void
}

const require = createRequire(import.meta.url)

/** PDFium in memory of its own. There is one for each process: it is never given back. */
export async function startEngine(): Promise<Engine> {
  const wasmBinary = readFileSync(require.resolve('@embedpdf/pdfium/pdfium.wasm'))
  const { pdfium, ...calls } = await init({ wasmBinary })
  calls.FPDF_InitLibrary()
  // Its declarations lean on a package of types that it does not bring.
  return { ...calls, memory: pdfium as unknown as EngineMemory }
}

/** A document whose bytes are read where they lie, as they are asked for; 0 when it cannot be opened. */
export function loadFile(engine: Engine, file: { readonly fd: number; readonly bytes: number }): number {
  const { memory } = engine
  const read = (_: number, position: number, to: number, length: number) =>
    readSync(file.fd, memory.HEAPU8.subarray(to >>> 0, (to >>> 0) + length), 0, length, position >>> 0) === length
      ? 1
      : 0
  const access = memory.wasmExports.malloc(12)
  memory.setValue(access, file.bytes, 'i32')
  memory.setValue(access + 4, memory.addFunction(read, 'iiiii'), 'i32')
  memory.setValue(access + 8, 0, 'i32')
  return engine.FPDF_LoadCustomDocument(access, '')
}

/** A text that the engine writes as UTF-16: it tells how many bytes it has, or writes them where there is room. */
export function readUtf16(memory: EngineMemory, scratch: Scratch, ask: (to: number, room: number) => number): string {
  const bytes = ask(scratch.at, scratch.room)
  if (bytes <= 2 || bytes > scratch.room) return ''
  return Buffer.from(memory.HEAPU8.subarray(scratch.at, scratch.at + bytes - 2)).toString('utf16le')
}

/** A piece of the engine's memory for answers. */
export interface Scratch {
  readonly at: number
  readonly room: number
  /** Where the engine reads the name of what it is asked for most. */
  readonly actualText: number
}

/** One piece serves a whole document. */
export function makeScratch({ memory }: Engine): Scratch {
  const room = 8192
  const name = Buffer.from('ActualText\0')
  const actualText = memory.wasmExports.malloc(name.length)
  memory.HEAPU8.set(name, actualText)
  return { at: memory.wasmExports.malloc(room), room, actualText }
}
