import type { Context, MiddlewareHandler } from 'hono'
import type { Actor } from '#features/accounts/index.ts'
import type { PageEnv } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { canEditSearch } from './policy.ts'

export type SearchCall = Context<PageEnv>

/** Whoever edits what the search knows; others find no such page. */
export function requireEditor(c: SearchCall): Actor {
  const { actor } = c.var
  if (!canEditSearch(actor)) throw new NotFoundError()
  return actor
}

/** For editors, and kept by no cache. */
export const editorsOnly: MiddlewareHandler<PageEnv> = async (c, next) => {
  requireEditor(c)
  c.header('cache-control', 'private, no-store')
  await next()
}
