import type { KindName } from '#features/records/index.ts'
import type { MessageKey } from '#platform/i18n/index.ts'
import type { PageContext } from '#ui/index.ts'
import type { CellState } from '../domain.ts'

const fields: Readonly<Record<string, MessageKey>> = {
  name: 'translation.field.name',
  short: 'translation.field.short',
  tagline: 'translation.field.tagline',
  purpose: 'translation.field.purpose',
  components: 'translation.field.components',
  about: 'translation.field.about',
  accessibility: 'translation.field.accessibility',
  privacy: 'translation.field.privacy',
  title: 'translation.field.title',
  subtitle: 'translation.field.subtitle',
  summary: 'translation.field.summary',
  objectives: 'translation.field.objectives',
  format: 'translation.field.format',
  audiences: 'translation.field.audiences',
  background: 'translation.field.background',
  note: 'translation.field.note',
  abstract: 'translation.field.abstract',
  label: 'translation.field.label',
  role: 'translation.field.role',
  bio: 'translation.field.bio',
  remark: 'translation.field.remark',
  alt: 'translation.field.alt',
  definition: 'translation.field.definition',
  statement: 'translation.field.statement',
}

/** What a field is called; one that no page has named yet goes by its own name. */
export function fieldLabel(field: string, { t }: Pick<PageContext, 't'>): string {
  const key = fields[field]
  return key === undefined ? field : t(key)
}

/** What a kind of record is called. */
export function kindLabel(kind: KindName, { t }: PageContext): string {
  return t(`translation.kind.${kind}`)
}

/** A shape for each state, so that colour never says it alone. */
const shapes: Readonly<Record<CellState, string>> = {
  source: '◆',
  current: '✓',
  behind: '◐',
  machine: '⚙',
  missing: '○',
}

/** A state as its shape and its word. */
export function StateMark({ state, context }: { state: CellState; context: PageContext }) {
  return (
    <span class={`mark ${state}`}>
      <span aria-hidden="true">{shapes[state]}</span> {context.t(`translation.state.${state}`)}
    </span>
  )
}
