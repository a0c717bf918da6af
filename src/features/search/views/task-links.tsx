import { LinkList, Section, type PageContext } from '#ui/index.ts'
import type { TaskLink } from '../tasks/outline.ts'

/** Where to start with a task; nothing when the hub has none. */
export function TaskLinks({ tasks, context }: { tasks: readonly TaskLink[]; context: PageContext }) {
  if (tasks.length === 0) return null
  return (
    <Section title={context.t('home.tasks')}>
      <LinkList items={tasks} lang={context.lang} />
    </Section>
  )
}
