import { roles, type Account, type Invitation } from '#features/accounts/index.ts'
import { isolate, type MessageKey } from '#platform/i18n/index.ts'
import { dayOf, formatDay } from '#platform/time.ts'
import {
  Button,
  Code,
  EmptyState,
  Field,
  formatList,
  Hidden,
  type PageContext,
  Pagination,
  Section,
  Select,
  to,
  WideTable,
} from '#ui/index.ts'
import { FilterForm } from './filter.tsx'
import { AdminFrame } from './frame.tsx'
import { grantWords } from './grants.tsx'

interface PeoplePageProps {
  readonly context: PageContext
  readonly people: readonly Account[]
  readonly invitations: readonly Invitation[]
  /** Names of those who invited, by id. */
  readonly inviters: ReadonlyMap<string, string>
  readonly choice: { readonly search: string; readonly role: string; readonly status: string }
  readonly page: number
  readonly pages: number
  readonly done: MessageKey | null
}

/** Everybody who can sign in, and who has been invited to. */
export function PeoplePage({ context, people, invitations, inviters, choice, page, pages, done }: PeoplePageProps) {
  const { t } = context
  const { search, role, status } = choice
  const href = (number: number) =>
    `${to(context, 'admin/people')}?${new URLSearchParams({ q: search, role, status, page: String(number) })}`
  const states = ['active', 'suspended', 'erased'] as const
  return (
    <AdminFrame context={context} title={t('admin.people.title')} done={done}>
      <p>
        <a class="button" href={to(context, 'admin/people/invite')}>
          {t('admin.people.invite')}
        </a>
      </p>
      <FilterForm context={context} action="admin/people" label={t('admin.people.filter')}>
        {(fresh) => {
          const form = fresh({ q: search, role, status })
          return (
            <>
              <Field form={form} name="q" type="search" label={t('admin.people.search')} />
              <Select
                form={form}
                name="role"
                label={t('admin.people.role')}
                choices={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
              />
              <Select
                form={form}
                name="status"
                label={t('admin.people.status')}
                choices={states.map((value) => ({ value, label: t(`admin.people.status.${value}`) }))}
              />
            </>
          )
        }}
      </FilterForm>
      {people.length === 0 ? (
        <EmptyState>{t('admin.people.none')}</EmptyState>
      ) : (
        <PeopleTable of={people} context={context} />
      )}
      <Pagination page={page} pages={pages} href={href} context={context} />
      <Section title={t('admin.people.invitations')} id="invitations">
        {invitations.length > 0 && <InvitationTable of={invitations} inviters={inviters} context={context} />}
      </Section>
    </AdminFrame>
  )
}

function PeopleTable({ of, context }: { of: readonly Account[]; context: PageContext }) {
  const { t, lang, hub } = context
  const head = [
    t('admin.people.name'),
    t('admin.people.email'),
    t('admin.people.roles'),
    t('admin.people.status'),
    t('admin.people.factor'),
    t('admin.people.seen'),
  ]
  return (
    <WideTable label={t('admin.people.title')} head={head}>
      {of.map((person) => (
        <tr>
          <th scope="row">
            <a href={to(context, `admin/people/${person.id}`)}>
              <bdi>{person.name === '' ? t('admin.people.former') : person.name}</bdi>
            </a>
          </th>
          <td>{person.email !== null && <Code>{person.email}</Code>}</td>
          <td>
            {formatList(
              person.grants.map((grant) => grantWords(grant, [], context)),
              lang,
            )}
          </td>
          <td>
            <span class={`badge ${person.status}`}>{t(`admin.people.status.${person.status}`)}</span>
          </td>
          <td>{t(person.hasSecondFactor || person.passkeys > 0 ? 'admin.yes' : 'admin.no')}</td>
          <td>
            {person.seenAt === null ? t('admin.never') : formatDay(dayOf(person.seenAt, hub.timeZone), lang, 'short')}
          </td>
        </tr>
      ))}
    </WideTable>
  )
}

interface InvitationTableProps {
  readonly of: readonly Invitation[]
  readonly inviters: ReadonlyMap<string, string>
  readonly context: PageContext
}

function InvitationTable({ of, inviters, context }: InvitationTableProps) {
  const { t, lang, now, hub } = context
  const head = [
    t('admin.people.email'),
    t('admin.people.roles'),
    t('admin.people.invitedBy'),
    t('admin.people.until'),
    t('admin.actions'),
  ]
  return (
    <WideTable label={t('admin.people.invitations')} head={head}>
      {of.map(({ id, email, grants, invitedBy, expiresAt }) => {
        const address = isolate(email ?? '')
        return (
          <tr>
            <th scope="row">
              <Code>{email ?? ''}</Code>
            </th>
            <td>
              {formatList(
                grants.map((grant) => grantWords(grant, [], context)),
                lang,
              )}
            </td>
            <td>
              <bdi>{inviters.get(invitedBy) ?? invitedBy}</bdi>
            </td>
            <td>
              {formatDay(dayOf(expiresAt, hub.timeZone), lang, 'short')}
              {expiresAt <= now && <span class="badge failed"> {t('admin.people.expired')}</span>}
            </td>
            <td>
              <form method="post" action={to(context, `admin/people/invitations/${id}/resend`)}>
                <Hidden name="id" value={id} />
                <Button kind="plain" label={t('admin.people.resend.one', { address })}>
                  {t('admin.people.resend')}
                </Button>
                <Button
                  kind="danger"
                  formaction={to(context, `admin/people/invitations/${id}/revoke`)}
                  label={t('admin.people.revoke.one', { address })}
                >
                  {t('admin.people.revoke')}
                </Button>
              </form>
            </td>
          </tr>
        )
      })}
    </WideTable>
  )
}
