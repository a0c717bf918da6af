import { Hono, type Context } from 'hono'
import {
  createInvitation,
  endVisits,
  eraseUser,
  findUser,
  listPeople,
  listPendingInvitations,
  readAccountNames,
  requireActor,
  resendInvitation,
  resetSecondFactor,
  resumeUser,
  revokeInvitation,
  roles,
  setGrants,
  suspendUser,
  type Account,
  type AccountStatus,
} from '#features/accounts/index.ts'
import { listDeskRows, loadRecords, nameFor, type PageEnv } from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { readForm, type FieldProblem } from '#platform/forms.ts'
import { freshForm, renderPage, to, type Choice, type FormState } from '#ui/index.ts'
import type { AdminDeps } from './deps.ts'
import { EraseForm, GrantsForm, InviteForm, readGrants } from './forms-people.ts'
import { handlesOf } from './handles.ts'
import { grantKey, losesAdmin } from './people.ts'
import { canManagePeople } from './policy.ts'
import { actorOf, doneOf, onlyFor, pageOf } from './requests.ts'
import { InvitePage } from './views/invite-page.tsx'
import { PeoplePage } from './views/people-page.tsx'
import { PersonPage } from './views/person-page.tsx'

type PageCall = Context<PageEnv>

const PAGE = 50
const statuses: readonly AccountStatus[] = ['active', 'suspended', 'erased']

/** People who sign in: who they are, what they may do, and inviting more. */
export function peopleRoutes(deps: AdminDeps): Hono<PageEnv> {
  return new Hono<PageEnv>()
    .use('/people/*', onlyFor(canManagePeople))
    .get('/people', async (c) => c.html(await peoplePage(deps, c)))
    .get('/people/invite', async (c) => c.html(await invitePage(deps, c, freshForm(c.var.page, { lang: c.var.lang }))))
    .post('/people/invite', async (c) => invite(deps, c))
    .post('/people/invitations/:id/resend', async (c) => {
      await resendInvitation(deps.accounts, c.var.actor, c.req.param('id'))
      await note(deps, c, 'account.invite', c.req.param('id'))
      return c.redirect(to(c.var.page, 'admin/people?done=invited'), 303)
    })
    .post('/people/invitations/:id/revoke', async (c) => {
      await revokeInvitation(deps.accounts, c.var.actor, c.req.param('id'))
      await note(deps, c, 'account.revoke', c.req.param('id'))
      return c.redirect(to(c.var.page, 'admin/people?done=revoked'), 303)
    })
    .get('/people/:id', async (c) => personPage(deps, c, c.req.param('id')))
    .post('/people/:id/roles', async (c) => changeRoles(deps, c, c.req.param('id')))
    .post('/people/:id/suspend', async (c) => suspend(deps, c, c.req.param('id')))
    .post('/people/:id/resume', async (c) => {
      await resumeUser(deps.accounts, c.var.actor, c.req.param('id'))
      return backTo(c, c.req.param('id'))
    })
    .post('/people/:id/second-factor', async (c) => {
      const { id } = await requirePerson(deps, c.req.param('id'))
      await resetSecondFactor(deps.accounts, c.var.actor, id)
      return backTo(c, id)
    })
    .post('/people/:id/erase', async (c) => erase(deps, c, c.req.param('id')))
    .post('/people/:id/end-visits', async (c) => {
      await requirePerson(deps, c.req.param('id'))
      await endVisits(deps.accounts, c.var.actor, c.req.param('id'))
      return backTo(c, c.req.param('id'))
    })
}

const backTo = (c: PageCall, id: string) => c.redirect(`${to(c.var.page, `admin/people/${id}`)}?done=saved`, 303)

async function note({ db, now }: AdminDeps, c: PageCall, deed: string, subject: string): Promise<void> {
  await writeAudit(handlesOf(db).audit, { at: now(), ...actorOf(c), deed, subject })
}

async function peoplePage(deps: AdminDeps, c: PageCall): Promise<string> {
  const page = pageOf(c)
  const search = (c.req.query('q') ?? '').slice(0, 100)
  const role = roles.find((one) => one === c.req.query('role'))
  const status = statuses.find((one) => one === c.req.query('status'))
  const { accounts } = deps.accounts
  const filter = { page, ...(search !== '' && { search }), ...(role && { role }), ...(status && { status }) }
  const { items, total } = await listPeople(accounts, filter)
  if (page > 1 && items.length === 0) throw new NotFoundError()
  const invitations = await listPendingInvitations(accounts)
  const inviters = await readAccountNames(
    accounts,
    invitations.map(({ invitedBy }) => invitedBy),
  )
  const choice = { search, role: role ?? '', status: status ?? '' }
  return renderPage(
    <PeoplePage
      context={c.var.page}
      people={items}
      invitations={invitations}
      inviters={inviters}
      choice={choice}
      page={page}
      pages={Math.max(1, Math.ceil(total / PAGE))}
      done={doneOf(c)}
    />,
  )
}

