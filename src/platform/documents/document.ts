import { z } from 'zod'

/** A piece of a page: what it says and what it is, and nothing of how it looked. Texts have no line breaks and are never empty. */
const Block = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('heading'),
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    text: z.string(),
  }),
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal('table'), rows: z.array(z.array(z.string()).readonly()).readonly() }),
])
export type Block = z.infer<typeof Block>

const DocumentPage = z.object({
  /** Counted from 1, without gaps. */
  number: z.number().int().positive(),
  /** What the page calls itself, such as `iv`, where the file says and it is not its number. */
  label: z.string().nullable(),
  blocks: z.array(Block).readonly(),
})
export type DocumentPage = z.infer<typeof DocumentPage>

/** The text of a file, in an order in which it can be read. It is data alone, and may be kept as JSON and parsed again. */
export const ReadDocument = z.object({
  /** Moves when what is kept means something else. */
  version: z.literal(1),
  /** As the file's own data or its first heading gives it. */
  title: z.string().nullable(),
  /** The language that the text is in, as told by its words; null when they are too few or too mixed to tell. A tag of one part: `fr`. */
  lang: z.string().nullable(),
  /** The language that the file says it is in. A well-formed tag, in its usual writing: `pt-BR`. */
  claimedLang: z.string().nullable(),
  /** Pages of a PDF, sections of a text, slides, chapters of a book. */
  pageCount: z.number().int().nonnegative(),
  hasText: z.boolean(),
  /** Its pages are pictures: there is hardly any text to read, and it would have to be recognised first. */
  isScanned: z.boolean(),
  /** It has more text than was asked for; what follows is missing. `pages` may then be fewer than `pageCount`. */
  cut: z.boolean(),
  pages: z.array(DocumentPage).readonly(),
})
export type ReadDocument = z.infer<typeof ReadDocument>

/** A small picture of the first page. */
export const Cover = z.object({
  type: z.literal(['image/webp', 'image/jpeg']),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  bytes: z.instanceof(Uint8Array),
})
export type Cover = z.infer<typeof Cover>

/**
 * Why a file has no text: it wants a password, is damaged, is too large (packed or unpacked), has too many pages, took too much time or memory,
 * is of a type that is not read or not what its type says, or has nothing in it.
 */
export const Unreadable = z.literal([
  'encrypted',
  'broken',
  'tooLarge',
  'tooLong',
  'timeout',
  'memory',
  'type',
  'empty',
])
export type Unreadable = z.infer<typeof Unreadable>

/** The words of a page, for a search index: a line for each block. */
export function wordsOf(page: DocumentPage): string {
  return page.blocks
    .map((block) => {
      if (block.kind === 'list') return block.items.join('\n')
      return block.kind === 'table' ? block.rows.map((row) => row.join(' ')).join('\n') : block.text
    })
    .join('\n')
}
