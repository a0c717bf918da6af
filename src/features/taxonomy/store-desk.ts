import { sql } from 'kysely'
import { only, some, type FactProblem, type FactValues } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import type { TaxonomyTables } from './schema.ts'
import { readOutside, type TaxonomyDb } from './store.ts'

/** The desk hands over the spine's handle, of a transaction too; vocabularies write their own tables through it. */
function own(db: RecordDb): TaxonomyDb {
  return db.$extendTables<Pick<TaxonomyTables, keyof TaxonomyTables>>().$pickTables<keyof TaxonomyTables>()
}

/** What the desk edits of a vocabulary. */
export async function readSchemeFacts(db: RecordDb, id: string): Promise<FactValues> {
  const row = await own(db)
    .selectFrom('scheme')
    .select(['notation', 'position'])
    .where('id', '=', id)
    .executeTakeFirst()
  return { notation: some(row?.notation), position: some(row?.position) }
}

/** Writes what the desk edits of a vocabulary, new or there already. */
export async function writeSchemeFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const row = { notation: only(facts, 'notation'), position: Number(only(facts, 'position')) }
  await own(tx)
    .insertInto('scheme')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** A notation is part of an address, so no two vocabularies share one. */
export async function checkScheme(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const other = await own(db)
    .selectFrom('scheme')
    .select('id')
    .where('notation', '=', only(facts, 'notation'))
    .where('id', '<>', id)
    .executeTakeFirst()
  return other ? [{ fact: 'notation', message: 'desk.problem.taken' }] : []
}

/** What the desk edits of a term. */
export async function readConceptFacts(db: RecordDb, id: string): Promise<FactValues> {
  const row = await own(db)
    .selectFrom('concept')
    .select(['scheme_id', 'notation', 'position'])
    .where('id', '=', id)
    .executeTakeFirst()
  const outside = await readOutside(own(db), [id])
  return {
    scheme: some(row?.scheme_id),
    notation: some(row?.notation),
    position: some(row?.position),
    exactMatch: outside.matches.get(id) ?? [],
    m49: outside.areas.get(id) ?? [],
  }
}

/** Writes what the desk edits of a term, new or there already. */
export async function writeConceptFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const db = own(tx)
  const row = {
    scheme_id: only(facts, 'scheme'),
    notation: only(facts, 'notation'),
    position: Number(only(facts, 'position')),
  }
  await db
    .insertInto('concept')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await db.deleteFrom('concept_match').where('concept_id', '=', id).execute()
  await db.deleteFrom('concept_area').where('concept_id', '=', id).execute()
  const matches = (facts['exactMatch'] ?? []).map((iri) => ({ concept_id: id, iri }))
  if (matches.length > 0) await db.insertInto('concept_match').values(matches).execute()
  const areas = (facts['m49'] ?? []).map((m49) => ({ concept_id: id, m49 }))
  if (areas.length > 0) await db.insertInto('concept_area').values(areas).execute()
}

/** A notation names one term of its vocabulary, and a term is not broader than itself by any way round. */
export async function checkConcept(db: RecordDb, id: string, facts: FactValues): Promise<FactProblem[]> {
  const problems: FactProblem[] = []
  const other = await own(db)
    .selectFrom('concept')
    .select('id')
    .where('scheme_id', '=', only(facts, 'scheme'))
    .where('notation', '=', only(facts, 'notation'))
    .where('id', '<>', id)
    .executeTakeFirst()
  if (other) problems.push({ fact: 'notation', message: 'desk.problem.taken' })
  const broader = facts['broader'] ?? []
  if (broader.length > 0) {
    const { rows } = await sql<{ id: string }>`
      with recursive above(id) as (
        select unnest(${[...broader]}::text[])
        union
        select link.to_id from record_link link join above on link.from_id = above.id and link.relation = 'broader')
      select id from above where id = ${id}`.execute(db)
    if (rows.length > 0) problems.push({ fact: 'broader', message: 'desk.problem.circle' })
  }
  return problems
}

/** The vocabulary of each term. */
export async function readSchemesOf(db: RecordDb, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await own(db)
    .selectFrom('concept')
    .select(['id', 'scheme_id'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.scheme_id]))
}
