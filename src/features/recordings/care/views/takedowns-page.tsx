import { actorName } from '#features/accounts/index.ts'
import { RecordFrame, recordPath, type Framed } from '#features/desk/index.ts'
import { formatClock, formatInstant } from '#platform/time.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Field,
  Form,
  freshForm,
  Hidden,
  labelsBy,
  Notice,
  Select,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import { takedownReasons } from '../domain.ts'
import type { Takedown } from '../store.ts'

interface TakedownsPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly takedowns: readonly Takedown[]
  /** Milliseconds; null where it is not known. */
  readonly length: number | null
  readonly actors: ReadonlyMap<string, string>
  readonly isSaved: boolean
}

/** What was taken down of a recording, and the form that takes more down. */
export function TakedownsPage(props: TakedownsPageProps) {
  const { context, framed, form, takedowns, length, isSaved } = props
  const { t, lang } = context
  const open = takedowns.filter(({ liftedAt }) => liftedAt === null)
  const lifted = takedowns.filter(({ liftedAt }) => liftedAt !== null)
  return (
    <RecordFrame context={context} framed={framed} screen="takedowns" title={t('takedown.title')}>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      <p>{t('takedown.explain')}</p>
      <Form
        form={form}
        action={recordPath(context, framed.id, 'takedowns')}
        labels={labelsBy(t, { from: 'takedown.from', to: 'takedown.to', reason: 'takedown.reason' })}
      >
        <div class="row">
          <Field
            form={form}
            name="from"
            label={t('takedown.from')}
            help={t('takedown.time.help')}
            required
            maxLength={20}
          />
          <Field
            form={form}
            name="to"
            label={t('takedown.to')}
            {...(length !== null && { help: t('takedown.length', { length: formatClock(length, lang) }) })}
            required
            maxLength={20}
          />
        </div>
        <Select
          form={form}
          name="reason"
          label={t('takedown.reason')}
          required
          choices={takedownReasons.map((value) => ({ value, label: t(`takedown.reason.${value}`) }))}
        />
        <Buttons>
          <Button kind="danger">{t('takedown.take')}</Button>
        </Buttons>
      </Form>
      <h2>{t('takedown.open')}</h2>
      {open.length === 0 ? <EmptyState>{t('takedown.none')}</EmptyState> : <Spans {...props} takedowns={open} />}
      {lifted.length > 0 && (
        <>
          <h2>{t('takedown.lifted')}</h2>
          <Spans {...props} takedowns={lifted} />
        </>
      )}
    </RecordFrame>
  )
}

function Spans({ context, framed, takedowns, actors }: TakedownsPageProps) {
  const { t, lang, hub } = context
  const when = (at: string) => formatInstant(at, lang, hub.timeZone)
  return (
    <ul class="rows">
      {takedowns.map(({ id, startsAt, endsAt, reason, takenAt, takenBy, liftedAt }) => {
        const span = t('takedown.span', { from: formatClock(startsAt, lang), to: formatClock(endsAt, lang) })
        return (
          <li>
            <p>
              <strong>{span}</strong> {t(`takedown.reason.${reason}`)}
              <small>
                {' '}
                {t('takedown.by', { date: when(takenAt), name: actorName(takenBy, actors, t) })}
                {liftedAt !== null && <> {t('takedown.liftedAt', { date: when(liftedAt) })}</>}
              </small>
            </p>
            {liftedAt === null && (
              <Form
                form={freshForm(context, {})}
                action={recordPath(context, framed.id, 'takedowns/lift')}
                class="inline"
              >
                <Hidden name="takedown" value={id} />
                <Button kind="plain" label={t('takedown.lift.label', { span })}>
                  {t('takedown.lift')}
                </Button>
              </Form>
            )}
          </li>
        )
      })}
    </ul>
  )
}
