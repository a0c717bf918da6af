import { languageName } from '#platform/i18n/index.ts'
import { idOf, valueIn } from './state.ts'
import { Wrapped, type FieldProps } from './wrapped.tsx'

export interface Choice {
  readonly value: string
  readonly label: string
}

/** One of several, as a list that opens. An optional one begins with nothing chosen. */
export function Select(props: FieldProps & { readonly choices: readonly Choice[]; readonly none?: string }) {
  const { form, name, choices, required, none } = props
  const chosen = valueIn(form, name)
  return (
    <Wrapped of={props}>
      {(wired) => (
        <select {...wired}>
          {(!required || none !== undefined) && <option value="">{none ?? form.context.t('form.none')}</option>}
          {choices.map(({ value, label }) => (
            <option value={value} selected={value === chosen}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Wrapped>
  )
}

/** A language of content, by its name in the page's language. */
export function LanguageSelect(props: FieldProps & { readonly languages: readonly string[] }) {
  const { languages, form } = props
  const choices = languages.map((value) => ({ value, label: languageName(value, form.context.lang) }))
  return <Select {...props} choices={choices} />
}

/** One thing to agree to or switch on; sends `on`. */
export function Checkbox({ form, name, label, help }: FieldProps) {
  const id = idOf(name)
  const problem = form.problems.find(({ field }) => field === name)
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div class={problem ? 'field check wrong' : 'field check'}>
      <input
        type="checkbox"
        id={id}
        name={name}
        value="on"
        checked={valueIn(form, name) !== ''}
        {...(problem && { 'aria-invalid': true })}
        {...(described && { 'aria-describedby': described })}
      />
      <label for={id}>{label}</label>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {form.context.t(problem.message)}
        </p>
      )}
    </div>
  )
}

interface GroupProps extends FieldProps {
  readonly choices: readonly (Choice & { readonly help?: string })[]
  readonly kind: 'radio' | 'checkbox'
}

/** One (radio) or some (checkbox) of several, all of them in sight. Checkboxes should be named `name[]`. */
export function ChoiceGroup({ form, name, label, help, choices, kind }: GroupProps) {
  const id = idOf(name.replace(/\[\]$/, ''))
  const chosen = form.values[name] ?? []
  const problem = form.problems.find(({ field }) => field === name || `${field}[]` === name)
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <fieldset class={problem ? 'field wrong' : 'field'} id={id} {...(described && { 'aria-describedby': described })}>
      <legend>{label}</legend>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {form.context.t(problem.message)}
        </p>
      )}
      {choices.map((choice) => (
        <div class="check">
          <input
            type={kind}
            id={`${id}-${idOf(choice.value)}`}
            name={name}
            value={choice.value}
            checked={chosen.includes(choice.value)}
          />
          <label for={`${id}-${idOf(choice.value)}`}>{choice.label}</label>
          {choice.help && <p class="help">{choice.help}</p>}
        </div>
      ))}
    </fieldset>
  )
}
