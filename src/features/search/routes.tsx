import { Hono } from 'hono'
import type { KindName, PageEnv } from '#features/records/index.ts'
import { renderPage } from '#ui/index.ts'
import { answerQuestion, suggestWords } from './answer.ts'
import type { SearchDeps } from './deps.ts'
import { nameCounts } from './facets.ts'
import { LONGEST_QUESTION, readQuestion } from './question.ts'
import { SearchPage } from './views/search-page.tsx'

/** The page of the search, and what is suggested to whoever types. Paths come after the language. */
export function searchRoutes(deps: SearchDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/search', async (c) => {
      const { reader, page: context } = c.var
      const { question, ignored } = await readQuestion(deps.facets, reader, (name) => c.req.queries(name)?.[0] ?? '')
      const { answer, state, at } = await answerQuestion(deps, reader, question)
      // It will find more in a moment.
      if (state !== 'current') c.header('cache-control', 'private, no-store')
      else if (question.typed !== '') c.set('note', String(answer.isPartial ? 0 : answer.total))
      const sayKind = (kind: KindName) => context.t(`translation.kind.${kind}`)
      // Where nothing is left, the page says what took it away.
      const chosen = answer.total === 0 ? question.filters : []
      const facets = await nameCounts(deps.facets, reader, answer.counts, sayKind, chosen)
      const isUnderstood = ignored.length === 0
      return c.html(renderPage(<SearchPage {...{ context, question, answer, facets, state, at, isUnderstood }} />))
    })
    .get('/search/suggest', async (c) => {
      const typed = (c.req.query('q') ?? '').slice(0, LONGEST_QUESTION)
      c.header('x-robots-tag', 'noindex')
      // OpenSearch suggestions: what was typed, and what it may become.
      const body = JSON.stringify([typed, await suggestWords(deps, c.var.reader, typed)])
      return c.body(body, 200, { 'content-type': 'application/x-suggestions+json; charset=utf-8' })
    })
}
