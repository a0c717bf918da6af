import { sql } from 'kysely'
import type { Decision, ImportLine, ImportOutcome } from '../catalogue/plan.ts'
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

/** A row that is to be written and is not yet. */
export interface OpenRow {
  readonly number: number
  /** What a person has decided of a row that may be there already. */
  readonly decision: Decision | null
  /** The publication it is, or may be, of. */
  readonly recordId: string | null
  readonly likeLine: number | null
}

/** Of some rows, those that are to be written and are not yet, in order. */
export async function listUnwritten(db: ImportDb, importId: string, numbers: readonly number[]): Promise<OpenRow[]> {
  return db
    .selectFrom('catalogue_import_row')
    .select(['number', 'decision', 'record_id as recordId'])
    .select(sql<number | null>`(report ->> 'likeLine')::integer`.as('likeLine'))
    .where('import_id', '=', importId)
    .where(sql<boolean>`number = any(${[...numbers]}::integer[])`)
    .where((where) => where.or([where('outcome', 'in', ['new', 'changed']), where('decision', 'is not', null)]))
    .where('written', '=', false)
    .orderBy('number')
    .execute()
}

/** The publication that a line of the file has become or is, or null. */
export async function findRecordAt(db: ImportDb, importId: string, line: number): Promise<string | null> {
  const row = await db
    .selectFrom('catalogue_import_row')
    .select('record_id as id')
    .where('import_id', '=', importId)
    .where(sql<boolean>`(report ->> 'line')::integer = ${line}`)
    .where('record_id', 'is not', null)
    .where('outcome', '<>', 'duplicate')
    .orderBy('number')
    .executeTakeFirst()
  return row?.id ?? null
}

/**
 * Keeps what a person has decided of rows that may be there already; null: they are left. False when the import does not wait for a
 * decision any more.
 */
export async function keepDecisions(
  tx: ImportDb,
  importId: string,
  rows: readonly { readonly number: number; readonly decision: Decision | null }[],
): Promise<boolean> {
  const one = await tx
    .selectFrom('catalogue_import')
    .select('state')
    .where('id', '=', importId)
    .forUpdate()
    .executeTakeFirst()
  if (one?.state !== 'compared') return false
  await sql`
    update catalogue_import_row row
    set decision = new.decision
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (number integer, decision text)
    where row.import_id = ${importId} and row.number = new.number and row.outcome = 'duplicate'`.execute(tx)
  return true
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
      noted = row.noted or jsonb_array_length(new.report -> 'problems') > 0,
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
  /** Rows that may be there already and that somebody has decided to write. */
  readonly decided: number
}

/** Counts the rows of an import. */
export async function countRows(db: ImportDb, importId: string): Promise<RowCounts> {
  const rows = await db
    .selectFrom('catalogue_import_row')
    .select('outcome')
    .select(sql<number>`count(*)::int`.as('rows'))
    .select(sql<number>`(count(*) filter (where noted))::int`.as('noted'))
    .select(sql<number>`(count(*) filter (where written))::int`.as('written'))
    .select(sql<number>`(count(*) filter (where decision is not null and not written))::int`.as('decided'))
    .where('import_id', '=', importId)
    .groupBy('outcome')
    .execute()
  const of = (outcome: ImportOutcome) => rows.find((row) => row.outcome === outcome)?.rows ?? 0
  const sum = (name: 'noted' | 'written' | 'decided') => rows.reduce((total, row) => total + row[name], 0)
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
    decided: sum('decided'),
  }
}

/** Which rows of an import are looked at. */
export const rowFilters = ['all', 'new', 'changed', 'duplicate', 'same', 'refused', 'noted'] as const
export type RowFilter = (typeof rowFilters)[number]

/** A row of the file, with what would come or came of it. */
export interface ListedRow {
  readonly number: number
  readonly line: ImportLine
  readonly written: boolean
  readonly decision: Decision | null
}

/** Rows of an import in the order of its file, a page of them. */
export async function listRows(
  db: ImportDb,
  importId: string,
  show: RowFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<ListedRow[]> {
  let query = db
    .selectFrom('catalogue_import_row')
    .select(['number', 'report as line', 'written', 'decision'])
    .where('import_id', '=', importId)
  if (show === 'noted') query = query.where('noted', '=', true)
  else if (show !== 'all') query = query.where('outcome', '=', show)
  return query.orderBy('number').limit(limit).offset(offset).execute()
}
