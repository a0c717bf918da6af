import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { limitRate, type HubEnv } from '#platform/http/index.ts'
import { accountRoutes } from './account-routes.tsx'
import type { AccountDeps } from './deps.ts'
import { keepNowhere, type AccountEnv } from './env.ts'
import { invitationRoutes } from './invitation-routes.tsx'
import { privacyRoutes } from './privacy-routes.tsx'
import { passkeyRoutes, proofRoutes } from './proof-routes.tsx'
import { signInRoutes } from './sign-in-routes.tsx'
import { signOnRoutes } from './sign-on-routes.tsx'

export interface AccountRoutesOptions {
  /** The network address that limits count by. */
  readonly clientOf: (c: Context) => string
}

/** Where these pages are, after the language. */
export const accountPaths = ['/sign-in/*', '/sign-out', '/account/*', '/invitation/*'] as const

/** Everything about signing in and one's own account. Paths come after the language; no answer is kept anywhere. */
export function accountPages(deps: AccountDeps, { clientOf }: AccountRoutesOptions): Hono<HubEnv> {
  // Far more than a person needs, far less than guessing takes.
  const limit = limitRate({ name: 'sign-in', requests: 60, seconds: 300, clientOf })
  const limitForms: MiddlewareHandler<HubEnv> = async (c, next) => (c.req.method === 'POST' ? limit(c, next) : next())
  const nameClient: MiddlewareHandler<AccountEnv> = async (c, next) => {
    c.set('client', clientOf(c))
    await next()
  }
  const pages = new Hono<AccountEnv>()
    .use('/sign-in/*', nameClient)
    .use('/account/*', nameClient)
    .route('/', signInRoutes(deps))
    .route('/', passkeyRoutes(deps))
    .route('/', signOnRoutes(deps))
    .route('/', invitationRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', proofRoutes(deps))
    .route('/', privacyRoutes(deps))
  return new Hono<HubEnv>()
    .use('/sign-in/*', keepNowhere, limitForms)
    .use('/invitation/*', keepNowhere, limitForms)
    .route('/', pages)
}
