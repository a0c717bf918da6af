import { Hono } from 'hono'
import { canPublish, canWithdraw, kindOf, languageStates, type PageEnv } from '#features/records/index.ts'
import { readSent } from '#platform/forms.ts'
import { renderPage } from '#ui/index.ts'
import { listDraftParts, publishRecord, withdrawRecord } from './publishing.ts'
import { listChecks } from './checks.ts'
import type { DeskDeps } from './deps.ts'
import { frame, requireActor, type DeskCall } from './page.tsx'
import { describe } from './picks.ts'
import { loadStanding, requireGuarded } from './standing.ts'
import { PublishPage } from './views/publish-page.tsx'
import { recordPath } from './views/record-frame.tsx'

/** The check list of a record, and the two verbs that change what the public sees. */
export function publishRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/publish', async (c) => {
      const asked = c.req.query('done')
      const outcome = asked === 'published' || asked === 'withdrawn' ? asked : null
      return c.html(await drawChecks(deps, c, c.req.param('id'), outcome))
    })
    .post('/:id/publish', async (c) => publish(deps, c, c.req.param('id')))
    .post('/:id/withdraw', async (c) => {
      const id = c.req.param('id')
      await requireGuarded(deps, c.var.actor, id, canWithdraw)
      await readSent(c.req.raw)
      await withdrawRecord(deps, requireActor(c), id)
      return c.redirect(`${recordPath(c.var.page, id, 'publish')}?done=withdrawn`, 303)
    })
}

async function publish(deps: DeskDeps, c: DeskCall, id: string): Promise<Response> {
  const { guarded } = await requireGuarded(deps, c.var.actor, id, canPublish)
  await readSent(c.req.raw)
  const done = await publishRecord(deps, requireActor(c), id, async (tx) => {
    const standing = await loadStanding({ ...deps, records: tx }, guarded, null)
    return (await listChecks(tx, standing)).every((check) => check.level !== 'must')
  })
  if (done) return c.redirect(`${recordPath(c.var.page, id, 'publish')}?done=published`, 303)
  return c.html(await drawChecks(deps, c, id, 'refused'), 422)
}

async function drawChecks(
  deps: DeskDeps,
  c: DeskCall,
  id: string,
  outcome: 'published' | 'withdrawn' | 'refused' | null,
): Promise<string> {
  const { guarded, kind } = await requireGuarded(deps, c.var.actor, id, canPublish)
  const standing = await loadStanding(deps, guarded, null)
  const { record } = standing
  const languages = languageStates(kindOf(kind.kind), record.texts, record.sourceLang)
  return renderPage(
    <PublishPage
      context={c.var.page}
      framed={await frame(deps.records, c, standing)}
      checks={await listChecks(deps.records, standing)}
      languages={languages}
      absent={deps.languages.filter((lang) => !languages.some((state) => state.lang === lang))}
      parts={await describe(deps, c.var.reader, await listDraftParts(deps.records, kind, id))}
      outcome={outcome}
    />,
  )
}
