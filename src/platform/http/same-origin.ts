import type { MiddlewareHandler } from 'hono'
import { ForbiddenError } from '#platform/errors.ts'
import type { HubEnv } from './env.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what a page of another site sends: by `Sec-Fetch-Site` where the browser tells it (W3C Fetch Metadata), else by
 * `Origin` (RFC 6454). A request with neither comes from no browser's page and carries no visit of anybody's.
 */
export function refuseOtherOrigins(origin: string): MiddlewareHandler<HubEnv> {
  return async function sameOrigin(c, next) {
    if (!safe.has(c.req.method)) {
      const site = c.req.header('sec-fetch-site')
      const from = c.req.header('origin')
      const isOwn =
        site === undefined ? from === undefined || from === origin : site === 'same-origin' || site === 'none'
      if (!isOwn) throw new ForbiddenError('a form that another site sends')
    }
    await next()
  }
}
