import type { Hono, MiddlewareHandler } from 'hono'
import type { HubEnv } from './env.ts'
import { alwaysOpen } from './gate.ts'

export type Successor = () => { readonly app: Hono<HubEnv> } | undefined

/**
 * Hands requests on to the hub that has taken this one's place, after looking whether there is one: when the settings have changed
 * since this one was made, none of its answers may go out any more.
 */
export function createHandover(look: () => Promise<unknown>, successor: Successor): MiddlewareHandler<HubEnv> {
  return async function handover(c, next) {
    if (alwaysOpen.test(c.req.path)) return next()
    await look()
    const other = successor()
    return other ? other.app.fetch(c.req.raw, c.env) : next()
  }
}
