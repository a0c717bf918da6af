import { NotFoundError } from '#platform/errors.ts'
import type { Block } from '#platform/documents/index.ts'
import type { EditionFile, Publication } from '../domain.ts'
import type { LibraryDeps } from '../reading.ts'
import { chooseFile, hasText, type AskedText } from './choose-file.ts'
import { cutPage } from './cut-page.ts'
import { readTextPage } from './store.ts'

/** A page of a file's text, or a part of a long one. */
export interface OpenedPage {
  readonly number: number
  readonly pages: number
  readonly label: string | null
  readonly part: number
  readonly parts: number
  readonly blocks: readonly Block[]
  /** The file has more text than is kept, and this is the end of it. */
  readonly isCut: boolean
}

/** A file to read, and where it is open; without a page there is no text to show, and the file's own state says why. */
export interface OpenedText {
  readonly file: EditionFile
  readonly page: OpenedPage | null
}

/** Opens a publication's text in a language at a page; what is not there is no page. */
export async function openText(
  { library }: Pick<LibraryDeps, 'library'>,
  publication: Publication,
  lang: string,
  at: AskedText & { readonly page: number; readonly part: number },
): Promise<OpenedText> {
  const file = chooseFile(publication, lang, at)
  if (!file || file.sha256 === null) throw new NotFoundError('file')
  if (!hasText(file)) {
    if (at.page > 1 || at.part > 1) throw new NotFoundError('page')
    return { file, page: null }
  }
  const found = await readTextPage(library, file.sha256, at.page)
  if (!found) throw new NotFoundError('page')
  const parts = cutPage(found.blocks)
  const blocks = parts[at.part - 1]
  if (!blocks) throw new NotFoundError('part')
  const { pages, pagesRead } = file.document ?? { pages: null, pagesRead: 0 }
  const isLast = at.page === pagesRead && at.part === parts.length
  return {
    file,
    page: {
      number: at.page,
      pages: pagesRead,
      label: found.label,
      part: at.part,
      parts: parts.length,
      blocks,
      isCut: isLast && pages !== null && pagesRead < pages,
    },
  }
}

/** Why a file could not be read: what reading it came to, or that the file itself was not there. */
export const failureReasons = [
  'encrypted',
  'broken',
  'tooLarge',
  'tooLong',
  'timeout',
  'memory',
  'type',
  'empty',
  'missing',
] as const
