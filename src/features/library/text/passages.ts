import type { SearchDocument, PassageSource } from '#features/search/index.ts'
import { wordsOf } from '#platform/documents/index.ts'
import type { LibraryDb } from '../store.ts'
import { listReadFiles, readFilePages } from './store.ts'

/** The pages of what was read in the library's files, for the search. */
export function pagePassages(library: LibraryDb): PassageSource {
  return {
    name: 'pages',
    list: async () => listReadFiles(library),
    read: async (ids) => {
      const found = new Map<string, SearchDocument[]>()
      for (const id of ids) {
        const pages = await readFilePages(library, id)
        const [first] = pages
        if (!first) continue
        const { publicationId, lang } = first
        const passages = pages.map(({ number, blocks }) => {
          const query = new URLSearchParams({ file: id, ...(number > 1 && { page: String(number) }) })
          return {
            isTitle: false,
            anchor: { suffix: `/read/${encodeURIComponent(lang)}?${query}`, page: number },
            body: wordsOf({ number, label: null, blocks }),
          }
        })
        const needs = [publicationId]
        found.set(id, [
          { recordId: publicationId, kind: 'publication', needs, lang, facets: [], dated: null, passages },
        ])
      }
      return found
    },
  }
}
