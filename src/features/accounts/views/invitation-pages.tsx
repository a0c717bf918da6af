import {
  Button,
  Buttons,
  ChoiceGroup,
  Field,
  Form,
  labelsBy,
  Layout,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { purposes } from '../domain.ts'
import { LangField } from './account-parts.tsx'
import { NewPassword } from './sign-in-pages.tsx'

const labels = {
  name: 'accounts.name',
  email: 'accounts.email',
  lang: 'accounts.lang',
  password: 'accounts.password.new',
  consent: 'consent.title',
} as const

interface InvitationPageProps {
  readonly form: FormState
  /** The address that was invited; null: whoever has the link gives their own. */
  readonly email: string | null
}

/** Accepting an invitation: who one is, how one will sign in, and what one agrees to. */
export function InvitationPage({ form, email }: InvitationPageProps) {
  const { context } = form
  const { t, hub } = context
  const title = t('invitation.title', { hub: hub.name.value })
  return (
    <Layout context={context} area="desk" title={title}>
      <h1>{title}</h1>
      <p>{email === null ? t('invitation.first') : t('invitation.text', { address: email })}</p>
      <Form form={form} labels={labelsBy(t, labels)}>
        <Field form={form} name="name" label={t('accounts.name')} autocomplete="name" required />
        {email === null && (
          <Field form={form} name="email" label={t('accounts.email')} type="email" autocomplete="username" required />
        )}
        <LangField form={form} />
        {email !== null && <p>{t('invitation.password')}</p>}
        <NewPassword form={form} required={email === null} />
        <ConsentChoices form={form} />
        <Buttons>
          <Button>{t('invitation.submit')}</Button>
        </Buttons>
      </Form>
    </Layout>
  )
}

/** What somebody can agree to; nothing is ticked beforehand. */
export function ConsentChoices({ form }: { form: FormState }) {
  const { t } = form.context
  const choices = purposes.map((purpose) => ({
    value: purpose,
    label: t(`consent.${purpose}`),
    help: t(`consent.${purpose}.help`),
  }))
  return (
    <ChoiceGroup
      form={form}
      name="consent[]"
      label={t('consent.title')}
      help={t('consent.help')}
      choices={choices}
      kind="checkbox"
    />
  )
}

/** An invitation that was used, withdrawn, or is too old. */
export function InvitationGonePage({ context }: { context: PageContext }) {
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('invitation.gone.title')}>
      <h1>{t('invitation.gone.title')}</h1>
      <p>{t('invitation.gone.text')}</p>
      <p>
        <a href={to(context, 'sign-in')}>{t('signIn.title')}</a>
      </p>
    </Layout>
  )
}
