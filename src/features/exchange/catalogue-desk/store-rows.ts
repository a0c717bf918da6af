import { sql } from 'kysely'
import type { ImportLine, ImportOutcome } from '../catalogue/plan.ts'
import type { ImportDb } from '../handles.ts'

const isNoted = ({ problems, warnings }: ImportLine) => problems.length + warnings.length > 0

/** Writes down what would come of rows, the first of them with this number. */
export async function insertRows(
  db: ImportDb,
  importId: string,
  first: number,
  lines: readonly ImportLine[],
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map((line, index) => ({
    import_id: importId,
    number: first + index,
    outcome: line.outcome,
    noted: isNoted(line),
    record_id: line.id,
    report: JSON.stringify(line),
  }))
  await db
    .insertInto('catalogue_import_row')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['import_id', 'number']).doNothing())
    .execute()
}

/** Of some rows, those that are to be written and are not yet, in order; `hold` keeps others from writing them meanwhile. */
export async function listUnwritten(
  db: ImportDb,
  importId: string,
  numbers: readonly number[],
  hold = false,
): Promise<Set<number>> {
  const query = db
    .selectFrom('catalogue_import_row')
    .select('number')
    .where('import_id', '=', importId)
    .where(sql<boolean>`number = any(${[...numbers]}::integer[])`)
    .where('outcome', 'in', ['new', 'changed'])
    .where('written', '=', false)
    .orderBy('number')
  const rows = await (hold ? query.forUpdate() : query).execute()
  return new Set(rows.map((row) => row.number))
}

/** The publications that an import has made so far. */
export async function listMade(db: ImportDb, importId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('catalogue_import_row')
    .select('record_id as id')
    .where('import_id', '=', importId)
    .where('outcome', '=', 'new')
    .where('written', '=', true)
    .execute()
  return new Set(rows.flatMap(({ id }) => id ?? []))
}

/** Writes down what came of rows; what was to be looked at in them stays. */
export async function settleRows(
  tx: ImportDb,
  importId: string,
  rows: readonly { readonly number: number; readonly line: ImportLine; readonly written: boolean }[],
): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ number, line, written }) => ({
    number,
    outcome: line.outcome,
    record_id: line.id,
    written,
    report: line,
  }))
  await sql`
    update catalogue_import_row row
    set outcome = new.outcome, record_id = new.record_id, written = new.written,
      report = new.report || jsonb_build_object('warnings', row.report -> 'warnings')
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as new (number integer, outcome text, record_id text, written boolean, report jsonb)
    where row.import_id = ${importId} and row.number = new.number`.execute(tx)
}

/** How many rows there are of each kind. */
export interface RowCounts {
  readonly of: Readonly<Record<ImportOutcome, number>>
  readonly noted: number
  readonly written: number
}

/** Counts the rows of an import. */
export async function countRows(db: ImportDb, importId: string): Promise<RowCounts> {
  const rows = await db
    .selectFrom('catalogue_import_row')
    .select('outcome')
    .select(sql<number>`count(*)::int`.as('rows'))
    .select(sql<number>`(count(*) filter (where noted))::int`.as('noted'))
    .select(sql<number>`(count(*) filter (where written))::int`.as('written'))
    .where('import_id', '=', importId)
    .groupBy('outcome')
    .execute()
  const of = (outcome: ImportOutcome) => rows.find((row) => row.outcome === outcome)?.rows ?? 0
  const sum = (name: 'noted' | 'written') => rows.reduce((total, row) => total + row[name], 0)
  return {
    of: {
      new: of('new'),
      changed: of('changed'),
      same: of('same'),
      duplicate: of('duplicate'),
      refused: of('refused'),
    },
    noted: sum('noted'),
    written: sum('written'),
  }
}

/** Which rows of an import are looked at. */
export const rowFilters = ['all', 'new', 'changed', 'duplicate', 'same', 'refused', 'noted'] as const
export type RowFilter = (typeof rowFilters)[number]

/** Rows of an import in the order of its file, a page of them. */
export async function listRows(
  db: ImportDb,
  importId: string,
  show: RowFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ line: ImportLine; written: boolean }[]> {
  let query = db
    .selectFrom('catalogue_import_row')
    .select(['report as line', 'written'])
    .where('import_id', '=', importId)
  if (show === 'noted') query = query.where('noted', '=', true)
  else if (show !== 'all') query = query.where('outcome', '=', show)
  return query.orderBy('number').limit(limit).offset(offset).execute()
}
