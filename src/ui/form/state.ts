import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import type { PageContext } from '../context.ts'

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

/** The id of a field's control: names hold dots and brackets, ids should not. */
export const idOf = (name: string) => `f-${name.replace(/[^\w-]+/g, '-')}`

/** What a field holds. */
export const valueIn = (form: FormState, name: string) => form.values[name]?.[0] ?? ''
