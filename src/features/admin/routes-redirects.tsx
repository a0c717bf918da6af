import { Hono, type Context } from 'hono'
import type { PageEnv } from '#features/records/index.ts'
import { csvAnswer } from '#platform/csv/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readForm, readSent, valueOf, type FieldProblem } from '#platform/forms.ts'
import { renderPage, to, freshForm, type FormState } from '#ui/index.ts'
import {
  importRedirects,
  MOST_REDIRECT_BYTES,
  MOST_REDIRECTS,
  removeRedirect,
  saveRedirect,
  type RedirectImport,
} from './actions-redirects.ts'
import type { AdminDeps } from './deps.ts'
import { RedirectForm, RemoveRedirectForm } from './forms.ts'
import { handlesOf, type AdminDb } from './handles.ts'
import { canChangeRedirects } from './policy.ts'
import { actorOf, doneOf, onlyFor, pageOf } from './requests.ts'
import { listRedirects, walkRedirects } from './store-redirects.ts'
import { RedirectImportPage } from './views/redirect-import-page.tsx'
import { emptyRedirect, RedirectsPage } from './views/redirects-page.tsx'

type PageCall = Context<PageEnv>

const PAGE = 50

/** Addresses of a former site and where they lead. */
export function redirectRoutes(deps: AdminDeps): Hono<PageEnv> {
  const guard = onlyFor(canChangeRedirects)
  return new Hono<PageEnv>()
    .use('/redirects.csv', guard)
    .use('/redirects/*', guard)
    .get('/redirects', async (c) => c.html(await redirectsPage(deps, c, emptyRedirect(c.var.page))))
    .get('/redirects.csv', () => exportRedirects(handlesOf(deps.db).admin))
    .post('/redirects', async (c) => {
      const form = await readForm(c.req.raw, RedirectForm)
      const again = async (problems: readonly FieldProblem[]) =>
        c.html(await redirectsPage(deps, c, { values: form.values, problems, context: c.var.page }), 422)
      if (!form.ok) return again(form.problems)
      const refused = await saveRedirect(deps, actorOf(c), form.value.path, form.value.target)
      if (refused) return again([{ field: refused.column, message: `admin.redirects.problem.${refused.problem}` }])
      return c.redirect(`${to(c.var.page, 'admin/redirects')}?done=saved`, 303)
    })
    .post('/redirects/remove', async (c) => {
      const form = await readForm(c.req.raw, RemoveRedirectForm)
      if (!form.ok || !(await removeRedirect(deps, actorOf(c), form.value.path))) throw new NotFoundError('redirect')
      return c.redirect(`${to(c.var.page, 'admin/redirects')}?done=removed`, 303)
    })
    .get('/redirects/import', (c) => c.html(importPage(freshForm(c.var.page, {}), null)))
    .post('/redirects/import', async (c) => importFile(deps, c))
}

async function redirectsPage(deps: AdminDeps, c: PageCall, form: FormState): Promise<string> {
  const page = pageOf(c)
  const text = (c.req.query('q') ?? '').slice(0, 200)
  const order = c.req.query('order') === 'hits' ? 'hits' : 'path'
  const { admin } = handlesOf(deps.db)
  const { items, total } = await listRedirects(admin, { text, order, offset: (page - 1) * PAGE, limit: PAGE })
  const pages = Math.max(1, Math.ceil(total / PAGE))
  if (page > pages) throw new NotFoundError()
  const choice = { text, order, page } as const
  return renderPage(
    <RedirectsPage form={form} items={items} total={total} pages={pages} choice={choice} done={doneOf(c)} />,
  )
}

async function* exportRows(db: AdminDb) {
  for await (const rows of walkRedirects(db)) {
    yield rows.map(({ path, target, hits, lastHitOn }) => [path, target, hits, lastHitOn])
  }
}

function exportRedirects(db: AdminDb): Response {
  return csvAnswer('redirects.csv', ['path', 'target', 'hits', 'last_hit_on'], exportRows(db))
}

function importPage(form: FormState, result: RedirectImport | null): string {
  return renderPage(
    <RedirectImportPage form={form} result={result} mostBytes={MOST_REDIRECT_BYTES} mostRows={MOST_REDIRECTS} />,
  )
}

async function importFile(deps: AdminDeps, c: PageCall): Promise<Response> {
  const { values, files } = await readSent(c.req.raw)
  const refuse = (message: FieldProblem['message']) =>
    c.html(importPage({ values, problems: [{ field: 'file', message }], context: c.var.page }, null), 422)
  const file = files['file']?.[0]
  if (!file || file.size === 0) return refuse('form.required')
  if (file.size > MOST_REDIRECT_BYTES) return refuse('admin.import.tooLarge')
  const dryRun = valueOf(values, 'do') !== 'import'
  const choice = { dryRun, onlyGood: valueOf(values, 'onlyGood') !== '' }
  const result = await importRedirects(deps, actorOf(c), await file.bytes(), choice)
  if (!result.ok) return refuse(`admin.table.${result.problem}`)
  if (result.done && result.refused.length === 0) {
    return c.redirect(`${to(c.var.page, 'admin/redirects')}?done=imported`, 303)
  }
  const status = result.refused.length > 0 && !result.done && !dryRun ? 422 : 200
  return c.html(importPage({ values, problems: [], context: c.var.page }, result), status)
}
