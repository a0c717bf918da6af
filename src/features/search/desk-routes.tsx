import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { editorsOnly } from './desk-calls.ts'
import type { SearchDeskDeps, SearchTool } from './desk-deps.ts'
import { canEditSearch } from './policy.ts'
import { synonymRoutes } from './synonyms/routes.tsx'

/** What the desk offers of the search. */
export const searchTools: readonly SearchTool[] = [
  { path: 'search/synonyms', label: 'search.synonyms.title', may: canEditSearch },
]

/** The desk's screens of the search. Paths come after the language. */
export function searchDeskRoutes(deps: SearchDeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>().use('/desk/search/*', editorsOnly).route('/', synonymRoutes(deps))
}
