import type { Actor } from '#features/accounts/index.ts'
import {
  canCreate,
  canEdit,
  canSeeOnDesk,
  hubId,
  insertEvents,
  insertRecords,
  kindOf,
  listHistorySince,
  lockVersion,
  newId,
  readDeskRows,
  type Deed,
  type NewText,
  type RecordDb,
} from '#features/records/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { FieldProblem, FieldValues } from '#platform/forms.ts'
import { findFileProblems } from './uploads.ts'
import { applyChoices, findConflicts, lineOfValue, type Conflict } from './conflicts.ts'
import type { DeskDeps } from './deps.ts'
import { readDraft, type Draft } from './draft.ts'
import { isPicked, type DeskKind, type FactValues } from './kind.ts'
import { guardRows, loadStanding, requireGuarded, type Standing, type Values } from './standing.ts'
import { writeChange, writeFactValues } from './write.ts'

/** What a form was sent with: the version it showed, and the last line of history it knew. */
export interface Sent {
  readonly lang: string | null
  readonly version: number
  /** Null: nothing is put together with what others changed meanwhile. */
  readonly since: number | null
  readonly values: FieldValues
  /** Files that the caller vouches for, by hash: the record's own history names them. */
  readonly known?: readonly string[]
}

export type Saved =
  | { readonly outcome: 'saved'; readonly version: number; readonly changed: boolean }
  | { readonly outcome: 'invalid'; readonly standing: Standing; readonly problems: readonly FieldProblem[] }
  | {
      readonly outcome: 'conflict'
      readonly standing: Standing
      readonly conflicts: readonly Conflict[]
      readonly by: readonly string[]
    }

/** Who does it, and when. */
export const deedOf = (deps: Pick<DeskDeps, 'now'>, actor: Actor): Deed => ({ actor: actor.id, at: deps.now() })

/** Saves what somebody changed of a record, all of it or nothing. Whoever was second is told of the first, field by field. */
export async function saveRecord(deps: DeskDeps, actor: Actor, id: string, sent: Sent): Promise<Saved> {
  const saved = await deps.records.transaction().execute(async (tx): Promise<Saved> => {
    const inside = { ...deps, records: tx }
    const version = await lockVersion(tx, id)
    const { guarded } = await requireGuarded(inside, actor, id, canEdit)
    const standing = await loadStanding(inside, guarded, sent.lang)
    const values = applyChoices(sent.values)
    const draft = readDraft(values, against(standing))
    const conflict = version === sent.version ? null : await findConflict(tx, standing, draft, sent)
    if (conflict) return conflict
    const problems = [...draft.problems, ...(await findStoredProblems(inside, actor, id, standing, draft, sent.known))]
    if (problems.length > 0) return { outcome: 'invalid', standing, problems }
    const { kind, lang } = standing
    const confirmed = values['confirm[]'] ?? []
    const change = { id, kind, lang, before: standing.values, after: draft.values, facts: draft.facts, confirmed }
    const changed = await writeChange(tx, change, deedOf(deps, actor))
    const { version: before } = standing.record
    return { outcome: 'saved', version: changed ? before + 1 : before, changed }
  })
  if (saved.outcome === 'saved' && saved.changed) deps.onChange()
  return saved
}

const against = (standing: Standing) => ({
  kind: standing.kind,
  values: standing.values,
  facts: standing.facts,
  isSource: standing.lang === standing.record.sourceLang,
})

/**
 * Another has saved meanwhile. When they changed none of what this form shows (a translation, say), nothing is in dispute and
 * there is no conflict.
 */
async function findConflict(tx: RecordDb, standing: Standing, draft: Draft, sent: Sent): Promise<Saved | null> {
  const since = await listHistorySince(tx, standing.record.id, sent.since ?? 0)
  const conflicts = findConflicts(standing.values, draft.values, since, standing.lang)
  const isMine = conflicts.every(({ changedBy }) => changedBy === 'you')
  if (isMine && sent.since !== null && sent.version < standing.record.version) return null
  const by = [...new Set(since.map((line) => line.actor))]
  return { outcome: 'conflict', standing, conflicts, by }
}

