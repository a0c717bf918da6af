import type { ComponentChildren } from 'preact'
import { Button, Buttons, freshForm, to, type FormState, type PageContext } from '#ui/index.ts'

interface FilterFormProps {
  readonly context: PageContext
  /** Path after the language. */
  readonly action: string
  readonly label: string
  readonly children: (fresh: (values: Readonly<Record<string, string>>) => FormState) => ComponentChildren
}

/** A form that narrows a list: it asks, and changes nothing. */
export function FilterForm({ context, action, label, children }: FilterFormProps) {
  return (
    <search aria-label={label}>
      <form method="get" action={to(context, action)} class="filter">
        {children((values) => freshForm(context, values))}
        <Buttons>
          <Button kind="plain">{context.t('admin.filter')}</Button>
        </Buttons>
      </form>
    </search>
  )
}
