export { decodePage, MAX_PAGE_BYTES, type Decoded, type DecodeProblem } from './decode.ts'
export { readPage, type PageInput } from './read-page.ts'
export type { Left, LinkKind, PageRead, PageReading, ReadLink, ReadSeminar, ReadSession, Unsure } from './types.ts'
