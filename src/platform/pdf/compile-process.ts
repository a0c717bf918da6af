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
  const pdf = new Uint8Array(toPdf(compiler, compiled.result))
  compiler.evictCache(0)
  return { pdf }
}

/** PDF/UA-1, or without its tags where only an older compiler is to be had. */
function toPdf(made: NodeCompiler, document: NonNullable<ReturnType<NodeCompiler['compile']>['result']>): Uint8Array {
  try {
    return made.pdf(document, { pdfStandard: 'ua-1' })
  } catch (error) {
    if (!(error instanceof Error) || !/pdfStandard|ua-1|variant/i.test(error.message)) throw error
    return made.pdf(document)
  }
}

process.on('message', (message) => {
  try {
    process.send?.(compile(PdfTask.parse(message)))
  } catch (error) {
    process.send?.({ failed: error instanceof Error ? error.message : String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
