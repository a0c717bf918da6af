import type { Framed, PickOption } from '#features/desk/index.ts'
import type { TextValue } from '#features/records/index.ts'
import type { FormState, PageContext } from '#ui/index.ts'
import type { AgendaEntry, AgendaForm } from '../../agenda-desk/form.ts'
import type { AgendaNote } from '../../agenda-desk/problems.ts'
import type { AgendaStanding } from '../../agenda-desk/standing.ts'

/** What the agenda of a seminar is built from. */
export interface AgendaBuilderProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly agenda: AgendaForm
  readonly standing: AgendaStanding
  readonly notes: readonly AgendaNote[]
  /** Languages a channel is chosen for. */
  readonly languages: readonly string[]
  readonly names: ReadonlyMap<string, TextValue>
  /** People found for a session's speakers. */
  readonly found: { readonly session: number; readonly people: readonly PickOption[] } | null
  readonly isSaved: boolean
  /** A button changed the form; nothing is saved yet. */
  readonly isTurned: boolean
  readonly isConflict: boolean
}

/** One session of it. */
export type CardProps = AgendaBuilderProps & { readonly entry: AgendaEntry; readonly index: number }
