import { Moves, recordPath } from '#features/desk/index.ts'
import type { TextValue } from '#features/records/index.ts'
import { Checkbox, Field, Hidden } from '#ui/index.ts'
import type { AgendaNote } from '../../agenda-desk/problems.ts'
import type { CardProps } from './props.ts'
import { Channels, Times } from './session-fields.tsx'
import { Speakers } from './speakers.tsx'

/** One session of the agenda: what to look at, and its fields. */
export function SessionCard(props: CardProps) {
  const { context, form, agenda, standing, entry, index, notes, names } = props
  const { t } = context
  const name = (field: string) => `sessions.${index}.${field}`
  const heading = t('session.number', { number: index + 1 })
  const own = notes.filter((note) => note.session === index)
  return (
    <>
      <div class="card-head">
        <h2>{heading}</h2>
        <div class="buttons">
          <Moves {...{ context, heading, index }} count={agenda.sessions.length} deed={(verb) => `${verb}:${index}`} />
        </div>
      </div>
      {own.length > 0 && (
        <ul class="notes">
          {own.map(({ message, values }) => (
            <li>{t(message, withName(values, names))}</li>
          ))}
        </ul>
      )}
      <Hidden name={name('id')} value={entry.id} />
      <Field
        form={form}
        name={name('title')}
        label={t('translation.field.title')}
        lang={standing.records.get(entry.id)?.sourceLang ?? standing.seminar.sourceLang}
        required
        maxLength={500}
      />
      <Times {...props} />
      <Channels {...props} />
      <Speakers {...props} />
      <Checkbox
        form={form}
        name={name('chathamHouse')}
        label={t('desk.fact.chathamHouse')}
        help={t('desk.help.chathamHouse')}
      />
      {entry.id !== '' && (
        <p>
          <a href={recordPath(context, entry.id)}>{t('desk.agenda.details')}</a>
        </p>
      )}
    </>
  )
}

/** Somebody is called by their name in what is said about them. */
function withName(values: AgendaNote['values'], names: ReadonlyMap<string, TextValue>): AgendaNote['values'] {
  const { person } = values
  return typeof person === 'string' ? { ...values, person: names.get(person)?.value ?? person } : values
}
