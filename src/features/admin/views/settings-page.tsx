import { roles } from '#features/accounts/index.ts'
import { retentions } from '#features/hub/index.ts'
import { hubId } from '#features/records/index.ts'
import { languageName, type MessageKey } from '#platform/i18n/index.ts'
import {
  Button,
  Buttons,
  ChoiceGroup,
  Field,
  FieldSet,
  Form,
  freshForm,
  labelsBy,
  Section,
  Select,
  Text,
  to,
  type FormState,
} from '#ui/index.ts'
import { AdminFrame, MaybeForm } from './frame.tsx'

const labels = {
  zone: 'admin.settings.zone',
  secondFactor: 'admin.settings.secondFactor',
  'retention.audit': 'admin.settings.retention.audit',
  'retention.mail': 'admin.settings.retention.mail',
  'retention.invitations': 'admin.settings.retention.invitations',
} as const

interface SettingsPageProps {
  readonly form: FormState
  /** In the hub's order. */
  readonly languages: readonly string[]
  /** Those that the interface could have as well. */
  readonly more: readonly string[]
  readonly done: MessageKey | null
}

/** The settings of the hub. What it says of itself is a record like any other, and edited at the desk. */
export function SettingsPage({ form, languages, more, done }: SettingsPageProps) {
  const { context } = form
  const { t } = context
  return (
    <AdminFrame context={context} title={t('admin.settings.title')} done={done}>
      <Section title={t('admin.settings.languages')}>
        <p>{t('admin.settings.languages.help')}</p>
        <LanguageOrder languages={languages} more={more} form={form} />
      </Section>
      <Section title={t('admin.settings.general')}>
        <Form form={form} action={to(context, 'admin/settings')} labels={labelsBy(t, labels)}>
          <Field
            form={form}
            name="zone"
            required
            label={t('admin.settings.zone')}
            help={t('admin.settings.zone.help')}
            suggestions={Intl.supportedValuesOf('timeZone')}
          />
          <ChoiceGroup
            form={form}
            name="secondFactor[]"
            kind="checkbox"
            label={t('admin.settings.secondFactor')}
            help={t('admin.settings.secondFactor.help')}
            choices={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
          <Retention form={form} />
          <Buttons>
            <Button>{t('form.save')}</Button>
          </Buttons>
        </Form>
      </Section>
      <OtherPlaces form={form} />
    </AdminFrame>
  )
}

function LanguageOrder({ languages, more, form: { context } }: Omit<SettingsPageProps, 'done'>) {
  const { t, lang } = context
  const action = to(context, 'admin/settings/languages')
  const form = freshForm(context, {})
  const choices = more.map((value) => ({ value: `add:${value}`, label: languageName(value, lang) }))
  return (
    <>
      <MaybeForm action={action} hasButtons={languages.length > 1}>
        <ol class="ordered">
          {languages.map((one, at) => (
            <li>
              <span>{languageName(one, lang)}</span>
              <LanguageSteps of={one} isFirst={at === 0} isLast={at === languages.length - 1} t={t} lang={lang} />
            </li>
          ))}
        </ol>
      </MaybeForm>
      {choices.length > 0 && (
        <Form form={form} action={action}>
          <Select form={form} name="move" required label={t('admin.settings.languages.add')} choices={choices} />
          <Buttons>
            <Button kind="plain">{t('admin.add')}</Button>
          </Buttons>
        </Form>
      )}
    </>
  )
}

interface StepProps {
  readonly of: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly t: FormState['context']['t']
  readonly lang: string
}

function LanguageSteps({ of, isFirst, isLast, t, lang }: StepProps) {
  const name = languageName(of, lang)
  const step = (move: 'up' | 'down' | 'remove') => (
    <Button kind="plain" name="move" value={`${move}:${of}`} label={t(`admin.${move}.one`, { name })}>
      {t(`admin.${move}`)}
    </Button>
  )
  return (
    <span class="steps">
      {!isFirst && step('up')}
      {!isLast && step('down')}
      {!(isFirst && isLast) && step('remove')}
    </span>
  )
}

function Retention({ form }: { form: FormState }) {
  const { t } = form.context
  return (
    <FieldSet legend={t('admin.settings.retention')}>
      <p class="help">{t('admin.settings.retention.help')}</p>
      {Object.keys(retentions).map((name) => (
        <Field
          form={form}
          name={`retention.${name}`}
          type="number"
          inputmode="numeric"
          required
          label={t(`admin.settings.retention.${name}` as MessageKey)}
        />
      ))}
    </FieldSet>
  )
}

/** What is set elsewhere: the hub's own texts, its funders, its regions. */
function OtherPlaces({ form: { context } }: { form: FormState }) {
  const { t, hub, lang } = context
  return (
    <Section title={t('admin.settings.elsewhere')}>
      <ul>
        <li>
          <a href={to(context, `desk/records/${hubId}`)}>{t('admin.settings.texts')}</a>
        </li>
        <li>
          <a href={to(context, `desk/records/${hubId}`)}>{t('admin.settings.funding')}</a>
          {hub.funding.length > 0 && (
            <ul>
              {hub.funding.map((funding) => (
                <li>
                  <a href={to(context, `desk/records/${funding.id}`)}>
                    <Text of={funding.statement} lang={lang} />
                  </a>
                </li>
              ))}
            </ul>
          )}
        </li>
        <li>
          <a href={to(context, 'admin/vocabularies')}>{t('admin.settings.regions')}</a>
        </li>
      </ul>
    </Section>
  )
}
