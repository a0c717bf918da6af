import { Hono, type Context } from 'hono'
import type { LibraryDeps } from '#features/library/index.ts'
import type { Reader } from '#features/records/index.ts'
import { openToAll } from '../api/routes.tsx'
import type { OaiContext } from './harvest.ts'
import { answerOai } from './provider.ts'

const xml = { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' }

/** The harvesting interface (OAI-PMH 2.0), by GET and by POST. Texts of the hub itself are in `reader`'s language. */
export function oaiRoutes(deps: LibraryDeps, reader: Reader, contextOf: () => Promise<OaiContext>): Hono {
  const answer = async (c: Context, sent: URLSearchParams) =>
    c.body(await answerOai(deps, reader, await contextOf(), sent), 200, xml)
  return new Hono()
    .use('*', openToAll)
    .get('/', async (c) => answer(c, new URL(c.req.url).searchParams))
    .post('/', async (c) => answer(c, new URLSearchParams(await c.req.text())))
}
