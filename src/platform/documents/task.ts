import { z } from 'zod'
import { Cover, ReadDocument, Unreadable } from './document.ts'

/** What the reading process is asked. */
export const ReadTask = z.object({
  path: z.string(),
  type: z.string(),
  limits: z.object({ unpacked: z.number(), pages: z.number(), characters: z.number() }),
})
export type ReadTask = z.infer<typeof ReadTask>

/** What it says: how far it is, then the document and after it the cover, or that there is none of both. */
export const ReadWord = z.union([
  z.object({ done: z.number(), total: z.number() }),
  z.object({ document: ReadDocument }),
  z.object({ cover: Cover.nullable() }),
  z.object({ failed: Unreadable, detail: z.string() }),
])
export type ReadWord = z.infer<typeof ReadWord>
