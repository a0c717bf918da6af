import { Button, Buttons, Field, Form, labelsBy, LanguageSelect, to, type Choice, type FormState } from '#ui/index.ts'
import { AdminFrame } from './frame.tsx'
import { GrantFields } from './grants.tsx'

interface InvitePageProps {
  readonly form: FormState
  readonly languages: readonly string[]
  readonly seminars: readonly Choice[]
}

const labels = { email: 'admin.people.email', name: 'admin.people.name', lang: 'admin.people.lang' } as const

/** Invites somebody by mail. */
export function InvitePage({ form, languages, seminars }: InvitePageProps) {
  const { context } = form
  const { t } = context
  const above = [{ label: t('admin.people.title'), href: to(context, 'admin/people') }]
  return (
    <AdminFrame context={context} title={t('admin.people.invite')} above={above}>
      <p>{t('admin.people.invite.help')}</p>
      <Form form={form} labels={labelsBy(t, labels)}>
        <Field form={form} name="email" type="email" inputmode="email" required label={t('admin.people.email')} />
        <Field form={form} name="name" label={t('admin.people.name')} />
        <LanguageSelect form={form} name="lang" required label={t('admin.people.lang')} languages={languages} />
        <GrantFields form={form} held={[]} languages={languages} seminars={seminars} />
        <Buttons>
          <Button>{t('admin.people.invite.do')}</Button>
        </Buttons>
      </Form>
    </AdminFrame>
  )
}
