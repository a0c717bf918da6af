import type { Reader } from '#features/records/index.ts'
import { isolate, languageName } from '#platform/i18n/index.ts'
import { Breadcrumbs, Button, EmptyState, Layout, Notice, Text, to, type PageContext } from '#ui/index.ts'
import type { ListChange } from '../store-lists.ts'
import { most, type Task } from '../tasks/domain.ts'
import { linkTo } from '../tasks/outline.ts'
import { ListChanges } from './list-changes.tsx'

interface TasksPageProps {
  readonly context: PageContext
  readonly reader: Pick<Reader, 'lang' | 'chain'>
  readonly tasks: readonly Task[]
  /** Languages of the hub. */
  readonly languages: readonly string[]
  readonly isDone: boolean
  readonly changes: readonly ListChange[]
  readonly actors: ReadonlyMap<string, string>
}

/** The tasks that the first page offers, in their order. */
export function TasksPage({ context, tasks, isDone, changes, actors, ...props }: TasksPageProps) {
  const { t } = context
  const lines = tasks.map((task, at) => (
    <Line task={task} isFirst={at === 0} isLast={at === tasks.length - 1} context={context} {...props} />
  ))
  return (
    <Layout context={context} area="desk" title={t('search.tasks.title')}>
      <Breadcrumbs above={[{ label: t('desk.title'), href: to(context, 'desk') }]} context={context} />
      <h1>{t('search.tasks.title')}</h1>
      {isDone && <Notice kind="good">{t('desk.saved')}</Notice>}
      <p>{t('search.tasks.intro')}</p>
      {tasks.length < most.tasks && (
        <p>
          <a href={to(context, 'desk/search/tasks/new')}>{t('search.tasks.add')}</a>
        </p>
      )}
      {tasks.length === 0 && <EmptyState>{t('search.tasks.none')}</EmptyState>}
      {tasks.length === 1 && <ol class="ordered">{lines}</ol>}
      {tasks.length > 1 && (
        <form method="post" action={to(context, 'desk/search/tasks')}>
          <ol class="ordered">{lines}</ol>
        </form>
      )}
      <ListChanges changes={changes} actors={actors} context={context} />
    </Layout>
  )
}

interface LineProps extends Pick<TasksPageProps, 'context' | 'reader' | 'languages'> {
  readonly task: Task
  readonly isFirst: boolean
  readonly isLast: boolean
}

function Line({ task, isFirst, isLast, context, reader, languages }: LineProps) {
  const { t, lang } = context
  const [link] = linkTo(task, reader)
  if (!link) return null
  const name = isolate(link.label.value)
  const missing = languages.filter((one) => !task.texts.some((text) => text.lang === one))
  const step = (to: 'up' | 'down') => (
    <Button kind="plain" name="move" value={`${to}:${task.id}`} label={t(`admin.${to}.one`, { name })}>
      {t(`admin.${to}`)}
    </Button>
  )
  return (
    <li>
      <a href={to(context, `desk/search/tasks/${task.id}`)}>
        <Text of={link.label} lang={lang} />
      </a>
      <span class="steps">
        {!isFirst && step('up')}
        {!isLast && step('down')}
        <a href={link.href} aria-label={t('search.tasks.try.one', { name })}>
          {t('search.tasks.try')}
        </a>
      </span>
      {missing.length > 0 && (
        <p class="help">
          {t('search.tasks.missing', {
            languages: new Intl.ListFormat(lang).format(missing.map((one) => languageName(one, lang))),
          })}
        </p>
      )}
    </li>
  )
}
