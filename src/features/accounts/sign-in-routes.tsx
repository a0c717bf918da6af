import { Hono } from 'hono'
import { NotFoundError } from '#platform/errors.ts'
import { readForm, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { freshForm, renderPage } from '#ui/index.ts'
import type { VNode } from 'preact'
import type { AccountDeps } from './deps.ts'
import { localPath, type AccountCall, type AccountEnv } from './env.ts'
import { AddressForm, CodeForm, ResetForm, SignInForm, TokenForm } from './forms.ts'
import { setPasswordByLink } from './passwords.ts'
import {
  endFormerVisit,
  enterByLink,
  enterByPassword,
  enterBySecondFactor,
  readFirstStep,
  requestLink,
  type Entry,
} from './sign-in.ts'
import { ForgotPage, LinkPage, ResetPage, SecondPage, SentPage, SignInPage } from './views/sign-in-pages.tsx'
import { visitCookie } from './visits.ts'

const notices = ['reset', 'signed-out', 'sign-on', 'sign-on-away', 'erased', 'again'] as const

const home = (c: AccountCall) => `/${c.var.lang}/account`
const nextOf = (c: AccountCall, wanted: string | undefined) => localPath(wanted, home(c))

/** Draws a page; one whose form has problems answers 422. */
export function draw(c: AccountCall, page: VNode, problems: readonly FieldProblem[] = []): Response {
  return c.html(renderPage(page), problems.length > 0 ? 422 : 200)
}

/** Puts cookies that better-auth has made into the answer. */
export function sendCookies(c: AccountCall, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
}

/** The way on after a try to sign in that went well, or null. */
export function goOn(c: AccountCall, entry: Entry, next: string): Response | null {
  sendCookies(c, entry.cookies)
  if (entry.outcome === 'refused') return null
  if (entry.outcome === 'in') return c.redirect(next, 303)
  return c.redirect(`/${c.var.lang}/sign-in/second?to=${encodeURIComponent(next)}`, 303)
}

/** Signing in and out. Paths come after the language. */
export function signInRoutes(deps: AccountDeps): Hono<AccountEnv> {
  return new Hono<AccountEnv>()
    .get('/sign-in', (c) => {
      const notice = notices.find((one) => one === c.req.query('notice')) ?? null
      return signInPage(deps, c, { values: {}, problems: [] }, c.req.query('to'), notice)
    })
    .post('/sign-in', async (c) => signIn(deps, c))
    .get('/sign-in/link', (c) => {
      const token = c.req.query('token')
      if (token === undefined) return draw(c, <SentPage context={c.var.page} kind="link" />)
      const next = c.req.query('to')
      const form = freshForm(c.var.page, {})
      return draw(c, <LinkPage form={form} token={token} next={next === undefined ? null : nextOf(c, next)} />)
    })
    .post('/sign-in/link', async (c) => {
      const form = await readForm(c.req.raw, TokenForm)
      const entry = form.ok ? await enterByLink(deps, c.req.raw, form.value.token) : null
      const on = entry && goOn(c, entry, nextOf(c, form.ok ? form.value.to : undefined))
      return on ?? linkGone(deps, c)
    })
    .get('/sign-in/forgot', (c) => {
      if (c.req.query('sent') !== undefined) return draw(c, <SentPage context={c.var.page} kind="reset" />)
      return draw(c, <ForgotPage form={freshForm(c.var.page, {})} />)
    })
    .post('/sign-in/forgot', async (c) => {
      const form = await readForm(c.req.raw, AddressForm)
      if (!form.ok) return draw(c, <ForgotPage form={{ ...form, context: c.var.page }} />, form.problems)
      await requestLink(deps, c.req.raw, {
        kind: 'reset',
        email: form.value.email,
        to: null,
        client: c.var.client ?? '',
      })
      return c.redirect(`/${c.var.lang}/sign-in/forgot?sent`, 303)
    })
    .get('/sign-in/reset', (c) => {
      const token = c.req.query('token')
      if (token === undefined) throw new NotFoundError()
      return draw(c, <ResetPage form={freshForm(c.var.page, {})} token={token} />)
    })
    .post('/sign-in/reset', async (c) => resetPassword(deps, c))
    .get('/sign-in/second', async (c) => secondPage(deps, c, nextOf(c, c.req.query('to'))))
    .post('/sign-in/second', async (c) => secondFactor(deps, c))
    .post('/sign-out', async (c) => {
      await endFormerVisit(deps, c.req.raw)
      return leave(deps, c, 'signed-out')
    })
}

/** Takes the cookie of the visit away, and leads to the sign-in, which says why. */
export function leave(deps: AccountDeps, c: AccountCall, why: 'signed-out' | 'erased'): Response {
  const secure = deps.origin.startsWith('https:') ? '; Secure' : ''
  c.header('set-cookie', `${visitCookie(deps.origin)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure}`)
  return c.redirect(`/${c.var.lang}/sign-in?notice=${why}`, 303)
}

interface Shown {
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
}

function signInPage(
  deps: AccountDeps,
  c: AccountCall,
  shown: Shown,
  to: string | undefined,
  notice: (typeof notices)[number] | null = null,
): Response {
  const { values, problems } = shown
  const form = { values, problems, context: c.var.page }
  const page = <SignInPage form={form} next={nextOf(c, to)} signOn={deps.signOn?.name ?? null} notice={notice} />
  return draw(c, page, problems)
}

async function signIn(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const form = await readForm(c.req.raw, SignInForm)
  if (!form.ok) return signInPage(deps, c, form, form.values['to']?.[0])
  const { email, password = '', way, to } = form.value
  if (way === 'link') {
    const next = to === undefined ? null : nextOf(c, to)
    await requestLink(deps, c.req.raw, { kind: 'sign-in', email, to: next, client: c.var.client ?? '' })
    return c.redirect(`/${c.var.lang}/sign-in/link`, 303)
  }
  if (password === '') {
    return signInPage(deps, c, { ...form, problems: [{ field: 'password', message: 'form.required' }] }, to)
  }
  const entry = await enterByPassword(deps, c.req.raw, { email, password })
  const wrong = [{ field: 'email', message: 'signIn.wrong' } as const]
  return goOn(c, entry, nextOf(c, to)) ?? signInPage(deps, c, { ...form, problems: wrong }, to)
}

function linkGone(deps: AccountDeps, c: AccountCall): Response {
  const gone = [{ field: '', message: 'signIn.link.gone' } as const]
  return signInPage(deps, c, { values: {}, problems: gone }, undefined)
}

async function resetPassword(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const form = await readForm(c.req.raw, ResetForm)
  const context = c.var.page
  const token = form.values['token']?.[0] ?? ''
  if (!form.ok) {
    if (form.problems.some(({ field }) => field === 'token')) return linkGone(deps, c)
    return draw(c, <ResetPage form={{ ...form, context }} token={token} />, form.problems)
  }
  if (!(await setPasswordByLink(deps, form.value.token, form.value.password))) return linkGone(deps, c)
  return c.redirect(`/${c.var.lang}/sign-in?notice=reset`, 303)
}

async function secondFactor(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const form = await readForm(c.req.raw, CodeForm)
  const next = nextOf(c, form.values['to']?.[0])
  const wrong = [{ field: 'code', message: 'accounts.code.wrong' } as const]
  const entry = form.ok ? await enterBySecondFactor(deps, c.req.raw, form.value.code) : null
  const on = entry && goOn(c, entry, next)
  if (on) return on
  // The first step is over, or was never taken: it begins anew.
  const isOver = entry?.outcome === 'refused' && /COOKIE|TOO_MANY/.test(entry.reason)
  if (isOver) return c.redirect(`/${c.var.lang}/sign-in?notice=again&to=${encodeURIComponent(next)}`, 303)
  return secondPage(deps, c, next, wrong)
}

async function secondPage(
  deps: AccountDeps,
  c: AccountCall,
  next: string,
  problems: readonly FieldProblem[] = [],
): Promise<Response> {
  const email = await readFirstStep(deps, c.req.raw)
  return draw(
    c,
    <SecondPage form={{ values: {}, problems, context: c.var.page }} email={email} next={next} />,
    problems,
  )
}
