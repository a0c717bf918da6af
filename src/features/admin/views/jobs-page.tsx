import type { MessageKey } from '#platform/i18n/index.ts'
import type { JobState } from '#platform/jobs/index.ts'
import { formatInstant } from '#platform/time.ts'
import { Button, Code, EmptyState, Hidden, type PageContext, to, WideTable } from '#ui/index.ts'
import { AdminFrame } from './frame.tsx'

interface JobsPageProps {
  readonly context: PageContext
  /** Newest first; null: they have not begun in this process yet. */
  readonly jobs: readonly JobState[] | null
  readonly done: MessageKey | null
}

/** What the hub does in the background: what waits, how far the long ones are, what has failed. */
export function JobsPage({ context, jobs, done }: JobsPageProps) {
  const { t, lang, hub } = context
  if (jobs === null || jobs.length === 0) {
    return (
      <AdminFrame context={context} title={t('admin.jobs.title')} done={done}>
        <EmptyState>{t(jobs === null ? 'admin.jobs.notBegun' : 'admin.jobs.none')}</EmptyState>
      </AdminFrame>
    )
  }
  const head = [
    t('admin.jobs.name'),
    t('admin.jobs.state'),
    t('admin.attempts'),
    t('admin.jobs.sent'),
    t('admin.error'),
    t('admin.actions'),
  ]
  return (
    <AdminFrame context={context} title={t('admin.jobs.title')} done={done}>
      <WideTable label={t('admin.jobs.title')} head={head}>
        {jobs.map((job) => (
          <tr>
            <th scope="row">
              <Code>{job.name}</Code>
            </th>
            <td>
              <span class={`badge ${job.state}`}>{t(`admin.jobs.state.${job.state}`)}</span>
              {job.progress && job.progress.total > 0 && (
                <progress max={job.progress.total} value={job.progress.done} aria-label={t('admin.jobs.progress')}>
                  {`${job.progress.done} / ${job.progress.total}`}
                </progress>
              )}
            </td>
            <td>{job.attempts}</td>
            <td>
              <time datetime={job.createdAt}>{formatInstant(job.createdAt, lang, hub.timeZone)}</time>
            </td>
            <td>{job.error !== null && <span lang="en">{job.error.slice(0, 300)}</span>}</td>
            <td>
              <Deed of={job} context={context} />
            </td>
          </tr>
        ))}
      </WideTable>
    </AdminFrame>
  )
}

function Deed({ of: { id, name, state }, context }: { of: JobState; context: PageContext }) {
  const deed = state === 'failed' ? 'retry' : ['created', 'retry', 'active'].includes(state) ? 'cancel' : null
  if (deed === null) return null
  return (
    <form method="post" action={to(context, `admin/jobs/${deed}`)}>
      <Hidden name="name" value={name} />
      <Hidden name="id" value={id} />
      <Button kind={deed === 'retry' ? 'plain' : 'danger'} label={context.t(`admin.jobs.${deed}.one`, { name })}>
        {context.t(`admin.jobs.${deed}`)}
      </Button>
    </form>
  )
}
