import type { Actor } from '#features/accounts/index.ts'
import { deedOf, type DeskDeps } from '#features/desk/index.ts'
import {
  addLinks,
  findSuccessor,
  giveSlug,
  insertEvents,
  lockVersion,
  moveSlugs,
  moveViews,
  setStatus,
  touchRecord,
  type Deed,
  type RecordDb,
} from '#features/records/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { ForbiddenError } from '#platform/errors.ts'
import { auditTables, isPartOfItself } from '../store-desk.ts'
import { mergeParts, mergeTexts, mergeTies } from './merge-parts.ts'
import { canMergePublications } from './policy.ts'
import { loadSides } from './sides.ts'
import { noteChanges, readSaid } from './told.ts'
import { canLeadFrom, type Side } from './unite.ts'

/** Why two publications are not merged. */
export type MergeProblem = 'same' | 'gone' | 'hidden' | 'circle'

export type Merged =
  | { readonly outcome: 'merged' }
  | { readonly outcome: 'refused'; readonly problem: MergeProblem }
  /** One of them was changed since the form was opened: nothing was written. */
  | { readonly outcome: 'conflict' }

/** What somebody decided: which publication stays, and of which the fields are taken in which they differ. */
export interface MergeRequest {
  readonly into: string
  readonly from: string
  /** The versions that the form showed. */
  readonly versions: ReadonlyMap<string, number>
  /** By the name of a difference, the publication whose value is taken. */
  readonly choices: ReadonlyMap<string, string>
}

class Refused extends Error {
  override name = 'Refused'
  readonly problem: MergeProblem
  constructor(problem: MergeProblem) {
    super(problem)
    this.problem = problem
  }
}

/**
 * Merges one publication into another. Nothing is lost: files, editions, identifiers, ties and readings are united, addresses lead on,
 * and the merged record stays, withdrawn, with its words and its history.
 */
export async function mergePublications(deps: DeskDeps, actor: Actor, request: MergeRequest): Promise<Merged> {
  if (!canMergePublications(actor)) throw new ForbiddenError('merge publications')
  if (request.into === request.from) return { outcome: 'refused', problem: 'same' }
  const deed = deedOf(deps, actor)
  try {
    const merged = await deps.records
      .transaction()
      .execute(async (tx) => merge({ ...deps, records: tx }, request, deed))
    if (merged.outcome === 'merged') deps.onChange()
    return merged
  } catch (error) {
    if (error instanceof Refused) return { outcome: 'refused', problem: error.problem }
    throw error
  }
}

async function merge(inside: Pick<DeskDeps, 'records' | 'kinds'>, request: MergeRequest, deed: Deed): Promise<Merged> {
  const { records: tx } = inside
  const { into: intoId, from: fromId, versions } = request
  // Whoever merges them the other way round takes turns with us.
  for (const id of [intoId, fromId].toSorted()) {
    if ((await lockVersion(tx, id)) !== versions.get(id)) return { outcome: 'conflict' }
  }
  const [into, from] = await loadSides(tx, [intoId, fromId])
  const problem = await findMergeProblem(tx, into, from)
  if (problem !== null) return { outcome: 'refused', problem }
  const before = await readSaid(inside, [intoId, fromId])
  const took = (name: string) => request.choices.get(name) === fromId
  await mergeTexts(tx, into, from, took, deed)
  await mergeParts(tx, into, from, took)
  await mergeTies(tx, intoId, fromId, deed)
  if (await isPartOfItself(tx, intoId)) throw new Refused('circle')
  await noteChanges(tx, before, await readSaid(inside, [intoId, fromId]), deed)
  if (canLeadFrom(into, from)) await moveSlugs(tx, fromId, intoId)
  for (const { lang, value } of from.record.texts['title'] ?? []) {
    await giveSlug(tx, intoId, { field: 'title', lang, body: value }, deed)
  }
  await moveViews(tx, fromId, intoId)
  await addLinks(tx, [{ from: intoId, to: fromId, relation: 'supersedes' }])
  const events = [
    { record_id: fromId, verb: 'link', field: 'supersedes', after: intoId },
    { record_id: intoId, verb: 'link', field: 'supersedes', after: fromId },
  ] as const
  await insertEvents(tx, events, deed)
  await setStatus(tx, fromId, 'withdrawn', deed)
  await touchRecord(tx, intoId, deed)
  const audit = { ...deed, deed: 'publication.merge', subject: intoId, detail: { merged: fromId } }
  await writeAudit(auditTables(tx), audit)
  return { outcome: 'merged' }
}

/** Whoever sees the one that goes must see the one that stays. */
async function findMergeProblem(db: RecordDb, into: Side, from: Side): Promise<MergeProblem | null> {
  if (into.record.id === from.record.id) return 'same'
  const isGone =
    (await findSuccessor(db, from.record.id)) !== null || (await findSuccessor(db, into.record.id)) !== null
  if (isGone || into.record.status === 'withdrawn') return 'gone'
  if (from.record.status !== 'published') return null
  const isSeen = into.record.visibility === 'public' || into.record.visibility === from.record.visibility
  return into.record.status === 'published' && isSeen ? null : 'hidden'
}
