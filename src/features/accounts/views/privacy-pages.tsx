import { formatInstant } from '#platform/time.ts'
import { Button, Buttons, Checkbox, ChoiceGroup, Form, labelsBy, Section, to, type FormState } from '#ui/index.ts'
import type { Consent } from '../domain.ts'
import type { Account } from '../store.ts'
import { AccountPart, CurrentPassword } from './account-parts.tsx'
import { ConsentChoices } from './invitation-pages.tsx'

/** What somebody agrees to, and when they said so. */
export function ConsentsPage({ form, history }: { form: FormState; history: readonly Consent[] }) {
  const { context } = form
  const { t, lang, hub } = context
  return (
    <AccountPart context={context} title={t('account.consents')}>
      <Form form={form}>
        <ConsentChoices form={form} />
        <Buttons>
          <Button>{t('form.save')}</Button>
        </Buttons>
      </Form>
      <Section title={t('consent.history')}>
        {history.length === 0 && <p>{t('consent.history.none')}</p>}
        <ul>
          {history.toReversed().map(({ purpose, given, at }) => (
            <li>
              {t(given ? 'consent.given' : 'consent.taken', {
                purpose: t(`consent.${purpose}`),
                at: formatInstant(at, lang, hub.timeZone),
              })}
            </li>
          ))}
        </ul>
      </Section>
    </AccountPart>
  )
}

const eraseLabels = { keep: 'accounts.erase.keep', current: 'accounts.current', sure: 'accounts.erase.sure' } as const

export function ErasePage({ form, account }: { form: FormState; account: Account }) {
  const { context } = form
  const { t } = context
  const choices = [
    { value: 'former', label: t('accounts.erase.former') },
    { value: 'name', label: t('accounts.erase.name', { name: account.name }) },
  ]
  return (
    <AccountPart context={context} title={t('account.erase')}>
      <p>{t('accounts.erase.text')}</p>
      <p>
        <a href={to(context, 'account/data.json')} download>
          {t('account.download')}
        </a>
      </p>
      <Form form={form} labels={labelsBy(t, eraseLabels)}>
        <ChoiceGroup
          form={form}
          name="keep"
          label={t('accounts.erase.keep')}
          help={t('accounts.erase.keep.help')}
          choices={choices}
          kind="radio"
        />
        <CurrentPassword form={form} ask={account.hasPassword} />
        <Checkbox form={form} name="sure" label={t('accounts.erase.sure')} />
        <Buttons>
          <Button kind="danger">{t('account.erase')}</Button>
        </Buttons>
      </Form>
    </AccountPart>
  )
}
