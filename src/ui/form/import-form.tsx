import type { ComponentChildren } from 'preact'
import { Buttons } from './buttons.tsx'
import { Checkbox } from './choices.tsx'
import { FileField } from './fields.tsx'
import { Form } from './form.tsx'
import type { FormState } from './state.ts'

interface ImportFormProps {
  readonly form: FormState
  /** Endings and media types that the browser offers. */
  readonly accept: string
  readonly options: readonly { readonly name: string; readonly label: string; readonly help?: string }[]
  /** Its buttons. */
  readonly children: ComponentChildren
}

/** A form that brings a file in, with what can be chosen about it. */
export function ImportForm({ form, accept, options, children }: ImportFormProps) {
  return (
    <Form form={form} multipart>
      <FileField form={form} name="file" required label={form.context.t('admin.import.file')} accept={accept} />
      {options.map((option) => (
        <Checkbox form={form} {...option} />
      ))}
      <Buttons>{children}</Buttons>
    </Form>
  )
}
