import { sql } from 'kysely'
import type { RecordDb } from '#features/records/index.ts'
import { allIds } from '#features/records/index.ts'
import type { TaxonomyDb, VisibleTerms } from './store.ts'

/** Every term and vocabulary, whatever its state. */
export function everyTerm(records: RecordDb): VisibleTerms {
  return { schemes: allIds(records, 'scheme'), concepts: allIds(records, 'concept') }
}

/** Replaces what a concept matches elsewhere. */
export async function writeMatches(tx: TaxonomyDb, id: string, iris: readonly string[]): Promise<void> {
  await tx.deleteFrom('concept_match').where('concept_id', '=', id).execute()
  const rows = [...new Set(iris)].map((iri) => ({ concept_id: id, iri }))
  if (rows.length > 0) await tx.insertInto('concept_match').values(rows).execute()
}

/** Replaces the M49 areas of a region. */
export async function writeAreas(tx: TaxonomyDb, id: string, codes: readonly string[]): Promise<void> {
  await tx.deleteFrom('concept_area').where('concept_id', '=', id).execute()
  const rows = [...new Set(codes)].map((m49) => ({ concept_id: id, m49 }))
  if (rows.length > 0) await tx.insertInto('concept_area').values(rows).execute()
}

/** Moves what a concept matches and covers to another. */
export async function moveOutside(tx: TaxonomyDb, from: string, to: string): Promise<void> {
  await sql`
    insert into concept_match (concept_id, iri) select ${to}, iri from concept_match where concept_id = ${from}
    on conflict do nothing`.execute(tx)
  await sql`
    insert into concept_area (concept_id, m49) select ${to}, m49 from concept_area where concept_id = ${from}
    on conflict do nothing`.execute(tx)
  await tx.deleteFrom('concept_match').where('concept_id', '=', from).execute()
  await tx.deleteFrom('concept_area').where('concept_id', '=', from).execute()
}

/** Puts concepts, or vocabularies, in this order. */
export async function writeOrder(tx: TaxonomyDb, table: 'concept' | 'scheme', ids: readonly string[]): Promise<void> {
  const positions = ids.map((_, at) => at)
  await sql`
    update ${sql.table(table)} as term set position = given.position
    from unnest(${[...ids]}::text[], ${positions}::int[]) as given (id, position)
    where term.id = given.id and term.position <> given.position`.execute(tx)
}

/** The last position of a vocabulary's terms, or of the vocabularies; -1 when there are none. */
export async function lastPosition(tx: TaxonomyDb, schemeId: string | null): Promise<number> {
  const last = (table: 'concept' | 'scheme') => {
    const within = schemeId === null ? sql`` : sql`where scheme_id = ${schemeId}`
    return sql<{ last: number }>`select coalesce(max(position), -1)::int as last from ${sql.table(table)} ${within}`
  }
  const { rows } = await last(schemeId === null ? 'scheme' : 'concept').execute(tx)
  return rows[0]?.last ?? -1
}

/** A concept by vocabulary and notation, whatever its state; null when there is none. */
export async function findConceptId(db: TaxonomyDb, scheme: string, notation: string): Promise<string | null> {
  const row = await db
    .selectFrom('concept')
    .innerJoin('scheme', 'scheme.id', 'concept.scheme_id')
    .select('concept.id')
    .where('scheme.notation', '=', scheme)
    .where('concept.notation', '=', notation)
    .executeTakeFirst()
  return row?.id ?? null
}
