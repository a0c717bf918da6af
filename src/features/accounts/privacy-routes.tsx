import { Hono } from 'hono'
import { checkForm, readForm, readSent } from '#platform/forms.ts'
import { freshForm } from '#ui/index.ts'
import { done, ownAccount, ownerProblems } from './account-routes.tsx'
import type { AccountDeps } from './deps.ts'
import { requireVisit, type AccountCall, type AccountEnv } from './env.ts'
import { ConsentForm, EraseForm } from './forms.ts'
import { collectData, eraseUser, readConsents, saveConsents } from './privacy.ts'
import { draw, leave } from './sign-in-routes.tsx'
import { ConsentsPage, ErasePage } from './views/privacy-pages.tsx'

/** What somebody agrees to, their data, and the end of their account; the visit is known already. */
export function privacyRoutes(deps: AccountDeps): Hono<AccountEnv> {
  return new Hono<AccountEnv>()
    .get('/account/privacy', async (c) => {
      const { history, now } = await readConsents(deps, requireVisit(c).actor.id)
      return draw(c, <ConsentsPage form={freshForm(c.var.page, { 'consent[]': now })} history={history} />)
    })
    .post('/account/privacy', async (c) => {
      const { actor } = requireVisit(c)
      const form = await readForm(c.req.raw, ConsentForm)
      if (form.ok) {
        await saveConsents(deps, actor, form.value.consent, c.var.lang)
        return done(c, 'consent')
      }
      const { history } = await readConsents(deps, actor.id)
      return draw(c, <ConsentsPage form={{ ...form, context: c.var.page }} history={history} />, form.problems)
    })
    .get('/account/data.json', async (c) => {
      const data = await collectData(deps, requireVisit(c).actor.id)
      const name = `${new URL(deps.origin).hostname}-${deps.now().slice(0, 10)}.json`
      c.header('content-disposition', `attachment; filename="${name}"`)
      return c.body(`${JSON.stringify(data, null, 2)}\n`, 200, { 'content-type': 'application/json; charset=utf-8' })
    })
    .get('/account/erase', async (c) =>
      draw(c, <ErasePage form={freshForm(c.var.page, { keep: 'former' })} account={await ownAccount(deps, c)} />),
    )
    .post('/account/erase', async (c) => erase(deps, c))
}

async function erase(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const account = await ownAccount(deps, c)
  const { values } = await readSent(c.req.raw)
  const form = checkForm(values, EraseForm)
  const problems = form.ok ? await ownerProblems(deps, c, account, form.value.current) : form.problems
  const again = (found: typeof problems) =>
    draw(c, <ErasePage form={{ values, problems: found, context: c.var.page }} account={account} />, found)
  if (!form.ok || problems.length > 0) return again(problems)
  const erased = await eraseUser(deps, requireVisit(c).actor, account.id, form.value.keep)
  if (!erased.ok) return again([{ field: '', message: 'accounts.erase.lastAdmin' }])
  return leave(deps, c, 'erased')
}
