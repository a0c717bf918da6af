import type { ComponentChildren } from 'preact'
import { languageName } from '#platform/i18n/index.ts'
import { Breadcrumbs, Field, Layout, Select, to, type FormState, type PageContext } from '#ui/index.ts'

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
