import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { acceptedCodings } from './accept-encoding.ts'
import type { HubEnv } from './env.ts'
import type { PageCache } from './page-cache.ts'
import { answerWith, pack, type Stored } from './stored.ts'
import { allowedQuery, splitTarget, targetOf } from './target.ts'

export type CachePagesOptions = {
  /** Names of the query that these pages differ by. Others are dropped before the handler sees them. */
  query?: readonly string[] | ((path: string) => readonly string[])
  /** A header that these pages differ by, and what it comes to: `{ header: 'Accept-Language', value: (c) => c.var.lang }`. */
  by?: { header: string; value: (c: Context<HubEnv>) => string }
}

export type CachePages = (options?: CachePagesOptions) => MiddlewareHandler<HubEnv>

/** Readers ask again each time, and mostly hear 304: what was withdrawn is gone at once. */
const READERS_CACHE = 'public, no-cache'
const kept = new Set([200, 301, 302, 308])

/**
 * Middleware that answers anonymous GET and HEAD from the page cache. Visits (the cookie of that name), Authorization and
 * answers that are private, set a cookie or are no page (404 and faults) never enter.
 */
export function createCachePages(cache: PageCache, isAnonymous: (c: Context<HubEnv>) => boolean): CachePages {
  return ({ query = [], by } = {}) =>
    async function cachePages(c, next) {
      if ((c.req.method !== 'GET' && c.req.method !== 'HEAD') || !isAnonymous(c)) {
        c.set('cacheOutcome', 'bypass')
        await next()
        if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'private, no-store')
        return undefined
      }
      const target = keepAllowedQuery(c, query)
      const key = by ? `${by.value(c)} ${target}` : target
      const found = await cache.findOrMake(key, async () => {
        await next()
        return makeStored(c, by?.header)
      })
      if (found && by && /^accept-language$/i.test(by.header)) {
        cache.remember(target, c.req.header('accept-language') ?? '', key)
      }
      if (found) return answerStored(c, found.stored, found.isHit)
      // Not for keeping. The one who made it has it; the one who waited makes their own.
      c.set('cacheOutcome', 'bypass')
      if (!c.finalized) await next()
      return undefined
    }
}

function keepAllowedQuery(c: Context<HubEnv>, of: NonNullable<CachePagesOptions['query']>): string {
  const target = targetOf(c.req.raw.url)
  const [path, query] = splitTarget(target)
  const allowed = typeof of === 'function' ? of(path) : of
  const wanted = allowedQuery(query, allowed)
  if (wanted === query && !target.endsWith('?')) return target
  const tidy = wanted === '' ? path : `${path}?${wanted}`
  const origin = c.req.raw.url.slice(0, c.req.raw.url.length - target.length)
  c.req.raw = new Request(`${origin}${tidy}`, { method: c.req.method, headers: c.req.raw.headers })
  return tidy
}

async function makeStored(c: Context<HubEnv>, vary: string | undefined): Promise<Stored | undefined> {
  const { res } = c
  const told = res.headers.get('cache-control')
  if (c.error || !kept.has(res.status) || res.headers.has('set-cookie')) return undefined
  if (told !== null && /private|no-store/i.test(told)) return undefined
  if (differsByMore(res.headers.get('vary'), vary)) return undefined
  if (told === null) res.headers.set('cache-control', READERS_CACHE)
  const validUntil = c.get('validUntil')
  const note = c.get('note')
  return pack(res, {
    // Of the handler that has answered: compose counts up to it.
    route: routePath(c),
    ...(validUntil === undefined ? {} : { validUntil: Date.parse(validUntil) }),
    ...(vary === undefined ? {} : { vary }),
    ...(note === undefined ? {} : { note }),
  })
}

/** Whether a handler says that its answer depends on a header that the key does not hold. */
function differsByMore(vary: string | null, known: string | undefined): boolean {
  const names = (vary ?? '').toLowerCase().split(/[\s,]+/)
  return names.some((name) => name !== '' && name !== 'accept-encoding' && name !== known?.toLowerCase())
}

/** The answer for this reader: 304, or the bytes in a coding they take. */
export function answerStored(c: Context<HubEnv>, stored: Stored, isHit: boolean): Response {
  c.set('cacheOutcome', isHit ? 'hit' : 'miss')
  c.set('route', stored.route)
  if (stored.note !== undefined) c.set('note', stored.note)
  const codings = acceptedCodings(c.req.header('accept-encoding'))
  const isHead = c.req.method === 'HEAD'
  const answer = answerWith(stored, codings, { isHead, ifNoneMatch: c.req.header('if-none-match') })
  const response = new Response(answer.body && new Uint8Array(answer.body), {
    status: answer.status,
    headers: answer.headers,
  })
  // Replaced, not merged: Hono would carry headers of the handler's answer over.
  c.res = undefined
  c.res = response
  return response
}
