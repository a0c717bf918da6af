import type { Context, MiddlewareHandler } from 'hono'
import { NotFoundError } from '#platform/errors.ts'
import type { PageContext } from '#ui/context.ts'
import type { Actor } from './domain.ts'
import type { VisitOf } from './visits.ts'

/** What the pages of accounts find in their context; the composition root puts it there. */
export interface AccountVariables {
  requestId: string
  lang: string
  page: PageContext
  actor: Actor | null
  visit: VisitOf | null
  loggedPath?: string
  /** Whom limits count by; never kept as it is. */
  client?: string
}

export type AccountEnv = { Variables: AccountVariables }
export type AccountCall = Context<AccountEnv>

/** Who has signed in; to a visitor there is no such page. */
export function requireActor(c: { readonly var: { readonly actor: Actor | null } }): Actor {
  if (c.var.actor === null) throw new NotFoundError()
  return c.var.actor
}

/** The visit this request belongs to; to a visitor there is no such page. */
export function requireVisit(c: { readonly var: { readonly visit: VisitOf | null } }): VisitOf {
  if (c.var.visit === null) throw new NotFoundError()
  return c.var.visit
}

/** Where a page leads that needs signing in: to the sign-in, which leads back. */
const signInPath = (lang: string, to: string): string => `/${lang}/sign-in?to=${encodeURIComponent(to)}`

/**
 * Middleware for pages of people who have signed in: a visitor is led to the sign-in and back, and whoever must set up a
 * second factor first is led there. Nothing of it is kept anywhere.
 */
export function signedIn(): MiddlewareHandler<AccountEnv> {
  return async (c, next) => {
    const { lang, visit } = c.var
    if (visit === null) return c.redirect(signInPath(lang, wayBack(c)), 303)
    if (visit.needsSecondFactor && !c.req.path.startsWith(`/${lang}/account`)) {
      return c.redirect(`/${lang}/account/second-factor`, 303)
    }
    await next()
    c.res.headers.set('cache-control', 'private, no-store')
    return undefined
  }
}

/** Where somebody goes on after signing in: to what they asked for, or to the form they were sending; it may hold their words. */
function wayBack({ req, var: { lang } }: AccountCall): string {
  if (req.method === 'GET' || req.method === 'HEAD') return req.path + new URL(req.url).search
  const form = req.header('referer') ?? ''
  if (!URL.canParse(form)) return `/${lang}/account`
  const { pathname, searchParams } = new URL(form)
  // Nothing was saved: the form does not say so.
  for (const said of ['saved', 'done']) searchParams.delete(said)
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`
}

/** Middleware: the answer is for this person alone, now. */
export const keepNowhere: MiddlewareHandler = async (c, next) => {
  await next()
  c.res.headers.set('cache-control', 'private, no-store')
}

/** A path of this hub to go to, and nothing else: `//elsewhere`, `/\elsewhere` and whole addresses lead to the fallback. */
export function localPath(wanted: string | undefined, fallback: string): string {
  if (wanted === undefined || wanted.length > 2000 || !/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(wanted)) return fallback
  const base = 'https://hub.invalid'
  if (!URL.canParse(wanted, base)) return fallback
  const { origin, pathname, search, hash } = new URL(wanted, base)
  // "/./" and "/../" may leave two slashes at the head.
  return origin === base && !pathname.startsWith('//') ? pathname + search + hash : fallback
}
