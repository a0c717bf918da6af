import { isolate } from '#platform/i18n/index.ts'
import { Button, Buttons, Form, Select, to, type Choice, type FormState } from '#ui/index.ts'
import { AdminFrame } from './frame.tsx'

interface MergePageProps {
  readonly form: FormState
  readonly scheme: string
  readonly name: string
  readonly choices: readonly Choice[]
}

/** Asks into which term another is merged, and says what becomes of it. */
export function MergePage({ form, scheme, name, choices }: MergePageProps) {
  const { context } = form
  const { t } = context
  const above = [
    { label: t('admin.vocabularies.title'), href: to(context, 'admin/vocabularies') },
    { label: scheme, href: to(context, `admin/vocabularies/${scheme}`) },
  ]
  return (
    <AdminFrame context={context} title={t('admin.merge.one', { name: isolate(name) })} above={above}>
      <p>{t('admin.merge.help')}</p>
      <Form form={form}>
        <Select
          form={form}
          name="into"
          required
          none={t('form.none')}
          label={t('admin.merge.into')}
          choices={choices}
        />
        <Buttons>
          <Button kind="danger">{t('admin.merge')}</Button>
        </Buttons>
      </Form>
    </AdminFrame>
  )
}
