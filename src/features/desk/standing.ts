import type { Actor } from '#features/accounts/index.ts'
import {
  canEdit,
  lastHistoryId,
  loadRecords,
  readDeskRows,
  readTies,
  type DeskRow,
  type GuardedRecord,
  type LoadedRecord,
  type RecordDb,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import { kindOf } from '#features/records/index.ts'
import type { DeskKind, DeskKinds, Fact, FactValue, FactValues } from './kind.ts'

/** Everything that is edited of a record in one language, by the names of the form: `text.title`, `fact.form`, `slug`. */
export type Values = Readonly<Record<string, FactValue>>

/** A record as it stands at this moment, seen from one language. */
export interface Standing {
  readonly record: LoadedRecord
  readonly guarded: GuardedRecord
  readonly kind: DeskKind
  readonly lang: string
  readonly facts: FactValues
  readonly values: Values
  /** The last line of its history when it was read: what came after is somebody else's. */
  readonly since: number
}

type Source = { readonly records: RecordDb; readonly kinds: DeskKinds }

/** Adds to records what each is a part of; one query for each kind of part among them. */
export async function guardRows(
  { records, kinds }: Source,
  rows: readonly DeskRow[],
): Promise<(DeskRow & GuardedRecord)[]> {
  const wholes = new Map<string, string>()
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const ids = rows.filter((row) => row.kind === kind).map((row) => row.id)
    for (const [id, whole] of (await kinds.get(kind)?.whole?.of(records, ids)) ?? []) wholes.set(id, whole)
  }
  return rows.map((row) => ({ ...row, partOf: wholes.get(row.id) ?? null }))
}

/** A record's guard and declaration; null for an id that is no record of a declared kind. */
async function findGuarded(
  deps: Source,
  id: string,
): Promise<{ guarded: DeskRow & GuardedRecord; kind: DeskKind } | null> {
  const rows = await readDeskRows(deps.records, [id])
  const [guarded] = await guardRows(deps, rows)
  const kind = guarded && deps.kinds.get(guarded.kind)
  return guarded && kind ? { guarded, kind } : null
}

/** The same, for somebody who must be able to do something with it; what is not theirs does not exist for them. */
export async function requireGuarded(
  deps: Source,
  actor: Actor | null,
  id: string,
  may: (actor: Actor | null, record: GuardedRecord) => boolean = canEdit,
): Promise<{ guarded: DeskRow & GuardedRecord; kind: DeskKind }> {
  const found = await findGuarded(deps, id)
  if (!found || !may(actor, found.guarded)) throw new NotFoundError('record')
  return found
}

/** A record of one kind that somebody may edit: a screen of another kind's does not exist. */
export async function requireOfKind(deps: Source, actor: Actor | null, id: string, kind: string) {
  const found = await requireGuarded(deps, actor, id)
  if (found.guarded.kind !== kind) throw new NotFoundError(kind)
  return found
}

/** Reads a record whole, for its form in a language. */
export async function loadStanding(
  { records, kinds }: Source,
  guarded: GuardedRecord,
  lang: string | null,
): Promise<Standing> {
  const { id } = guarded
  const kind = kinds.get(guarded.kind)
  const since = await lastHistoryId(records, id)
  const record = (await loadRecords(records, [id])).get(id)
  if (!record || !kind) throw new NotFoundError('record')
  const facts = await readFactValues(records, kind, id)
  const shown = lang ?? record.sourceLang
  return { record, guarded, kind, lang: shown, facts, values: toValues(record, kind, shown, facts), since }
}

const isTie = ({ type }: Fact) => type === 'links' || type === 'concepts' || type === 'places'

/** Every fact of a record, those of the spine and those of its feature. */
export async function readFactValues(db: RecordDb, kind: DeskKind, id: string): Promise<FactValues> {
  const own = (await kind.readFacts?.(db, id)) ?? {}
  const ties = kind.facts.some(isTie) ? await readTies(db, [id]) : null
  const links = ties?.links ?? []
  const read = (fact: Fact): FactValue => {
    switch (fact.type) {
      case 'links':
        return links.filter((link) => link.from === id && link.relation === fact.relation).map((link) => link.to)
      case 'concepts':
        return ties?.concepts.get(id) ?? []
      case 'places':
        return (ties?.places.get(id) ?? []).filter((place) => place.role === fact.role).map((place) => place.code)
      default:
        return own[fact.name] ?? []
    }
  }
  return Object.fromEntries(kind.facts.map((fact) => [fact.name, read(fact)]))
}

function toValues(record: LoadedRecord, kind: DeskKind, lang: string, facts: FactValues): Values {
  const { fields, path } = kindOf(kind.kind)
  const text = (field: string): FactValue => {
    const value = record.texts[field]?.find((one) => one.lang === lang)?.value
    return value === undefined ? [] : [value]
  }
  return {
    ...Object.fromEntries(fields.map(({ name }) => [`text.${name}`, text(name)])),
    ...Object.fromEntries(kind.facts.map(({ name }) => [`fact.${name}`, facts[name] ?? []])),
    ...(path !== null && kind.kind !== 'hub' && { slug: record.slugs[lang] === undefined ? [] : [record.slugs[lang]] }),
    ...(kind.kind !== 'hub' && { visibility: [record.visibility] }),
  }
}
