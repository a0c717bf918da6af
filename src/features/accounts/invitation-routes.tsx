import { Hono } from 'hono'
import type { z } from 'zod'
import { readForm, type FieldProblem } from '#platform/forms.ts'
import { freshForm, renderPage, type FormState } from '#ui/index.ts'
import { acceptInvitation, findInvitationByToken, type Acceptance } from './accept.ts'
import type { AccountDeps } from './deps.ts'
import type { AccountCall, AccountEnv } from './env.ts'
import { acceptForm, firstForm } from './forms.ts'
import { draw, goOn } from './sign-in-routes.tsx'
import { InvitationGonePage, InvitationPage } from './views/invitation-pages.tsx'

const one = '/invitation/:token{[A-Za-z0-9_-]{20,100}}'

/** Accepting invitations. Paths come after the language. */
export function invitationRoutes(deps: AccountDeps): Hono<AccountEnv> {
  return new Hono<AccountEnv>()
    .use(one, async (c, next) => {
      c.set('loggedPath', `/${c.var.lang}/invitation/…`)
      await next()
    })
    .get(one, async (c) => {
      const invitation = await findInvitationByToken(deps, c.req.param('token'))
      if (!invitation) return gone(c)
      const form = freshForm(c.var.page, { name: invitation.name, lang: c.var.lang })
      return draw(c, <InvitationPage form={form} email={invitation.email} />)
    })
    .post(one, async (c) => accept(deps, c, c.req.param('token')))
}

/** 410: it was here, and will not come back. */
const gone = (c: AccountCall) => c.html(renderPage(<InvitationGonePage context={c.var.page} />), 410)

async function accept(deps: AccountDeps, c: AccountCall, token: string): Promise<Response> {
  const invitation = await findInvitationByToken(deps, token)
  if (!invitation) return gone(c)
  const schema: z.ZodType<Acceptance> =
    invitation.email === null ? firstForm(deps.languages) : acceptForm(deps.languages)
  const form = await readForm(c.req.raw, schema)
  const again = (problems: readonly FieldProblem[]) => {
    const shown: FormState = { values: form.values, problems, context: c.var.page }
    return draw(c, <InvitationPage form={shown} email={invitation.email} />, problems)
  }
  if (!form.ok) return again(form.problems)
  const accepted = await acceptInvitation(deps, c.req.raw, token, form.value)
  if (accepted.ok) return goOn(c, accepted.entry, `/${form.value.lang}/account`) ?? gone(c)
  if (accepted.problem === 'gone') return gone(c)
  return again([{ field: invitation.email === null ? 'email' : '', message: 'invitation.hasAccount' }])
}
