import type { ComponentChildren } from 'preact'
import { languageName } from '#platform/i18n/index.ts'
import { formatInstant } from '#platform/time.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  Field,
  Form,
  Layout,
  Notice,
  Section,
  Select,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { Grant } from '../domain.ts'
import type { Account } from '../store.ts'
import type { Visit } from '../store-visits.ts'
import { describeAgent } from './agents.ts'
import { NewPassword } from './sign-in-pages.tsx'

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

/** The language somebody reads their mail in. */
export function LangField({ form }: { form: FormState }) {
  const { t, hub } = form.context
  const choices = hub.languages.map((lang) => ({ value: lang, label: languageName(lang, form.context.lang) }))
  return (
    <Select
      form={form}
      name="lang"
      label={t('accounts.lang')}
      help={t('accounts.lang.help')}
      choices={choices}
      required
    />
  )
}

interface PartProps {
  readonly context: PageContext
  readonly title: string
  readonly children: ComponentChildren
}

/** The frame of the pages below the account. */
export function AccountPart({ context, title, children }: PartProps) {
  const above = [{ label: context.t('account.title'), href: to(context, 'account') }]
  return (
    <Layout context={context} area="desk" title={title}>
      <Breadcrumbs above={above} context={context} />
      <h1>{title}</h1>
      {children}
    </Layout>
  )
}

/** Asks for the present password, where there is one. */
export function CurrentPassword({ form, ask }: { form: FormState; ask: boolean }) {
  if (!ask) return null
  const { t } = form.context
  return (
    <Field
      form={form}
      name="current"
      label={t('accounts.current')}
      type="password"
      autocomplete="current-password"
      required
    />
  )
}

export function EmailPage({ form, account }: { form: FormState; account: Account }) {
  const { t } = form.context
  return (
    <AccountPart context={form.context} title={t('account.email.title')}>
      <p>{t('account.email.now', { address: account.email ?? '' })}</p>
      <Form form={form}>
        <Field form={form} name="email" label={t('account.email.new')} type="email" autocomplete="email" required />
        <CurrentPassword form={form} ask={account.hasPassword} />
        <Buttons>
          <Button>{t('account.email.submit')}</Button>
        </Buttons>
      </Form>
    </AccountPart>
  )
}

/** Where the mail that confirms a new address leads. */
export function ConfirmEmailPage({ form, token }: { form: FormState; token: string }) {
  const { t } = form.context
  return (
    <AccountPart context={form.context} title={t('account.email.title')}>
      <p>{t('account.email.confirm.text')}</p>
      <Form form={form} action={to(form.context, 'account/email/confirm')}>
        <input type="hidden" name="token" value={token} />
        <Buttons>
          <Button>{t('account.email.confirm')}</Button>
        </Buttons>
      </Form>
    </AccountPart>
  )
}

export function PasswordPage({ form, account }: { form: FormState; account: Account }) {
  const { t } = form.context
  return (
    <AccountPart context={form.context} title={t('account.password.title')}>
      <p>{t('account.password.text')}</p>
      <Form form={form}>
        <CurrentPassword form={form} ask={account.hasPassword} />
        <NewPassword form={form} required />
        <Buttons>
          <Button>{t('signIn.reset.submit')}</Button>
        </Buttons>
      </Form>
    </AccountPart>
  )
}

interface VisitsPageProps {
  readonly context: PageContext
  readonly visits: readonly Visit[]
  /** The one this page is read in. */
  readonly current: string
}

export function VisitsPage({ context, visits, current }: VisitsPageProps) {
  const { t, lang, hub } = context
  return (
    <AccountPart context={context} title={t('account.visits')}>
      <p>{t('account.visits.text')}</p>
      <ul class="cards">
        {visits.map((visit) => {
          const agent = describeAgent(visit.userAgent)
          const what = agent === null ? t('account.visit.unknown') : t('account.visit.agent', agent)
          return (
            <li>
              <p>
                <strong>{what}</strong>{' '}
                {visit.id === current && <span class="badge current">{t('account.visit.this')}</span>}
              </p>
              <p>
                {t('account.visit.times', {
                  since: formatInstant(visit.createdAt, lang, hub.timeZone),
                  seen: formatInstant(visit.seenAt, lang, hub.timeZone),
                })}
              </p>
              {visit.id !== current && (
                <form method="post">
                  <Button kind="plain" name="visit" value={visit.id} label={t('account.visit.end.of', { what })}>
                    {t('account.visit.end')}
                  </Button>
                </form>
              )}
            </li>
          )
        })}
      </ul>
      <form method="post">
        <Buttons>
          <Button kind="danger" name="visit" value="others">
            {t('account.visits.end')}
          </Button>
        </Buttons>
      </form>
    </AccountPart>
  )
}
