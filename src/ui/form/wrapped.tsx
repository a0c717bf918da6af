import type { ComponentChildren } from 'preact'
import { direction } from '#platform/i18n/index.ts'
import { idOf, type FormState } from './state.ts'

/** What every field is given. */
export interface FieldProps {
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
export function Wrapped({ of, children }: { of: FieldProps; children: (wired: Wired) => ComponentChildren }) {
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
