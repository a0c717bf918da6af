import { createElement, type ComponentChildren } from 'preact'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { direction, languageName } from '#platform/i18n/index.ts'
import type { PageContext } from './context.ts'

/** What a form is drawn with: what was typed, what is wrong with it, and the words. */
export interface FormState {
  readonly values: FieldValues
  readonly problems: readonly FieldProblem[]
  readonly context: PageContext
  /** It shows what was just sent, and nothing of that is saved. */
  readonly isSent?: boolean
}

/** A form nobody has sent yet. */
export function freshForm(
  context: PageContext,
  values: Readonly<Record<string, string | readonly string[] | null>>,
): FormState {
  const lists = Object.entries(values).flatMap(([name, value]): [string, readonly string[]][] => {
    if (value === null) return []
    return [[name, typeof value === 'string' ? [value] : value]]
  })
  return { values: Object.fromEntries(lists), problems: [], context }
}

interface FormProps {
  readonly form: FormState
  /** Where it is sent; left out: to this very address. */
  readonly action?: string
  /** With files. */
  readonly multipart?: boolean
  /** Keeps what is typed in the browser until it was sent, under this key (a record's id, or the page). */
  readonly keep?: string
  /** What was sent has just been saved: the browser forgets what it kept of it. */
  readonly saved?: boolean
  /** The value of `do` by which the hub draws this form of what was sent, without saving; for forms with parts that come and go. */
  readonly redraw?: string
  readonly class?: string
  readonly children: ComponentChildren
}

/** A form that changes something. What is wrong with it is summed up at its top, each line a link to its field. */
export function Form({ form, action, multipart, keep, saved, redraw, class: className, children }: FormProps) {
  const body = (
    <form
      method="post"
      {...(action !== undefined && { action })}
      {...(multipart && { enctype: 'multipart/form-data' })}
      class={className ?? 'form'}
      novalidate
    >
      <ProblemSummary form={form} />
      {children}
    </form>
  )
  if (keep === undefined) return body
  const { t, visit } = form.context
  return (
    <kept-form
      key-name={`${visit?.id ?? ''} ${keep}`}
      words={t('form.kept')}
      restore={t('form.kept.restore')}
      discard={t('form.kept.discard')}
      offline={t('form.kept.offline')}
      {...(saved && { saved: 'yes' })}
      {...((form.isSent || form.problems.length > 0) && { unsaved: 'yes' })}
      {...(redraw !== undefined && { redraw })}
    >
      {body}
    </kept-form>
  )
}

/** What is wrong, at the top of the form. */
function ProblemSummary({ form: { problems, context } }: { form: FormState }) {
  if (problems.length === 0) return null
  return (
    <div class="notice warning problems" role="alert" tabIndex={-1} id="problems">
      <p class="label">{context.t('form.problems', { count: problems.length })}</p>
      <ul>
        {problems.map(({ field, message }) => (
          <li>{field === '' ? context.t(message) : <a href={`#${idOf(field)}`}>{context.t(message)}</a>}</li>
        ))}
      </ul>
    </div>
  )
}

/** The id of a field's control: names hold dots and brackets, ids should not. */
export const idOf = (name: string) => `f-${name.replace(/[^\w-]+/g, '-')}`

interface FieldProps {
  readonly form: FormState
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly required?: boolean
  /** Language of what is typed, when it is not the page's: sets `lang` and `dir`. */
  readonly lang?: string
}

interface Wired {
  readonly id: string
  readonly name: string
  readonly 'aria-invalid'?: true
  readonly 'aria-describedby'?: string
  readonly 'aria-required'?: true
  readonly lang?: string
  readonly dir?: 'ltr' | 'rtl'
}