/** Every seminar by its name, those changed last first. */
async function listSeminarChoices({ db }: AdminDeps, c: PageCall): Promise<Choice[]> {
  const { records } = handlesOf(db)
  const scope = { all: true, actor: '', audience: [], organises: [] }
  const { rows } = await listDeskRows(records, scope, { kinds: ['seminar'] }, { limit: 500, offset: 0 })
  const loaded = await loadRecords(
    records,
    rows.map(({ id }) => id),
    ['title'],
  )
  return [...loaded.values()].map((record) => ({ value: record.id, label: nameFor(record, c.var.reader).value }))
}

async function invitePage(deps: AdminDeps, c: PageCall, form: FormState): Promise<string> {
  const seminars = await listSeminarChoices(deps, c)
  return renderPage(<InvitePage form={form} languages={deps.languages} seminars={seminars} />)
}

async function invite(deps: AdminDeps, c: PageCall): Promise<Response> {
  const form = await readForm(c.req.raw, InviteForm)
  const again = async (problems: readonly FieldProblem[]) =>
    c.html(await invitePage(deps, c, { values: form.values, problems, context: c.var.page }), 422)
  if (!form.ok) return again(form.problems)
  const { email, name, lang } = form.value
  const grants = readGrants(form.value)
  if (grants === null) return again([{ field: 'grants', message: 'form.invalid' }])
  if (!deps.languages.includes(lang)) return again([{ field: 'lang', message: 'form.invalid' }])
  const invited = await createInvitation(deps.accounts, c.var.actor, { email, name, lang, grants })
  if (!invited.ok) return again([{ field: 'email', message: `admin.people.problem.${invited.problem}` }])
  return c.redirect(to(c.var.page, 'admin/people?done=invited'), 303)
}

async function requirePerson(deps: AdminDeps, id: string): Promise<Account> {
  const person = await findUser(deps.accounts.accounts, id)
  if (!person) throw new NotFoundError('account')
  return person
}

async function personPage(
  deps: AdminDeps,
  c: PageCall,
  id: string,
  sent: Pick<FormState, 'values' | 'problems'> | null = null,
): Promise<Response> {
  const person = await requirePerson(deps, id)
  const seminars = await listSeminarChoices(deps, c)
  const context = c.var.page
  const form = sent ? { ...sent, context } : freshForm(context, { 'grants[]': person.grants.map(grantKey) })
  const isSelf = c.var.actor?.id === id
  const page = (
    <PersonPage
      form={form}
      person={person}
      isSelf={isSelf}
      languages={deps.languages}
      seminars={seminars}
      done={sent ? null : doneOf(c)}
    />
  )
  return c.html(renderPage(page), sent ? 422 : 200)
}

async function changeRoles(deps: AdminDeps, c: PageCall, id: string): Promise<Response> {
  const form = await readForm(c.req.raw, GrantsForm)
  const again = async (field: string, message: FieldProblem['message']) =>
    personPage(deps, c, id, { values: form.values, problems: [{ field, message }] })
  const grants = form.ok ? readGrants(form.value) : null
  if (!form.ok || grants === null) return again('grants', 'form.invalid')
  const person = await requirePerson(deps, id)
  if (id === c.var.actor?.id && losesAdmin(person.grants, grants) && form.value.confirm === undefined) {
    return again('confirm', 'admin.people.problem.confirm')
  }
  const changed = await setGrants(deps.accounts, c.var.actor, id, grants)
  if (!changed.ok) return again('grants', `admin.people.problem.${changed.problem}`)
  return backTo(c, id)
}

async function suspend(deps: AdminDeps, c: PageCall, id: string): Promise<Response> {
  const refuse = (message: FieldProblem['message']) =>
    personPage(deps, c, id, { values: {}, problems: [{ field: '', message }] })
  if (id === c.var.actor?.id) return refuse('admin.people.problem.self')
  const changed = await suspendUser(deps.accounts, c.var.actor, id)
  return changed.ok ? backTo(c, id) : refuse(`admin.people.problem.${changed.problem}`)
}

async function erase(deps: AdminDeps, c: PageCall, id: string): Promise<Response> {
  await requirePerson(deps, id)
  const form = await readForm(c.req.raw, EraseForm)
  if (!form.ok) return personPage(deps, c, id, form)
  const erased = await eraseUser(deps.accounts, requireActor(c), id, form.value.keep)
  if (erased.ok) return backTo(c, id)
  const problem = { field: '', message: `admin.people.problem.${erased.problem}` } as const
  return personPage(deps, c, id, { values: {}, problems: [problem] })
}
