import type { Actor } from '#features/accounts/index.ts'
import { deedOf, type DeskDeps } from '#features/desk/index.ts'
import {
  addLinks,
  findSuccessor,
  giveSlug,
  insertEvents,
  lockVersion,
  moveLinks,
  moveSlugs,
  moveViews,
  readLinks,
  readTies,
  setStatus,
  touchRecord,
  writeConcepts,
  writePlaces,
  writeText,
  type Deed,
  type RecordDb,
  type Ties,
} from '#features/records/index.ts'
import { writeSeriesPlace } from '#features/series/index.ts'
import { writeAudit } from '#platform/audit/index.ts'
import { ForbiddenError } from '#platform/errors.ts'
import { contributorLines } from '../contributor-desk/form.ts'
import { editionLines } from '../edition-desk/standing.ts'
import { auditTables, isPartOfItself, libraryTables } from '../store-desk.ts'
import { replaceParts, writePublication } from '../writing.ts'
import { canMergePublications } from './policy.ts'
import { loadSides } from './sides.ts'
import { uniteParts, type Side } from './unite.ts'

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
    const merged = await deps.records.transaction().execute(async (tx) => merge(tx, request, deed))
    if (merged.outcome === 'merged') deps.onChange()
    return merged
  } catch (error) {
    if (error instanceof Refused) return { outcome: 'refused', problem: error.problem }
    throw error
  }
}

async function merge(tx: RecordDb, request: MergeRequest, deed: Deed): Promise<Merged> {
  const { into: intoId, from: fromId, versions } = request
  // Whoever merges them the other way round takes turns with us.
  for (const id of [intoId, fromId].toSorted()) {
    if ((await lockVersion(tx, id)) !== versions.get(id)) return { outcome: 'conflict' }
  }
  const [into, from] = await loadSides(tx, [intoId, fromId])
  const problem = await findMergeProblem(tx, into, from)
  if (problem !== null) return { outcome: 'refused', problem }
  const took = (name: string) => request.choices.get(name) === fromId
  await mergeTexts(tx, into, from, took, deed)
  await mergeParts(tx, into, from, took, deed)
  await mergeTies(tx, intoId, fromId, deed)
  if (await isPartOfItself(tx, intoId)) throw new Refused('circle')
  if (from.record.publishedAt !== null) await moveSlugs(tx, fromId, intoId)
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

async function mergeTexts(
  tx: RecordDb,
  into: Side,
  from: Side,
  took: (name: string) => boolean,
  deed: Deed,
): Promise<void> {
  for (const field of ['title', 'subtitle', 'summary'] as const) {
    for (const { lang, value, state } of from.record.texts[field] ?? []) {
      const own = into.record.texts[field]?.find((text) => text.lang === lang)
      if (own && (own.value === value || !took(`${field}.${lang}`))) continue
      const how = state === 'machine' || state === 'behind' ? { state } : {}
      await writeText(tx, into.record.id, { field, lang, body: value, ...how }, deed)
    }
  }
}

async function mergeParts(
  tx: RecordDb,
  into: Side,
  from: Side,
  took: (name: string) => boolean,
  deed: Deed,
): Promise<void> {
  const own = libraryTables(tx)
  const [intoId, fromId] = [into.record.id, from.record.id]
  const [intoRow, fromRow] = [into.rows.publications[0], from.rows.publications[0]]
  const pick = <T>(name: string, mine: T | null | undefined, theirs: T | null | undefined, isEmpty: boolean) =>
    (took(name) || isEmpty ? (theirs ?? mine) : mine) ?? null
  const types = pick('types', intoRow?.types, fromRow?.types, (intoRow?.types ?? []).length === 0) ?? []
  const issued = pick('issued', intoRow?.issued, fromRow?.issued, (intoRow?.issued ?? null) === null)
  await writePublication(own, { id: intoId, types: [...types], issued })
  const isEmpty = into.rows.contributors.length === 0
  const contributors = took('contributors') || isEmpty ? from.rows.contributors : into.rows.contributors
  const parts = uniteParts(into.rows, from.rows, intoId, contributors)
  await replaceParts(own, fromId, { contributors: from.rows.contributors, editions: [], identifiers: [], files: [] })
  await replaceParts(own, intoId, parts)
  const { place } = took('place') || into.place === null ? from : into
  await writeSeriesPlace(tx, fromId, {})
  if (place !== null) {
    await writeSeriesPlace(tx, intoId, { series: [place.seriesId], seriesNumber: [String(place.number)] })
  }
  const said = [
    { field: 'contributors', before: linesOf(into.rows), after: linesOf(parts) },
    { field: 'editions', before: editionLines(into.rows), after: editionLines({ ...into.rows, ...parts }) },
  ]
  const changed = said.filter(({ before, after }) => before !== after)
  await insertEvents(
    tx,
    changed.map((line) => ({ record_id: intoId, verb: 'edit' as const, ...line })),
    deed,
  )
}

const linesOf = (rows: Pick<Side['rows'], 'contributors'>) =>
  contributorLines(rows.contributors.map(({ agent_id: agentId, ...one }) => ({ ...one, agentId })))

const union = (ties: ReadonlyMap<string, readonly string[]>, ids: readonly string[]) => [
  ...new Set(ids.flatMap((id) => ties.get(id) ?? [])),
]

const placesOf = (ties: Ties, ids: readonly string[], role: 'covers' | 'focus') => [
  ...new Set(
    ids.flatMap((id) => (ties.places.get(id) ?? []).filter((place) => place.role === role).map(({ code }) => code)),
  ),
]

/** Tags and places are united; what pointed to the one points to the other, and each record that did has changed. */
async function mergeTies(tx: RecordDb, intoId: string, fromId: string, deed: Deed): Promise<void> {
  const ids = [intoId, fromId]
  const ties = await readTies(tx, ids)
  await writeConcepts(tx, intoId, union(ties.concepts, ids))
  const focus = placesOf(ties, ids, 'focus')
  const covers = placesOf(ties, ids, 'covers').filter((code) => !focus.includes(code))
  await writePlaces(tx, intoId, 'covers', covers)
  await writePlaces(tx, intoId, 'focus', focus)
  const pointing = (await readLinks(tx, [fromId])).filter(
    ({ from, relation }) => from !== fromId && from !== intoId && relation !== 'supersedes',
  )
  await moveLinks(tx, fromId, intoId, ['supersedes'])
  const lines = pointing.map(({ from, relation }) => ({ record_id: from, verb: 'link' as const, field: relation }))
  await insertEvents(
    tx,
    lines.map((line) => ({ ...line, before: fromId, after: intoId })),
    deed,
  )
  for (const id of new Set(pointing.map(({ from }) => from))) await touchRecord(tx, id, deed)
}
