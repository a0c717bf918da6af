import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Config } from '../../config.ts'
import { BodyTooLargeError } from '#platform/errors.ts'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import { createAnswerError, type AnswerError, type DrawErrorPage } from './answer-error.ts'
import { mountAssets, type Assets } from './assets.ts'
import { createCachePages, type CachePages } from './cache-pages.ts'
import { clientAddress } from './client-address.ts'
import type { HubEnv } from './env.ts'
import { createFinish } from './finish.ts'
import { createGate, refuseUnknown } from './gate.ts'
import { mountHealth } from './health.ts'
import { createPageCache, type PageCache } from './page-cache.ts'
import { peerOf } from './peer.ts'
import type { Languages } from './reader-language.ts'
import type { SeenPage } from './seen-page.ts'
import { createRequestIds } from './request-id.ts'
import { refuseOtherOrigins } from './same-origin.ts'
import { createHandover, type Successor } from './successor.ts'

export type HttpOptions = {
  config: Config
  log: Log
  metrics: Metrics
  assets: Assets
  /** Languages of the interface; the first is the one for readers whom none of them suits. */
  languages: Languages
  drawError: DrawErrorPage
  /** The hub version, asked at most once a second: see `watchHubVersion`. */
  readVersion: () => Promise<number>
  /** What the hub still waits for, such as "the database"; empty when it can serve. Asked by /readyz. */
  missing: () => Promise<readonly string[]>
  /** Until it is empty every page answers 503; for the time before the database is there. */
  waitingFor?: () => string | undefined
  /** Bytes of the page cache; 0 switches it off. */
  cacheBytes?: number
  /** Cookie of a signed-in visit. Whoever sends it gets pages made for them. */
  visitCookie?: string
  /** Milliseconds since 1970. */
  now?: () => number
  /** Milliseconds of a clock that never goes back. */
  ticks?: () => number
  /** The hub that has taken this one's place, if any: asked after the hub version was looked at. */
  successor?: Successor
  /** Bytes that a body sent to a path may have, where that is more than usual: files. Infinity: the route sets a limit once it knows who asks. */
  bodyLimitOf?: (path: string) => number | undefined
  /** Told of every GET that was answered well, from memory too. */
  onPage?: (page: SeenPage) => void
}

export type Http = {
  /** Features mount their routes here: `http.app.route('/:lang{en|fr}', seminarRoutes(deps))`. */
  app: Hono<HubEnv>
  /** Middleware for pages that may be kept: `app.use('/:lang/*', http.cachePages({ query: ['page'] }))`, or per route. */
  cachePages: CachePages
  cache: PageCache
  /** To be called after a publish or withdraw by this process. */
  forgetVersion: () => void
  /** The network address that a limit counts by; never logged. */
  clientOf: (c: Context<HubEnv>) => string
  /** For the server, which answers some requests before Hono sees them. */
  readonly inner: {
    assets: Assets
    answerError: AnswerError
    nextRequestId: () => string
    visitCookie: string
    languages: Languages
    config: Config
    log: Log
    metrics: Metrics
    drawError: DrawErrorPage
    onPage: (page: SeenPage) => void
  }
}

const BODY_LIMIT = 1_000_000

/** The hub's HTTP side without its pages: ids, limits, errors, headers, health, assets and the page cache. */
export function createHttp(options: HttpOptions): Http {
  const { config, log, metrics, assets, languages, drawError, visitCookie = 'visit' } = options
  const answerError = createAnswerError(drawError, log)
  const nextRequestId = createRequestIds()
  const cache = createPageCache({
    read: options.readVersion,
    onFault: () => log.warn('the hub version cannot be read; pages are served from memory for a minute'),
    ...(options.cacheBytes === undefined ? {} : { maxBytes: options.cacheBytes }),
    ...(options.now ? { now: options.now } : {}),
    ...(options.ticks ? { ticks: options.ticks } : {}),
  })
  metrics.watch('hub_page_cache_bytes', 'Memory of the page cache', cache.bytes)
  metrics.watch('hub_page_cache_pages', 'Pages in the page cache', cache.pages)

  const app = new Hono<HubEnv>()
  app.onError((error, c) =>
    answerError({
      error,
      path: c.get('loggedPath') ?? c.req.path,
      accept: c.req.header('accept'),
      lang: c.get('lang'),
      requestId: c.get('requestId'),
    }),
  )
  if (options.successor) app.use(createHandover(cache.look, options.successor))
  const { onPage = () => undefined } = options
  const hasNoVisit = (c: Context<HubEnv>) => isAnonymous(c, visitCookie)
  app.use(createFinish({ config, log, metrics, languages, nextRequestId, isAnonymous: hasNoVisit, onPage }))
  app.use(createGate(options.waitingFor ?? (() => undefined)))
  app.use(limitBodies(options.bodyLimitOf ?? (() => undefined)))
  app.use(refuseOtherOrigins(config.HUB_ORIGIN))
  app.notFound((c) => refuseUnknown(app, c))
  mountHealth(app, { config, metrics, missing: options.missing })
  mountAssets(app, assets)

  return {
    app,
    cachePages: createCachePages(cache, hasNoVisit),
    cache,
    forgetVersion: cache.forgetVersion,
    clientOf: (c) => clientAddress(peerOf(c), config.HUB_TRUST_PROXY),
    inner: { assets, answerError, nextRequestId, visitCookie, languages, config, log, metrics, drawError, onPage },
  }
}

function limitBodies(limitOf: (path: string) => number | undefined): MiddlewareHandler<HubEnv> {
  const limits = new Map<number, MiddlewareHandler>()
  return async function limitBody(c, next) {
    const maxSize = limitOf(c.req.path) ?? BODY_LIMIT
    if (maxSize === Infinity) return next()
    const known = limits.get(maxSize) ?? bodyLimit({ maxSize, onError: () => refuseBody(maxSize) })
    limits.set(maxSize, known)
    return known(c, next)
  }
}

function refuseBody(limit: number): never {
  throw new BodyTooLargeError(limit)
}

function isAnonymous(c: Context<HubEnv>, visitCookie: string): boolean {
  if (c.req.header('authorization') !== undefined) return false
  return !(c.req.header('cookie') ?? '').includes(`${visitCookie}=`)
}
