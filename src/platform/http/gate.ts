import type { Context, Hono, MiddlewareHandler } from 'hono'
import {
  InvalidInputError,
  MethodNotAllowedError,
  MethodUnknownError,
  NotFoundError,
  UnavailableError,
  type HubError,
} from '#platform/errors.ts'
import type { HubEnv } from './env.ts'
import { refusalOf } from './refusals.ts'
import { findTargetFault, splitTarget, targetOf, tidyPath } from './target.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const known = new Set<string>([...methods, 'HEAD', 'OPTIONS'])
/** Addresses that are answered whatever the hub waits for. */
export const alwaysOpen = /^\/(healthz|readyz|metrics|assets\/.*)$/

/** Refuses what no page can answer, sends untidy addresses to the tidy one, and waits for what the hub waits for. */
export function createGate(waitingFor: () => string | undefined): MiddlewareHandler<HubEnv> {
  return async function gate(c, next) {
    const fault = findFault(c)
    if (fault) throw fault
    const [path, query] = splitTarget(targetOf(c.req.raw.url))
    const tidy = tidyPath(path)
    if (tidy !== path) {
      if (c.req.method !== 'GET' && c.req.method !== 'HEAD') throw new NotFoundError()
      return c.redirect(query === '' ? tidy : `${tidy}?${query}`, 301)
    }
    const missing = alwaysOpen.test(path) ? undefined : waitingFor()
    if (missing !== undefined) throw new UnavailableError(missing)
    await next()
    return undefined
  }
}

function findFault(c: Context<HubEnv>): HubError | undefined {
  if (!known.has(c.req.method)) return new MethodUnknownError()
  const incoming = c.env?.incoming
  const fault = incoming ? refusalOf(incoming) : findTargetFault(targetOf(c.req.raw.url))
  if (fault) return fault
  const hasBody = c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? 0) > 0
  if (hasBody && (c.req.method === 'GET' || c.req.method === 'HEAD'))
    return new InvalidInputError('body', 'GET carries none')
  return undefined
}

/** The answer where no route has one: what the path can do, when it can do something else, or that there is no such page. */
export function refuseUnknown(app: Hono<HubEnv>, c: Context<HubEnv>): Response {
  const able = methods.filter((method) => hasRoute(app, method, c.req.path))
  if (able.length === 0) throw new NotFoundError()
  const allowed = able.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).concat('OPTIONS')
  if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow: allowed.join(', ') } })
  if (allowed.includes(c.req.method)) throw new NotFoundError()
  throw new MethodNotAllowedError(allowed)
}

/** Middleware is registered for all methods, handlers for one. A handler of every path stands for what has no route. */
function hasRoute(app: Hono<HubEnv>, method: string, path: string): boolean {
  return app.router.match(method, path)[0].some(([[, route]]) => route.method === method && route.path !== '/*')
}
