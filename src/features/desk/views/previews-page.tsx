import { actorName } from '#features/accounts/index.ts'
import { formatInstant } from '#platform/time.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Form,
  Hidden,
  Notice,
  Select,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { RecordFrame, recordPath, type Framed } from './record-frame.tsx'

interface PreviewsPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly links: readonly {
    readonly tokenHash: string
    readonly createdAt: string
    readonly createdBy: string
    readonly expiresAt: string
  }[]
  readonly actors: ReadonlyMap<string, string>
  /** The address of a link just made: shown once, for only its hash is kept. */
  readonly made: string | null
}

/** The choices of how long a link opens, in days. */
export const previewDays = ['1', '7', '30'] as const

/** Links by which people without an account read a record before it is published. */
export function PreviewsPage({ context, framed, form, links, actors, made }: PreviewsPageProps) {
  const { t } = context
  return (
    <RecordFrame context={context} framed={framed} screen="preview" title={t('desk.previews')}>
      <p>{t('desk.previews.explain')}</p>
      {made !== null && (
        <Notice kind="good" title={t('desk.previews.made')}>
          <p>
            <a href={made} dir="ltr">
              {made}
            </a>
          </p>
        </Notice>
      )}
      <Form form={form}>
        <Select
          form={form}
          name="days"
          label={t('desk.previews.days')}
          required
          choices={previewDays.map((value) => ({ value, label: t('desk.previews.forDays', { count: Number(value) }) }))}
        />
        <Buttons>
          <Button>{t('desk.previews.make')}</Button>
        </Buttons>
      </Form>
      <h2>{t('desk.previews.open')}</h2>
      <OpenLinks {...{ context, framed, form, links, actors }} />
    </RecordFrame>
  )
}

function OpenLinks({ context, framed, form, links, actors }: Omit<PreviewsPageProps, 'made'>) {
  const { t, lang, hub } = context
  const when = (at: string) => formatInstant(at, lang, hub.timeZone)
  if (links.length === 0) return <EmptyState>{t('desk.previews.none')}</EmptyState>
  return (
    <ul class="rows">
      {links.map((link) => (
        <li>
          <p>
            {t('desk.previews.until', { date: when(link.expiresAt) })}
            <small>
              {' '}
              {t('desk.previews.madeBy', {
                date: when(link.createdAt),
                name: actorName(link.createdBy, actors, context.t),
              })}
            </small>
          </p>
          <Form
            form={{ ...form, problems: [] }}
            action={recordPath(context, framed.id, 'preview/revoke')}
            class="inline"
          >
            <Hidden name="link" value={link.tokenHash} />
            <Button kind="danger" label={t('desk.previews.revoke.label', { date: when(link.expiresAt) })}>
              {t('desk.previews.revoke')}
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  )
}