/** What is wrong as far as the database tells: records that cannot be pointed to, numbers that are taken. */
async function findStoredProblems(
  deps: Pick<DeskDeps, 'records' | 'kinds' | 'store'>,
  actor: Actor,
  id: string,
  { kind, facts }: Pick<Standing, 'kind' | 'facts'>,
  draft: Draft,
  knownFiles: readonly string[] = [],
): Promise<FieldProblem[]> {
  const picked = kind.facts.flatMap((fact) => {
    if (!isPicked(fact) || fact.type === 'places') return []
    const known = new Set(facts[fact.name] ?? [])
    const fresh = (draft.facts[fact.name] ?? []).filter((one) => !known.has(one))
    return fresh.length === 0 ? [] : [{ fact, fresh }]
  })
  const ids = picked.flatMap(({ fresh }) => fresh)
  const rows = await guardRows(deps, await readDeskRows(deps.records, ids))
  const problems = picked.flatMap(({ fact, fresh }): FieldProblem[] => {
    const kinds: readonly string[] = fact.kinds
    const isGood = (one: string) => {
      const row = rows.find((candidate) => candidate.id === one)
      return row !== undefined && one !== id && kinds.includes(row.kind) && canSeeOnDesk(actor, row)
    }
    return fresh.every(isGood) ? [] : [{ field: `fact.${fact.name}`, message: 'desk.problem.record' }]
  })
  problems.push(...(await findFileProblems(deps, actor, kind, facts, draft, knownFiles)))
  if (draft.problems.length + problems.length > 0) return problems
  const stored = (await kind.checkStored?.(deps.records, id, draft.facts)) ?? []
  return stored.map(({ fact, message }) => ({ field: `fact.${fact}`, message }))
}

export type Created =
  | { readonly outcome: 'created'; readonly id: string }
  | { readonly outcome: 'invalid'; readonly problems: readonly FieldProblem[] }

/** The values of a record nobody has made yet. */
function emptyValues(kind: DeskKind, facts: FactValues): Values {
  const { fields, path } = kindOf(kind.kind)
  return {
    ...Object.fromEntries(fields.map(({ name }) => [`text.${name}`, []])),
    ...Object.fromEntries(kind.facts.map(({ name }) => [`fact.${name}`, facts[name] ?? []])),
    ...(path !== null && kind.kind !== 'hub' && { slug: [] }),
    ...(kind.kind !== 'hub' && { visibility: ['public'] }),
  }
}

/** Begins a record as a draft, in the language it is written in. */
export async function createRecord(
  deps: DeskDeps,
  actor: Actor,
  kind: DeskKind,
  lang: string,
  sent: FieldValues,
): Promise<Created> {
  if (!canCreate(actor, kind.kind)) throw new NotFoundError('kind of record')
  const draft = readDraft(sent, { kind, values: emptyValues(kind, {}), facts: {}, isSource: true })
  const deed = deedOf(deps, actor)
  return deps.records.transaction().execute(async (tx): Promise<Created> => {
    const inside = { ...deps, records: tx }
    const id = kind.kind === 'hub' ? hubId : newId(kind.kind, deed.at)
    // There is one hub.
    if ((await readDeskRows(tx, [id])).length > 0) throw new NotFoundError('kind of record')
    const problems = [...draft.problems, ...(await findStoredProblems(inside, actor, id, { kind, facts: {} }, draft))]
    await requireWhole(inside, actor, kind, draft.facts)
    if (problems.length > 0) return { outcome: 'invalid', problems }
    await insertDraft(tx, { id, kind, lang, draft }, deed)
    return { outcome: 'created', id }
  })
}

/** A part is made by somebody who may edit the whole; where it is open, by whoever may read that. */
async function requireWhole(
  deps: Pick<DeskDeps, 'records' | 'kinds'>,
  actor: Actor,
  kind: DeskKind,
  facts: FactValues,
): Promise<void> {
  const whole = kind.whole?.fact === undefined ? undefined : facts[kind.whole.fact]?.[0]
  if (whole !== undefined) await requireGuarded(deps, actor, whole, kind.whole?.isOpen ? canSeeOnDesk : canEdit)
}

async function insertDraft(
  tx: RecordDb,
  { id, kind, lang, draft }: { id: string; kind: DeskKind; lang: string; draft: Draft },
  deed: Deed,
): Promise<void> {
  const { values, facts } = draft
  const texts = kindOf(kind.kind).fields.flatMap(({ name: field }): NewText[] => {
    const [body] = values[`text.${field}`] ?? []
    return body === undefined ? [] : [{ field, lang, body }]
  })
  const [slug] = values['slug'] ?? []
  const [visibility = 'public'] = values['visibility'] ?? []
  await insertRecords(
    tx,
    [
      {
        id,
        kind: kind.kind,
        sourceLang: lang,
        status: 'draft',
        visibility,
        texts,
        ...(slug === undefined ? {} : { slugs: { [lang]: slug } }),
      },
    ],
    deed,
  )
  const names = kind.facts.map((fact) => fact.name)
  await writeFactValues(tx, id, kind, facts, names, deed)
  const named = names.filter((name) => (facts[name] ?? []).length > 0)
  const event = { record_id: id, verb: 'edit' as const, before: null }
  await insertEvents(
    tx,
    [
      ...texts.map(({ field, body }) => ({ ...event, lang, field, after: body })),
      ...named.map((field) => ({ ...event, field, after: lineOfValue(facts[field] ?? []) })),
    ],
    deed,
  )
}
