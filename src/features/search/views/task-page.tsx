import { languageName } from '#platform/i18n/index.ts'
import {
  Breadcrumbs,
  Button,
  Buttons,
  Field,
  FieldSet,
  Form,
  Hidden,
  Layout,
  Notice,
  to,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { most, queryIn, writeTask, type Task } from '../tasks/domain.ts'

interface TaskPageProps {
  readonly form: FormState
  /** Null: a new one. */
  readonly task: Task | null
  readonly languages: readonly string[]
  /** Somebody else changed the list since the form was drawn; the task is as it stands now. */
  readonly isConflict: boolean
}

/** One task: its search, and what it is called in every language, one beside the other. */
export function TaskPage({ form, task, languages, isConflict }: TaskPageProps) {
  const { context } = form
  const { t, lang } = context
  const title = t(task === null ? 'search.tasks.add' : 'search.tasks.edit')
  const above = [
    { label: t('desk.title'), href: to(context, 'desk') },
    { label: t('search.tasks.title'), href: to(context, 'desk/search/tasks') },
  ]
  return (
    <Layout context={context} area="desk" title={title}>
      <Breadcrumbs above={above} context={context} />
      <h1>{title}</h1>
      {isConflict && (
        <Notice kind="warning" title={t('desk.conflict')}>
          <p>{t(task === null ? 'search.tasks.gone' : 'search.desk.conflict')}</p>
          {task && <pre dir="auto">{writeTask(task)}</pre>}
        </Notice>
      )}
      <p>{t('search.tasks.words.help')}</p>
      <Form form={form} keep={`search task ${task?.id ?? 'new'}`} labels={labelsIn(context)}>
        <Hidden name="version" value={form.values['version']?.[0] ?? ''} />
        <Field
          form={form}
          name="search"
          required
          maxLength={most.address}
          label={t('search.tasks.search')}
          help={t('search.tasks.search.help')}
        />
        <div class="areas">
          {languages.map((one) => (
            <FieldSet legend={languageName(one, lang)}>
              <TextFields of={one} form={form} />
              {task && <Try task={task} lang={one} context={context} />}
            </FieldSet>
          ))}
        </div>
        <Buttons>
          <Button>{t('form.save')}</Button>
          {task && (
            <Button kind="danger" name="do" value="remove">
              {t('admin.remove')}
            </Button>
          )}
        </Buttons>
      </Form>
    </Layout>
  )
}

function TextFields({ of, form }: { of: string; form: FormState }) {
  const { t } = form.context
  return (
    <>
      <Field form={form} name={`label.${of}`} lang={of} maxLength={most.label} label={t('search.tasks.name')} />
      <Field form={form} name={`words.${of}`} lang={of} maxLength={most.words} label={t('search.tasks.words')} />
    </>
  )
}

/** Names a field that something is wrong with, by its language. */
const labelsIn =
  ({ lang, t }: PageContext) =>
  (name: string): string => {
    const [part, of = ''] = name.split('.')
    if (part === 'search') return t('search.tasks.search')
    const field = t(part === 'words' ? 'search.tasks.words' : 'search.tasks.name')
    return t('search.tasks.field', { field, language: languageName(of, lang) })
  }

/** The way to what the task finds now in a language. */
function Try({ task, lang, context: { t, lang: own } }: { task: Task; lang: string; context: PageContext }) {
  const text = task.texts.find((one) => one.lang === lang)
  return (
    <p>
      <a
        href={`/${lang}/search?${queryIn(task.query, text?.words ?? '')}`}
        aria-label={t('search.tasks.try.one', { name: languageName(lang, own) })}
      >
        {t('search.tasks.try')}
      </a>
    </p>
  )
}
