import { Hono } from 'hono'
import type { z } from 'zod'
import { InvalidInputError } from '#platform/errors.ts'
import { checkForm, readForm, readSent, type FieldProblem, type FieldValues } from '#platform/forms.ts'
import { freshForm } from '#ui/index.ts'
import { done, ownAccount, ownerProblems } from './account-routes.tsx'
import type { AccountDeps } from './deps.ts'
import { localPath, requireVisit, type AccountCall, type AccountEnv } from './env.ts'
import { CodeForm, CurrentForm, NewPasskey, PasskeySignature } from './forms.ts'
import { addPasskey, enterByPasskey, offerNewPasskey, offerPasskey, removePasskey, type Passed } from './passkeys.ts'
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor, renewRecoveryCodes } from './second-factor.ts'
import { draw, sendCookies } from './sign-in-routes.tsx'
import type { Account } from './store.ts'
import { listPasskeys } from './store-credentials.ts'
import { after } from './tokens.ts'
import { CodesPage, ConfirmPage, PasskeysPage, SecondFactorPage, SetUpPage } from './views/proof-pages.tsx'
import { visitLimits } from './visits.ts'

/** The second factor and passkeys of one's own account; the visit is known already. Paths come after the language. */
export function proofRoutes(deps: AccountDeps): Hono<AccountEnv> {
  return new Hono<AccountEnv>()
    .get('/account/second-factor', async (c) => secondFactorPage(c, await ownAccount(deps, c), []))
    .post('/account/second-factor', async (c) => changeSecondFactor(deps, c))
    .post('/account/second-factor/confirm', async (c) => {
      const form = await readForm(c.req.raw, CodeForm)
      const { actor } = requireVisit(c)
      const cookies = form.ok ? await confirmSecondFactor(deps, c.req.raw, actor.id, form.value.code) : null
      if (cookies === null) {
        const wrong = [{ field: 'code', message: 'accounts.code.wrong' } as const]
        return draw(c, <ConfirmPage form={{ values: {}, problems: wrong, context: c.var.page }} />, wrong)
      }
      sendCookies(c, cookies)
      return done(c, 'second-factor')
    })
    .get('/account/passkeys', async (c) => passkeysPage(deps, c, await ownAccount(deps, c), []))
    .post('/account/passkeys', async (c) => dropPasskey(deps, c))
    .post('/account/passkeys/options', async (c) => answer(c, await offerNewPasskey(deps, c.req.raw)))
    .post('/account/passkeys/add', async (c) => {
      const made = await readJson(c, NewPasskey)
      const isKept = await addPasskey(deps, c.req.raw, requireVisit(c).actor.id, made)
      return c.json({ ok: isKept }, isKept ? 200 : 422)
    })
}

/** Signing in with a passkey, for the script of the sign-in page. */
export function passkeyRoutes(deps: AccountDeps): Hono<AccountEnv> {
  return new Hono<AccountEnv>()
    .post('/sign-in/passkey/options', async (c) => answer(c, await offerPasskey(deps, c.req.raw)))
    .post('/sign-in/passkey', async (c) => {
      const body = await readJson(c, PasskeySignature)
      const entry = await enterByPasskey(deps, c.req.raw, body.response)
      sendCookies(c, entry.cookies)
      if (entry.outcome !== 'in') return c.json({ ok: false }, 422)
      return c.json({ ok: true, to: localPath(body.to, `/${c.var.lang}/account`) })
    })
}

function answer(c: AccountCall, { ok, json, cookies }: Passed): Response {
  sendCookies(c, cookies)
  return c.json(ok ? { ok, options: json } : { ok }, ok ? 200 : 422)
}

async function readJson<T>(c: AccountCall, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    throw new InvalidInputError('body', 'is not JSON')
  const parsed = schema.safeParse(await c.req.json().catch(() => null))
  if (!parsed.success) throw new InvalidInputError('body', 'is not what the script of the page sends')
  return parsed.data
}

function secondFactorPage(c: AccountCall, account: Account, problems: readonly FieldProblem[]): Response {
  const form = { values: {}, problems, context: c.var.page }
  const page = <SecondFactorPage form={form} account={account} isNeeded={requireVisit(c).needsSecondFactor} />
  return draw(c, page, problems)
}

async function changeSecondFactor(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const account = await ownAccount(deps, c)
  const { values } = await readSent(c.req.raw)
  const current = currentOf(values)
  const problems = await ownerProblems(deps, c, account, current)
  if (problems.length > 0) return secondFactorPage(c, account, problems)
  const deed = values['deed']?.[0]
  if (deed === 'remove' && account.hasSecondFactor) {
    await removeSecondFactor(deps, account.id)
    return done(c, 'second-factor')
  }
  const password = account.hasPassword ? current : undefined
  if (deed === 'codes' && account.hasSecondFactor) {
    const codes = await renewRecoveryCodes(deps, c.req.raw, account.id, password)
    if (codes) return draw(c, <CodesPage context={c.var.page} codes={codes} />)
  }
  const made = deed === 'begin' ? await beginSecondFactor(deps, c.req.raw, { lang: c.var.lang, password }) : null
  // Pressed twice, or in another window: the page says how things stand.
  if (!made) return secondFactorPage(c, await ownAccount(deps, c), [])
  return draw(c, <SetUpPage form={freshForm(c.var.page, {})} made={made} />)
}

function currentOf(values: FieldValues): string | undefined {
  const form = checkForm(values, CurrentForm)
  return form.ok ? form.value.current : undefined
}

async function passkeysPage(
  deps: AccountDeps,
  c: AccountCall,
  account: Account,
  problems: readonly FieldProblem[],
): Promise<Response> {
  const passkeys = await listPasskeys(deps.accounts, account.id)
  const isFresh = requireVisit(c).createdAt > after(deps.now(), -visitLimits.fresh)
  const form = { values: {}, problems, context: c.var.page }
  return draw(c, <PasskeysPage form={form} account={account} passkeys={passkeys} isFresh={isFresh} />, problems)
}

async function dropPasskey(deps: AccountDeps, c: AccountCall): Promise<Response> {
  const account = await ownAccount(deps, c)
  const { values } = await readSent(c.req.raw)
  const problems = await ownerProblems(deps, c, account, currentOf(values))
  if (problems.length > 0) return passkeysPage(deps, c, account, problems)
  // One that is gone already, or is somebody else's, changes nothing.
  await removePasskey(deps, account.id, values['remove']?.[0] ?? '')
  return c.redirect(`/${c.var.lang}/account/passkeys`, 303)
}
