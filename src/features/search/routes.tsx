import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { renderPage } from '#ui/index.ts'
import type { SearchDeps } from './deps.ts'
import { nameCounts } from './facets.ts'
import { find } from './find.ts'
import { readQuestion } from './question.ts'
import { SearchPage } from './views/search-page.tsx'

/** The page of the search. Paths come after the language. */
export function searchRoutes(deps: SearchDeps): Hono<PageEnv> {
  return new Hono<PageEnv>().get('/search', async (c) => {
    const { reader, page: context } = c.var
    const { question, ignored } = await readQuestion(deps.facets, reader, (name) => c.req.queries(name)?.[0] ?? '')
    const isCurrent = question.typed === '' || (await deps.current())
    // It will find more in a moment.
    if (!isCurrent) c.header('cache-control', 'private, no-store')
    const answer = await find(deps, reader, question)
    const facets = await nameCounts(deps.facets, reader, answer.counts, (kind) => context.t(`translation.kind.${kind}`))
    return c.html(
      renderPage(
        <SearchPage {...{ context, question, answer, facets, isCurrent, isUnderstood: ignored.length === 0 }} />,
      ),
    )
  })
}
