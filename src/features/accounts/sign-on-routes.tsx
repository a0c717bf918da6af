import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { NotFoundError } from '#platform/errors.ts'
import { readSent } from '#platform/forms.ts'
import type { AccountDeps } from './deps.ts'
import { localPath, type AccountEnv } from './env.ts'
import { authHeaders, endFormerVisit } from './sign-in.ts'
import { draw, sendCookies } from './sign-in-routes.tsx'
import { SignOnPage } from './views/sign-in-pages.tsx'

const Begun = z.object({ url: z.url() })

/** The way to the ministry's or agency's own sign-on. Paths come after the language. */
export function signOnRoutes(deps: AccountDeps): Hono<AccountEnv> {
  return new Hono<AccountEnv>().post('/sign-in/sign-on', async (c) => {
    if (!deps.signOn) throw new NotFoundError()
    const { values } = await readSent(c.req.raw)
    const next = localPath(values['to']?.[0], `/${c.var.lang}/account`)
    const auth = await deps.auth()
    const begun = await auth.api.signInSocial({
      body: {
        provider: 'sign-on',
        callbackURL: deps.origin + next,
        errorCallbackURL: `${deps.origin}/${c.var.lang}/sign-in?notice=sign-on`,
        disableRedirect: true,
      },
      headers: authHeaders(c.req.raw, /^$/),
      asResponse: true,
    })
    if (!begun.ok) return c.redirect(`/${c.var.lang}/sign-in?notice=sign-on-away`, 303)
    const { url } = Begun.parse(await begun.json())
    sendCookies(c, begun.headers.getSetCookie())
    // A form may lead to this hub alone (Content-Security-Policy), so a page of ours leads on.
    c.header('refresh', `0; url=${url}`)
    return draw(c, <SignOnPage context={c.var.page} name={deps.signOn.name} href={url} />)
  })
}

/** Where the sign-on sends people back to; its address is registered there, so it has no language. */
export const signOnReturn = '/auth/callback/sign-on'

/** The way back: the address of this hub that was wanted, the second step, or the sign-in with a word about why not. */
export async function returnFromSignOn(deps: AccountDeps, c: Context): Promise<Response> {
  if (!deps.signOn) throw new NotFoundError()
  const auth = await deps.auth()
  const answer = await auth.api.callbackOAuth({
    method: 'GET',
    params: { id: 'sign-on' },
    query: c.req.query(),
    headers: authHeaders(c.req.raw, /^(?!.*visit=)/),
    asResponse: true,
  })
  const location = answer.headers.get('location') ?? ''
  const wanted = location.startsWith(`${deps.origin}/`) ? location.slice(deps.origin.length) : ''
  const lang = deps.languages.find((one) => wanted.startsWith(`/${one}/`)) ?? deps.languages[0] ?? 'en'
  const body = z.object({ twoFactorRedirect: z.literal(true) }).safeParse(await answer.json().catch(() => null))
  const cookies = answer.headers.getSetCookie()
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  c.header('cache-control', 'private, no-store')
  if (cookies.some((cookie) => /visit=[^;]/.test(cookie))) await endFormerVisit(deps, c.req.raw)
  const next = localPath(wanted, `/${lang}/sign-in?notice=again`)
  if (!body.success) return c.redirect(next.replace(/([?&])error=.*$/, ''), 303)
  return c.redirect(`/${lang}/sign-in/second?to=${encodeURIComponent(next)}`, 303)
}
