import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Config } from '../../config.ts'
import type { Log } from '#platform/log.ts'
import type { Metrics } from '#platform/metrics.ts'
import { acceptedCodings } from './accept-encoding.ts'
import type { HubEnv } from './env.ts'
import { readerLanguage, type Languages } from './reader-language.ts'
import { inboundRequestId } from './request-id.ts'
import { resourcePolicy, securityHeaders } from './security.ts'
import type { SeenPage } from './seen-page.ts'
import { answerWith, pack } from './stored.ts'
import { targetOf } from './target.ts'

/** What an answer may say for itself: a file is shown under a policy narrower than that of pages, and a link that is a key is told to nobody. */
const itsOwn = new Set(['content-security-policy', 'referrer-policy'])

export type FinishOptions = {
  config: Config
  log: Log
  metrics: Metrics
  languages: Languages
  nextRequestId: () => string
  isAnonymous: (c: Context<HubEnv>) => boolean
  onPage: (page: SeenPage) => void
}

/** The outermost layer: gives a request its id and language, its answer the headers that all have, and the log its line. */
export function createFinish({
  config,
  log,
  metrics,
  languages,
  nextRequestId,
  isAnonymous,
  onPage,
}: FinishOptions): MiddlewareHandler<HubEnv> {
  const security = securityHeaders(config.HUB_ORIGIN)
  return async function finish(c, next) {
    const startedAt = performance.now()
    const inbound = config.HUB_TRUST_PROXY > 0 ? inboundRequestId(c.req.header('x-request-id')) : undefined
    const requestId = inbound ?? nextRequestId()
    c.set('requestId', requestId)
    c.set('lang', readerLanguage(c.req.path, c.req.header('accept-language'), languages))
    await next()

    if (!c.get('cacheOutcome') || c.get('cacheOutcome') === 'bypass') await packAnswer(c)
    const { headers, status } = c.res
    for (const [name, value] of security) if (!itsOwn.has(name) || !headers.has(name)) headers.set(name, value)
    headers.set('cross-origin-resource-policy', resourcePolicy(headers.get('access-control-allow-origin')))
    headers.set('x-request-id', requestId)

    if (c.req.method === 'GET' && (status === 200 || status === 304)) {
      const header = (name: string) => c.req.raw.headers.get(name) ?? undefined
      onPage({ target: targetOf(c.req.raw.url), note: c.get('note'), isAnonymous: isAnonymous(c), header })
    }
    const milliseconds = performance.now() - startedAt
    const outcome = c.get('cacheOutcome')
    const route = c.get('route') ?? routePath(c)
    if (outcome === 'miss') metrics.cacheMissed()
    if (outcome === 'hit') metrics.answeredFromMemory(route, status)
    else
      metrics.answered({
        route,
        method: knownMethod(c.req.method),
        status,
        seconds: milliseconds / 1000,
      })
    const ms = Math.round(milliseconds * 100) / 100
    const path = (c.get('loggedPath') ?? c.req.path).slice(0, 300)
    log.info({ id: requestId, method: c.req.method, path, status, ms, cache: outcome }, 'request')
  }
}

/** Answers that do not come from the page cache are packed here: faults, pages of signed-in people. */
async function packAnswer(c: Context<HubEnv>): Promise<void> {
  const { res } = c
  if (res.body === null || res.status === 304 || res.headers.has('content-encoding')) return
  // What can be had in parts goes out as it is: its tag and its ranges are of these very bytes.
  if (res.headers.has('accept-ranges')) return
  const [coding = 'identity'] = acceptedCodings(c.req.header('accept-encoding'))
  if (
    coding === 'identity' ||
    !/^(text\/|application\/([\w.-]+\+)?(json|xml))/.test(res.headers.get('content-type') ?? '')
  )
    return
  const stored = await pack(res, { route: '', brotliQuality: 4, coding })
  const answer = answerWith(stored, [coding], { isHead: false, ifNoneMatch: null })
  const headers = new Headers(res.headers)
  for (const [name, value] of answer.headers) if (name !== 'vary' && name !== 'etag') headers.set(name, value)
  const vary = new Set([...(headers.get('vary') ?? '').split(/,\s*/).filter(Boolean), 'Accept-Encoding'])
  headers.set('vary', [...vary].join(', '))
  c.res = undefined
  c.res = new Response(answer.body && new Uint8Array(answer.body), { status: res.status, headers })
}

/** Odd methods are counted as one: a label for each would let anybody fill the metrics. */
const knownMethod = (method: string) => (/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : 'OTHER')
