import { createHmac, randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { TooManyRequestsError } from '#platform/errors.ts'
import { clientNetwork } from './client-address.ts'
import type { HubEnv } from './env.ts'

export type RateLimit = {
  /** What is limited: each name counts for itself. */
  name: string
  /** So many requests … */
  requests: number
  /** … in so many seconds, from one address. */
  seconds: number
  clientOf: (c: Context<HubEnv>) => string
}

/** Addresses are counted under a hash that only this process can make, and forgotten when their time is over. */
const salt = randomBytes(32)

/**
 * Middleware that answers 429 when an address asks too often, and tells each caller where they stand
 * (`RateLimit-Limit`, `-Remaining`, `-Reset` in seconds). What the page cache answers is not counted: it costs nothing.
 */
export function limitRate({ name, requests, seconds, clientOf }: RateLimit): MiddlewareHandler<HubEnv> {
  const limiter = new RateLimiterMemory({ keyPrefix: name, points: requests, duration: seconds })
  return async function limited(c, next) {
    const standing = await consume(limiter, anonymise(clientOf(c)))
    const wait = Math.max(1, Math.ceil(standing.msBeforeNext / 1000))
    const headers = {
      'ratelimit-limit': String(requests),
      'ratelimit-remaining': String(standing.remainingPoints),
      'ratelimit-reset': String(wait),
    }
    if (standing.consumedPoints > requests) throw new TooManyRequestsError(wait, headers)
    await next()
    for (const [header, value] of Object.entries(headers)) c.res.headers.set(header, value)
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key)
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused
    throw refused
  }
}

const anonymise = (address: string) => createHmac('sha256', salt).update(clientNetwork(address)).digest('base64url')
