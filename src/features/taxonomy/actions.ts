import {
  loadRecords,
  nameFor,
  readConceptIds,
  readLinks,
  visibleIds,
  type LinkRow,
  type LoadedRecord,
  type Reader,
  type RecordDb,
} from '#features/records/index.ts'
import type { Concept, ConceptTag, Scheme } from './domain.ts'
import {
  findConceptRow,
  findConceptsByArea,
  listConceptRows,
  listSchemeRows,
  readConceptRows,
  readOutside,
  type ConceptRow,
  type TaxonomyDb,
  type VisibleTerms,
} from './store.ts'

/** The two handles a vocabulary is read through: its own tables and the spine. */
export interface TaxonomyDeps {
  readonly records: RecordDb
  readonly taxonomy: TaxonomyDb
}

/** Vocabularies are the same for everybody, so they hold what the public may see. */
function visibleTerms(records: RecordDb): VisibleTerms {
  const everybody = { audience: ['public'] }
  return { schemes: visibleIds(records, 'scheme', everybody), concepts: visibleIds(records, 'concept', everybody) }
}

/** Every vocabulary of the hub, in order. */
export async function listSchemes({ records, taxonomy }: TaxonomyDeps): Promise<Scheme[]> {
  const rows = await listSchemeRows(taxonomy, visibleTerms(records))
  const loaded = await loadRecords(
    records,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, texts: loaded.get(row.id)?.texts ?? {} }))
}

/** The concepts of one vocabulary, or of all, with their relations. A fixed number of queries. */
export async function listConcepts({ records, taxonomy }: TaxonomyDeps, scheme?: string): Promise<Concept[]> {
  const visible = visibleTerms(records)
  const rows = await listConceptRows(taxonomy, visible, scheme === undefined ? undefined : [scheme])
  const ids = rows.map((row) => row.id)
  const [loaded, links, outside] = await Promise.all([
    loadRecords(records, ids),
    readLinks(records, ids),
    readOutside(taxonomy, ids),
  ])
  const related = await readConceptRows(
    taxonomy,
    visible,
    links.flatMap((link) => [link.from, link.to]),
  )
  const byId = new Map([...rows, ...related].map((row) => [row.id, row]))
  const ties = groupLinks(links)
  return rows.map((row) => ({
    ...row,
    texts: loaded.get(row.id)?.texts ?? {},
    ...relationsOf(row, ties.get(row.id) ?? [], byId),
    exactMatch: outside.matches.get(row.id) ?? [],
    m49: outside.areas.get(row.id) ?? [],
  }))
}

function groupLinks(links: readonly LinkRow[]): Map<string, LinkRow[]> {
  const ties = new Map<string, LinkRow[]>()
  for (const link of links) {
    for (const end of [link.from, link.to]) ties.set(end, [...(ties.get(end) ?? []), link])
  }
  return ties
}

const notation = (concept: ConceptRow): string => concept.notation

function relationsOf(row: ConceptRow, ties: readonly LinkRow[], byId: ReadonlyMap<string, ConceptRow>) {
  const other = (link: LinkRow) => byId.get(link.from === row.id ? link.to : link.from)
  const pick = (test: (link: LinkRow) => boolean) => ties.filter(test).flatMap((link) => other(link) ?? [])
  const related = pick((link) => link.relation === 'related')
  return {
    broader: pick((link) => link.relation === 'broader' && link.from === row.id).map(notation),
    narrower: pick((link) => link.relation === 'broader' && link.to === row.id).map(notation),
    related: related.map((concept) => `${concept.scheme}:${concept.notation}`),
  }
}

/** The concepts of a vocabulary that no other is broader than, as links. */
export async function listTopConcepts(deps: TaxonomyDeps, reader: Reader, scheme: string): Promise<ConceptTag[]> {
  const rows = await listConceptRows(deps.taxonomy, visibleTerms(deps.records), [scheme])
  const ids = rows.map((row) => row.id)
  const links = await readLinks(deps.records, ids)
  const below = new Set(links.filter((link) => link.relation === 'broader').map((link) => link.from))
  const loaded = await loadRecords(deps.records, ids, ['label'])
  return rows
    .filter((row) => !below.has(row.id))
    .flatMap((row) => tagPair(row, loaded.get(row.id), reader)[0]?.[1] ?? [])
}

/** One concept by its address, or null. */
export async function findConcept(deps: TaxonomyDeps, scheme: string, notation: string): Promise<Concept | null> {
  const row = await findConceptRow(deps.taxonomy, visibleTerms(deps.records), scheme, notation)
  if (!row) return null
  const concepts = await listConcepts(deps, scheme)
  return concepts.find((concept) => concept.id === row.id) ?? null
}

/** Concepts as links for a reader, by id. */
export async function readConceptTags(
  { records, taxonomy }: TaxonomyDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, ConceptTag>> {
  const [rows, loaded] = await Promise.all([
    readConceptRows(taxonomy, visibleTerms(records), ids),
    loadRecords(records, ids, ['label']),
  ])
  return new Map(rows.flatMap((row) => tagPair(row, loaded.get(row.id), reader)))
}

function tagPair(row: ConceptRow, record: LoadedRecord | undefined, reader: Reader): [string, ConceptTag][] {
  if (!record) return []
  return [[row.id, { ...row, label: nameFor(record, reader), href: conceptHref(row, reader.lang) }]]
}

/** Concepts as links for a reader, by `scheme:notation`, in the order asked for. */
export async function readTagsByKey(
  deps: TaxonomyDeps,
  reader: Reader,
  keys: readonly string[],
): Promise<ConceptTag[]> {
  if (keys.length === 0) return []
  const schemes = new Set(keys.map((key) => key.split(':', 1)[0] ?? ''))
  const rows = await listConceptRows(deps.taxonomy, visibleTerms(deps.records), [...schemes])
  const ids = keys.flatMap((key) => rows.find((row) => `${row.scheme}:${row.notation}` === key)?.id ?? [])
  const tags = await readConceptTags(deps, reader, ids)
  return ids.flatMap((id) => tags.get(id) ?? [])
}

/** The concepts each record is tagged with, in the record's order. */
export async function readTagsOf(
  deps: TaxonomyDeps,
  reader: Reader,
  recordIds: readonly string[],
): Promise<Map<string, ConceptTag[]>> {
  const byRecord = await readConceptIds(deps.records, recordIds)
  const tags = await readConceptTags(deps, reader, [...new Set([...byRecord.values()].flat())])
  return new Map([...byRecord].map(([id, concepts]) => [id, concepts.flatMap((concept) => tags.get(concept) ?? [])]))
}

/** The hub's own regions that hold an M49 area. */
export async function listRegionsOf(deps: TaxonomyDeps, reader: Reader, m49: string): Promise<ConceptTag[]> {
  const rows = await findConceptsByArea(deps.taxonomy, visibleTerms(deps.records), m49)
  const tags = await readConceptTags(
    deps,
    reader,
    rows.map((row) => row.id),
  )
  return [...tags.values()]
}

/** Path of a concept's page. */
export function conceptHref(concept: { scheme: string; notation: string }, lang: string): string {
  return `/${lang}/themes/${concept.scheme}/${concept.notation}`
}
