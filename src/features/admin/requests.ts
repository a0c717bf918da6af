import type { Context, MiddlewareHandler } from 'hono'
import type { Actor } from '#features/accounts/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import type { By } from './deps.ts'

/** Answers 404 to whoever may not do what these pages are for: they need not know that there is anything. */
export function onlyFor(may: (actor: Actor | null) => boolean): MiddlewareHandler<PageEnv> {
  return async function guard(c, next) {
    if (!may(c.var.actor)) throw new NotFoundError()
    await next()
  }
}

/** Who is asking; the guard has seen that there is somebody. */
export function actorOf(c: Context<PageEnv>): By {
  if (c.var.actor === null) throw new NotFoundError()
  return { actor: c.var.actor.id }
}

const deeds = {
  saved: 'admin.done.saved',
  removed: 'admin.done.removed',
  imported: 'admin.done.imported',
  merged: 'admin.done.merged',
  queued: 'admin.done.queued',
  invited: 'admin.done.invited',
  revoked: 'admin.done.revoked',
} as const

/** What the address says has just been done, as a message. */
export function doneOf(c: Context<PageEnv>): MessageKey | null {
  const done = c.req.query('done') ?? ''
  return Object.hasOwn(deeds, done) ? deeds[done as keyof typeof deeds] : null
}

/** The number of a page of a list; a wrong one is no page. */
export function pageOf(c: Context<PageEnv>): number {
  const page = c.req.query('page') ?? '1'
  if (!/^[1-9]\d{0,5}$/.test(page)) throw new NotFoundError()
  return Number(page)
}
