import { kindOf, type RecordKind } from '#features/records/index.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { cleanText } from '#platform/text/index.ts'
import { readFact } from './facts.ts'
import type { DeskKind, FactValue, FactValues } from './kind.ts'
import type { Values } from './standing.ts'

/** What a form is read against: how the record stands, in the form's language. */
export interface Against {
  readonly kind: DeskKind
  readonly values: Values
  readonly facts: FactValues
  /** Whether the form's language is the source of the record: required texts must be there. */
  readonly isSource: boolean
}

/** A form as it was understood. What could not be read is not among the values. */
export interface Draft {
  readonly values: Values
  readonly facts: FactValues
  readonly problems: readonly FieldProblem[]
}

/** The texts sent for a name; null when it was not sent at all, so that half a form takes nothing away. */
export function sentFor(sent: FieldValues, name: string): FactValue | null {
  return sent[name] ?? sent[`${name}[]`] ?? null
}

const most = { line: 500, prose: 150_000 } as const

/** Reads what was sent for a record. What was not sent stays as it is; what shows no difference stays exactly as it is. */
export function readDraft(sent: FieldValues, against: Against): Draft {
  const problems: FieldProblem[] = []
  const values: Record<string, FactValue> = { ...against.values }
  const facts: Record<string, FactValue> = { ...against.facts }
  for (const field of kindOf(against.kind.kind).fields) readText(field, sent, against, values, problems)
  const zoneOf = (name: string) => sentFor(sent, `fact.${name}`)?.[0] ?? against.facts[name]?.[0] ?? 'UTC'
  for (const fact of against.kind.facts) {
    const name = `fact.${fact.name}`
    const texts = sentFor(sent, name)
    const isFixed = fact.fixed === true && (against.facts[fact.name]?.length ?? 0) > 0
    const read = texts === null || isFixed ? null : readFact(fact, texts, against.facts, zoneOf)
    if (read === null) {
      if (fact.required && (facts[fact.name]?.length ?? 0) === 0)
        problems.push({ field: name, message: 'form.required' })
    } else if (read.ok) {
      facts[fact.name] = read.value
      values[name] = read.value
    } else problems.push({ field: name, message: read.message })
  }
  for (const { name, unless } of against.kind.facts) {
    if (unless !== undefined && (facts[unless]?.length ?? 0) > 0) facts[name] = values[`fact.${name}`] = []
  }
  readSlug(sent, values, problems)
  readVisibility(sent, values, problems)
  const wrong = new Set(problems.map((problem) => problem.field))
  const crossed = (against.kind.check?.(facts) ?? []).filter(({ fact }) => !wrong.has(`fact.${fact}`))
  problems.push(...crossed.map(({ fact, message }) => ({ field: `fact.${fact}`, message })))
  return { values, facts, problems }
}

function readText(
  field: RecordKind['fields'][number],
  sent: FieldValues,
  { kind, values: current, isSource }: Against,
  values: Record<string, FactValue>,
  problems: FieldProblem[],
): void {
  const name = `text.${field.name}`
  const isLong = field.markdown || (kind.texts[field.name]?.rows ?? 1) > 1
  const texts = sentFor(sent, name)
  if (texts !== null) {
    const text = tidyText(texts[0] ?? '', isLong)
    const kept = current[name] ?? []
    if (text.length > (isLong ? most.prose : most.line)) {
      problems.push({ field: name, message: 'form.tooLong' })
      return
    }
    if (text !== tidyText(kept[0] ?? '', isLong)) values[name] = text === '' ? [] : [text]
  }
  const isMissing = (values[name]?.length ?? 0) === 0
  if (field.required && isSource && isMissing) problems.push({ field: name, message: 'form.required' })
}

/** A text as it is kept: without characters that hide or reorder, and without space around it. */
function tidyText(text: string, isLong: boolean): string {
  const clean = cleanText(text)
  return isLong
    ? clean.replace(/[ \t]+$/gm, (space) => (space.length > 1 ? '  ' : '')).replace(/^\n+|\s+$/g, '')
    : clean.replace(/\s+/g, ' ').trim()
}

function readSlug(sent: FieldValues, values: Record<string, FactValue>, problems: FieldProblem[]): void {
  const slug = sentFor(sent, 'slug')?.[0]?.trim()
  if (slug === undefined || !('slug' in values)) return
  if (slug.length > 200) problems.push({ field: 'slug', message: 'form.tooLong' })
  // An address is for life: emptying the field leaves it as it is.
  else if (slug !== '') values['slug'] = [cleanText(slug)]
}

function readVisibility(sent: FieldValues, values: Record<string, FactValue>, problems: FieldProblem[]): void {
  const visibility = sentFor(sent, 'visibility')?.[0]
  if (visibility === undefined || !('visibility' in values) || visibility === values['visibility']?.[0]) return
  if (visibility === 'public' || visibility === 'members') values['visibility'] = [visibility]
  else problems.push({ field: 'visibility', message: 'form.invalid' })
}

/** What was sent under the plain names of fields, whether or not the form said that they are lists. */
export function plainNames(sent: FieldValues): FieldValues {
  const entries = Object.entries(sent).map(([name, values]): [string, readonly string[]] => {
    const isField = /^(text|fact|slug|visibility|theirs)\b/.test(name)
    return [isField && name.endsWith('[]') ? name.slice(0, -2) : name, values]
  })
  return Object.fromEntries(entries)
}
