import type { FormState, PageContext } from '#ui/index.ts'
import { Hidden, idOf, Text, to } from '#ui/index.ts'
import type { PickedFact } from '../kind.ts'
import type { PickOption, Picks } from '../picks.ts'

interface PickerProps {
  readonly form: FormState
  readonly fact: PickedFact
  readonly picks: Picks
}

/** Records, concepts or places that are chosen by typing: what is chosen, what was found, and a field to look for more. */
export function Picker({ form, fact, picks }: PickerProps) {
  const { t } = form.context
  const name = `fact.${fact.name}`
  const id = idOf(name)
  const problem = form.problems.find(({ field }) => field === name)
  const described = [fact.help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ')
  const isOne = fact.type === 'record'
  return (
    <fieldset
      class={problem ? 'field picks wrong' : 'field picks'}
      id={id}
      {...(described && { 'aria-describedby': described })}
    >
      <legend>
        {t(fact.label)}
        {!fact.required && <small> {t('form.optional')}</small>}
      </legend>
      {fact.help && (
        <p class="help" id={`${id}-help`}>
          {t(fact.help)}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {t(problem.message)}
        </p>
      )}
      <Hidden name={`${name}[]`} value="" />
      <record-picker
        action={to(form.context, 'desk/find')}
        kinds={kindsOf(fact)}
        field={`${name}[]`}
        single={isOne ? 'yes' : undefined}
        none={t('desk.pick.none')}
        count={t('desk.pick.count', { count: '{count}' })}
        chosen={t('desk.pick.chosen', { name: '{name}' })}
      >
        {picks.chosen.length > 0 && (
          <ul class="chosen">
            {picks.chosen.map((option, index) => (
              <Option option={option} isChosen {...{ form, fact, index }} of={picks.chosen.length} />
            ))}
          </ul>
        )}
        <Found form={form} fact={fact} picks={picks} />
        <FindField form={form} fact={fact} />
      </record-picker>
    </fieldset>
  )
}

/** What was looked for and found, to be marked. */
function Found({ form, fact, picks }: PickerProps) {
  if (!picks.found) return null
  return (
    <div class="found" role="status">
      <p class="help">{form.context.t('desk.pick.found', { count: picks.found.length })}</p>
      {picks.found.length > 0 && (
        <ul>
          {picks.found.map((option) => (
            <Option option={option} isChosen={false} {...{ form, fact }} index={0} of={0} />
          ))}
        </ul>
      )}
    </div>
  )
}

/** What `find` is asked for: kinds of records, or places. */
const kindsOf = (fact: PickedFact) => (fact.type === 'places' ? 'place' : fact.kinds.join(' '))

interface OptionProps {
  readonly form: FormState
  readonly fact: PickedFact
  readonly option: PickOption
  readonly isChosen: boolean
  readonly index: number
  readonly of: number
}

function Option({ form, fact, option, isChosen, index, of }: OptionProps) {
  const { context } = form
  const id = `${idOf(`fact.${fact.name}`)}-${option.value}`
  const isOrdered = isChosen && of > 1 && (fact.type === 'links' || fact.type === 'records')
  const move = (direction: 'up' | 'down') => (
    <button
      type="submit"
      class="button plain small"
      name="do"
      value={`${direction}:${fact.name}:${option.value}`}
      aria-label={context.t(direction === 'up' ? 'desk.moveUp.label' : 'desk.moveDown.label', {
        name: option.label.value,
      })}
    >
      {context.t(direction === 'up' ? 'desk.moveUp' : 'desk.moveDown')}
    </button>
  )
  return (
    <li>
      <span class="check">
        <input
          type={fact.type === 'record' ? 'radio' : 'checkbox'}
          id={id}
          name={`fact.${fact.name}[]`}
          value={option.value}
          checked={isChosen}
        />
        <label for={id}>
          <Text of={option.label} lang={context.lang} />
          <Note option={option} context={context} />
        </label>
      </span>
      {isOrdered && index > 0 && move('up')}
      {isOrdered && index < of - 1 && move('down')}
    </li>
  )
}

function Note({ option, context }: { option: PickOption; context: PageContext }) {
  return (
    <>
      {option.note && (
        <small>
          {' '}
          <Text of={option.note} lang={context.lang} />
        </small>
      )}
      {option.status !== null && option.status !== 'published' && (
        <>
          {' '}
          <span class={`badge ${option.status}`}>{context.t(`desk.status.${option.status}`)}</span>
        </>
      )}
    </>
  )
}

function FindField({ form, fact }: { form: FormState; fact: PickedFact }) {
  const { t } = form.context
  const name = `find.${fact.name}`
  const id = idOf(name)
  return (
    <div class="find">
      <label for={id}>{t('desk.pick.find')}</label>
      <input type="text" id={id} name={name} value={form.values[name]?.[0] ?? ''} autocomplete="off" maxLength={100} />
      <button
        type="submit"
        class="button plain"
        name="do"
        value={`find:${fact.name}`}
        aria-label={t('desk.pick.search.label', { name: t(fact.label) })}
      >
        {t('desk.pick.search')}
      </button>
    </div>
  )
}
