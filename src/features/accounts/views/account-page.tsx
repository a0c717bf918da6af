import { languageName } from '#platform/i18n/index.ts'
import {
  Button,
  Buttons,
  Field,
  Form,
  Layout,
  Notice,
  Section,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { Grant } from '../domain.ts'
import type { Account } from '../store.ts'
import { LangField } from './account-parts.tsx'

/** What was just done, as the account page says it. */
export const accountNotices = [
  'profile',
  'email',
  'email-sent',
  'password',
  'second-factor',
  'visits',
  'consent',
] as const
export type AccountNotice = (typeof accountNotices)[number]

interface AccountPageProps {
  readonly form: FormState
  readonly account: Account
  readonly visits: number
  readonly done: AccountNotice | null
}

/** One's own account: who one is here, how one signs in, and what may be done about it. */
export function AccountPage({ form, account, visits, done }: AccountPageProps) {
  const { context } = form
  const { t } = context
  const rows: readonly Row[] = [
    { label: t('accounts.email'), value: account.email ?? '', path: 'email' },
    {
      label: t('accounts.password'),
      value: t(account.hasPassword ? 'account.set' : 'account.unset'),
      path: 'password',
    },
    {
      label: t('account.secondFactor'),
      value: t(account.hasSecondFactor ? 'account.set' : 'account.unset'),
      path: 'second-factor',
    },
    { label: t('account.passkeys'), value: t('account.passkeys.count', { count: account.passkeys }), path: 'passkeys' },
    { label: t('account.visits'), value: t('account.visits.count', { count: visits }), path: 'visits' },
  ]
  return (
    <Layout context={context} area="desk" title={t('account.title')}>
      <h1>{t('account.title')}</h1>
      {done && <Notice kind="good">{t(`account.done.${done}`)}</Notice>}
      <Form form={form}>
        <Field form={form} name="name" label={t('accounts.name')} autocomplete="name" required />
        <LangField form={form} />
        <Buttons>
          <Button>{t('form.save')}</Button>
        </Buttons>
      </Form>
      <Section title={t('account.signIn')}>
        <Rows rows={rows} context={context} />
      </Section>
      <Section title={t('account.roles')}>
        <Grants grants={account.grants} context={context} />
      </Section>
      <Section title={t('account.privacy')}>
        <ul>
          <li>
            <a href={to(context, 'account/privacy')}>{t('account.consents')}</a>
          </li>
          <li>
            <a href={to(context, 'account/data.json')} download>
              {t('account.download')}
            </a>
          </li>
          <li>
            <a href={to(context, 'account/erase')}>{t('account.erase')}</a>
          </li>
        </ul>
      </Section>
      <form method="post" action={to(context, 'sign-out')}>
        <Buttons>
          <Button kind="plain">{t('account.signOut')}</Button>
        </Buttons>
      </form>
    </Layout>
  )
}

interface Row {
  readonly label: string
  readonly value: string
  readonly path: string
}

function Rows({ rows, context }: { rows: readonly Row[]; context: PageContext }) {
  return (
    <div class="scroll">
      <table class="wide">
        <tbody>
          {rows.map(({ label, value, path }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{value}</td>
              <td>
                <a href={to(context, `account/${path}`)} aria-label={context.t('account.change.of', { what: label })}>
                  {context.t('account.change')}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Grants({ grants, context }: { grants: readonly Grant[]; context: PageContext }) {
  const { t, lang } = context
  const said = ({ role, scope }: Grant) => {
    const name = t(`role.${role}`)
    if (scope === '*') return name
    return t('role.for', { role: name, scope: role === 'translator' ? languageName(scope, lang) : scope })
  }
  const others = grants.filter(({ role }) => role !== 'member')
  return (
    <ul>
      <li>{t('role.member')}</li>
      {others.map((grant) => (
        <li>{said(grant)}</li>
      ))}
    </ul>
  )
}
