import { ListPage, recordPath } from '#features/desk/index.ts'
import { Button, Buttons, EmptyState, Field, zoneWords, type PageContext } from '#ui/index.ts'
import { agendaLines, entryOf, titleOf, type AgendaStanding } from '../../agenda-desk/standing.ts'
import type { AgendaBuilderProps } from './props.ts'
import { SessionCard } from './session-card.tsx'

/** The agenda of a seminar on one screen: sessions in their order, each with its day and hours, languages and speakers. */
export function AgendaBuilderPage(props: AgendaBuilderProps) {
  const { context, framed, form, agenda, standing, isSaved, isTurned, isConflict } = props
  const { t } = context
  return (
    <ListPage
      {...{ context, framed, form, isSaved, isTurned }}
      screen="agenda"
      title={t('seminar.agenda')}
      explain={t('desk.agenda.explain', { zone: zoneWords(standing.frame.zone, context.now, context) })}
      conflict={isConflict ? { words: t('desk.agenda.conflict'), theirs: theirLines(standing) } : null}
      below={<Withdrawn standing={standing} context={context} />}
    >
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
    </ListPage>
  )
}

/** What somebody else saved meanwhile. */
const theirLines = (standing: AgendaStanding): string =>
  agendaLines(
    standing.rows.map((row) => entryOf(standing, row)),
    standing.records,
  )

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
