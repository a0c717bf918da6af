import { z } from 'zod'

/** What the compiling process is asked. The document's data travels beside its source and never becomes part of it. */
export const PdfTask = z.object({ source: z.string(), data: z.string(), fonts: z.array(z.string()) })
export type PdfTask = z.infer<typeof PdfTask>

/** What it answers: the bytes, or why there are none. */
export const PdfAnswer = z.union([z.object({ pdf: z.instanceof(Uint8Array) }), z.object({ failed: z.string() })])
export type PdfAnswer = z.infer<typeof PdfAnswer>
