import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { PageEnv } from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { InvalidInputError, NotFoundError } from '#platform/errors.ts'
import { readForm } from '#platform/forms.ts'
import { renderPage, to } from '#ui/index.ts'
import type { AdminDeps } from './deps.ts'
import { handlesOf } from './handles.ts'
import { canSeeHealth } from './policy.ts'
import { actorOf, doneOf, onlyFor } from './requests.ts'
import { HealthPage } from './views/health-page.tsx'
import { JobsPage } from './views/jobs-page.tsx'

type PageCall = Context<PageEnv>

const JobForm = z.object({ name: z.string().regex(/^[a-z.-]{1,60}$/), id: z.uuid() })

/** How the hub is, and what it does in the background. */
export function healthRoutes(deps: AdminDeps): Hono<PageEnv> {
  const guard = onlyFor(canSeeHealth)
  return new Hono<PageEnv>()
    .use('/health', guard)
    .use('/jobs/*', guard)
    .get('/health', async (c) =>
      c.html(renderPage(<HealthPage context={c.var.page} lines={await deps.readHealth()} />)),
    )
    .get('/jobs', async (c) => {
      const jobs = (await deps.jobs()?.list()) ?? null
      return c.html(renderPage(<JobsPage context={c.var.page} jobs={jobs} done={doneOf(c)} />))
    })
    .post('/jobs/retry', async (c) => change(deps, c, 'retry'))
    .post('/jobs/cancel', async (c) => change(deps, c, 'cancel'))
}

async function change(deps: AdminDeps, c: PageCall, deed: 'retry' | 'cancel'): Promise<Response> {
  const form = await readForm(c.req.raw, JobForm)
  const jobs = deps.jobs()
  if (!form.ok) throw new InvalidInputError('job', 'is none that there could be')
  if (!jobs) throw new NotFoundError('job')
  const { name, id } = form.value
  const isDone = deed === 'retry' ? await jobs.retry(name, id) : await jobs.cancel(name, id)
  if (!isDone) throw new NotFoundError('job')
  const entry = { at: deps.now(), ...actorOf(c), deed: `job.${deed}`, subject: id, detail: { name } }
  await writeAudit(handlesOf(deps.db).audit, entry)
  return c.redirect(to(c.var.page, 'admin/jobs?done=saved'), 303)
}
