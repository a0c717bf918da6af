import { Turn, type PickOption } from '#features/desk/index.ts'
import { Hidden, idOf, Text, to, type PageContext } from '#ui/index.ts'
import type { CardProps } from './props.ts'

/** Who speaks in a session, and where more are found. */
export function Speakers({ context, form, index, entry, names, found }: CardProps) {
  const { t } = context
  const prefix = `sessions.${index}.`
  const mine = found?.session === index ? found.people : null
  const chosen = new Set(entry.speakers.map(({ person }) => person))
  const fresh = mine?.filter((option) => !chosen.has(option.value)) ?? []
  const find = `${prefix}find`
  const problem = form.problems.find(({ field }) => field === find)
  return (
    <fieldset class={problem ? 'field wrong' : 'field'}>
      <legend>{t('session.speakers')}</legend>
      <ChosenSpeakers {...{ context, form, index, entry, names }} />
      {problem && (
        <p class="problem" id={`${idOf(find)}-problem`}>
          {t(problem.message)}
        </p>
      )}
      <record-picker
        action={to(context, 'desk/find')}
        kinds="person"
        field={`${prefix}add[]`}
        none={t('desk.pick.none')}
        count={t('desk.pick.count', { count: '{count}' })}
        chosen={t('desk.pick.chosen', { name: '{name}' })}
      >
        {mine && <Found people={fresh} prefix={prefix} context={context} />}
        <div class="find">
          <label for={idOf(find)}>{t('desk.pick.find')}</label>
          <input type="text" id={idOf(find)} name={find} value={entry.find} autocomplete="off" maxLength={100} />
          <Turn
            deed={`find:${index}`}
            words={t('desk.pick.search')}
            label={t('desk.agenda.find', { number: index + 1 })}
          />
        </div>
      </record-picker>
    </fieldset>
  )
}

function ChosenSpeakers({
  context,
  form,
  index,
  entry,
  names,
}: Pick<CardProps, 'context' | 'form' | 'index' | 'entry' | 'names'>) {
  const { t, lang } = context
  const prefix = `sessions.${index}.`
  return (
    <>
      {entry.speakers.map(({ person }, place) => {
        const label = names.get(person)
        const said = label?.value ?? person
        return (
          <div class="speaker">
            <Hidden name={`${prefix}speakers.${place}.person`} value={person} />
            <span>{label ? <Text of={label} lang={lang} /> : person}</span>
            <select name={`${prefix}speakers.${place}.role`} aria-label={t('desk.agenda.role', { name: said })}>
              {(['speaker', 'moderator'] as const).map((role) => (
                <option value={role} selected={form.values[`${prefix}speakers.${place}.role`]?.[0] === role}>
                  {t(`speaker.${role}`)}
                </option>
              ))}
            </select>
            <Turn
              deed={`unspeak:${index}:${person}`}
              words={t('desk.agenda.remove')}
              label={t('desk.agenda.unspeak', { name: said })}
              danger
            />
          </div>
        )
      })}
    </>
  )
}

function Found({ people, prefix, context }: { people: readonly PickOption[]; prefix: string; context: PageContext }) {
  const { t, lang } = context
  return (
    <div class="found" role="status">
      <p class="help">{t('desk.pick.found', { count: people.length })}</p>
      {people.map((option) => (
        <p class="check">
          <input type="checkbox" id={`${idOf(prefix)}${option.value}`} name={`${prefix}add[]`} value={option.value} />
          <label for={`${idOf(prefix)}${option.value}`}>
            <Text of={option.label} lang={lang} />
          </label>
        </p>
      ))}
    </div>
  )
}
