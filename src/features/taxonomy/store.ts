import { sql, type Kysely } from 'kysely'
import type { RecordIds } from '#features/records/index.ts'
import type { TaxonomyTables } from './schema.ts'

export type TaxonomyDb = Kysely<TaxonomyTables>

export interface SchemeRow {
  readonly id: string
  readonly notation: string
}

export interface ConceptRow {
  readonly id: string
  readonly scheme: string
  readonly notation: string
}

/** The terms and vocabularies that may be seen: each is a record of its own, withdrawn on its own. */
export interface VisibleTerms {
  readonly schemes: RecordIds
  readonly concepts: RecordIds
}

function conceptQuery(db: TaxonomyDb, visible: VisibleTerms) {
  return db
    .selectFrom('concept')
    .innerJoin('scheme', 'scheme.id', 'concept.scheme_id')
    .select(['concept.id', 'scheme.notation as scheme', 'concept.notation'])
    .where('concept.id', 'in', visible.concepts)
    .where('scheme.id', 'in', visible.schemes)
}

/** Every scheme that may be seen, in the hub's order. */
export async function listSchemeRows(db: TaxonomyDb, visible: VisibleTerms): Promise<SchemeRow[]> {
  return db
    .selectFrom('scheme')
    .select(['id', 'notation'])
    .where('id', 'in', visible.schemes)
    .orderBy('position')
    .orderBy('notation')
    .execute()
}

/** The concepts of some schemes (all, when none are named), in order. */
export async function listConceptRows(
  db: TaxonomyDb,
  visible: VisibleTerms,
  schemes?: readonly string[],
): Promise<ConceptRow[]> {
  let query = conceptQuery(db, visible)
  if (schemes) query = query.where(sql<boolean>`scheme.notation = any(${[...schemes]})`)
  return query.orderBy('scheme.position').orderBy('concept.position').execute()
}

/** The ids of the concepts of a scheme. */
export function conceptIdsIn(db: TaxonomyDb, visible: VisibleTerms, scheme: string): RecordIds {
  return sql<string>`${db
    .selectFrom('concept')
    .innerJoin('scheme', 'scheme.id', 'concept.scheme_id')
    .select('concept.id')
    .where('concept.id', 'in', visible.concepts)
    .where('scheme.id', 'in', visible.schemes)
    .where('scheme.notation', '=', scheme)}`
}

/** One concept by scheme and notation, or null. */
export async function findConceptRow(
  db: TaxonomyDb,
  visible: VisibleTerms,
  scheme: string,
  notation: string,
): Promise<ConceptRow | null> {
  const row = await conceptQuery(db, visible)
    .where('scheme.notation', '=', scheme)
    .where('concept.notation', '=', notation)
    .executeTakeFirst()
  return row ?? null
}

/** Concepts by id; `ids` may be a query of the spine. */
export async function readConceptRows(
  db: TaxonomyDb,
  visible: VisibleTerms,
  ids: readonly string[] | RecordIds,
): Promise<ConceptRow[]> {
  if ('length' in ids && ids.length === 0) return []
  const query = conceptQuery(db, visible).orderBy('scheme.position').orderBy('concept.position')
  return 'length' in ids
    ? query.where(sql<boolean>`concept.id = any(${[...ids]})`).execute()
    : query.where('concept.id', 'in', ids).execute()
}

/** What concepts match outside the hub, and the M49 areas that regions are mapped to. */
export async function readOutside(
  db: TaxonomyDb,
  ids: readonly string[],
): Promise<{ matches: Map<string, string[]>; areas: Map<string, string[]> }> {
  const matches = new Map<string, string[]>()
  const areas = new Map<string, string[]>()
  if (ids.length === 0) return { matches, areas }
  const rows = await sql<{ id: string; iri: string | null; m49: string | null }>`
    select concept_id as id, iri, null as m49 from concept_match where concept_id = any(${[...ids]})
    union all
    select concept_id, null, m49 from concept_area where concept_id = any(${[...ids]})
    order by 1, 2, 3`.execute(db)
  for (const { id, iri, m49 } of rows.rows) {
    if (iri !== null) matches.set(id, [...(matches.get(id) ?? []), iri])
    if (m49 !== null) areas.set(id, [...(areas.get(id) ?? []), m49])
  }
  return { matches, areas }
}

/** Concept ids whose own region covers an M49 code. */
export async function findConceptsByArea(db: TaxonomyDb, visible: VisibleTerms, m49: string): Promise<ConceptRow[]> {
  return conceptQuery(db, visible)
    .innerJoin('concept_area', 'concept_area.concept_id', 'concept.id')
    .where('m49', '=', m49)
    .execute()
}

export interface NewConceptRow {
  readonly id: string
  readonly schemeId: string
  readonly notation: string
  readonly position: number
  readonly exactMatch: readonly string[]
  readonly m49: readonly string[]
}

/** Writes schemes that are not there yet. */
export async function insertSchemes(
  tx: TaxonomyDb,
  rows: readonly { id: string; notation: string; position: number }[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('scheme')
      .values([...rows])
      .execute()
}

/** Writes concepts with their matches and areas. */
export async function insertConcepts(tx: TaxonomyDb, rows: readonly NewConceptRow[]): Promise<void> {
  if (rows.length === 0) return
  const concepts = rows.map(({ id, schemeId, notation, position }) => ({
    id,
    scheme_id: schemeId,
    notation,
    position,
  }))
  await tx.insertInto('concept').values(concepts).execute()
  const matches = rows.flatMap((row) => row.exactMatch.map((iri) => ({ concept_id: row.id, iri })))
  if (matches.length > 0) await tx.insertInto('concept_match').values(matches).execute()
  const areas = rows.flatMap((row) => row.m49.map((m49) => ({ concept_id: row.id, m49 })))
  if (areas.length > 0) await tx.insertInto('concept_area').values(areas).execute()
}

/** Which vocabulary terms belong to, whoever may see them, and by what they are addressed. */
export async function listTermPlaces(
  db: TaxonomyDb,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly schemeId: string; readonly scheme: string; readonly notation: string }[]> {
  return db
    .selectFrom('concept')
    .innerJoin('scheme', 'scheme.id', 'concept.scheme_id')
    .select(['concept.id', 'concept.scheme_id as schemeId', 'scheme.notation as scheme', 'concept.notation'])
    .where('concept.id', 'in', [...ids, ''])
    .execute()
}
