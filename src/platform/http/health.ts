import { hash, timingSafeEqual } from 'node:crypto'
import type { Context, Hono } from 'hono'
import type { Config } from '../../config.ts'
import { NotFoundError, UnavailableError } from '#platform/errors.ts'
import type { Metrics } from '#platform/metrics.ts'
import { isLocalClient } from './client-address.ts'
import type { HubEnv } from './env.ts'
import { peerOf } from './peer.ts'

export type HealthOptions = { config: Config; metrics: Metrics; missing: () => Promise<readonly string[]> }

/** /healthz: the process lives. /readyz: it can serve. /metrics: for Prometheus, by token or from this machine; 404 to others. */
export function mountHealth(app: Hono<HubEnv>, { config, metrics, missing }: HealthOptions): void {
  app.get('/healthz', (c) => c.text('ok\n', 200, { 'cache-control': 'no-store' }))
  app.get('/readyz', async (c) => {
    const lacking = await missing()
    if (lacking.length > 0) throw new UnavailableError(lacking.join(', '))
    return c.json({ status: 'ready' }, 200, { 'cache-control': 'no-store' })
  })
  app.get('/metrics', async (c) => {
    if (!mayReadMetrics(c, config)) throw new NotFoundError()
    const { body, contentType } = await metrics.read()
    return c.body(body, 200, { 'content-type': contentType, 'cache-control': 'no-store' })
  })
}

function mayReadMetrics(c: Context<HubEnv>, config: Config): boolean {
  const token = config.HUB_METRICS_TOKEN
  if (token === undefined) return isLocalClient(peerOf(c), config.HUB_TRUST_PROXY)
  return timingSafeEqual(digest(c.req.header('authorization') ?? ''), digest(`Bearer ${token}`))
}

const digest = (text: string) => Buffer.from(hash('sha256', text))
