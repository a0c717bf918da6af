import { RecordFrame, recordPath, type Framed, type PickOption } from '#features/desk/index.ts'
import type { TextValue } from '#features/records/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import { formatDay } from '#platform/time.ts'
import {
  Button,
  Buttons,
  EmptyState,
  Field,
  Form,
  Hidden,
  idOf,
  Notice,
  Select,
  Text,
  to,
  zoneWords,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { AgendaEntry, AgendaForm } from '../agenda-desk/form.ts'
import { isDay, type AgendaNote } from '../agenda-desk/problems.ts'
import { agendaLines, entryOf, titleOf, type AgendaStanding } from '../agenda-desk/standing.ts'

interface AgendaBuilderProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly agenda: AgendaForm
  readonly standing: AgendaStanding
  readonly notes: readonly AgendaNote[]
  /** Languages a channel is chosen for. */
  readonly languages: readonly string[]
  readonly names: ReadonlyMap<string, TextValue>
  /** People found for a session's speakers. */
  readonly found: { readonly session: number; readonly people: readonly PickOption[] } | null
  readonly isSaved: boolean
  /** A button changed the form; nothing is saved yet. */
  readonly isTurned: boolean
  readonly isConflict: boolean
}

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

type CardProps = AgendaBuilderProps & { readonly entry: AgendaEntry; readonly index: number }

function SessionCard(props: CardProps) {
  const { context, form, agenda, standing, entry, index, notes, names } = props
  const { t } = context
  const name = (field: string) => `sessions.${index}.${field}`
  const number = { number: index + 1 }
  const own = notes.filter((note) => note.session === index)
  return (
    <>
      <div class="card-head">
        <h2>{t('session.number', number)}</h2>
        <div class="buttons">
          {index > 0 && (
            <Turn
              deed={`up:${index}`}
              words={t('desk.moveUp')}
              label={t('desk.moveUp.label', { name: t('session.number', number) })}
            />
          )}
          {index < agenda.sessions.length - 1 && (
            <Turn
              deed={`down:${index}`}
              words={t('desk.moveDown')}
              label={t('desk.moveDown.label', { name: t('session.number', number) })}
            />
          )}
          <Turn
            deed={`remove:${index}`}
            words={t('desk.agenda.remove')}
            label={t('desk.agenda.remove.label', number)}
            danger
          />
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

function Turn({ deed, words, label, danger }: { deed: string; words: string; label: string; danger?: boolean }) {
  return (
    <button
      type="submit"
      class={danger ? 'button danger small' : 'button plain small'}
      name="do"
      value={deed}
      aria-label={label}
    >
      {words}
    </button>
  )
}

/** More days than a list shows well are typed instead. */
const mostDays = 31

function Times({ context, form, index, standing, entry }: CardProps) {
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

function Channels({ context, form, index, languages }: CardProps) {
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

function Speakers({ context, form, index, entry, names, found }: CardProps) {
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
