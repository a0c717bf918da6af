import { Hono } from 'hono'
import { canSharePreview, loadRecords, readDeskRows, type PageEnv, type Reader } from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readSent, valueOf } from '#platform/forms.ts'
import { formatInstant } from '#platform/time.ts'
import { Notice, renderPage, to } from '#ui/index.ts'
import type { DeskDeps } from './deps.ts'
import { formOf, frame, requireActor, type DeskCall } from './page.tsx'
import { describe } from './picks.ts'
import { isPicked } from './kind.ts'
import { makePreviewLink, openPreviewLink } from './previews.ts'
import { guardRows, loadStanding, requireGuarded } from './standing.ts'
import { listPreviewLinks, revokePreviewLink } from './store.ts'
import { PlainPreview } from './views/plain-preview.tsx'
import { previewDays, PreviewsPage } from './views/previews-page.tsx'
import { recordPath } from './views/record-frame.tsx'

/** The links to a record that people without an account may read it by. */
export function previewLinkRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .get('/:id/preview', async (c) => drawLinks(deps, c, c.req.param('id'), { days: '7' }))
    .post('/:id/preview', async (c) => {
      const id = c.req.param('id')
      await requireGuarded(deps, c.var.actor, id, canSharePreview)
      const { values } = await readSent(c.req.raw)
      const days = valueOf(values, 'days')
      if (!previewDays.some((choice) => choice === days)) return drawLinks(deps, c, id, { days, isWrong: true })
      const token = await makePreviewLink(deps, requireActor(c), id, Number(days))
      // Answered at once instead of by 303: the token stands in no history and no log of addresses but the link's own.
      return drawLinks(deps, c, id, { days, made: c.var.page.hub.origin + to(c.var.page, `preview/${token}`) })
    })
    .post('/:id/preview/revoke', async (c) => {
      const id = c.req.param('id')
      await requireGuarded(deps, c.var.actor, id, canSharePreview)
      const { values } = await readSent(c.req.raw)
      await revokePreviewLink(deps.desk, id, valueOf(values, 'link'), deps.now())
      return c.redirect(recordPath(c.var.page, id, 'preview'), 303)
    })
}

async function drawLinks(
  deps: DeskDeps,
  c: DeskCall,
  id: string,
  { days, made = null, isWrong = false }: { days: string; made?: string | null; isWrong?: boolean },
): Promise<Response> {
  const { guarded, kind } = await requireGuarded(deps, c.var.actor, id, canSharePreview)
  const record = (await loadRecords(deps.records, [id])).get(id)
  if (!record) throw new NotFoundError('record')
  const links = await listPreviewLinks(deps.desk, id, deps.now())
  const problems = isWrong ? [{ field: 'days', message: 'form.invalid' as const }] : []
  const page = (
    <PreviewsPage
      context={c.var.page}
      framed={await frame(deps.records, c, { record, guarded, kind })}
      form={formOf(c, { days: [days] }, problems)}
      links={links}
      actors={await deps.nameActors([...new Set(links.map((link) => link.createdBy))])}
      made={made}
    />
  )
  return c.html(renderPage(page), isWrong ? 422 : 200)
}

/** The page of a draft for whoever has its link. */
export function previewRoutes(deps: DeskDeps): Hono<PageEnv> {
  return new Hono<PageEnv>().get('/preview/:token', async (c) => {
    // Whoever reads the log must not be able to read the draft.
    c.set('loggedPath', `/${c.var.lang}/preview/…`)
    const link = await openPreviewLink(deps, c.req.param('token'))
    if (!link) throw new NotFoundError()
    c.header('cache-control', 'private, no-store')
    c.header('x-robots-tag', 'noindex, nofollow')
    c.header('referrer-policy', 'no-referrer')
    return c.html(await drawPreview(deps, c, link.recordId, link.expiresAt))
  })
}

async function drawPreview(deps: DeskDeps, c: DeskCall, id: string, expiresAt: string): Promise<string> {
  const [guarded] = await guardRows(deps, await readDeskRows(deps.records, [id]))
  if (!guarded) throw new NotFoundError()
  const standing = await loadStanding(deps, guarded, null)
  const { kind, record, facts } = standing
  const { page: context, lang } = c.var
  const { t } = context
  const notice = (
    <Notice kind="warning" title={t('desk.preview.title')}>
      {t('desk.preview.notice', { date: formatInstant(expiresAt, lang, context.hub.timeZone) })}
    </Notice>
  )
  // Whoever holds a link is a visitor but for this one record and its parts.
  const parts = (await kind.parts?.(deps.records, id)) ?? []
  const rows = await readDeskRows(deps.records, parts)
  const shown = rows.filter((row) => row.status !== 'withdrawn').map((row) => row.id)
  const reader: Reader = { ...c.var.reader, audience: ['public'], drafts: [id, ...shown] }
  const own = await kind.drawPreview?.({ id, reader, context, notice })
  if (own !== undefined && own !== null) return own
  const ids = kind.facts.filter(isPicked).flatMap((fact) => (fact.type === 'places' ? [] : (facts[fact.name] ?? [])))
  const options = (await describe(deps, reader, ids)).filter((option) => option.status === 'published')
  const names = new Map(options.map((option) => [option.value, option.label]))
  return renderPage(<PlainPreview {...{ context, reader, kind, record, facts, names, notice }} />)
}
