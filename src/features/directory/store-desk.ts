import { only, orNull, some, type FactValues } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { organisationTypes, type OrganisationType } from './domain.ts'
import type { DirectoryTables } from './schema.ts'
import { readEmployers, readFundingRows, readOrganisationTypes, readPeriods, type DirectoryDb } from './store.ts'

/** The desk hands over the spine's handle, of a transaction too; the directory writes its own tables through it. */
function own(db: RecordDb): DirectoryDb {
  return db.$extendTables<Pick<DirectoryTables, keyof DirectoryTables>>().$pickTables<keyof DirectoryTables>()
}

/** What the desk edits of an organisation. */
export async function readOrganisationFacts(db: RecordDb, id: string): Promise<FactValues> {
  return { type: some((await readOrganisationTypes(own(db), [id])).get(id)) }
}

/** Writes what the desk edits of an organisation, new or there already. */
export async function writeOrganisationFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const row = { type: toType(only(facts, 'type')) }
  await own(tx)
    .insertInto('organisation')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

function toType(text: string): OrganisationType {
  return organisationTypes.find((type) => type === text) ?? 'network'
}

/** What the desk edits of a person. */
export async function readPersonFacts(db: RecordDb, id: string): Promise<FactValues> {
  return { organisation: some((await readEmployers(own(db), [id])).get(id)) }
}

/** Writes what the desk edits of a person, new or there already. */
export async function writePersonFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const row = { organisation_id: orNull(facts, 'organisation') }
  await own(tx)
    .insertInto('person')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** What the desk edits of a programme. */
export async function readProgrammeFacts(db: RecordDb, id: string): Promise<FactValues> {
  const period = (await readPeriods(own(db), [id])).get(id)
  return { from: some(period?.from), to: some(period?.to) }
}

/** Writes what the desk edits of a programme, new or there already. */
export async function writeProgrammeFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const row = { from_year: orNull(facts, 'from'), to_year: orNull(facts, 'to') }
  await own(tx)
    .insertInto('programme')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** What the desk edits of a funding statement. */
export async function readFundingFacts(db: RecordDb, id: string): Promise<FactValues> {
  const [row] = await readFundingRows(own(db), [id])
  return { mark: some(row?.mark), funders: row?.funders ?? [] }
}

/** Writes what the desk edits of a funding statement, new or there already. */
export async function writeFundingFacts(tx: RecordDb, id: string, facts: FactValues): Promise<void> {
  const db = own(tx)
  const row = { mark: only(facts, 'mark') === 'eu' ? ('eu' as const) : null }
  await db
    .insertInto('funding_statement')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await db.deleteFrom('funding_funder').where('statement_id', '=', id).execute()
  const funders = (facts['funders'] ?? []).map((organisation_id, position) => ({
    statement_id: id,
    organisation_id,
    position,
  }))
  if (funders.length > 0) await db.insertInto('funding_funder').values(funders).execute()
}
