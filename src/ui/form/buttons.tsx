import type { ComponentChildren } from 'preact'

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
  /** The id of the form that is sent, where the button does not stand in it. */
  readonly form?: string
  /** Said by screen readers where the visible words do not tell apart buttons that look alike: "Remove session 2". */
  readonly label?: string
}

/** A button that sends its form. */
export function Button({ children, kind = 'main', name, value, formaction, form, label }: ButtonProps) {
  return (
    <button
      type="submit"
      class={kind === 'main' ? 'button' : `button ${kind}`}
      {...(name !== undefined && { name })}
      {...(value !== undefined && { value })}
      {...(formaction !== undefined && { formaction })}
      {...(form !== undefined && { form })}
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
