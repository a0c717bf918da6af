import type { Context, MiddlewareHandler } from 'hono'
import { findRedirect, readAddress } from '#features/admin/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { HubEnv } from '#platform/http/index.ts'
import type { HubParts } from './wiring.ts'

/** Leads from an address of a former site to where its content is now, when the hub has no page there itself. */
export function followRedirects({ database, hits }: Pick<HubParts, 'database' | 'hits'>): MiddlewareHandler<HubEnv> {
  const db = database.kysely.$pickTables<'redirect'>()
  const findFormer = async ({ req }: Context<HubEnv>) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return null
    const { pathname, search } = new URL(req.raw.url)
    const address = readAddress(pathname + search)
    return address === null ? null : findRedirect(db, address)
  }
  return async function redirects(c, next) {
    let missing: NotFoundError | undefined
    try {
      await next()
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error
      missing = error
    }
    if (!missing && c.res.status !== 404) return
    const redirect = await findFormer(c)
    if (!redirect) {
      if (missing) throw missing
      return
    }
    hits.count(redirect.path)
    // Replaced, not merged: Hono would carry headers of the page that is not there over.
    c.res = undefined
    // Browsers ask again each time: an address may lead elsewhere tomorrow.
    c.res = new Response(null, { status: 301, headers: { location: redirect.target, 'cache-control': 'no-cache' } })
  }
}
