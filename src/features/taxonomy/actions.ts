import {
  buildOutlined,
  loadRecords,
  nameFor,
  readLinks,
  visibleIds,
  type LinkRow,
  type LoadedRecord,
  type Outline,
  type Reader,
  type RecordDb,
  type RecordIds,
} from '#features/records/index.ts'
import type { Concept, ConceptTag, Scheme } from './domain.ts'
import {
  conceptIdsIn,
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
export async function listSchemes(deps: TaxonomyDeps): Promise<Scheme[]> {
  return listSchemesIn(deps, visibleTerms(deps.records))
}

/** The vocabularies among some. */
export async function listSchemesIn({ records, taxonomy }: TaxonomyDeps, visible: VisibleTerms): Promise<Scheme[]> {
  const rows = await listSchemeRows(taxonomy, visible)
  const loaded = await loadRecords(
    records,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, texts: loaded.get(row.id)?.texts ?? {} }))
}

/** The concepts of one vocabulary, or of all, with their relations; `fields` narrows their texts. A fixed number of queries. */
export async function listConcepts(
  deps: TaxonomyDeps,
  scheme?: string,
  fields?: readonly string[],
): Promise<Concept[]> {
  return listConceptsIn(deps, visibleTerms(deps.records), scheme, fields)
}

/** The concepts of one vocabulary, or of all, among some. */
export async function listConceptsIn(
  { records, taxonomy }: TaxonomyDeps,
  visible: VisibleTerms,
  scheme?: string,
  fields?: readonly string[],
): Promise<Concept[]> {
  const rows = await listConceptRows(taxonomy, visible, scheme === undefined ? undefined : [scheme])
  const ids = rows.map((row) => row.id)
  const [loaded, links, outside] = await Promise.all([
    loadRecords(records, ids, fields),
    readLinks(records, ids),
    readOutside(taxonomy, ids),
  ])
  const ends = links.flatMap((link) => [link.from, link.to])
  // Among all there is none that has not been read.
  const related = scheme === undefined ? [] : await readConceptRows(taxonomy, visible, ends)
  const byId = new Map([...rows, ...related].map((row) => [row.id, row]))
  const ties = groupLinks(links)
  return rows.map((row) => ({
    ...row,
    texts: loaded.get(row.id)?.texts ?? {},
    translators: loaded.get(row.id)?.translators ?? {},
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
export async function outlineTopConcepts(
  deps: TaxonomyDeps,
  reader: Reader,
  scheme: string,
): Promise<Outline<ConceptTag[]>> {
  const rows = await listConceptRows(deps.taxonomy, visibleTerms(deps.records), [scheme])
  const links = await readLinks(
    deps.records,
    rows.map((row) => row.id),
  )
  const below = new Set(links.filter((link) => link.relation === 'broader').map((link) => link.from))
  const top = rows.filter((row) => !below.has(row.id))
  return toOutline(top, reader, (tags) => [...tags.values()])
}

/** The id of a concept by its address, or null. */
export async function findConceptId(deps: TaxonomyDeps, scheme: string, notation: string): Promise<string | null> {
  const row = await findConceptRow(deps.taxonomy, visibleTerms(deps.records), scheme, notation)
  return row?.id ?? null
}

/** The ids of the concepts of a vocabulary; a query for `within`. */
export function idsInScheme({ records, taxonomy }: TaxonomyDeps, scheme: string): RecordIds {
  return conceptIdsIn(taxonomy, visibleTerms(records), scheme)
}

/** The vocabularies of concepts, by id; of those alone that may be seen. */
export async function readSchemesOf(
  { records, taxonomy }: TaxonomyDeps,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await readConceptRows(taxonomy, visibleTerms(records), ids)
  return new Map(rows.map((row) => [row.id, row.scheme]))
}

/** Concepts as links for a reader, by id; `ids` may be a query of the spine. */
export async function outlineTags(
  { records, taxonomy }: TaxonomyDeps,
  reader: Reader,
  ids: readonly string[] | RecordIds,
): Promise<Outline<Map<string, ConceptTag>>> {
  return toOutline(await readConceptRows(taxonomy, visibleTerms(records), ids), reader, (tags) => tags)
}

function toOutline<T>(
  rows: readonly ConceptRow[],
  reader: Reader,
  finish: (tags: Map<string, ConceptTag>) => T,
): Outline<T> {
  return {
    ids: rows.map((row) => row.id),
    fields: ['label'],
    build: (records) => finish(new Map(rows.flatMap((row) => tagPair(row, records.get(row.id), reader)))),
  }
}

/** Concepts as links for a reader, by id. */
export async function readConceptTags(
  deps: TaxonomyDeps,
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, ConceptTag>> {
  return buildOutlined(deps.records, await outlineTags(deps, reader, ids))
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