/** A label, its help and its problem, tied to the control that `children` draws. */
function Wrapped({ of, children }: { of: FieldProps; children: (wired: Wired) => ComponentChildren }) {
  const { form, name, label, help, required, lang } = of
  const { t } = form.context
  const problem = form.problems.find(({ field }) => field === name)
  const id = idOf(name)
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ')
  const wired: Wired = {
    id,
    name,
    ...(problem && { 'aria-invalid': true }),
    ...(required && { 'aria-required': true }),
    ...(described && { 'aria-describedby': described }),
    ...(lang !== undefined && { lang, dir: direction(lang) }),
  }
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <label for={id}>
        {label}
        {!required && <small> {t('form.optional')}</small>}
      </label>
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${id}-problem`}>
          {t(problem.message)}
        </p>
      )}
      {children(wired)}
    </div>
  )
}

const valueIn = (form: FormState, name: string) => form.values[name]?.[0] ?? ''

type InputType =
  'text' | 'email' | 'password' | 'date' | 'time' | 'datetime-local' | 'number' | 'url' | 'search' | 'tel'

interface InputProps extends FieldProps {
  readonly type?: InputType
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'email' | 'url' | 'text'
  readonly maxLength?: number
  /** Words offered while typing: a datalist. */
  readonly suggestions?: readonly string[]
}

/** A line of text, a number, a date … A password is never filled in again. */
export function Field(props: InputProps) {
  const { form, name, type = 'text', autocomplete, inputmode, maxLength, suggestions } = props
  const more = {
    ...(type !== 'password' && { value: valueIn(form, name) }),
    ...(autocomplete && { autocomplete }),
    ...(inputmode && { inputmode }),
    ...(maxLength && { maxLength }),
  }
  return (
    <Wrapped of={props}>
      {(wired) => {
        // JSX would want to know which type it is: each allows other roles.
        if (!suggestions)
          return createElement<Readonly<Record<string, unknown>>, HTMLInputElement>('input', {
            ...wired,
            ...more,
            type,
          })
        return (
          <>
            <input {...wired} {...more} type="text" list={`${wired.id}-list`} />
            <datalist id={`${wired.id}-list`}>
              {suggestions.map((word) => (
                <option value={word} />
              ))}
            </datalist>
          </>
        )
      }}
    </Wrapped>
  )
}

/** Several lines of text; `markdown` says so and offers a preview where there is script. */
export function TextArea(props: FieldProps & { readonly rows?: number; readonly markdown?: boolean }) {
  const { form, name, rows = 6, markdown } = props
  const { t, lang } = form.context
  return (
    <Wrapped of={props}>
      {(wired) => {
        const area = (
          <textarea {...wired} rows={rows}>
            {valueIn(form, name)}
          </textarea>
        )
        if (!markdown) return area
        return (
          <markdown-preview action={`/${lang}/desk/preview`} words={t('form.preview')} hide={t('form.preview.hide')}>
            {area}
          </markdown-preview>
        )
      }}
    </Wrapped>
  )
}

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

/** A file to send along. */
export function FileField(props: FieldProps & { readonly accept?: string }) {
  return (
    <Wrapped of={props}>
      {(wired) => <input {...wired} type="file" {...(props.accept && { accept: props.accept })} />}
    </Wrapped>
  )
}

/** Fields that belong together, under a legend. */
export function FieldSet({ legend, children }: { legend: string; children: ComponentChildren }) {
  return (
    <fieldset class="set">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}

/** A value that goes along unseen. */
export function Hidden({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />
}

interface ButtonProps {
  readonly children: ComponentChildren
  readonly kind?: 'main' | 'plain' | 'danger'
  /** Sent when this button was pressed. */
  readonly name?: string
  readonly value?: string
  readonly formaction?: string
  /** Said by screen readers where the visible words do not tell apart buttons that look alike: "Remove session 2". */
  readonly label?: string
}

/** A button that sends its form. */
export function Button({ children, kind = 'main', name, value, formaction, label }: ButtonProps) {
  return (
    <button
      type="submit"
      class={kind === 'main' ? 'button' : `button ${kind}`}
      {...(name !== undefined && { name })}
      {...(value !== undefined && { value })}
      {...(formaction !== undefined && { formaction })}
      {...(label !== undefined && { 'aria-label': label })}
    >
      {children}
    </button>
  )
}

/** The buttons at the end of a form, the one that is meant first. */
export function Buttons({ children }: { children: ComponentChildren }) {
  return <div class="buttons">{children}</div>
}
