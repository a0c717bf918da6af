import { Hono } from 'hono'
import { NotFoundError } from '#platform/errors.ts'
import { checkForm, readForm, readSent, type FieldProblem } from '#platform/forms.ts'
import { freshForm } from '#ui/index.ts'
import { confirmEmail, isOwner, requestEmailChange, saveProfile } from './account.ts'
import type { AccountDeps } from './deps.ts'
import { requireVisit, signedIn, type AccountCall, type AccountEnv } from './env.ts'
import { EmailForm, PasswordForm, profileForm, TokenForm } from './forms.ts'
import { setPassword } from './passwords.ts'
import { endVisits } from './people.ts'
import { draw } from './sign-in-routes.tsx'
import { findUser, type Account } from './store.ts'
import { deleteVisits, listVisits } from './store-visits.ts'
import { after } from './tokens.ts'
import { accountNotices, AccountPage } from './views/account-page.tsx'
import { ConfirmEmailPage, EmailPage, PasswordPage } from './views/credential-pages.tsx'
import { VisitsPage } from './views/visits-page.tsx'
import { visitLimits } from './visits.ts'

/** Back to the account, which says what was done. */
export const done = (c: AccountCall, what: (typeof accountNotices)[number]): Response =>
  c.redirect(`/${c.var.lang}/account?done=${what}`, 303)

/** The account of whoever asks. */
export async function ownAccount(deps: AccountDeps, c: AccountCall): Promise<Account> {
  const account = await findUser(deps.accounts, requireVisit(c).actor.id)
  if (!account) throw new NotFoundError('account')
  return account
}

/**
 * What stands in the way of a deed that only the owner may do: the password is asked for again, and where there is none, the
 * visit must have begun within the hour. A cookie that was stolen does neither.
 */
export async function ownerProblems(
  deps: AccountDeps,
  c: AccountCall,
  account: Account,
  current: string | undefined,
): Promise<FieldProblem[]> {
  if (await isOwner(deps, c.req.raw, requireVisit(c), account, current ?? '')) return []
  return account.hasPassword
    ? [{ field: 'current', message: 'accounts.current.wrong' }]
    : [{ field: '', message: 'accounts.stale' }]
}

/** When a visit must end after, and when it must have been used since, to go on. */
const goingOn = ({ now }: AccountDeps) => ({ endsAfter: now(), seenAfter: after(now(), -visitLimits.idle) })

/** One's own account. Paths come after the language. */
export function accountRoutes(deps: AccountDeps): Hono<AccountEnv> {
  return new Hono<AccountEnv>()
    .use('/account', signedIn())
    .use('/account/*', signedIn())
    .get('/account', async (c) => {
      const account = await ownAccount(deps, c)
      return accountPage(deps, c, account, freshForm(c.var.page, { name: account.name, lang: account.lang }))
    })
    .post('/account', async (c) => {
      const form = await readForm(c.req.raw, profileForm(deps.languages))
      if (!form.ok) return accountPage(deps, c, await ownAccount(deps, c), { ...form, context: c.var.page })
      await saveProfile(deps, requireVisit(c), form.value)
      return c.redirect(`/${form.value.lang}/account?done=profile`, 303)
    })
    .get('/account/email', async (c) =>
      draw(c, <EmailPage form={freshForm(c.var.page, {})} account={await ownAccount(deps, c)} />),
    )
    .post('/account/email', async (c) => changeEmail(deps, c))
    .get('/account/email/confirm', (c) =>
      draw(c, <ConfirmEmailPage form={freshForm(c.var.page, {})} token={c.req.query('token') ?? ''} />),
    )
    .post('/account/email/confirm', async (c) => {
      const form = await readForm(c.req.raw, TokenForm)
      if (form.ok && (await confirmEmail(deps, requireVisit(c), form.value.token))) return done(c, 'email')
      const gone = [{ field: '', message: 'signIn.link.gone' } as const]
      const shown = { values: {}, problems: gone, context: c.var.page }
      return draw(c, <EmailPage form={shown} account={await ownAccount(deps, c)} />, gone)
    })
    .get('/account/password', async (c) =>
      draw(c, <PasswordPage form={freshForm(c.var.page, {})} account={await ownAccount(deps, c)} />),
    )
    .post('/account/password', async (c) => changePassword(deps, c))
    .get('/account/visits', async (c) => {
      const { id, actor } = requireVisit(c)
      const visits = await listVisits(deps.accounts, actor.id, goingOn(deps))
      return draw(c, <VisitsPage context={c.var.page} visits={visits} current={id} />)
    })
    .post('/account/visits', async (c) => {
      const { id, actor } = requireVisit(c)
      const chosen = (await readSent(c.req.raw)).values['visit']?.[0]
      if (chosen === undefined) throw new NotFoundError('visit')
      if (chosen === 'others') await endVisits(deps, actor, actor.id, id)
      else await deleteVisits(deps.accounts, actor.id, { id: chosen })
      return done(c, 'visits')
    })
}

async function accountPage(
  deps: AccountDeps,
  c: AccountCall,
  account: Account,
  form: Parameters<typeof AccountPage>[0]['form'],
): Promise<Response> {
  const visits = await listVisits(deps.accounts, account.id, goingOn(deps))
  const what = accountNotices.find((one) => one === c.req.query('done')) ?? null
  const page = <AccountPage form={form} account={account} visits={visits.length} done={what} />
  return draw(c, page, form.problems)
}

async function changeEmail(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const account = await ownAccount(deps, c)
  const { values } = await readSent(c.req.raw)
  const form = checkForm(values, EmailForm)
  const problems = form.ok ? await ownerProblems(deps, c, account, form.value.current) : form.problems
  if (!form.ok || problems.length > 0) {
    return draw(c, <EmailPage form={{ values, problems, context: c.var.page }} account={account} />, problems)
  }
  await requestEmailChange(deps, requireVisit(c), form.value.email, c.var.client ?? '')
  return done(c, 'email-sent')
}

async function changePassword(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const account = await ownAccount(deps, c)
  const form = await readForm(c.req.raw, PasswordForm)
  const problems = form.ok ? await ownerProblems(deps, c, account, form.value.current) : form.problems
  if (!form.ok || problems.length > 0) {
    return draw(c, <PasswordPage form={{ values: {}, problems, context: c.var.page }} account={account} />, problems)
  }
  await setPassword(deps, requireVisit(c), form.value.password)
  return done(c, 'password')
}
