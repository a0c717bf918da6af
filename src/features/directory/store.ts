import { sql, type Kysely } from 'kysely'
import type { OrganisationType } from './domain.ts'
import type { DirectoryTables } from './schema.ts'

export type DirectoryDb = Kysely<DirectoryTables>

/** Organisation types by id. */
export async function readOrganisationTypes(
  db: DirectoryDb,
  ids: readonly string[],
): Promise<Map<string, OrganisationType>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('organisation')
    .select(['id', 'type'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.type]))
}

/** The organisation each person belongs to. */
export async function readEmployers(db: DirectoryDb, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['id', 'organisation_id'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.flatMap((row) => (row.organisation_id === null ? [] : [[row.id, row.organisation_id] as const])))
}

/** People of an organisation. */
export async function listPeopleIds(db: DirectoryDb, organisationId: string): Promise<string[]> {
  const rows = await db.selectFrom('person').select('id').where('organisation_id', '=', organisationId).execute()
  return rows.map((row) => row.id)
}

/** Years of programmes by id. */
export async function readPeriods(
  db: DirectoryDb,
  ids: readonly string[],
): Promise<Map<string, { from: string | null; to: string | null }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('programme')
    .select(['id', 'from_year', 'to_year'])
    .where(sql<boolean>`id = any(${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, { from: row.from_year, to: row.to_year }]))
}

export interface FundingRow {
  readonly id: string
  readonly mark: 'eu' | null
  readonly funders: readonly string[]
}

/** Funding statements with their funders in order. */
export async function readFundingRows(db: DirectoryDb, ids: readonly string[]): Promise<FundingRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('funding_statement')
    .leftJoin('funding_funder', 'funding_funder.statement_id', 'funding_statement.id')
    .select(['funding_statement.id', 'mark', 'organisation_id'])
    .where(sql<boolean>`funding_statement.id = any(${[...ids]})`)
    .orderBy('funding_funder.position')
    .execute()
  return ids.flatMap((id) => {
    const own = rows.filter((row) => row.id === id)
    const first = own[0]
    return first ? [{ id, mark: first.mark, funders: own.flatMap((row) => row.organisation_id ?? []) }] : []
  })
}

/** Writes organisations that are not there yet. */
export async function insertOrganisations(
  tx: DirectoryDb,
  rows: readonly { id: string; type: OrganisationType }[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('organisation')
      .values([...rows])
      .execute()
}

/** Writes people that are not there yet. */
export async function insertPeople(
  tx: DirectoryDb,
  rows: readonly { id: string; organisation_id: string | null }[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('person')
      .values([...rows])
      .execute()
}

/** Writes programmes that are not there yet. */
export async function insertProgrammes(
  tx: DirectoryDb,
  rows: readonly { id: string; from_year: string | null; to_year: string | null }[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('programme')
      .values([...rows])
      .execute()
}

/** Writes funding statements with their funders. */
export async function insertFunding(tx: DirectoryDb, rows: readonly FundingRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('funding_statement')
    .values(rows.map(({ id, mark }) => ({ id, mark })))
    .execute()
  const funders = rows.flatMap((row) =>
    row.funders.map((organisation, position) => ({
      statement_id: row.id,
      organisation_id: organisation,
      position,
    })),
  )
  if (funders.length > 0) await tx.insertInto('funding_funder').values(funders).execute()
}
