import {
  addLinks,
  findSuccessor,
  insertEvents,
  loadRecords,
  moveLinks,
  moveTags,
  readLinks,
  removeLinks,
  saveText,
  setStatus,
  touchRecord,
  type Deed,
  type LoadedRecord,
} from '#features/records/index.ts'
import { listConceptsIn, listSchemesIn, type TaxonomyDeps } from './actions.ts'
import type { Concept } from './domain.ts'
import type { ConceptThere, SchemeThere, TermsThere } from './skos-import/plan.ts'
import { everyTerm, findConceptId, moveOutside, writeOrder } from './store-editing.ts'

/** Every vocabulary with its terms, drafts and withdrawn ones too; `scheme` narrows the terms. */
export async function listTermsThere(deps: TaxonomyDeps, scheme?: string): Promise<TermsThere> {
  const visible = everyTerm(deps.records)
  const schemes = await listSchemesIn(deps, visible)
  const concepts = await listConceptsIn(deps, visible, scheme)
  const ids = concepts.map(({ id }) => id)
  const states = await loadRecords(deps.records, [...schemes.map(({ id }) => id), ...ids], [])
  const merged = new Map(
    (await readLinks(deps.records, ids)).flatMap(({ from, to, relation }) =>
      relation === 'supersedes' ? [[to, from]] : [],
    ),
  )
  const statusOf = (id: string) => states.get(id)?.status ?? 'draft'
  return {
    schemes: schemes.map((one): SchemeThere => ({ ...one, status: statusOf(one.id) })),
    concepts: concepts.map((one): ConceptThere => ({
      ...one,
      status: statusOf(one.id),
      mergedInto: merged.get(one.id) ?? null,
    })),
  }
}

/** Path of the term that has taken the place of a merged one, by its former address; null when none has. */
export async function findMergedInto(deps: TaxonomyDeps, scheme: string, notation: string): Promise<string | null> {
  const id = await findConceptId(deps.taxonomy, scheme, notation)
  return id === null ? null : findSuccessor(deps.records, id)
}

/** Moves a term one place among those that stand beside it, or a vocabulary among the others; false when it is at the end. */
export async function moveTerm(tx: TaxonomyDeps, id: string, step: 'up' | 'down', deed: Deed): Promise<boolean> {
  const { schemes, concepts } = await listTermsThere(tx)
  const scheme = schemes.find((one) => one.id === id)
  const concept = concepts.find((one) => one.id === id)
  const all = scheme ? schemes : concepts.filter((one) => one.scheme === concept?.scheme)
  const beside = concept ? all.filter((one) => isBeside(one, concept)) : all
  const at = beside.findIndex((one) => one.id === id)
  const other = beside[step === 'up' ? at - 1 : at + 1]
  if (at < 0 || !other) return false
  const order = all.map((one) => (one.id === id ? other.id : one.id === other.id ? id : one.id))
  await writeOrder(tx.taxonomy, scheme ? 'scheme' : 'concept', order)
  await touchRecord(tx.records, id, deed)
  return true
}

/** Whether a term of the same vocabulary stands beside another in the tree. */
function isBeside(one: object, concept: ConceptThere): boolean {
  const broader = 'broader' in one && Array.isArray(one.broader) ? one.broader : []
  const isGone = 'mergedInto' in one && one.mergedInto !== null
  return !isGone && broader[0] === concept.broader[0]
}

export type MergeProblem = 'same' | 'elsewhere' | 'gone' | 'below'

/** Why one term cannot be merged into another; null when it can. */
export function findMergeProblem(
  from: ConceptThere,
  into: ConceptThere,
  concepts: readonly Concept[],
): MergeProblem | null {
  if (from.id === into.id) return 'same'
  if (from.scheme !== into.scheme) return 'elsewhere'
  if (from.mergedInto !== null || into.mergedInto !== null || into.status === 'withdrawn') return 'gone'
  const broader = new Map(concepts.map((one) => [one.notation, one.broader]))
  const seen = new Set<string>()
  // Terms between the two would come to stand both above and below what is left.
  const climb = into.broader.filter((notation) => notation !== from.notation)
  for (let at = climb.pop(); at !== undefined; at = climb.pop()) {
    if (at === from.notation) return 'below'
    if (seen.has(at)) continue
    seen.add(at)
    climb.push(...(broader.get(at) ?? []))
  }
  return null
}

/**
 * Merges one term into another of its vocabulary: tags, links, matches, areas and narrower terms move, its names become other
 * names, its addresses lead on. The merged record stays, withdrawn, with its words and its history. Returns how many records were tagged.
 */
export async function mergeConcepts(
  tx: TaxonomyDeps,
  from: ConceptThere,
  into: ConceptThere,
  deed: Deed,
): Promise<number> {
  const records = await loadRecords(tx.records, [from.id, into.id])
  const tagged = await moveTags(tx.records, from.id, into.id, deed.at)
  const links = await readLinks(tx.records, [from.id])
  const above = links.filter((link) => link.relation === 'broader' && link.from === from.id)
  const isDirectlyBelow = links.some((link) => link.relation === 'broader' && link.from === into.id)
  await removeLinks(tx.records, from.id, 'broader')
  await moveLinks(tx.records, from.id, into.id, ['supersedes'])
  if (isDirectlyBelow) {
    await addLinks(
      tx.records,
      above.map(({ to }) => ({ from: into.id, to, relation: 'broader' as const })),
    )
  }
  await moveOutside(tx.taxonomy, from.id, into.id)
  await moveNames(tx, records.get(from.id), records.get(into.id), deed)
  await addLinks(tx.records, [{ from: into.id, to: from.id, relation: 'supersedes' }])
  await insertEvents(
    tx.records,
    [
      { record_id: from.id, verb: 'link', field: 'supersedes', after: into.id },
      { record_id: into.id, verb: 'link', field: 'supersedes', after: from.id },
      ...tagged.map((id) => ({
        record_id: id,
        verb: 'link' as const,
        field: 'concept',
        before: from.id,
        after: into.id,
      })),
    ],
    deed,
  )
  await setStatus(tx.records, from.id, 'withdrawn', deed)
  await touchRecord(tx.records, into.id, deed)
  return tagged.length
}

/** The names of a merged term become other names of the one that stays. */
async function moveNames(
  tx: TaxonomyDeps,
  from: LoadedRecord | undefined,
  into: LoadedRecord | undefined,
  deed: Deed,
): Promise<void> {
  const gone = [...(from?.texts['label'] ?? []), ...(from?.texts['alt'] ?? [])]
  for (const [lang, texts] of Map.groupBy(gone, (text) => text.lang)) {
    const label = into?.texts['label']?.find((text) => text.lang === lang)?.value
    const others = into?.texts['alt']?.find((text) => text.lang === lang)?.value.split('\n') ?? []
    const names = texts.flatMap(({ value }) => value.split('\n'))
    const fresh = [...new Set(names)].filter((name) => name !== '' && name !== label && !others.includes(name))
    if (!into || fresh.length === 0) continue
    await saveText(tx.records, into.id, { field: 'alt', lang, body: [...others, ...fresh].join('\n') }, deed)
  }
}
