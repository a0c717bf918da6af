import { slugField, type HistoryLine } from '#features/records/index.ts'
import type { FieldValues } from '#platform/forms.ts'
import { sentFor } from './draft.ts'
import { isSame, type FactValue } from './kind.ts'
import type { Values } from './standing.ts'

/** One field in which two people who saved the same record differ. */
export interface Conflict {
  /** Name in the form. */
  readonly name: string
  readonly theirs: FactValue
  readonly yours: FactValue
  /** What both began with, as far as the history tells. */
  readonly base: FactValue
  /** Whose change it is: of a field that only one of them changed, that one's. */
  readonly changedBy: 'them' | 'you' | 'both'
}

/** The name in the form of what a line of the history is about, in a language's form; null when it is not in it. */
export function nameOfLine(line: Pick<HistoryLine, 'field' | 'lang' | 'verb'>, lang: string): string | null {
  if (line.verb !== 'edit' || line.field === null) return null
  if (line.lang === null) return line.field === 'visibility' ? 'visibility' : `fact.${line.field}`
  if (line.lang !== lang) return null
  return line.field === slugField ? slugField : `text.${line.field}`
}

/** A text of the history as a value: facts of several are kept one a line, texts whole. */
export function valueOfLine(name: string, text: string | null): FactValue {
  if (text === null || text === '') return []
  return name.startsWith('fact.') ? text.split('\n') : [text]
}

/** A value as a line of the history keeps it. */
export const lineOfValue = (value: FactValue): string | null => (value.length === 0 ? null : value.join('\n'))

/** Where what was sent and what stands differ, with what both began with by the history since the form was opened. */
export function findConflicts(theirs: Values, yours: Values, since: readonly HistoryLine[], lang: string): Conflict[] {
  const began = new Map<string, FactValue>()
  for (const line of since) {
    const name = nameOfLine(line, lang)
    if (name !== null && !began.has(name)) began.set(name, valueOfLine(name, line.before))
  }
  return Object.keys(theirs).flatMap((name): Conflict[] => {
    const [their = [], your = []] = [theirs[name], yours[name]]
    if (isSame(their, your)) return []
    const base = began.get(name) ?? their
    const changedBy = isSame(base, their) ? 'you' : isSame(base, your) ? 'them' : 'both'
    return [{ name, theirs: their, yours: your, base, changedBy }]
  })
}

/** What was sent after choosing between two versions: where theirs was chosen, it takes the place of yours. */
export function applyChoices(sent: FieldValues): FieldValues {
  const chosen: Record<string, readonly string[]> = { ...sent }
  for (const [key, value] of Object.entries(sent)) {
    if (!key.startsWith('pick.')) continue
    const name = key.slice('pick.'.length)
    delete chosen[key]
    if (value[0] !== 'theirs') continue
    delete chosen[`${name}[]`]
    chosen[name] = sentFor(sent, `theirs.${name}`) ?? []
  }
  return chosen
}
