import { RecordFrame, recordPath } from '#features/desk/index.ts'
import { Button, Buttons, EmptyState, Field, Form, Hidden, Notice, zoneWords, type PageContext } from '#ui/index.ts'
import { agendaLines, entryOf, titleOf, type AgendaStanding } from '../../agenda-desk/standing.ts'
import type { AgendaBuilderProps } from './props.ts'
import { SessionCard } from './session-card.tsx'

/** The agenda of a seminar on one screen: sessions in their order, each with its day and hours, languages and speakers. */
export function AgendaBuilderPage(props: AgendaBuilderProps) {
  const { context, framed, form, agenda, standing, isSaved, isTurned, isConflict } = props
  const { t } = context
  return (
    <RecordFrame context={context} framed={framed} screen="agenda" title={t('seminar.agenda')}>
      {isSaved && <Notice kind="good">{t('desk.saved')}</Notice>}
      {isTurned && <Notice>{t('desk.agenda.unsaved')}</Notice>}
      {isConflict && <TheirAgenda standing={standing} context={context} />}
      <p>{t('desk.agenda.explain', { zone: zoneWords(standing.frame.zone, context.now, context) })}</p>
      <Form
        form={form}
        keep={`${framed.id} agenda`}
        redraw="check"
        class="form agenda-form"
        {...(isSaved && { saved: true })}
      >
        <Hidden name="version" value={form.values['version']?.[0] ?? ''} />
        <Buttons>
          <Button>{t('form.save')}</Button>
          <Button kind="plain" name="do" value="check">
            {t('desk.agenda.check')}
          </Button>
        </Buttons>
        <agenda-builder
          moved={t('desk.agenda.moved', { name: '{name}', place: '{place}', total: '{total}' })}
          handle={t('desk.agenda.handle')}
        >
          {agenda.sessions.length === 0 && <EmptyState>{t('desk.agenda.empty')}</EmptyState>}
          <ol class="builder">
            {agenda.sessions.map((entry, index) => (
              <li class="card" id={`session-${index + 1}`}>
                <SessionCard entry={entry} index={index} {...props} />
              </li>
            ))}
          </ol>
        </agenda-builder>
        <Buttons>
          <Button kind="plain" name="do" value="add">
            {t('desk.agenda.add')}
          </Button>
        </Buttons>
        <Field form={form} name="languages" label={t('desk.agenda.languages')} help={t('desk.agenda.languages.help')} />
        <Buttons>
          <Button>{t('form.save')}</Button>
        </Buttons>
      </Form>
      <Withdrawn standing={standing} context={context} />
    </RecordFrame>
  )
}

/** What somebody else saved meanwhile, beside the form with what was typed. */
function TheirAgenda({ standing, context }: { standing: AgendaStanding; context: PageContext }) {
  const lines = agendaLines(
    standing.rows.map((row) => entryOf(standing, row)),
    standing.records,
  )
  return (
    <Notice kind="warning" title={context.t('desk.conflict')}>
      <p>{context.t('desk.agenda.conflict')}</p>
      <div class="plain">{lines}</div>
    </Notice>
  )
}

/** Sessions that were public once and are no more: each has a record of its own, where it can be published again. */
function Withdrawn({ standing, context }: { standing: AgendaStanding; context: PageContext }) {
  if (standing.withdrawn.length === 0) return null
  return (
    <>
      <h2>{context.t('desk.agenda.withdrawn')}</h2>
      <ul>
        {standing.withdrawn.map((row) => (
          <li>
            <a href={recordPath(context, row.id)}>{titleOf(standing, row.id)}</a>
          </li>
        ))}
      </ul>
    </>
  )
}
