import {
  Button,
  Buttons,
  Field,
  Form,
  Hidden,
  Layout,
  Notice,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'

interface SignInPageProps {
  readonly form: FormState
  /** Where to go afterwards. */
  readonly next: string
  /** What the button of the ministry's or agency's own sign-on says; null: there is none. */
  readonly signOn: string | null
  readonly notice: 'reset' | 'signed-out' | 'sign-on' | 'sign-on-away' | 'erased' | 'again' | null
}

/** Signing in, by every way the hub has. */
export function SignInPage({ form, next, signOn, notice }: SignInPageProps) {
  const { context } = form
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('signIn.title')}>
      <h1>{t('signIn.title')}</h1>
      {notice && (
        <Notice kind={notice.startsWith('sign-on') ? 'warning' : 'info'}>{t(`signIn.notice.${notice}`)}</Notice>
      )}
      <p>{t('signIn.intro')}</p>
      <Form form={form} action={to(context, 'sign-in')}>
        <Field form={form} name="email" label={t('accounts.email')} type="email" autocomplete="username" required />
        <Field
          form={form}
          name="password"
          label={t('accounts.password')}
          help={t('signIn.password.help')}
          type="password"
          autocomplete="current-password"
        />
        <Hidden name="to" value={next} />
        <Buttons>
          <Button>{t('signIn.submit')}</Button>
          <Button kind="plain" name="way" value="link">
            {t('signIn.link')}
          </Button>
        </Buttons>
      </Form>
      <p>
        <a href={to(context, 'sign-in/forgot')}>{t('signIn.forgot')}</a>
      </p>
      <passkey-sign-in
        action={to(context, 'sign-in/passkey')}
        to={next}
        label={t('signIn.passkey')}
        failed={t('signIn.passkey.failed')}
      />
      {signOn !== null && (
        <form method="post" action={to(context, 'sign-in/sign-on')}>
          <Hidden name="to" value={next} />
          <Buttons>
            <Button kind="plain">{t('signIn.signOn', { name: signOn })}</Button>
          </Buttons>
        </form>
      )}
    </Layout>
  )
}

/** After asking for a mail: the same words whether or not the address is anybody's. */
export function SentPage({ context, kind }: { context: PageContext; kind: 'link' | 'reset' }) {
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('signIn.sent.title')}>
      <h1>{t('signIn.sent.title')}</h1>
      <p>{t(`signIn.sent.${kind}`)}</p>
      <p>
        <a href={to(context, 'sign-in')}>{t('signIn.back')}</a>
      </p>
    </Layout>
  )
}

/** Where the link of a mail leads. Programs that look into mail open it, so only the button uses it up. */
export function LinkPage({ form, token, next }: { form: FormState; token: string; next: string | null }) {
  const { context } = form
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('signIn.confirm.title')}>
      <h1>{t('signIn.confirm.title')}</h1>
      <p>{t('signIn.confirm.text')}</p>
      <Form form={form} action={to(context, 'sign-in/link')}>
        <Hidden name="token" value={token} />
        {next !== null && <Hidden name="to" value={next} />}
        <Buttons>
          <Button>{t('signIn.submit')}</Button>
        </Buttons>
      </Form>
    </Layout>
  )
}

export function ForgotPage({ form }: { form: FormState }) {
  const { context } = form
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('signIn.forgot')}>
      <h1>{t('signIn.forgot')}</h1>
      <p>{t('signIn.forgot.text')}</p>
      <Form form={form}>
        <Field form={form} name="email" label={t('accounts.email')} type="email" autocomplete="username" required />
        <Buttons>
          <Button>{t('signIn.forgot.submit')}</Button>
        </Buttons>
      </Form>
    </Layout>
  )
}

export function ResetPage({ form, token }: { form: FormState; token: string }) {
  const { context } = form
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('signIn.reset.title')}>
      <h1>{t('signIn.reset.title')}</h1>
      <Form form={form} action={to(context, 'sign-in/reset')}>
        <Hidden name="token" value={token} />
        <NewPassword form={form} required />
        <Buttons>
          <Button>{t('signIn.reset.submit')}</Button>
        </Buttons>
      </Form>
    </Layout>
  )
}

/** The field for a password somebody chooses. */
export function NewPassword({ form, required = false }: { form: FormState; required?: boolean }) {
  const { t } = form.context
  return (
    <Field
      form={form}
      name="password"
      label={t('accounts.password.new')}
      help={t('accounts.password.help')}
      type="password"
      autocomplete="new-password"
      required={required}
    />
  )
}

interface SecondPageProps {
  readonly form: FormState
  /** The address of whoever took the first step. */
  readonly email: string | null
  readonly next: string
}

export function SecondPage({ form, email, next }: SecondPageProps) {
  const { context } = form
  const { t } = context
  return (
    <Layout context={context} area="desk" title={t('signIn.second.title')}>
      <h1>{t('signIn.second.title')}</h1>
      <p>{t('signIn.second.text')}</p>
      <Form form={form}>
        {/* Tells a password manager whose code it is to fill in; nobody else looks at it. */}
        {email !== null && <input type="text" name="username" autocomplete="username" value={email} readonly hidden />}
        <Field form={form} name="code" label={t('accounts.code')} autocomplete="one-time-code" required />
        <Hidden name="to" value={next} />
        <Buttons>
          <Button>{t('signIn.submit')}</Button>
        </Buttons>
      </Form>
      <p>{t('signIn.second.lost')}</p>
    </Layout>
  )
}

/** On the way to the sign-on: browsers follow by themselves, a person can too. */
export function SignOnPage({ context, name, href }: { context: PageContext; name: string; href: string }) {
  const { t } = context
  const title = t('signIn.signOn', { name })
  return (
    <Layout context={context} area="desk" title={title}>
      <h1>{title}</h1>
      <p>
        <a href={href} rel="noreferrer">
          {t('signIn.signOn.go', { name })}
        </a>
      </p>
    </Layout>
  )
}
