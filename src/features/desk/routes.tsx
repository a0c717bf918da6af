import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import type { DeskDeps } from './deps.ts'
import { historyRoutes } from './routes-history.tsx'
import { homeRoutes, requireDesk } from './routes-home.tsx'
import { previewLinkRoutes, previewRoutes } from './routes-preview.tsx'
import { publishRoutes } from './routes-publish.tsx'
import { recordRoutes } from './routes-record.tsx'

/** Every page of the desk, the screens that features add to it, and the previews it hands out. Paths come after the language. */
export function deskRoutes(deps: DeskDeps, screens: readonly Hono<PageEnv>[] = []): Hono<PageEnv> {
  const desk = new Hono<PageEnv>()
    .use('*', async (c, next) => {
      requireDesk(c)
      c.header('cache-control', 'private, no-store')
      await next()
    })
    .route('/', homeRoutes(deps))
    .route('/records', recordRoutes(deps))
    .route('/records', historyRoutes(deps))
    .route('/records', publishRoutes(deps))
    .route('/records', previewLinkRoutes(deps))
  for (const screen of screens) desk.route('/records', screen)
  return new Hono<PageEnv>().route('/', previewRoutes(deps)).route('/desk', desk)
}
