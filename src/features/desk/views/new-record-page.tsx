import { Breadcrumbs, Button, Buttons, Form, LanguageSelect, Layout, to, type PageContext } from '#ui/index.ts'
import { isFile } from '../kind.ts'
import { FactFields, TextFields, type FactFieldsProps } from './record-fields.tsx'
import { labelsOf } from './value.tsx'

interface NewRecordProps extends FactFieldsProps {
  readonly context: PageContext
}

/** The form of a record nobody has made yet. */
export function NewRecordPage(props: NewRecordProps) {
  const { context, form, kind, lang, languages } = props
  const { t } = context
  const above = [
    { label: t('desk.title'), href: to(context, 'desk') },
    { label: t(kind.plural), href: `${to(context, 'desk/records')}?kind=${kind.kind}` },
  ]
  const title = t('desk.new', { kind: t(kind.label) })
  const save = (
    <Buttons>
      <Button>{t('desk.saveDraft')}</Button>
    </Buttons>
  )
  return (
    <Layout context={context} area="desk" title={title}>
      <Breadcrumbs above={above} context={context} />
      <h1>{title}</h1>
      <Form
        form={form}
        multipart={kind.facts.some(isFile) && 'resumed'}
        keep={`new ${kind.kind}`}
        labels={labelsOf(kind, context)}
      >
        {save}
        <LanguageSelect
          form={form}
          name="lang"
          label={t('desk.sourceLang')}
          help={t('desk.sourceLang.help')}
          languages={languages}
          required
        />
        <TextFields form={form} kind={kind} record={null} lang={lang} />
        <FactFields {...props} />
        {save}
      </Form>
    </Layout>
  )
}
