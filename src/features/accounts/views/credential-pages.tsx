import { Button, Buttons, Field, Form, to, type FormState } from '#ui/index.ts'
import type { Account } from '../store.ts'
import { AccountPart, CurrentPassword } from './account-parts.tsx'
import { NewPassword } from './sign-in-pages.tsx'

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
