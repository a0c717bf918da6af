import { renderSVG } from 'uqr'
import { formatInstant } from '#platform/time.ts'
import { Button, Buttons, Field, Form, Notice, Section, to, type FormState, type PageContext } from '#ui/index.ts'
import type { NewSecondFactor } from '../second-factor.ts'
import type { Account } from '../store.ts'
import type { Passkey } from '../store-credentials.ts'
import { AccountPart, CurrentPassword } from './account-parts.tsx'

interface SecondFactorPageProps {
  readonly form: FormState
  readonly account: Account
  /** One of their roles asks for it. */
  readonly isNeeded: boolean
}

/** Whether there is a second factor, and what can be done about it. */
export function SecondFactorPage({ form, account, isNeeded }: SecondFactorPageProps) {
  const { t } = form.context
  return (
    <AccountPart context={form.context} title={t('account.secondFactor')}>
      {isNeeded && <Notice kind="warning">{t('secondFactor.needed')}</Notice>}
      <p>{t(account.hasSecondFactor ? 'secondFactor.on' : 'secondFactor.off')}</p>
      <Form form={form}>
        <CurrentPassword form={form} ask={account.hasPassword} />
        {account.hasSecondFactor ? (
          <Buttons>
            <Button name="deed" value="codes">
              {t('secondFactor.codes.new')}
            </Button>
            <Button name="deed" value="remove" kind="danger">
              {t('secondFactor.remove')}
            </Button>
          </Buttons>
        ) : (
          <Buttons>
            <Button name="deed" value="begin">
              {t('secondFactor.begin')}
            </Button>
          </Buttons>
        )}
      </Form>
    </AccountPart>
  )
}

/** The secret and the recovery codes, shown this once, and the field for the first code. */
export function SetUpPage({ form, made }: { form: FormState; made: NewSecondFactor }) {
  const { context } = form
  const { t } = context
  const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(made.uri, { border: 2 }))}`
  return (
    <AccountPart context={context} title={t('secondFactor.title')}>
      <Section title={t('secondFactor.step1')}>
        <p>{t('secondFactor.scan')}</p>
        <p>
          <img src={picture} alt={t('secondFactor.picture')} width={240} height={240} />
        </p>
        <p>{t('secondFactor.type')}</p>
        <p>
          <code dir="ltr">{made.secret}</code>
        </p>
      </Section>
      <Section title={t('secondFactor.step2')}>
        <RecoveryCodes codes={made.recoveryCodes} context={context} />
      </Section>
      <Section title={t('secondFactor.step3')}>
        <ConfirmForm form={form} />
      </Section>
    </AccountPart>
  )
}

/** After a wrong first code: the secret is not shown again, but it still counts. */
export function ConfirmPage({ form }: { form: FormState }) {
  const { context } = form
  const { t } = context
  return (
    <AccountPart context={context} title={t('secondFactor.title')}>
      <ConfirmForm form={form} />
      <p>
        <a href={to(context, 'account/second-factor')}>{t('secondFactor.again')}</a>
      </p>
    </AccountPart>
  )
}

function ConfirmForm({ form }: { form: FormState }) {
  const { t } = form.context
  return (
    <Form form={form} action={to(form.context, 'account/second-factor/confirm')}>
      <Field
        form={form}
        name="code"
        label={t('secondFactor.code')}
        inputmode="numeric"
        autocomplete="one-time-code"
        required
      />
      <Buttons>
        <Button>{t('secondFactor.confirm')}</Button>
      </Buttons>
    </Form>
  )
}

function RecoveryCodes({ codes, context }: { codes: readonly string[]; context: PageContext }) {
  return (
    <>
      <p>{context.t('secondFactor.codes.text')}</p>
      <ul class="codes">
        {codes.map((code) => (
          <li>
            <code dir="ltr">{code}</code>
          </li>
        ))}
      </ul>
    </>
  )
}

/** New recovery codes, shown this once. */
export function CodesPage({ context, codes }: { context: PageContext; codes: readonly string[] }) {
  return (
    <AccountPart context={context} title={context.t('secondFactor.codes.title')}>
      <RecoveryCodes codes={codes} context={context} />
    </AccountPart>
  )
}

interface PasskeysPageProps {
  readonly form: FormState
  readonly account: Account
  readonly passkeys: readonly Passkey[]
  /** They signed in within the hour: a passkey can be added. */
  readonly isFresh: boolean
}

export function PasskeysPage({ form, account, passkeys, isFresh }: PasskeysPageProps) {
  const { context } = form
  const { t, lang, hub } = context
  return (
    <AccountPart context={context} title={t('account.passkeys')}>
      <p>{t('passkeys.text')}</p>
      {passkeys.length === 0 && <p>{t('passkeys.none')}</p>}
      {passkeys.length > 0 && (
        <Form form={form}>
          <CurrentPassword form={form} ask={account.hasPassword} />
          <ul class="cards">
            {passkeys.map(({ id, name, createdAt }) => (
              <li>
                <p>
                  <strong>{name || t('passkeys.unnamed')}</strong>{' '}
                  {createdAt && t('passkeys.since', { since: formatInstant(createdAt, lang, hub.timeZone) })}
                </p>
                <Button kind="plain" name="remove" value={id} label={t('passkeys.remove.of', { what: name })}>
                  {t('passkeys.remove')}
                </Button>
              </li>
            ))}
          </ul>
        </Form>
      )}
      {isFresh ? (
        <>
          <noscript>
            <p>{t('passkeys.script')}</p>
          </noscript>
          <passkey-add
            action={to(context, 'account/passkeys')}
            label={t('passkeys.add')}
            name={t('passkeys.name')}
            failed={t('passkeys.failed')}
          />
        </>
      ) : (
        <Notice>{t('accounts.stale')}</Notice>
      )}
    </AccountPart>
  )
}
