import { Hono } from 'hono'
import { kinds, type PageEnv } from '#features/records/index.ts'
import { renderPage } from '#ui/index.ts'
import { find, MOST_PAGES, type Question } from './find.ts'
import type { SearchHandles } from './store.ts'
import { SearchPage } from './views/search-page.tsx'

export interface SearchDeps extends SearchHandles {
  /** Brings the index in step; false: it is being made, and what is found may not be all. */
  readonly current: () => Promise<boolean>
}

/** The names of the query that search pages differ by. */
export const searchQuery = ['q', 'kind', 'lang', 'page', 'exact'] as const

/** Results on a page. */
const LIMIT = 10

/** The page of the search. Paths come after the language. */
export function searchRoutes(deps: SearchDeps): Hono<PageEnv> {
  return new Hono<PageEnv>().get('/search', async (c) => {
    const { question, isUnderstood } = readQuestion((name) => c.req.queries(name)?.[0] ?? '')
    const isCurrent = question.typed === '' || (await deps.current())
    // It will find more in a moment.
    if (!isCurrent) c.header('cache-control', 'private, no-store')
    const answer = await find(deps, c.var.reader, question)
    const props = { context: c.var.page, question, answer, isCurrent, isUnderstood }
    return c.html(renderPage(<SearchPage {...props} />))
  })
}

/** What an address asks for. What no such page has is left out, and said so. */
function readQuestion(query: (name: string) => string): { question: Question; isUnderstood: boolean } {
  const [kind, lang, page] = [query('kind'), query('lang'), query('page')]
  const isKind = kinds.some((one) => one.kind === kind)
  const isLang = /^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(lang)
  const number = /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1
  const question = {
    typed: query('q').slice(0, 300).trim(),
    kind: isKind ? kind : null,
    lang: isLang ? lang : null,
    page: Math.min(number, MOST_PAGES),
    limit: LIMIT,
    isExact: query('exact') === '1',
  }
  const isUnderstood =
    (isKind || kind === '') && (isLang || lang === '') && (page === '' || String(question.page) === page)
  return { question, isUnderstood }
}
