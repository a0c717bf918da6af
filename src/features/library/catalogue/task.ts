import { z } from 'zod'
import type { CatalogueEntry, CatalogueFault, CatalogueProblem } from './read.ts'

/** What the process that reads catalogues is sent: the file in pieces, then what to read it as, then how many works are wanted next. */
export const CatalogueTask = z.union([
  z.object({ chunk: z.instanceof(Uint8Array) }),
  z.object({ name: z.string(), context: z.object({ origin: z.string(), lang: z.string() }) }),
  z.object({ give: z.number() }),
])
export type CatalogueTask = Readonly<
  { chunk: Uint8Array } | { name: string; context: { origin: string; lang: string } } | { give: number }
>

/** What it says: why the file is no catalogue, or what is in it, and then its works. They were checked where they were read. */
export const CatalogueWord = z.union([
  z.object({ fault: z.custom<CatalogueFault>(), line: z.number().nullable() }),
  z.object({ total: z.number(), problems: z.array(z.custom<CatalogueProblem>()) }),
  z.object({ entries: z.array(z.custom<CatalogueEntry>()) }),
])
export type CatalogueWord = Readonly<
  | { fault: CatalogueFault; line: number | null }
  | { total: number; problems: readonly CatalogueProblem[] }
  | { entries: readonly CatalogueEntry[] }
>
