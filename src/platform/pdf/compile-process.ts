import { readFileSync } from 'node:fs'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { PdfTask, type PdfAnswer } from './task.ts'

// A process of its own: it has the compiler's memory, can be ended in the middle of a document, and takes nobody with it.
let compiler: NodeCompiler | null = null

function compile(task: PdfTask): PdfAnswer {
  compiler ??= NodeCompiler.create({
    workspace: import.meta.dirname,
    fontArgs: [{ fontBlobs: task.fonts.map((path) => readFileSync(path)) }],
  })
  const compiled = compiler.compile({ mainFileContent: task.source, inputs: { data: task.data } })
  if (!compiled.result) {
    const reasons = compiled.takeDiagnostics()?.shortDiagnostics ?? []
    return { failed: JSON.stringify(reasons).slice(0, 2000) }
  }
  const pdf = new Uint8Array(compiler.pdf(compiled.result, { pdfStandard: 'ua-1' }))
  compiler.evictCache(0)
  return { pdf }
}

process.on('message', (message) => {
  try {
    process.send?.(compile(PdfTask.parse(message)))
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
