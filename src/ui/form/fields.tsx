import { createElement } from 'preact'
import { valueIn } from './state.ts'
import { Wrapped, type FieldProps } from './wrapped.tsx'

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

/** A file to send along. */
export function FileField(props: FieldProps & { readonly accept?: string }) {
  return (
    <Wrapped of={props}>
      {(wired) => <input {...wired} type="file" {...(props.accept && { accept: props.accept })} />}
    </Wrapped>
  )
}
