import { Hono } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { renderPage } from '#ui/index.ts'
import { MOST_REDIRECT_BYTES } from './actions-redirects.ts'
import type { AdminDeps } from './deps.ts'
import { readAreas } from './overview.ts'
import { canEditVocabularies } from './policy.ts'
import { auditRoutes } from './routes-audit.tsx'
import { healthRoutes } from './routes-health.tsx'
import { outboxRoutes } from './routes-outbox.tsx'
import { peopleRoutes } from './routes-people.tsx'
import { onlyFor } from './requests.ts'
import { redirectRoutes } from './routes-redirects.tsx'
import { vocabularyRoutes } from './routes-vocabularies.tsx'
import { settingsRoutes } from './routes-settings.tsx'
import { OverviewPage } from './views/overview-page.tsx'

/** Every page of administration. Paths come after the language and `/admin`. */
export function adminRoutes(deps: AdminDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('*', onlyFor(canEditVocabularies))
    .get('/', async (c) => {
      const areas = await readAreas(deps, c.var.actor, c.var.page)
      return c.html(renderPage(<OverviewPage context={c.var.page} areas={areas} />))
    })
    .route('/', peopleRoutes(deps))
    .route('/', settingsRoutes(deps))
    .route('/', outboxRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', healthRoutes(deps))
    .route('/', redirectRoutes(deps))
    .route('/', vocabularyRoutes(deps))
}

/** Bytes of a form around its file. */
const FORM = 100_000

/** Bytes that a body sent to an address of administration may have, where that is more than usual. */
export function adminBodyLimit(path: string): number | undefined {
  return /^\/[A-Za-z-]+\/admin\/(redirects|vocabularies)\/import$/.test(path) ? MOST_REDIRECT_BYTES + FORM : undefined
}
