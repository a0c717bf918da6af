import { languageName } from '#platform/i18n/index.ts'
import { formatDay } from '#platform/time.ts'
import { Field, Select } from '#ui/index.ts'
import { isDay } from '../../agenda-desk/problems.ts'
import type { CardProps } from './props.ts'

/** More days than a list shows well are typed instead. */
const mostDays = 31

/** The day and the hours of a session. */
export function Times({ context, form, index, standing, entry }: CardProps) {
  const { t, lang } = context
  const { startsOn, endsOn } = standing.frame
  const name = (field: string) => `sessions.${index}.${field}`
  const days = [...new Set([...daysBetween(startsOn, endsOn), ...(isDay(entry.day) ? [entry.day] : [])])].toSorted()
  const day = { form, name: name('day'), label: t('desk.agenda.day') }
  return (
    <div class="row">
      {days.length > mostDays || (entry.day !== '' && !isDay(entry.day)) ? (
        <Field {...day} type="date" />
      ) : (
        <Select
          {...day}
          none={t('agenda.noDay')}
          choices={days.map((value) => ({ value, label: formatDay(value, lang, 'weekday') }))}
        />
      )}
      <Field form={form} name={name('start')} label={t('desk.agenda.start')} type="time" />
      <Field form={form} name={name('end')} label={t('desk.agenda.end')} type="time" />
      <Field form={form} name={name('minutes')} label={t('desk.agenda.minutes')} type="number" inputmode="numeric" />
    </div>
  )
}

function daysBetween(first: string, last: string): string[] {
  const start = Temporal.PlainDate.from(first)
  const count = start.until(Temporal.PlainDate.from(last)).days
  return Array.from({ length: Math.min(count, mostDays) + 1 }, (_, index) => start.add({ days: index }).toString())
}

/** The languages a session can be followed in. */
export function Channels({ context, form, index, languages }: CardProps) {
  const { t, lang } = context
  return (
    <fieldset class="field">
      <legend>{t('session.channels')}</legend>
      <div class="row">
        {languages.map((one) => (
          <Select
            form={form}
            name={`sessions.${index}.channels.${one}`}
            label={languageName(one, lang)}
            none={t('desk.agenda.channel.none')}
            choices={[
              { value: 'floor', label: t('desk.agenda.channel.floor') },
              { value: 'interpretation', label: t('desk.agenda.channel.interpretation') },
            ]}
          />
        ))}
      </div>
    </fieldset>
  )
}
