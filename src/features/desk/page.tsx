import type { Context } from 'hono'
import type { Actor } from '#features/accounts/index.ts'
import {
  canPublish,
  findSuccessor,
  hrefFor,
  loadRecords,
  nameFor,
  type GuardedRecord,
  type HistoryLine,
  type LoadedRecord,
  type PageEnv,
  type RecordDb,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import type { FormState } from '#ui/index.ts'
import { nameOfLine, valueOfLine } from './conflicts.ts'
import type { DeskDeps } from './deps.ts'
import { showFact } from './facts.ts'
import { isPicked, type DeskKind, type FactValue } from './kind.ts'
import { describe, leads } from './picks.ts'
import { nameRecords } from './names.ts'
import type { Standing } from './standing.ts'
import type { Framed } from './views/record-frame.tsx'
import { factOf, type Names } from './views/value.tsx'

export type DeskCall = Context<PageEnv>

/** Whoever is at the desk; a visitor finds no such page. */
export function requireActor(c: DeskCall): Actor {
  const { actor } = c.var
  if (actor === null) throw new NotFoundError()
  return actor
}

/** The values of a form that shows a record as it stands. */
export function formValues({ kind, facts, values, record, since }: Standing): FieldValues {
  const shown = kind.facts.map((fact): [string, FactValue] => [
    `fact.${fact.name}`,
    showFact(fact, facts[fact.name] ?? [], facts),
  ])
  return {
    ...values,
    ...Object.fromEntries(shown),
    version: [String(record.version)],
    since: [String(since)],
  }
}

/** A form as it is drawn. */
export function formOf(c: DeskCall, values: FieldValues, problems: readonly FieldProblem[] = []): FormState {
  return { values, problems, context: c.var.page, isSent: c.req.method === 'POST' }
}

/** A record as the frame of its screens shows it. */
export async function frame(
  records: RecordDb,
  c: DeskCall,
  { record, guarded, kind }: { record: LoadedRecord; guarded: GuardedRecord; kind: DeskKind },
): Promise<Framed> {
  const { reader, actor, lang } = c.var
  const whole =
    guarded.partOf === null ? undefined : (await loadRecords(records, [guarded.partOf], leads)).get(guarded.partOf)
  // Parts are read on the page of their whole, vocabularies among the themes.
  const isShownElsewhere = kind.whole !== undefined || kind.addable?.includes('concept') === true
  return {
    id: record.id,
    kind,
    name: (await nameRecords({ records, kinds: new Map([[kind.kind, kind]]) }, reader, [record]))(record),
    status: record.status,
    href:
      record.status === 'published' ? (hrefFor(record, lang) ?? (isShownElsewhere ? `/r/${record.id}` : null)) : null,
    whole: whole ? { id: whole.id, name: nameFor(whole, reader) } : null,
    mayPublish: canPublish(actor, guarded),
    mergedInto: record.status === 'withdrawn' ? await findMergedInto(records, c, record.id) : null,
  }
}

/** What a record was merged into; null when it was not. Who sees what is withdrawn sees that too. */
async function findMergedInto(records: RecordDb, c: DeskCall, id: string): Promise<Framed['mergedInto']> {
  const successor = await findSuccessor(records, id)
  if (successor === null) return null
  const record = (await loadRecords(records, [successor], leads)).get(successor)
  return record ? { id: successor, name: nameFor(record, c.var.reader) } : null
}

/** Names of the records that values hold the ids of; of what somebody may not see there is none. */
export async function readNames(
  deps: Pick<DeskDeps, 'records' | 'kinds'>,
  c: DeskCall,
  kind: DeskKind,
  values: readonly { readonly name: string; readonly value: FactValue }[],
): Promise<Names> {
  const ids = values.flatMap(({ name, value }) => {
    const fact = factOf(kind, name)
    return fact && isPicked(fact) && fact.type !== 'places' ? value : []
  })
  const options = await describe(deps, c.var.reader, [...new Set(ids)])
  return new Map(options.map((option) => [option.value, option.label]))
}

/** What lines of a history hold, before and after, as values. */
export function valuesOfLines(lines: readonly HistoryLine[]): { name: string; value: FactValue }[] {
  return lines.flatMap((line) => {
    const name = nameOfLine(line, line.lang ?? '')
    if (name === null) return []
    return [
      { name, value: valueOfLine(name, line.before) },
      { name, value: valueOfLine(name, line.after) },
    ]
  })
}

/** A page number from a query: whole and positive, else there is no such page. */
export function readPage(asked: string | undefined): number {
  if (asked === undefined || asked === '') return 1
  if (!/^[1-9]\d{0,5}$/.test(asked)) throw new NotFoundError('page')
  return Number(asked)
}
