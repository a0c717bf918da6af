import type { PdfCompiler } from '#platform/pdf/index.ts'
import { agendaDocument, type PaperContext } from './agenda-pdf/document.ts'
import { agendaTemplate } from './agenda-pdf/template.ts'
import type { Seminar } from './domain.ts'

/** The agenda of a seminar on paper: a tagged PDF (PDF/UA-1) in the reader's language. The same seminar gives the same bytes. */
export async function agendaPdf(seminar: Seminar, context: PaperContext, compiler: PdfCompiler): Promise<Uint8Array> {
  return compiler.compile(agendaTemplate, agendaDocument(seminar, context))
}
