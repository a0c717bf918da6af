import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { editorsOnly } from './desk-calls.ts'
import type { SearchDeskDeps, SearchTool } from './desk-deps.ts'
import { canEditSearch } from './policy.ts'
import { questionRoutes } from './questions/routes.tsx'
import { synonymRoutes } from './synonyms/routes.tsx'
import { taskRoutes } from './tasks/routes.tsx'

/** What the desk offers of the search. */
export const searchTools: readonly SearchTool[] = [
  { path: 'search/synonyms', label: 'search.synonyms.title', may: canEditSearch },
  { path: 'search/tasks', label: 'search.tasks.title', may: canEditSearch },
  { path: 'search/questions', label: 'search.questions.title', may: canEditSearch },
]

/** The desk's screens of the search. Paths come after the language. */
export function searchDeskRoutes(deps: SearchDeskDeps): Hono<PageEnv> {
  const routes = [synonymRoutes(deps), taskRoutes(deps), questionRoutes(deps)]
  return routes.reduce((all, one) => all.route('/', one), new Hono<PageEnv>().use('/desk/search/*', editorsOnly))
}
